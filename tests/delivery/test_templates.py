"""Templates: read from the deployment's file."""

from __future__ import annotations

from pathlib import Path

import pytest

from app import create_app
from app.delivery.templates import Template, missing, read_templates, templates
from app.errors import ConfigError
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


def test_every_missing_template_is_named() -> None:
    named = missing(READ)
    assert "EMERGENCY_ALERT.en" not in named
    assert {"EMERGENCY_ALERT.hi", "MEDICATION_REMINDER.en", "MEDICATION_REMINDER.hi"} <= set(named)
