"""Templates: read from the deployment's file, filled in as WhatsApp takes them."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import pytest

from app import create_app
from app.channels.base import TemplateCall
from app.delivery.templates import Template, call, missing, read_templates, templates
from app.errors import ConfigError
from app.text import text
from tests.settings import settings

SID = "HX" + "1" * 32
HINDI = "HX" + "2" * 32
READ = {("EMERGENCY_ALERT", "en"): Template(SID, ("name", "value"))}
ALERT = (text("{name} has a low sugar."), text("It is {value}.", value=48, name="Another"))


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


def test_parameters_stand_in_their_places_on_one_line_and_the_first_text_goes_first() -> None:
    told = (text("{name} has a low sugar.", name="Asha\nDevi    Rao\t"), ALERT[1])
    filled = call(READ, "EMERGENCY_ALERT", "en", told)
    assert filled == TemplateCall(SID, ("Asha Devi Rao", "48"))


def test_a_language_without_a_template_is_told_in_english() -> None:
    told = (text("{name}: {value}", name="आशा", value=48),)
    assert call(READ, "EMERGENCY_ALERT", "hi", told) == TemplateCall(SID, ("आशा", "48"))


def test_a_purpose_without_a_template_and_a_place_without_words_give_none() -> None:
    assert call(READ, "MEDICATION_REMINDER", "en", ALERT) is None
    assert call(READ, "EMERGENCY_ALERT", "en", (text("{name}", name="Asha"),)) is None
    assert call(READ, "EMERGENCY_ALERT", "en", (text("{name}", name=" \n", value=48),)) is None


def test_a_text_inside_a_text_is_said_in_the_language_of_the_template() -> None:
    read = {("EMERGENCY_ALERT", "en"): Template(SID, ("who",))}
    inside = text("{name}!", name="Asha")
    assert call(read, "EMERGENCY_ALERT", "en", (text("{who}", who=inside),)) == TemplateCall(
        SID, ("Asha!",)
    )


def test_buttons_bring_the_row_back_and_stand_only_under_what_is_said_whole(
    tmp_path: Path,
) -> None:
    path = written(
        tmp_path,
        f'[MEDICATION_REMINDER.en]\nsid = "{SID}"\nvariables = ["medicines", "row"]\n'
        "buttons = true\n",
    )
    read, row = read_templates(path), UUID(int=7)
    reminder = text("Time for {medicines}.", medicines="metformin")
    whole = call(read, "MEDICATION_REMINDER", "en", (reminder,), row)
    assert whole == TemplateCall(SID, ("metformin", row.hex), has_buttons=True)
    more = call(read, "MEDICATION_REMINDER", "en", (reminder, text("Test first.")), row)
    assert more == TemplateCall(SID, ("metformin", row.hex))
    assert call(read, "MEDICATION_REMINDER", "en", (reminder,)) is None
