"""A patient's week, told on the Sunday evening of where they live."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, cast
from uuid import UUID

import pytest

from app.i18n import render
from app.reminders import jobs
from app.text import Text
from tests.glucose.days import keep
from tests.reminders.patients import change, emergency, patient
from tests.web.calls import rows

pytestmark = pytest.mark.usefixtures("settings")

SUNDAY = datetime(2026, 11, 22, 12, 30, tzinfo=UTC)
"""18:00 in India, on the 22nd of November: whose week begins on Monday the 16th."""


def at(moment: str) -> datetime:
    return datetime.fromisoformat(moment)


def week_due(patient_id: UUID) -> None:
    """Let a patient's week be due on this Sunday at 18:00."""
    change("UPDATE patients SET week_due_at = :at WHERE id = :id", at=SUNDAY, id=patient_id)


def due_weeks() -> list[datetime]:
    found = rows("SELECT week_due_at FROM patients ORDER BY week_due_at")
    return [cast("datetime", due_at) for (due_at,) in found]


def purposes() -> list[object]:
    return [row[0] for row in rows("SELECT purpose FROM outbound_messages")]


@pytest.mark.parametrize(
    ("zone", "since", "until"),
    [
        ("Asia/Kolkata", "2026-11-22T12:30:00+00:00", "2026-11-22T14:30:00+00:00"),
        ("Asia/Kathmandu", "2026-11-22T12:15:00+00:00", "2026-11-22T14:15:00+00:00"),
        ("America/New_York", "2026-11-22T23:00:00+00:00", "2026-11-23T01:00:00+00:00"),
    ],
)
def test_a_week_is_told_on_the_sunday_evening_of_where_a_patient_lives(
    zone: str, since: str, until: str
) -> None:
    for _ in range(5):
        patient(zone=zone)
    jobs.send_due(datetime(2026, 11, 18, 2, 0, tzinfo=UTC))
    assert all(at(since) <= each < at(until) for each in due_weeks())


def test_a_week_is_told_once_with_its_picture_and_the_next_a_week_later() -> None:
    one = patient()
    keep(one, [(SUNDAY - timedelta(days=2), 118), (SUNDAY - timedelta(hours=3), 62)])
    week_due(one)
    jobs.send_due(SUNDAY - timedelta(seconds=1))
    assert purposes() == []
    for minutes in (0, 1, 179):
        jobs.send_due(SUNDAY + timedelta(minutes=minutes))
    ((purpose, media, texts),) = rows("SELECT purpose, media, texts FROM outbound_messages")
    assert (purpose, media) == ("WEEKLY_SUMMARY", "chart")
    said = [render(Text.from_json(each), "en") for each in cast("list[dict[str, Any]]", texts)]
    assert said[0] == "Here is your week."
    assert said[1].startswith("Your readings in the last 7 days: 2, on 2 of 7 days.")
    (next_one,) = due_weeks()
    evening = SUNDAY + timedelta(days=7)
    assert evening <= next_one < evening + timedelta(hours=2)


def test_a_week_without_a_reading_is_let_pass() -> None:
    one = patient()
    keep(one, [(SUNDAY - timedelta(days=6, minutes=1), 118)])
    week_due(one)
    for hours in range(5):
        jobs.send_due(SUNDAY + timedelta(hours=hours))
    assert purposes() == []
    (next_one,) = due_weeks()
    assert next_one > SUNDAY + timedelta(days=6)


def test_a_week_is_not_told_while_an_emergency_is_open() -> None:
    one = patient()
    keep(one, [(SUNDAY - timedelta(days=2), 118)])
    week_due(one)
    emergency(one, SUNDAY - timedelta(hours=4))
    jobs.send_due(SUNDAY)
    assert purposes() == []


def test_who_wants_no_other_messages_is_not_told_of_the_week() -> None:
    one = patient()
    keep(one, [(SUNDAY - timedelta(days=2), 118)])
    week_due(one)
    change("UPDATE patients SET other_messages_a_day = 0")
    jobs.send_due(SUNDAY)
    assert purposes() == []
