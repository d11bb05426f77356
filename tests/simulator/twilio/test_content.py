"""The text of a template, with its parameters."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import requests

from app.simulator.twilio.content import shown, templates
from tests.settings import settings
from tests.simulator.twilio.conftest import TEMPLATE, Loopback

OTHER = "HX" + "2" * 32
TEXTS = {TEMPLATE: "Dear {{name}}, it is {{1}}. {{1}}!"}


@pytest.mark.parametrize(
    ("variables", "text"),
    [
        ({"1": "08:00", "name": "आशा"}, "Dear आशा, it is 08:00. 08:00!"),
        ({"1": "{{name}}"}, "Dear {{name}}, it is {{name}}. {{name}}!"),  # filled in once
        ({}, "Dear {{name}}, it is {{1}}. {{1}}!"),
    ],
)
def test_each_place_is_filled_in_and_a_missing_one_stays_to_be_seen(
    variables: dict[str, str], text: str
) -> None:
    assert shown(TEMPLATE, variables, TEXTS) == text


def test_an_unknown_template_is_named_with_its_parameters() -> None:
    assert shown(TEMPLATE, {"1": "08:00", "2": "x"}, {}) == f"[{TEMPLATE}]\n1: 08:00\n2: x"


def test_the_settings_file_names_its_templates(tmp_path: Path) -> None:
    path = tmp_path / "templates.toml"
    path.write_text(
        f"""
        [MEDICATION_REMINDER.en]
        sid = "{TEMPLATE}"
        variables = ["medicine", "time"]
        text = "{{{{2}}}}: time for {{{{1}}}}."
        [MEDICATION_REMINDER.hi]
        sid = "{OTHER}"
        variables = ["medicine", "time"]
        """,
        encoding="utf-8",
    )
    texts = templates(settings(spool_dir=tmp_path / "spool", TWILIO_TEMPLATES=str(path)))
    variables = {"1": "metformin", "2": "08:00"}
    assert shown(TEMPLATE, variables, texts) == "08:00: time for metformin."
    assert shown(OTHER, variables, texts) == (
        "[MEDICATION_REMINDER.hi]\nmedicine: metformin\ntime: 08:00"
    )


def test_templates_are_registered_beside_those_known(twilio: Loopback) -> None:
    address = f"{twilio.address}/simulator/twilio/templates"
    assert requests.get(address, timeout=5).json() == {}
    assert requests.post(address, json=TEXTS, timeout=5).json() == TEXTS
    assert requests.post(address, json={OTHER: "Hi"}, timeout=5).status_code == 200
    assert requests.get(address, timeout=5).json() == {**TEXTS, OTHER: "Hi"}


@pytest.mark.parametrize("texts", [[], {"HX1": "Hi"}, {TEMPLATE: 1}])
def test_what_is_no_template_is_refused(twilio: Loopback, texts: Any) -> None:
    address = f"{twilio.address}/simulator/twilio/templates"
    assert requests.post(address, json=texts, timeout=5).status_code == 400
