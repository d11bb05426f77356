"""The commands that look at words, conversations and catalogs; they need no settings."""

from __future__ import annotations

import json

import click

from app import clock
from app.cli.contents import FILE, unworded, wanted
from app.config import config
from app.conversation import load as conversation
from app.delivery.templates import missing, read_templates
from app.errors import ConfigError
from app.parsing.as_json import explain
from app.parsing.load import lexicon
from app.parsing.meanings import Message
from app.parsing.parse import parse


@click.command("parse")
@click.argument("words")
@click.option("--language", default=None, help="The person's language, as en or hi.")
def parse_command(words: str, language: str | None) -> None:
    """Show what WORDS mean, and the rules that made each meaning."""
    message = Message(words, clock.now(), language)
    understood = explain(parse(lexicon(), message), words)
    click.echo(json.dumps(understood, ensure_ascii=False, indent=2))


@click.command("check")
def check_command() -> None:
    """Check the conversations, the catalogs and the templates; every fault is named.

    Which templates WhatsApp has approved is looked at where the settings name a file of them, and
    in production.
    """
    faults = conversation.check() or _unworded()
    for fault in faults:
        click.echo(fault, err=True)
    if faults:
        raise click.ClickException(f"{len(faults)} faults in bot_flows/ and locales/.")
    click.echo("The conversations and the catalogs are sound.")
    if lacking := _unapproved():
        said = f"Outside the window nothing is said of {', '.join(lacking)}"
        raise click.ClickException(f"{said}: no template; see `flask content status`.")


def _unworded() -> list[str]:
    flows = conversation.flows()
    try:
        lacking = unworded(wanted(flows), flows.languages)
    except ConfigError as fault:
        return [str(fault)]
    return [f"locales/{language}/{FILE} has no {purpose}" for purpose, language in lacking]


def _unapproved() -> list[str]:
    try:
        settings = config()
    except ConfigError:
        return []  # without settings there is no deployment to look at
    if settings.twilio_templates is None:
        return missing({}) if settings.is_production else []
    return missing(read_templates(settings.twilio_templates))
