"""A migrated database with many readings, as COPY puts them into the product's own table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from time import monotonic

import psycopg
from sqlalchemy import Connection, Engine, text

from app.cli.database import migrate
from app.db import make_engine
from app.embedded import Postgres
from tests.benchmarks import report
from tests.benchmarks.history_rows import COLUMNS, patients_of, rows

READINGS = "glucose_readings"
COUNT = "SELECT count(*) FROM glucose_readings"
A_COMMIT, AT_ONCE = 50_000, 2000
"""Lines of one transaction, and those that are sent together."""
MAINTENANCE_MS = 3_600_000
PEOPLE = (
    "INSERT INTO users (id, phone_number, role, language) SELECT md5('user ' || n)::uuid,"
    " '+919' || lpad(n::text, 9, '0'), 'PATIENT', 'hi' FROM generate_series(0, :last) n"
)
PATIENTS = (
    "INSERT INTO patients (id, user_id, diabetes_type)"
    " SELECT md5('patient ' || n)::uuid, md5('user ' || n)::uuid, 'TYPE_2'"
    " FROM generate_series(0, :last) n"
)


class WrongHistoryError(Exception):
    """What the database says of the readings is not what was put into it."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A database with readings.

    Attributes:
        size: How many readings it was filled with.
        url: SQLAlchemy's.
        engine: Made as the product makes its own, but for its limits of time.
    """

    size: int
    url: str
    engine: Engine

    @property
    def patients(self) -> int:
        """How many patients the readings are of."""
        return patients_of(self.size)

    def number(self, query: str) -> int:
        """Ask for a number."""
        with self.engine.begin() as connection:
            return int(connection.execute(text(query)).scalar_one())


def fill(postgres: Postgres, size: int) -> Filled:
    """Make a database with so many readings, and say how fast they went in."""
    name = f"readings_{size}"
    postgres.create_database(name)
    url = postgres.url_of(name)
    migrate(url)
    filled = Filled(size, url, make_engine(url, statement_ms=MAINTENANCE_MS))
    started = monotonic()
    with filled.engine.begin() as connection:
        add_patients(connection, filled.patients)
    lines = rows(size)
    while together := list(islice(lines, A_COMMIT)):
        with filled.engine.begin() as connection:
            copy(connection, READINGS, together)
    seconds = monotonic() - started
    tidy(filled.engine)
    if (kept := filled.number(COUNT)) != size:
        raise WrongHistoryError(f"{kept} readings of {size}")
    report.say(f"{size:,} readings of {filled.patients:,} patients: {size / seconds:,.0f} rows/s\n")
    return filled


def add_patients(connection: Connection, patients: int) -> None:
    """Add so many patients, the first of whom is 0."""
    for statement in (PEOPLE, PATIENTS):
        connection.execute(text(statement), {"last": patients - 1})


def copy(connection: Connection, table: str, lines: Iterable[str]) -> None:
    """Put readings into a table by COPY."""
    driver = connection.connection.driver_connection
    assert isinstance(driver, psycopg.Connection)
    waiting = iter(lines)
    with driver.cursor().copy(f"COPY {table} ({', '.join(COLUMNS)}) FROM STDIN") as into:
        while together := "".join(islice(waiting, AT_ONCE)):
            into.write(together)


def tidy(engine: Engine) -> None:
    """Do at once what PostgreSQL does by itself some time after many rows have come."""
    with engine.connect() as connection:
        alone = connection.execution_options(isolation_level="AUTOCOMMIT")
        alone.execute(text("VACUUM ANALYZE"))
        alone.execute(text("CHECKPOINT"))
