"""One line of migrations, up and down, that makes what the models say."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from app.cli.database import alembic_config, downgrade, migrate
from app.db import make_engine
from app.embedded import Postgres
from app.tables import metadata
from tests.schema.catalog import Facts, facts_of

ALEMBICS_OWN = ("table alembic_version", "alembic_version")


@pytest.fixture
def empty_database(postgres: Postgres) -> Iterator[str]:
    """The URL of a database in which there is nothing."""
    postgres.create_database("empty")
    yield postgres.url_of("empty")
    postgres.drop_database("empty")


def facts(url: str) -> Facts:
    """Read what a database holds, but for what Alembic keeps for itself."""
    engine = make_engine(url)
    with engine.connect() as connection:
        found = facts_of(connection)
    engine.dispose()
    return {place: said for place, said in found.items() if not place.startswith(ALEMBICS_OWN)}


def test_there_is_one_head() -> None:
    script = ScriptDirectory.from_config(alembic_config("unused"))
    assert len(script.get_heads()) == 1


def test_the_migrations_make_what_the_models_say(database: str) -> None:
    command.check(alembic_config(database))


def test_the_models_make_the_same_checks_and_enums(postgres: Postgres, empty_database: str) -> None:
    """Alembic's own comparison sees neither."""
    command.upgrade(alembic_config(empty_database), "head")
    postgres.create_database("modelled")
    engine = make_engine(postgres.url_of("modelled"))
    metadata.create_all(engine)
    engine.dispose()
    modelled = facts(postgres.url_of("modelled"))
    postgres.drop_database("modelled")
    assert facts(empty_database) == modelled


def test_the_migrations_go_down_to_nothing_and_up_again(database: str) -> None:
    downgrade(database, "base")
    engine = make_engine(database)
    assert inspect(engine).get_table_names() == ["alembic_version"]
    with engine.connect() as connection:
        left = connection.exec_driver_sql("SELECT typname FROM pg_type WHERE typtype = 'e'")
        assert left.all() == []
    engine.dispose()
    migrate(database)
    command.check(alembic_config(database))
