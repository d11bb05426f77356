"""No migration blocks a table that the service works with: each one's SQL is looked over."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from alembic import command
from alembic.script import ScriptDirectory

from app.cli.database import alembic_config

NOWHERE = "postgresql+psycopg://nobody@nowhere/none"
EVERYWHERE = {
    "prefer-bigint-over-int": "The given counts are Int, and stay far below two thousand million.",
}
NOT_YET_IN_USE = "Its tables held no rows: the service was not in use yet."
NO_QUESTIONS_YET = "Its table held no rows: nothing had ever put a question there."
EXCEPTIONS = {
    "0001": {"prefer-text-field": "Alembic makes its own table."},
    "0002": {
        "require-concurrent-index-creation": NOT_YET_IN_USE,
        "adding-foreign-key-constraint": NOT_YET_IN_USE,
        "constraint-missing-not-valid": NOT_YET_IN_USE,
    },
    "0004": {"require-concurrent-index-creation": NOT_YET_IN_USE},
    "0019": {"require-concurrent-index-creation": NOT_YET_IN_USE},
    "0005": {"ban-drop-constraint": "A caregiver who leaves is to take no dose along."},
    "0020": {
        "require-concurrent-index-creation": NOT_YET_IN_USE,
        "require-concurrent-index-deletion": NOT_YET_IN_USE,
    },
    "0022": {"require-concurrent-index-creation": NOT_YET_IN_USE},
    "0023": {"require-concurrent-index-creation": NOT_YET_IN_USE},
    "0027": {"require-concurrent-index-creation": NOT_YET_IN_USE},
    "0028": {"require-concurrent-index-creation": NOT_YET_IN_USE},
    "0029": {
        "require-concurrent-index-creation": NO_QUESTIONS_YET,
        "constraint-missing-not-valid": NO_QUESTIONS_YET,
    },
    "0030": {"require-concurrent-index-creation": NOT_YET_IN_USE},
    "0031": {"require-concurrent-index-creation": NOT_YET_IN_USE},
}
REVISIONS = {
    revision.revision: revision.down_revision or "base"
    for revision in ScriptDirectory.from_config(alembic_config(NOWHERE)).walk_revisions()
}


@cache
def objections(revision: str) -> set[str]:
    """Name the rules that the SQL of one migration breaks."""
    config = alembic_config(NOWHERE)
    config.output_buffer = io.StringIO()
    command.upgrade(config, f"{REVISIONS[revision]}:{revision}", sql=True)
    done = subprocess.run(
        [Path(sys.executable).with_name("squawk"), "--pg-version=16", "--reporter=json"],
        input=config.output_buffer.getvalue(),
        capture_output=True,
        text=True,
        check=False,
    )
    return {objection["rule_name"] for objection in json.loads(done.stdout)}


@pytest.mark.parametrize("revision", REVISIONS)
def test_a_migration_blocks_nobody_for_long(revision: str) -> None:
    assert objections(revision) - EVERYWHERE.keys() == EXCEPTIONS.get(revision, {}).keys()


def test_every_exception_made_for_all_is_needed() -> None:
    assert EVERYWHERE.keys() <= set().union(*(objections(revision) for revision in REVISIONS))


def test_an_objection_is_heard(tmp_path: Path) -> None:
    statement = tmp_path / "blocking.sql"
    statement.write_text("ALTER TABLE patients ADD CONSTRAINT c CHECK (id IS NOT NULL);")
    squawk = Path(sys.executable).with_name("squawk")
    done = subprocess.run([squawk, statement], capture_output=True, text=True, check=False)
    assert "constraint-missing-not-valid" in done.stdout
