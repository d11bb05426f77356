"""The commands that look at words, conversations and catalogs; they need no settings."""

from __future__ import annotations

import json

import click

from app import clock
from app.conversation import load as conversation
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
    """Check the conversations and the catalogs; every fault is named."""
    faults = conversation.check()
    for fault in faults:
        click.echo(fault, err=True)
    if faults:
        raise click.ClickException(f"{len(faults)} faults in bot_flows/ and locales/.")
    click.echo("The conversations and the catalogs are sound.")
