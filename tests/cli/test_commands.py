"""The operator's commands."""

from __future__ import annotations

import json

from click.testing import CliRunner
from sqlalchemy import text

from app import db
from app.cli import commands
from app.config import Config, use
from tests.settings import settings as make_settings


def run(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(commands, words)
    return result.exit_code, result.output


def test_migrating_twice_changes_nothing(settings: Config) -> None:
    assert settings.database_url
    assert run("migrate") == (0, "The database is up to date.\n")
    assert run("migrate")[0] == 0


def test_the_demo_people_are_added_once_and_know_each_other(settings: Config) -> None:
    assert settings.environment == "test"
    assert run("seed")[0] == 0
    assert run("seed")[0] == 0
    with db.transaction() as connection:
        people = connection.execute(text("SELECT role::text FROM users ORDER BY 1")).scalars().all()
        cared_for = connection.execute(text("SELECT count(*) FROM caregiver_patient_connections"))
        treated = connection.execute(text("SELECT count(*) FROM doctor_patient_connections"))
        assert people == ["CAREGIVER", "DOCTOR", "PATIENT"]
        assert (cared_for.scalar(), treated.scalar()) == (1, 1)


def test_demo_people_are_refused_in_production(settings: Config) -> None:
    use(
        make_settings(
            spool_dir=settings.spool_dir,
            DATABASE_URL=settings.database_url,
            PROCARE_ENV="production",
        )
    )
    code, said = run("seed")
    assert code == 1
    assert "production" in said


def test_parse_shows_what_words_mean_and_why() -> None:
    code, said = run("parse", "fasting 126", "--language", "en")
    understood = json.loads(said)
    assert code == 0
    assert understood["meanings"][0]["value_mg_dl"] == 126
    assert understood["meanings"][0]["rules"]


def test_the_conversations_and_catalogs_are_sound() -> None:
    assert run("check") == (0, "The conversations and the catalogs are sound.\n")
