"""A migration gives up where it would hold the service up."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

from alembic import command

from app.cli.database import alembic_config
from app.db import make_engine
from tests.schema.revisions import config_with, head, write_revision

ROOT = Path(__file__).parents[2]
MIGRATE = """
import sys
from pathlib import Path
from alembic import command
from tests.schema.revisions import config_with
url, folder, limit = sys.argv[1:]
config = config_with(url, Path(folder))
config.attributes[limit] = 50
command.upgrade(config, "head")
"""


def fault_of_migrating(url: str, folder: Path, limit: str) -> str:
    """Migrate in a process of its own, as a deployment does, with one limit at 50 ms."""
    arguments = [sys.executable, "-c", MIGRATE, url, str(folder), limit]
    done = subprocess.run(arguments, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    return done.stderr


def revision_of(url: str) -> str:
    """Read which revision a database is at."""
    engine = make_engine(url)
    with engine.connect() as connection:
        found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one()
    engine.dispose()
    return str(found)


def test_a_migration_waits_four_seconds_for_a_lock_and_works_a_minute_at_most() -> None:
    config = alembic_config("postgresql+psycopg://nobody@nowhere/none")
    config.output_buffer = io.StringIO()
    command.upgrade(config, "head", sql=True)
    written = config.output_buffer.getvalue()
    assert written.startswith("SET lock_timeout = 4000;\n\nSET statement_timeout = 60000;\n")


def test_a_migration_that_does_not_get_its_lock_gives_up(database: str, tmp_path: Path) -> None:
    write_revision(tmp_path, "ALTER TABLE patients ADD COLUMN shoe_size integer")
    engine = make_engine(database)
    with engine.connect() as turn:
        turn.exec_driver_sql("SELECT count(*) FROM patients")
        assert "LockNotAvailable" in fault_of_migrating(database, tmp_path, "lock_ms")
        assert revision_of(database) == head()
    command.upgrade(config_with(database, tmp_path), "head")
    assert revision_of(database) == "test"
    engine.dispose()


def test_a_migration_that_works_too_long_is_stopped(database: str, tmp_path: Path) -> None:
    write_revision(tmp_path, "SELECT pg_sleep(60)")
    assert "QueryCanceled" in fault_of_migrating(database, tmp_path, "statement_ms")
    assert revision_of(database) == head()
