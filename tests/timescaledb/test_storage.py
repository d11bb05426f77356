"""The storage of readings on TimescaleDB itself."""

from __future__ import annotations

from app.cli.database import migrate


def test_migrating_twice_changes_nothing(any_database: str) -> None:
    assert migrate(any_database) == ["The database is up to date."]
