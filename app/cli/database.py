"""The database's own commands."""

from __future__ import annotations

from pathlib import Path

import click
from alembic import command
from alembic.config import Config as AlembicConfig

from app.cli import storage
from app.config import config

MIGRATIONS = Path(__file__).parents[2] / "migrations"


def migrate(url: str) -> list[str]:
    """Bring a database to the newest form, and say in sentences what became of the storage.

    On an up-to-date one nothing happens, and the last sentence alone is said.
    """
    command.upgrade(alembic_config(url), "head")
    return [*storage.prepare(url), "The database is up to date."]


def downgrade(url: str, revision: str) -> list[str]:
    """Bring a database's tables back to an older form; the storage is prepared for what is left.

    Averages of days whose readings were dropped for their age are lost with it.
    """
    storage.remove(url)
    command.downgrade(alembic_config(url), revision)
    return storage.prepare(url) if storage.has_readings(url) else []


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
    for sentence in migrate(config().database_url):
        click.echo(sentence)
