"""How much room a reading takes on TimescaleDB, before its chunks are compressed and after."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from shutil import which

from sqlalchemy import Connection, Engine, create_engine, text

from app.cli.database import migrate
from tests.benchmarks import report
from tests.benchmarks.history_fill import COUNT, WrongHistoryError, add_patients, tidy
from tests.benchmarks.history_rows import COLUMNS, patients_of, rows
from tests.benchmarks.servers import ROOT
from tests.timescaledb.serving import timescaledb

SIZE = 100_000
AT_ONCE = 5000
TYPES = (
    *("uuid", "timestamptz", "uuid", "float8", "text", "glucose_state", "data_source"),
    *("bool", "bool", "timestamptz", "timestamptz"),
)
ROOM = (
    "SELECT table_bytes, index_bytes, toast_bytes, total_bytes"
    " FROM hypertable_detailed_size('glucose_readings')"
)
COMPRESS = "SELECT count(compress_chunk(chunk)) FROM show_chunks('glucose_readings') chunk"
LINE = "{:<26}{:>12}{:>17}{:>12}{:>12}\n"


def show() -> None:
    """Print the bytes a reading, if TimescaleDB is there."""
    fetched = (ROOT / ".tools" / "timescaledb" / "node_modules").exists()
    if not fetched or which("node") is None:
        report.say("\nTimescaleDB is not measured: it needs Node, and `make tools` to fetch it.\n")
        return
    with timescaledb() as url:
        migrate(url)
        engine = create_engine(url)
        _fill(engine)
        report.say(f"\nbytes a reading of {SIZE:,} on TimescaleDB\n")
        report.say(LINE.format("", "table", "indexes", "rest", "in all"))
        _line("not compressed", engine)
        with engine.begin() as connection:
            chunks = connection.execute(text(COMPRESS)).scalar_one()
        _line(f"{chunks} chunks, compressed", engine)
        engine.dispose()


def _fill(engine: Engine) -> None:
    """Put the readings in by INSERT: this build has no COPY."""
    lines = rows(SIZE)
    with engine.begin() as connection:
        add_patients(connection, patients_of(SIZE))
        while together := list(islice(lines, AT_ONCE)):
            _insert(connection, [line.rstrip("\n").split("\t") for line in together])
        if (kept := connection.execute(text(COUNT)).scalar_one()) != SIZE:
            raise WrongHistoryError(f"{kept} readings of {SIZE} on TimescaleDB")


def _insert(connection: Connection, cells: Sequence[Sequence[str]]) -> None:
    arrays = dict(zip(COLUMNS, map(list, zip(*cells, strict=True)), strict=True))
    places = ", ".join(
        f"cast(:{name} AS {kind}[])" for name, kind in zip(COLUMNS, TYPES, strict=True)
    )
    names = ", ".join(COLUMNS)
    statement = "INSERT INTO glucose_readings ({}) SELECT * FROM unnest({})"
    connection.execute(text(statement.format(names, places)), arrays)


def _line(title: str, engine: Engine) -> None:
    tidy(engine)
    with engine.begin() as connection:
        room = connection.execute(text(ROOM)).one()
    report.say(LINE.format(title, *(f"{part / SIZE:.1f}" for part in room)))
