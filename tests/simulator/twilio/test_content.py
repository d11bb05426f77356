"""The text of a template, with its parameters."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from app.simulator.twilio.content import shown
from tests.simulator.twilio.conftest import TEMPLATE, Loopback

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


def test_templates_are_registered_beside_those_known(twilio: Loopback) -> None:
    address, other = f"{twilio.address}/simulator/twilio/templates", "HX" + "2" * 32
    assert requests.get(address, timeout=5).json() == {}
    assert requests.post(address, json=TEXTS, timeout=5).json() == TEXTS
    assert requests.post(address, json={other: "Hi"}, timeout=5).status_code == 200
    assert requests.get(address, timeout=5).json() == {**TEXTS, other: "Hi"}


@pytest.mark.parametrize("texts", [[], {"HX1": "Hi"}, {TEMPLATE: 1}])
def test_what_is_no_template_is_refused(twilio: Loopback, texts: Any) -> None:
    address = f"{twilio.address}/simulator/twilio/templates"
    assert requests.post(address, json=texts, timeout=5).status_code == 400
