"""Revisions for one test, on top of the head, in a folder of the test's own."""

from __future__ import annotations

import os
from pathlib import Path

from alembic.config import Config as AlembicConfig
from alembic.script import ScriptDirectory

from app.cli.database import MIGRATIONS, alembic_config


def head() -> str:
    """Give the newest revision of the application."""
    return str(ScriptDirectory.from_config(alembic_config("unused")).get_current_head())


def config_with(url: str, folder: Path) -> AlembicConfig:
    """Point Alembic at a database, and at a folder beside the application's own revisions."""
    config = alembic_config(url)
    places = (MIGRATIONS / "versions", folder)
    config.set_main_option("version_locations", os.pathsep.join(str(place) for place in places))
    return config


def write_revision(folder: Path, statement: str) -> None:
    """Write a revision on top of the head, called `test`, that executes one statement."""
    lines = (
        "from alembic import op",
        f"revision, down_revision = 'test', {head()!r}",
        f"def upgrade() -> None: op.execute({statement!r})",
        "def downgrade() -> None: pass",
    )
    (folder / "test.py").write_text("\n".join(lines))
