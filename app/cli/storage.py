"""Prepares the database for readings: TimescaleDB where it can be had, plain PostgreSQL elsewhere.

The files of `sql/` do the work. Every one may run again; what it changed is seen by comparing the
catalog before and after.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from app.db import make_engine

SQL = Path(__file__).parents[2] / "sql"
LOCK_MS = 4_000
STATEMENT_MS = 600_000
"""Converting a table that has rows writes every one of them anew."""

NOT_CREATED = (
    "TimescaleDB is available but could not be created ({reason}). Readings are kept in plain"
    " tables; to change that, an administrator must run CREATE EXTENSION timescaledb in this"
    " database, and then flask migrate once more."
)
APACHE = (
    "This TimescaleDB is of the Apache edition: readings lie in chunks, uncompressed, and ProCare's"
    " own jobs see to their age and to daily averages. This way of storing is not tested."
)


def prepare(url: str) -> list[str]:
    """Bring the storage of readings into its form; say in sentences what was done."""
    with _engine(url) as engine:
        said = _create_extension(engine)
        with engine.connect() as connection:
            before = _made(connection)
            said += _apply(connection)
            return [*said, *_differences(before, _made(connection))]


def remove(url: str) -> None:
    """Take away what `prepare` made, but for the hypertable, which has the readings."""
    with _engine(url) as engine, engine.connect() as connection:
        if not _has_table(connection, "glucose_readings"):
            return
        if _has_table(connection, "glucose_days_touched"):
            _run(connection, "postgres/down")
        if _license(connection) == "timescale":
            _run(connection, "timescaledb/down")


def has_readings(url: str) -> bool:
    """Tell whether the readings' table is there."""
    with _engine(url) as engine, engine.connect() as connection:
        return _has_table(connection, "glucose_readings")


@contextmanager
def _engine(url: str) -> Iterator[Engine]:
    engine = make_engine(url, statement_ms=STATEMENT_MS, lock_ms=LOCK_MS)
    try:
        yield engine.execution_options(isolation_level="AUTOCOMMIT")
    finally:
        engine.dispose()


def _create_extension(engine: Engine) -> list[str]:
    """Create TimescaleDB if the server has it; where we may not, say what is to be done."""
    try:
        with engine.connect() as connection:
            if _value(connection, AVAILABLE) and _license(connection) is None:
                connection.exec_driver_sql("CREATE EXTENSION timescaledb")
    except DBAPIError as fault:
        return [NOT_CREATED.format(reason=str(fault.orig).partition("\n")[0])]
    return []


def _apply(connection: Connection) -> list[str]:
    edition = _license(connection)
    if edition is None:
        _run(connection, "postgres")
        return []
    if _has_table(connection, "glucose_days_touched") and _is_to_be_converted(connection, edition):
        _run(connection, "postgres/down")
    if edition == "apache":
        _run(connection, "timescaledb", only="1_hypertable.sql")
        _run(connection, "postgres")
        return [APACHE]
    _run(connection, "timescaledb")
    if not _value(connection, "SELECT EXISTS (SELECT FROM glucose_daily_avg)"):
        _run(connection, "timescaledb/first")
    return []


def _is_to_be_converted(connection: Connection, edition: str) -> bool:
    return edition != "apache" or not _value(connection, IS_HYPERTABLE)


def _run(connection: Connection, folder: str, only: str = "*.sql") -> None:
    """Run a folder's files in the order of their names, each in one transaction."""
    for path in sorted((SQL / folder).glob(only)):
        script = connection.execution_options(no_parameters=True)
        script.exec_driver_sql(path.read_text(encoding="utf-8"))


def _license(connection: Connection) -> str | None:
    """Give `apache` or `timescale`; None where TimescaleDB is not created in this database."""
    if not _value(connection, "SELECT true FROM pg_extension WHERE extname = 'timescaledb'"):
        return None
    return str(_value(connection, "SELECT current_setting('timescaledb.license')"))


def _has_table(connection: Connection, name: str) -> bool:
    return _value(connection, f"SELECT to_regclass('{name}')") is not None


def _value(connection: Connection, query: str) -> object:
    return connection.exec_driver_sql(query).scalar()


def _made(connection: Connection) -> dict[str, str]:
    """Give what `sql/` has made so far, each with what tells one form of it from another."""
    found = connection.exec_driver_sql(MADE).all()
    if _license(connection) is not None:
        found = [*found, *connection.exec_driver_sql(MADE_IN_TIMESCALEDB).all()]
    return {thing: form for thing, form in found}  # noqa: C416 - rows are no pairs to mypy


def _differences(before: dict[str, str], after: dict[str, str]) -> list[str]:
    kept = before.keys() & after.keys()
    parts = {
        "Added": after.keys() - before.keys(),
        "Changed": {thing for thing in kept if before[thing] != after[thing]},
        "Removed": before.keys() - after.keys(),
    }
    return [f"{verb}: {', '.join(sorted(things))}." for verb, things in parts.items() if things]


AVAILABLE = "SELECT true FROM pg_available_extensions WHERE name = 'timescaledb'"
IS_HYPERTABLE = """
SELECT EXISTS (
    SELECT FROM timescaledb_information.hypertables WHERE hypertable_name = 'glucose_readings'
)
"""
MADE = """
SELECT CASE relkind WHEN 'r' THEN 'table ' ELSE 'view ' END || relname, ''
FROM pg_class
WHERE oid IN (to_regclass('glucose_daily_avg'), to_regclass('glucose_days_touched'))
UNION ALL
SELECT 'trigger ' || tgname, pg_get_triggerdef(oid)
FROM pg_trigger
WHERE tgrelid = to_regclass('glucose_readings') AND tgname ~ '^glucose_readings_'
UNION ALL
SELECT 'function ' || proname, prosrc
FROM pg_proc
WHERE proname IN ('glucose_note_days', 'glucose_note_changed_days')
"""
MADE_IN_TIMESCALEDB = """
SELECT 'hypertable ' || hypertable_name, compression_enabled::text
FROM timescaledb_information.hypertables
WHERE hypertable_name = 'glucose_readings'
UNION ALL
SELECT 'policy ' || proc_name, schedule_interval::text || config::text
FROM timescaledb_information.jobs
WHERE proc_name ~ '^policy_' AND (
    hypertable_name IN ('glucose_readings', 'glucose_daily_avg')
    OR hypertable_name IN (
        SELECT materialization_hypertable_name
        FROM timescaledb_information.continuous_aggregates
        WHERE view_name = 'glucose_daily_avg'
    )
)
"""
