"""The migrated database holds the data model as it was given, but for differences with a reason."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
import regex
from sqlalchemy import Connection

from app.db import make_engine
from tests.schema.catalog import Facts, facts_of
from tests.schema.document import AS_PRISMA_MAKES_THEM, HERE, Document, facts_given

DIFFERENCES: dict[str, Any] = tomllib.loads((HERE / "differences.toml").read_text())
RULES = {word: rule["ours"] for word, rule in DIFFERENCES["rules"].items()}
DOCUMENT = Document.read()
GIVEN = facts_given(DOCUMENT, RULES)
VIEW_TYPES = AS_PRISMA_MAKES_THEM | RULES | {"String": RULES["id"]}
VIEW = """
    SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute
    WHERE attrelid = to_regclass(%(view)s) AND attnum > 0 AND NOT attisdropped
"""
KEEP_THE_USER = """
    ALTER TABLE patients DROP CONSTRAINT fk_patients_user_id,
    ADD CONSTRAINT fk_patients_user_id FOREIGN KEY (user_id) REFERENCES users ON DELETE RESTRICT
"""


@pytest.fixture
def connection(any_database: str) -> Iterator[Connection]:
    engine = make_engine(any_database)
    with engine.connect() as opened:
        yield opened
    engine.dispose()


def differences(given: Facts, found: Facts) -> Facts:
    """Give what differs: place by place what is there, empty where the given is missing."""
    ours = {**without_details(given, found), **served_by_unique(given, found)}
    places = (given | ours).keys()
    return {p: ours.get(p, "") for p in places if given.get(p) != ours.get(p)}


def without_details(given: Facts, found: Facts) -> Facts:
    """Leave out the insides of a table that is our own, and the wording of checks that hold."""
    return {
        place: "here" if " check " in place and not said.endswith("NOT VALID") else said
        for place, said in found.items()
        if table_of(place) in given or place.startswith(("table ", "enum "))
    }


def table_of(place: str) -> str:
    """Give the place of the table that a column, key or check belongs to."""
    return f"table {regex.split('[ .]', place)[0]}"


def served_by_unique(given: Facts, found: Facts) -> Facts:
    """Count an index as there where a unique one has exactly its columns."""
    asked = (place for place in given if " index (" in place)
    return {p: "here" for p in asked if found.get(p.replace(" index (", " unique (")) == "here"}


def named(*, is_plain: bool) -> Facts:
    """Give the differences that have a reason, on PostgreSQL alone or on TimescaleDB."""
    parts = (part for part in DIFFERENCES["differences"] if is_plain or "only" not in part)
    return {place: ours for part in parts for place, ours in part["ours"].items()}


def is_plain(connection: Connection) -> bool:
    """Tell whether the database has no TimescaleDB."""
    extensions = connection.exec_driver_sql("SELECT extname FROM pg_extension").scalars()
    return "timescaledb" not in extensions


def test_every_difference_is_named_and_nothing_else_is(connection: Connection) -> None:
    found = facts_of(connection)
    assert differences(GIVEN, found) == named(is_plain=is_plain(connection))


@pytest.mark.parametrize("view", DOCUMENT.views)
def test_a_view_has_the_given_columns(connection: Connection, view: str) -> None:
    columns = DOCUMENT.views[view].items()
    found = {name: kind for name, kind in connection.exec_driver_sql(VIEW, {"view": view})}  # noqa: C416 - rows are no pairs to the type checker
    assert found == {name: VIEW_TYPES.get(kind, kind) for name, kind in columns}


def test_every_difference_is_named_once_and_has_a_reason() -> None:
    places = [place for part in DIFFERENCES["differences"] for place in part["ours"]]
    assert len(places) == len(set(places))
    reasons = [part["reason"] for part in DIFFERENCES["differences"]]
    reasons += [rule["reason"] for rule in DIFFERENCES["rules"].values()]
    assert all(reason.endswith(".") and len(reason) > 20 for reason in reasons)
    assert len(reasons) == len(set(reasons))


@pytest.mark.parametrize("word", RULES)
def test_every_rule_changes_something(word: str) -> None:
    others = {name: said for name, said in RULES.items() if name != word}
    assert RULES[word] != AS_PRISMA_MAKES_THEM[word]
    assert facts_given(DOCUMENT, others) != GIVEN


@pytest.mark.parametrize(
    ("change", "place", "said"),
    [
        ("DROP TABLE patterns", "table patterns", ""),
        ("ALTER TABLE users DROP COLUMN email", "users.email", ""),
        ("ALTER TABLE users ALTER email SET NOT NULL", "users.email", "text"),
        ("ALTER TABLE meals ALTER glucose_impact TYPE real", "meals.glucose_impact", "real null"),
        (
            "ALTER TABLE pooled_questions ALTER patient_count SET DEFAULT 0",
            "pooled_questions.patient_count",
            "integer default 0",
        ),
        ("ALTER TABLE users ADD shoe_size integer", "users.shoe_size", "integer null"),
        ("DROP INDEX ix_patients_health_score", "patients index (health_score)", ""),
        (
            "CREATE INDEX ON messages (body DESC)",
            "messages index (body desc)",
            "here",
        ),
        (
            KEEP_THE_USER,
            "patients.user_id references",
            "users on delete restrict",
        ),
        (
            "ALTER TABLE users DROP CONSTRAINT ck_users_phone_number_e164",
            "users check ck_users_phone_number_e164",
            None,
        ),
        (
            "ALTER TYPE diabetes_type RENAME VALUE 'TYPE_1' TO 'TYPE_ONE'",
            "enum diabetes_type",
            "TYPE_ONE, TYPE_2",
        ),
        ("ALTER TABLE users ALTER phone_number SET NOT NULL", "users.phone_number", None),
    ],
)
def test_a_change_that_nobody_gave_a_reason_for_is_seen(
    database: str, change: str, place: str, said: str | None
) -> None:
    """Where None is said, a difference that has a reason is no longer there."""
    engine = make_engine(database)
    with engine.connect() as connection:
        connection.exec_driver_sql(change)
        seen = differences(GIVEN, facts_of(connection))
    engine.dispose()
    assert seen.get(place) == said
    assert seen != named(is_plain=True)


def test_what_is_missing_is_seen() -> None:
    given = {"table doses": "here", "doses.id": "uuid", "doses index (id)": "here"}
    assert differences(given, {}) == {"table doses": "", "doses.id": "", "doses index (id)": ""}
    assert differences(given, given) == {}


def test_what_is_more_is_seen() -> None:
    given = {"table doses": "here"}
    more = {"doses check ck_doses": "CHECK (true)", "doses unique (id)": "where true"}
    more |= {"doses check ck_new": "CHECK (true) NOT VALID"}
    more |= {"enum dose": "A, B", "table pills": "here", "pills.id": "uuid"}
    assert differences(given, given | more) == {
        "doses check ck_doses": "here",
        "doses check ck_new": "CHECK (true) NOT VALID",
        "doses unique (id)": "where true",
        "enum dose": "A, B",
        "table pills": "here",
    }


def test_a_unique_of_the_same_columns_serves_as_an_index() -> None:
    given = {"table doses": "here", "doses index (a, b)": "here"}
    found = {"table doses": "here", "doses unique (a, b)": "here"}
    assert differences(given, found) == {"doses unique (a, b)": "here"}
    partial = {"table doses": "here", "doses unique (a, b)": "where c"}
    assert differences(given, partial)["doses index (a, b)"] == ""
