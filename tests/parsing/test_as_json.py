"""The contract's JSON of every kind."""

from datetime import datetime
from typing import Any

import pytest

from app.parsing.as_json import as_json
from app.parsing.load import lexicon
from app.parsing.meanings import (
    AnyMeaning,
    Asked,
    BloodPressure,
    Command,
    Connect,
    Display,
    Dose,
    DoseStatus,
    Food,
    Glucose,
    GlucoseDisplay,
    GlucoseDoubtful,
    Lab,
    Meal,
    Message,
    Parsed,
    Symptoms,
)
from app.parsing.parse import parse
from app.parsing.units import Unit

AT = datetime.fromisoformat("2026-05-10T08:00:00+05:30")


@pytest.mark.parametrize(
    ("meaning", "written"),
    [
        (
            Glucose(104.50556),
            {"kind": "glucose", "value_mg_dl": 104.5, "state": None, "recorded_at": None},
        ),
        (
            Glucose(140.0, None, AT),
            {
                "kind": "glucose",
                "value_mg_dl": 140,
                "state": None,
                "recorded_at": "2026-05-10T08:00:00+05:30",
            },
        ),
        (GlucoseDisplay(Display.HI), {"kind": "glucose_display", "display": "HI"}),
        (GlucoseDoubtful(9.0), {"kind": "glucose_doubtful", "value": 9}),
        (
            GlucoseDoubtful(650.0, Unit.MG_DL),
            {"kind": "glucose_doubtful", "value": 650, "unit": "mg/dL"},
        ),
        (
            Meal("LUNCH", (Food("roti", 1.5), Food("dal", None)), None),
            {
                "kind": "meal",
                "meal_type": "LUNCH",
                "foods": [{"food": "roti", "quantity": 1.5}, {"food": "dal", "quantity": None}],
                "consumed_at": None,
            },
        ),
        (
            Dose(None, DoseStatus.TAKEN, AT),
            {
                "kind": "medication",
                "name": None,
                "status": "TAKEN",
                "taken_at": "2026-05-10T08:00:00+05:30",
            },
        ),
        (
            Symptoms(("chest_pain", "weak")),
            {"kind": "symptom", "symptoms": ["chest_pain", "weak"], "red_flag": True},
        ),
        (Lab("HbA1c", 7.25), {"kind": "lab", "marker": "HbA1c", "value": 7.25}),
        (BloodPressure(120, 80), {"kind": "blood_pressure", "systolic": 120, "diastolic": 80}),
        (Connect("DOC-ABC123"), {"kind": "connect", "code": "DOC-ABC123"}),
        (Asked(Command.HELP), {"kind": "command", "command": "help"}),
        (Asked(Command.LANGUAGE), {"kind": "command", "command": "language", "to": None}),
    ],
)
def test_a_meaning_is_written_as_the_contract_says(
    meaning: AnyMeaning, written: dict[str, Any]
) -> None:
    whole = as_json(Parsed("en", "Latn", "father", question=True, meanings=(meaning,)))

    assert whole["meanings"] == [written]
    assert (whole["subject"], whole["question"]) == ("father", True)


@pytest.mark.parametrize("words", ["sugar 0", "fasting 0.0", "शुगर शून्य", "सुगर ०"])
def test_nought_is_heard_as_a_reading_in_doubt_that_the_contract_has_no_word_for(
    words: str,
) -> None:
    parsed = parse(lexicon(), Message(words, AT, "en"))
    (one,) = parsed.meanings
    assert isinstance(one, GlucoseDoubtful)
    assert one.value == 0
    assert as_json(parsed)["meanings"] == []


@pytest.mark.parametrize("words", ["tea with 0 sugar", "chai me sugar 0", "coffee, sugar 0"])
def test_nought_of_the_sugar_that_is_eaten_is_no_reading(words: str) -> None:
    parsed = parse(lexicon(), Message(words, AT, "en"))
    assert not any(isinstance(one, GlucoseDoubtful) for one in parsed.meanings)
