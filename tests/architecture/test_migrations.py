"""One line of migrations, up and down, that makes what the models say."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from app.cli.database import alembic_config, downgrade, migrate
from app.cli.demo import seed
from app.db import make_engine
from app.embedded import Postgres
from app.tables import metadata
from tests.schema.catalog import Facts, facts_of

Row = dict[str, Any]
ONE_OF_EACH = Path(__file__).parents[1] / "schema" / "one_of_each.sql"
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


def contents(url: str) -> dict[str, list[Row]]:
    """Read every row of every table that Alembic makes."""
    engine = make_engine(url)
    with engine.connect() as connection:
        found = {
            table: list(connection.exec_driver_sql(f"SELECT to_jsonb(t) FROM {table} t").scalars())  # noqa: S608 - from the catalog
            for table in inspect(connection).get_table_names()
            if table in metadata.tables
        }
    engine.dispose()
    return found


def shared(one: dict[str, list[Row]], other: dict[str, list[Row]]) -> dict[str, list[str]]:
    """Give the rows of `one` in the tables and columns that hold rows in the other as well."""
    kept: dict[str, list[str]] = {}
    for table in one.keys() & other.keys():
        columns = set().union(*one[table]) & set().union(*other[table])
        rows = ({column: row[column] for column in columns} for row in one[table])
        kept[table] = sorted(json.dumps(row, sort_keys=True) for row in rows)
    return kept


def test_there_is_one_head() -> None:
    script = ScriptDirectory.from_config(alembic_config("unused"))
    assert len(script.get_heads()) == 1


def test_the_migrations_make_what_the_models_say(any_database: str) -> None:
    command.check(alembic_config(any_database))


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


def test_each_step_down_and_up_leaves_the_rows_that_it_does_not_touch(any_database: str) -> None:
    engine = make_engine(any_database)
    with engine.begin() as connection:
        seed(connection)
        connection.exec_driver_sql(ONE_OF_EACH.read_text())
    engine.dispose()
    steps = list(ScriptDirectory.from_config(alembic_config("unused")).walk_revisions())
    for below in [str(step.down_revision) for step in steps if step.down_revision]:
        before = contents(any_database)
        downgrade(any_database, below)
        after = contents(any_database)
        assert after.keys() <= before.keys()
        assert shared(after, before) == shared(before, after)
        command.upgrade(alembic_config(any_database), "+1")
        again = contents(any_database)
        assert shared(again, after) == shared(after, again)
        downgrade(any_database, below)
