"""Readings and doses told: what is kept, once, at which time."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.conversation.corrections import take_back
from app.conversation.doses import log_doses
from app.conversation.log import joined
from app.conversation.readings import log_readings
from app.conversation.turn import Situation
from app.glucose.reading import (
    GlucoseFacts,
    Reading,
    ReadingCorrected,
    ReadingLogged,
    ReadingTakenBack,
)
from app.i18n import render
from app.medications.dose import DoseLogged, MedicationFacts, MedicineAdded
from app.parsing.meanings import Dose, DoseStatus, Glucose, GlucoseState
from tests.conversation.world import BEGIN, METFORMIN, situation

FASTING = GlucoseState.MORNING_FASTING


def told(now: Situation, *glucose: Glucose) -> list[object]:
    return list(joined(log_readings(now, glucose)).events)


def said(now: Situation, *glucose: Glucose) -> list[str]:
    log = joined(log_readings(now, glucose))
    return [render(line, "en") for line in log.noted]


def knowing(*values: float, minutes_ago: float = 0) -> Situation:
    at = BEGIN - timedelta(minutes=minutes_ago)
    known = [
        Reading(situation().new_id(str(value)), value, GlucoseState.RANDOM, at, at)
        for value in values
    ]
    return replace(situation(), glucose=GlucoseFacts(tuple(known)))


@pytest.mark.parametrize(
    ("value", "is_kept"), [(39.9, False), (40.0, True), (600.0, True), (600.1, False)]
)
def test_only_what_the_record_may_hold_is_logged(value: float, *, is_kept: bool) -> None:
    assert bool(told(situation(), Glucose(value))) is is_kept


def test_a_reading_without_a_time_was_taken_when_the_message_came() -> None:
    (event,) = told(situation(), Glucose(142.0))
    assert isinstance(event, ReadingLogged)
    assert event.recorded_at == BEGIN


def test_the_same_value_in_the_same_minute_is_one_reading() -> None:
    assert len(told(situation(), Glucose(142.0), Glucose(142.0))) == 1
    assert len(told(situation(), Glucose(142.0), Glucose(143.0))) == 2
    assert told(knowing(142.0), Glucose(142.0)) == []
    assert said(knowing(142.0), Glucose(142.0)) == ["I have that reading already."]
    assert len(told(knowing(142.0, minutes_ago=2), Glucose(142.0))) == 1


@pytest.mark.parametrize(("minutes", "is_kept"), [(10, True), (11, False)])
def test_a_time_to_come_is_asked_about(minutes: int, *, is_kept: bool) -> None:
    glucose = Glucose(142.0, FASTING, BEGIN + timedelta(minutes=minutes))
    assert bool(told(situation(), glucose)) is is_kept
    if not is_kept:
        assert said(situation(), glucose)[0].startswith("08:41 is still to come")


def test_what_was_understood_is_said_with_state_and_time() -> None:
    yesterday = BEGIN - timedelta(hours=10, minutes=30)
    assert said(situation(), Glucose(142.0)) == ["Noted: sugar 142 mg/dL."]
    assert said(situation(), Glucose(142.0, FASTING)) == ["Noted: sugar 142 mg/dL, fasting."]
    assert said(situation(), Glucose(142.0, None, yesterday)) == [
        "Noted: sugar 142 mg/dL at 19/11 22:00."
    ]
    assert said(situation(), Glucose(142.0, FASTING, BEGIN - timedelta(hours=1))) == [
        "Noted: sugar 142 mg/dL, fasting, at 07:30."
    ]


@pytest.mark.parametrize(
    ("value", "is_emergency"),
    [(53.9, True), (69.9, True), (70.0, False), (299.0, False), (300.0, True), (600.0, True)],
)
def test_a_reading_is_marked_by_its_own_value(value: float, *, is_emergency: bool) -> None:
    (event,) = told(situation(), Glucose(value))
    assert isinstance(event, ReadingLogged)
    assert event.is_emergency is is_emergency


def test_a_correction_changes_the_reading_told_last() -> None:
    now = knowing(181.0, 150.0)
    (event,) = told(now, Glucose(118.0, correction=True))
    assert event == ReadingCorrected(
        now.glucose.latest_told[0].reading_id, BEGIN, 118.0, is_emergency=False
    )


def test_a_correction_of_nothing_is_a_reading() -> None:
    (event,) = told(situation(), Glucose(118.0, correction=True))
    assert isinstance(event, ReadingLogged)


def test_a_correction_to_what_no_record_holds_takes_the_wrong_one_back() -> None:
    (event,) = told(knowing(181.0), Glucose(32.0, correction=True))
    assert isinstance(event, ReadingTakenBack)


def test_taking_back_takes_the_one_told_last() -> None:
    now = knowing(181.0, 150.0)
    last = now.glucose.latest_told[0]
    assert take_back(now).events == (ReadingTakenBack(last.reading_id, last.recorded_at),)
    assert take_back(situation()).events == ()


def doses(now: Situation, *told_doses: Dose) -> list[object]:
    return list(joined(log_doses(now, told_doses)).events)


def test_a_dose_of_a_medicine_on_the_list_is_logged() -> None:
    (event,) = doses(situation(), Dose("metformin", DoseStatus.TAKEN))
    assert isinstance(event, DoseLogged)
    assert (event.medicine_id, event.taken_at) == (METFORMIN.medicine_id, BEGIN)


def test_a_dose_of_another_medicine_adds_it_once() -> None:
    found = doses(
        situation(),
        Dose("insulin", DoseStatus.TAKEN),
        Dose("insulin", DoseStatus.TAKEN, BEGIN - timedelta(hours=12)),
    )
    assert [type(event) for event in found] == [MedicineAdded, DoseLogged, DoseLogged]


def test_my_medicine_is_the_only_one_there_is() -> None:
    (event,) = doses(situation(), Dose(None, DoseStatus.SKIPPED))
    assert isinstance(event, DoseLogged)
    assert (event.medicine_id, event.taken_at, event.scheduled_time) == (
        METFORMIN.medicine_id,
        None,
        BEGIN,
    )


def test_my_medicine_among_several_or_none_is_not_guessed() -> None:
    two = replace(situation(), medications=MedicationFacts((METFORMIN, METFORMIN)))
    none = replace(situation(), medications=MedicationFacts())
    for now in (two, none):
        added = doses(now, Dose(None, DoseStatus.TAKEN))[0]
        assert isinstance(added, MedicineAdded)
        assert added.name == "medicine"


def test_the_same_dose_told_twice_is_one() -> None:
    taken = Dose("metformin", DoseStatus.TAKEN)
    assert len(doses(situation(), taken, taken)) == 1


@pytest.mark.parametrize(
    ("name", "status", "advice"),
    [
        ("metformin", DoseStatus.TAKEN, []),
        ("metformin", DoseStatus.MISSED, ["Never take two doses together."]),
        ("metformin", DoseStatus.SKIPPED, ["Never take two doses together."]),
        ("insulin", DoseStatus.MISSED, ["Test your sugar now, follow the plan"]),
    ],
)
def test_a_missed_dose_is_answered_by_the_clinical_rules(
    name: str, status: DoseStatus, advice: list[str]
) -> None:
    log = joined(log_doses(situation(), [Dose(name, status)]))
    said_to_it = [render(line, "en") for line in log.advice]
    assert [line[: len(start)] for line, start in zip(said_to_it, advice, strict=True)] == advice
