"""Values that no reading can keep, noted at the event that they open or belong to."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from app.emergency.event import EmergencyContinued, EmergencyOpened
from app.emergency.finding import Finding
from app.parsing.meanings import Display, GlucoseDisplay
from app.people.person import DiabetesType
from tests.emergency.people import Story, medicines, person
from tests.web.calls import rows, say

ON_METFORMIN = Story(person(DiabetesType.TYPE_2), medicines("metformin"))
LO, HI = GlucoseDisplay(Display.LO), GlucoseDisplay(Display.HI)
NOTED = "SELECT beyond_range::text, glucose_value FROM emergency_events"


@pytest.mark.parametrize(
    ("finding", "counts_as"),
    [
        (Finding(0.0), Display.LO),
        (Finding(float("inf")), Display.HI),
        (Finding(39.9, told_mg_dl=39.9), Display.LO),
        (Finding(40.0, told_mg_dl=40.0), None),
        (Finding(600.0, told_mg_dl=600.0), None),
        (Finding(600.1, told_mg_dl=600.1), Display.HI),
        (Finding(25.0), None),  # in doubt
        (Finding(), None),
    ],
)
def test_a_display_and_a_number_out_of_range_count_as_one(
    finding: Finding, counts_as: Display | None
) -> None:
    assert finding.beyond_range is counts_as


@pytest.mark.parametrize(
    ("told", "noted"),
    [
        ((LO,), [Display.LO]),
        ((62, LO), [None, Display.LO]),
        ((HI, HI), [Display.HI, Display.HI]),
        ((350, HI), [None, Display.HI]),
        ((35, 45), [Display.LO, None]),
    ],
)
def test_it_is_noted_when_the_event_opens_and_when_it_goes_on(
    told: tuple[object, ...], noted: list[Display | None]
) -> None:
    events = [
        event
        for answer in ON_METFORMIN.goes(*told)  # type: ignore[arg-type]  # as the story takes them
        for event in answer.events
        if isinstance(event, EmergencyOpened | EmergencyContinued)
    ]
    assert [event.beyond_range for event in events] == noted


def test_what_was_noted_stays_when_a_number_follows(service: FlaskClient) -> None:
    say(service, "LO")
    assert rows(NOTED) == [("LO", None)]
    say(service, "sugar 62")
    assert rows(NOTED) == [("LO", 62)]


def test_a_number_that_a_reading_can_keep_is_not_noted(service: FlaskClient) -> None:
    say(service, "sugar 45")
    assert rows(NOTED) == [(None, 45)]
