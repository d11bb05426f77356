"""The database itself refuses what must never stand in it, whoever writes."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from babel.core import get_global
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError, IntegrityError

from app.db import make_engine
from app.parsing.places import ALSO_CALLED, USUAL
from tests.schema.document import HERE, Document

CASES: dict[str, Any] = tomllib.loads((HERE / "refused.toml").read_text())
REFUSED = [(place, value) for place, case in CASES.items() for value in case["refused"]]
KEPT = [(place, value) for place, case in CASES.items() for value in case["kept"]]
DOCUMENT = Document.read()
WORDS = [
    (model["table"], name)
    for model in DOCUMENT.models.values()
    for name, field in model["fields"].items()
    if field["type"].rstrip("?") in DOCUMENT.enums
]


@pytest.fixture(scope="module")
def shared(module_database: str) -> Iterator[Connection]:
    """A connection to a database with one row in every table."""
    engine = make_engine(module_database)
    with engine.connect() as opened:
        opened.exec_driver_sql((HERE / "one_of_each.sql").read_text())
        opened.commit()
        yield opened
    engine.dispose()


@pytest.fixture
def connection(shared: Connection) -> Iterator[Connection]:
    """The same connection; what this test does is undone after it."""
    yield shared
    shared.rollback()


def set_to(connection: Connection, place: str, value: str) -> None:
    """Give the columns of a place other values in one row of the table."""
    table, columns = place.split(".")
    one = f"ctid = (SELECT ctid FROM {table} LIMIT 1)"  # noqa: S608 - from a file of ours
    connection.exec_driver_sql(f"UPDATE {table} SET ({columns}) = ROW({value}) WHERE {one}")  # noqa: S608 - the same


def check_that_refuses(connection: Connection, place: str, value: str) -> str | None:
    """Give the name of the check that a value meets; the transaction goes on."""
    with pytest.raises(IntegrityError) as refused, connection.begin_nested():
        set_to(connection, place, value)
    fault = refused.value.orig
    assert isinstance(fault, psycopg.errors.CheckViolation)
    return fault.diag.constraint_name


@pytest.mark.parametrize(("place", "value"), REFUSED)
def test_it_is_refused(connection: Connection, place: str, value: str) -> None:
    assert check_that_refuses(connection, place, value) == CASES[place]["check"]


@pytest.mark.parametrize(("place", "value"), KEPT)
def test_it_is_kept(connection: Connection, place: str, value: str) -> None:
    set_to(connection, place, value)


@pytest.mark.parametrize(("table", "column"), WORDS)
def test_a_word_that_no_enum_knows_is_refused(
    connection: Connection, table: str, column: str
) -> None:
    with pytest.raises(DBAPIError, match="invalid input value for enum"):
        set_to(connection, f"{table}.{column}", "'UNHEARD_OF'")


def test_a_zone_that_is_well_written_and_that_there_is_not_is_refused(
    connection: Connection,
) -> None:
    with pytest.raises(DBAPIError, match="not recognized"):
        set_to(connection, "users.timezone", "'Nowhere/At_All'")


def test_every_zone_that_a_place_is_known_by_is_kept(connection: Connection) -> None:
    zones = {zone for zones in get_global("territory_zones").values() for zone in zones}
    places = {zone for zone in zones if not zone.startswith("Etc/")}
    for zone in sorted({*places, *ALSO_CALLED, *USUAL}):
        set_to(connection, "users.timezone", f"'{zone}'")


def test_there_is_a_case_for_every_check(connection: Connection) -> None:
    checks = connection.exec_driver_sql(
        "SELECT conname FROM pg_constraint"
        " WHERE contype = 'c' AND connamespace = 'public'::regnamespace"
    )
    assert set(checks.scalars()) == {case["check"] for case in CASES.values()}


def test_a_hypertable_refuses_the_same(timescale_database: str) -> None:
    engine = make_engine(timescale_database)
    with engine.connect() as connection:
        connection.exec_driver_sql((HERE / "one_of_each.sql").read_text())
        refused = [
            check_that_refuses(connection, "glucose_readings.value", value)
            for value in CASES["glucose_readings.value"]["refused"]
        ]
    engine.dispose()
    assert [name and name.endswith("value_40_to_600") for name in refused] == [True] * 5
