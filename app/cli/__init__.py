"""The operator's commands: `flask --app app migrate`, `seed`, `parse`, `check`.

`parse`, `check`, `flows` and `content stand-in` need no settings: `python -m app.cli check` runs
them without the application.
"""

from __future__ import annotations

import click
from flask import Flask

from app.cli import content, database, flows, readings, report, words
from app.cli.demo.commands import demo_data_command, seed_command

commands = click.Group(
    "procare",
    commands=[
        database.migrate_command,
        seed_command,
        demo_data_command,
        report.report_command,
        readings.import_command,
        readings.export_command,
        words.parse_command,
        words.check_command,
        flows.flows_command,
        content.content_command,
    ],
    help="ProCare's commands.",
)


def add_commands(web: Flask) -> None:
    """Put the commands on the application."""
    for name, each in commands.commands.items():
        web.cli.add_command(each, name)
