"""`flask content`: have WhatsApp approve what is said outside the window."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import click

from app.channels.content import APPROVED, UNSUBMITTED, Contents, Registered
from app.cli.contents import Wanted, as_toml, entry_of, stand_in, unworded, wanted
from app.cli.report import table
from app.config import Config, config
from app.conversation.load import flows
from app.errors import ConfigError, DeliveryError

DEVELOPMENT = Path(__file__).parents[1] / "simulator/approved.toml"
COLUMNS = ("purpose", "language", "sid", "status", "reason")
NOWHERE, UNWORDED = "not handed in", "no wording"
Entries = dict[tuple[str, str], Mapping[str, Any]]


@click.group("content")
def content_command() -> None:
    """Look after the templates that WhatsApp approves."""


@content_command.command("push")
@click.option("--file", "path", type=click.Path(path_type=Path, dir_okay=False), default=None)
def push_command(path: Path | None) -> None:
    """Hand in what is new or changed, and write what is approved into the file of templates.

    The file is `--file`, else the one that TWILIO_TEMPLATES names. What is not approved yet leaves
    its entry as it is: run this again when WhatsApp has answered.
    """
    settings = config()
    target = path or settings.twilio_templates
    if target is None:
        raise click.UsageError("Name a --file, or set TWILIO_TEMPLATES.")
    try:
        known = wanted(flows())
        kept = _handed_in(known, _contents(settings))
    except (ConfigError, DeliveryError) as fault:
        raise click.ClickException(_told(fault)) from fault
    approved = _write(target, known, kept)
    click.echo(f"{len(known)} contents at Twilio, {approved} approved and in {target.name}.")
    if approved < len(known):
        click.echo("Run it again when WhatsApp has answered: `flask content status` shows how far.")


@content_command.command("status")
def status_command() -> None:
    """Show each purpose in each language, and what WhatsApp says of it."""
    settings = config()
    try:
        known = wanted(flows())
        registered = _by_name(_contents(settings).registered())
    except (ConfigError, DeliveryError) as fault:
        raise click.ClickException(_told(fault)) from fault
    rows = [_row(each, registered.get(each.content.name)) for each in known]
    lacking = unworded(known, flows().languages)
    rows += [(purpose, language, "", UNWORDED, "") for purpose, language in lacking]
    for line in table(COLUMNS, sorted(rows)):
        click.echo(line)


@content_command.command("stand-in")
def stand_in_command() -> None:
    """Write the file that stands for approved templates in development, as the wordings are now."""
    DEVELOPMENT.write_text(stand_in(wanted(flows())), encoding="utf-8")
    click.echo(f"{DEVELOPMENT.name} has every wording.")


def _handed_in(known: Iterable[Wanted], contents: Contents) -> dict[str, Registered]:
    """Create and submit what Twilio or WhatsApp does not have, and give all of it by name."""
    registered = _by_name(contents.registered())
    for each in known:
        name = each.content.name
        here = registered.get(name) or contents.create(each.content)
        registered[name] = contents.submit(here) if here.status == UNSUBMITTED else here
    return registered


def _write(path: Path, known: Iterable[Wanted], kept: Mapping[str, Registered]) -> int:
    """Bring a file up to what is approved; give how many of those wanted are."""
    approved: Entries = {
        (each.purpose.value, each.language): entry_of(each, kept[each.content.name].sid)
        for each in known
        if kept[each.content.name].status == APPROVED
    }
    aside = path.with_name(f"{path.name}.new")
    aside.write_text(as_toml(_entries(path) | approved), encoding="utf-8")
    aside.replace(path)
    return len(approved)


def _entries(path: Path) -> Entries:
    if not path.is_file():
        return {}
    purposes = tomllib.loads(path.read_text(encoding="utf-8"))
    return {
        (purpose, language): entry
        for purpose, entries in purposes.items()
        for language, entry in entries.items()
    }


def _row(each: Wanted, here: Registered | None) -> tuple[str, str, str, str, str]:
    if here is None:
        return each.purpose, each.language, "", NOWHERE, ""
    return each.purpose, each.language, here.sid, here.status, here.reason


def _by_name(registered: Iterable[Registered]) -> dict[str, Registered]:
    return {each.name: each for each in registered}


def _contents(settings: Config) -> Contents:
    return Contents(
        settings.twilio_account_sid, settings.twilio_auth_tokens[0], settings.twilio_api_url
    )


def _told(fault: ConfigError | DeliveryError) -> str:
    return f"Twilio: {fault.code}" if isinstance(fault, DeliveryError) else str(fault)
