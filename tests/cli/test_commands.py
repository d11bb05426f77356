"""The operator's commands."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from app import db
from app.cli import commands
from app.cli.content import DEVELOPMENT
from app.cli.contents import wanted
from app.config import Config, use
from app.errors import ConfigError
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


def test_the_conversations_and_catalogs_are_sound(settings: Config) -> None:
    assert settings.twilio_templates is None
    assert run("check") == (0, "The conversations and the catalogs are sound.\n")


def test_check_names_what_a_deployment_cannot_say_outside_the_window(
    settings: Config, tmp_path: Path
) -> None:
    use(replace(settings, twilio_templates=DEVELOPMENT))
    assert run("check")[0] == 0
    lacking = tmp_path / "templates.toml"
    entries = DEVELOPMENT.read_text(encoding="utf-8").split("\n\n")
    kept = [one for one in entries if not one.startswith("[SELF_TEST.hi]")]
    lacking.write_text("\n\n".join(kept), encoding="utf-8")
    use(replace(settings, twilio_templates=lacking))
    code, said = run("check")
    assert code == 1
    assert "nothing is said of SELF_TEST.hi: no template" in said
    use(replace(settings, environment="production"))
    code, said = run("check")
    assert (code, "EMERGENCY_ALERT.en" in said) == (1, True)


def test_check_without_settings_looks_at_no_deployment(monkeypatch: pytest.MonkeyPatch) -> None:
    def none() -> Config:
        raise ConfigError

    monkeypatch.setattr("app.cli.words.config", none)
    assert run("check")[0] == 0


@pytest.mark.parametrize(
    ("wording", "named"),
    [('EMERGENCY_ALERT = "About {name} now."', "no LATE_ANSWER"), ('ZEBRA = "x"', "no purpose")],
)
def test_check_names_a_missing_and_a_strange_wording(
    wording: str, named: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "whatsapp.toml").write_text(wording, encoding="utf-8")
    monkeypatch.setattr("app.cli.words.wanted", lambda flows: wanted(flows, tmp_path))
    code, said = run("check")
    assert code == 1
    assert named in said
