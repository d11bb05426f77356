"""The database's own commands."""

from __future__ import annotations

from pathlib import Path

import click
from alembic import command
from alembic.config import Config as AlembicConfig

from app.config import config

MIGRATIONS = Path(__file__).parents[2] / "migrations"


def migrate(url: str) -> None:
    """Bring a database's tables to the newest form; on an up-to-date one nothing happens."""
    command.upgrade(alembic_config(url), "head")


def alembic_config(url: str) -> AlembicConfig:
    """Point Alembic at the migrations and at a database."""
    settings = AlembicConfig()
    settings.set_main_option("script_location", str(MIGRATIONS))
    settings.set_main_option("path_separator", "os")
    settings.attributes["url"] = url
    return settings


@click.command("migrate")
def migrate_command() -> None:
    """Bring the database's tables to the newest form."""
    migrate(config().database_url)
    click.echo("The database is up to date.")
