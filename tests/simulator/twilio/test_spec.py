"""Twilio's own description of its API, as `make tools` fetches it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from werkzeug.datastructures import MultiDict

from app.simulator.twilio import spec

GOOD = {"To": "whatsapp:+919999999998", "From": "whatsapp:+14155238886", "Body": "hi"}


@pytest.fixture
def anew() -> Iterator[None]:
    spec.checker.cache_clear()
    yield
    spec.checker.cache_clear()


def test_the_description_has_been_fetched() -> None:
    assert spec.FILE.is_file(), "Twilio's description is missing: `make tools` fetches it."
    assert find_spec("jsonschema"), "jsonschema is missing: requirements-dev.txt has it."
    assert spec.checker() is not None


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"ContentSid": "HX" + "a" * 32, "ContentVariables": '{"1": "08:00"}'},
        {"StatusCallback": "https://procare.test/whatsapp/status?o=1"},
        {"ValidityPeriod": "900", "MaxPrice": "0.5", "SmartEncoded": "true"},
        {"SendAt": "2026-11-22T10:00:00Z", "ScheduleType": "fixed"},
        {"MediaUrl": ["https://procare.test/a", "https://procare.test/b"]},
        {"ContentRetention": "discard", "AddressRetention": "obfuscate"},
    ],
)
def test_what_twilio_knows_passes(fields: dict[str, str]) -> None:
    assert spec.fault(MultiDict({**GOOD, **fields})) is None


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"Boddy": "hi"}, "Boddy"),
        ({"ContentRetention": "banana"}, "banana"),
        ({"ScheduleType": "later"}, "later"),
        ({"ContentSid": "HX1"}, "HX1"),
        ({"ContentSid": "MG" + "a" * 32}, "MG"),
        ({"MessagingServiceSid": "HX" + "a" * 32}, "HX"),
        ({"StatusCallback": "whatsapp/status"}, "whatsapp/status"),
        ({"StatusCallback": "ftp://procare.test/x"}, "ftp"),
        ({"SendAt": "tomorrow"}, "tomorrow"),
        ({"ValidityPeriod": "soon"}, "soon"),
        ({"ValidityPeriod": "1.5"}, "1.5"),
        ({"SmartEncoded": "yes"}, "yes"),
        ({"Body": ["one", "two"]}, "two"),
    ],
)
def test_what_twilio_does_not_know_is_named(fields: dict[str, str], named: str) -> None:
    fault = spec.fault(MultiDict({**GOOD, **fields}))
    assert fault is not None
    assert named in fault


@pytest.mark.usefixtures("anew")
def test_without_the_description_nothing_is_held_to_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spec, "FILE", tmp_path / "missing.json")
    assert spec.fault(MultiDict({"Boddy": "hi"})) is None


@pytest.mark.usefixtures("anew")
def test_without_its_reader_nothing_is_held_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jsonschema", None)
    assert spec.fault(MultiDict({"Boddy": "hi"})) is None
