"""`flask flows`: look at the conversations, draw them, hold one; without settings or a database."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from app import i18n
from app.cli.talk import PHOTO, QUIT, SILENCE, talk
from app.conversation import load as conversation
from app.conversation.drawing import draw
from app.conversation.flow import Flows
from app.errors import FlowError
from app.text import Text

PICTURES = Path(__file__).parents[2] / "docs/flows"
LANGUAGE = "What it is said in, as en or hi."
HINT = f"Type an answer, or {QUIT}, {SILENCE}, {PHOTO}."


@click.group("flows")
def flows_command() -> None:
    """Look at the conversations of bot_flows/."""


@flows_command.command("check")
def check_command() -> None:
    """Name every fault of the flows, with file and line, and count the sentences by language."""
    try:
        flows = conversation.read(conversation.FOLDER, i18n.catalogs())
    except FlowError as fault:
        faults = str(fault).splitlines()
        click.echo("\n".join(faults), err=True)
        raise click.ClickException(f"{len(faults)} faults in bot_flows/.") from fault
    click.echo(f"{len(flows.flows)} flows are sound.")
    counted = [f"{language} {count}" for language, count in i18n.sentence_counts().items()]
    click.echo(f"Sentences: {', '.join(counted)}.")


@flows_command.command("draw")
@click.argument("name", required=False)
@click.option("--all", "everything", is_flag=True, help="Draw every flow into docs/flows/.")
@click.option("--language", default=i18n.ENGLISH, help=LANGUAGE)
def draw_command(name: str | None, *, everything: bool, language: str) -> None:
    """Draw flow NAME as SVG on the screen, or every flow into docs/flows/."""
    flows = _flows(language)
    if everything:
        for path, picture in pictures(flows, language).items():
            path.parent.mkdir(exist_ok=True)
            path.write_text(picture, encoding="utf-8")
        return click.echo(f"{len(flows.flows)} flows are drawn in docs/{PICTURES.name}/.")
    return click.echo(_drawn(_known(name, flows), flows, language), nl=False)


@flows_command.command("try")
@click.argument("name")
@click.option("--slot", "slots", multiple=True, help="What the flow is entered with: number=1260.")
@click.option("--language", default=i18n.ENGLISH, help=LANGUAGE)
def try_command(name: str, slots: tuple[str, ...], language: str) -> None:
    """Hold flow NAME here, with a made-up person; nothing is kept."""
    flows = _flows(language)
    given = dict(slot.split("=", 1) for slot in slots if "=" in slot)
    click.echo(HINT)
    for each in talk(_known(name, flows), language, flows, sys.stdin, given):
        click.echo(each)


def pictures(flows: Flows, language: str = i18n.ENGLISH) -> dict[Path, str]:
    """Draw every flow; the files they belong in, each with its picture."""
    suffix = "" if language == i18n.ENGLISH else f".{language}"
    return {PICTURES / f"{name}{suffix}.svg": _drawn(name, flows, language) for name in flows.flows}


def _drawn(name: str, flows: Flows, language: str) -> str:
    return draw(flows.flows[name], lambda sentence: i18n.render(Text(sentence), language))


def _flows(language: str) -> Flows:
    if language not in i18n.languages():
        raise click.BadParameter(f"{language} is none of: {', '.join(i18n.languages())}")
    try:
        return conversation.flows()
    except FlowError as fault:
        raise click.ClickException(str(fault)) from fault


def _known(name: str | None, flows: Flows) -> str:
    if name not in flows.flows or name is None:
        raise click.BadParameter(f"NAME is one of: {', '.join(flows.flows)}")
    return name
