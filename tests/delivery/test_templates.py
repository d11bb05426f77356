"""Templates: read from the deployment's file."""

from __future__ import annotations

from pathlib import Path

import pytest
from prometheus_client import REGISTRY

from app import create_app
from app.delivery.templates import Template, missing, read_templates, tell_of_missing, templates
from app.errors import ConfigError
from app.i18n import languages
from app.metrics import MISSING_TEMPLATES
from tests.settings import settings

SID = "HX" + "1" * 32
HINDI = "HX" + "2" * 32
READ = {("EMERGENCY_ALERT", "en"): Template(SID, ("name", "value"))}


def written(tmp_path: Path, content: str) -> Path:
    path = tmp_path / "templates.toml"
    path.write_text(content, encoding="utf-8")
    return path


def test_a_file_names_templates_by_purpose_and_language(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        f'[EMERGENCY_ALERT.en]\nsid = "{SID}"\nvariables = ["name"]\n'
        f'[EMERGENCY_ALERT.hi]\nsid = "{HINDI}"\ntext = "for people"\n',
    )
    assert read_templates(path) == {
        ("EMERGENCY_ALERT", "en"): Template(SID, ("name",)),
        ("EMERGENCY_ALERT", "hi"): Template(HINDI),
    }


@pytest.mark.parametrize(
    "content",
    [
        "no toml",
        'EMERGENCY_ALERT = "HX1"',
        '[EMERGENCY_ALERT]\nen = "HX1"',
        '[EMERGENCY_ALERT.en]\nsid = "SM1"',
        f'[EMERGENCY_ALERT.en]\nsid = "{SID}"\nvariables = [1]',
        f'[EMERGENCY_ALERT.en]\nsid = "{SID}"\nbuttons = "yes"',
    ],
)
def test_an_unfit_file_is_refused_at_the_start_and_keeps_no_emergency_back(
    tmp_path: Path, content: str
) -> None:
    made = settings(spool_dir=tmp_path, TWILIO_TEMPLATES=str(written(tmp_path, content)))
    with pytest.raises(ConfigError, match="TWILIO_TEMPLATES"):
        create_app(made)
    assert templates(made) == {}


def test_what_is_missing_is_logged_once_and_always_counted(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    entries = f'[LATE_ANSWER.en]\nsid = "{SID}"\n[LATE_ANSWER.tlh]\nsid = "{HINDI}"\n'
    path = written(tmp_path, entries)
    made = settings(spool_dir=tmp_path, TWILIO_TEMPLATES=str(path))
    for _ in range(2):
        MISSING_TEMPLATES.labels("LATE_ANSWER").set(0)
        tell_of_missing(made)
        assert _counted("LATE_ANSWER") == len(languages()) - 1
        assert _counted("EMERGENCY_ALERT") == len(languages())
    (told,) = [each for each in caplog.records if each.message == "templates_missing"]
    assert "LATE_ANSWER.hi" in told.__dict__["fields"]["field"]
    assert "LATE_ANSWER.en" not in told.__dict__["fields"]["field"]


def _counted(purpose: str) -> float:
    labels = {"purpose": purpose}
    found = REGISTRY.get_sample_value("procare_missing_templates", labels)
    assert found is not None
    return found


def test_every_missing_template_is_named() -> None:
    named = missing(READ)
    assert "EMERGENCY_ALERT.en" not in named
    assert {"EMERGENCY_ALERT.hi", "MEDICATION_REMINDER.en", "MEDICATION_REMINDER.hi"} <= set(named)
