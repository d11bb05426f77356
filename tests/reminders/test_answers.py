"""From the times told in the chat to the answer to their reminder, over the webhook."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from flask.testing import FlaskClient

from app import clock
from app.reminders import jobs
from tests.reminders.patients import DOSES, change, sent
from tests.web.calls import rows, say

ZONE = ZoneInfo("Asia/Kolkata")
LOGS = (
    "SELECT l.status::text, l.reminder_message_id IS NOT NULL, l.remind_at > l.scheduled_time"
    " FROM medication_logs l WHERE l.scheduled_time < :now ORDER BY l.scheduled_time"
)
TIMES = "SELECT name, dosage, frequency::text, scheduled_times FROM medications"


@pytest.fixture
def now() -> datetime:
    """This very moment: the webhook's own."""
    return clock.now()


def hh_mm(at: datetime) -> str:
    return f"{at.astimezone(ZONE):%H:%M}"


def reminded(service: FlaskClient, now: datetime, *medicines: str, minutes_ago: int = 5) -> None:
    """Tell medicines that were due a few minutes ago, and let their reminder have gone out."""
    due_at = now - timedelta(minutes=minutes_ago)
    for medicine in medicines:
        say(service, f"{medicine} roz {hh_mm(due_at)}")
        say(service, "haan")
    change("UPDATE medications SET start_date = start_date - interval '1 day'")
    jobs.make_doses(due_at - timedelta(minutes=2))
    jobs.send_due(now)
    sent(now - timedelta(seconds=1))


def doses(now: datetime) -> list[tuple[object, ...]]:
    return rows(LOGS.replace(":now", f"'{now.isoformat()}'"))


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        ("1", "TAKEN"),
        ("१", "TAKEN"),
        ("le li", "TAKEN"),
        ("ले ली", "TAKEN"),
        ("dawai le li", "TAKEN"),
        ("taken", "TAKEN"),
        ("kha li", "TAKEN"),
        ("खा लिया", "TAKEN"),
        ("খেয়েছি", "TAKEN"),
        ("saptten", "TAKEN"),
        ("తిన్నాను", "TAKEN"),
        ("खाल्ली", "TAKEN"),
        ("ખાધી", "TAKEN"),
        ("3", "SKIPPED"),
        ("skip", "SKIPPED"),
        ("nahi li", "SKIPPED"),
        ("नहीं ली", "SKIPPED"),
        ("bhool gaya", "MISSED"),
    ],
)
def test_an_answer_is_of_every_dose_the_reminder_names(
    service: FlaskClient, now: datetime, answer: str, status: str
) -> None:
    reminded(service, now, "metformin 500", "amaryl 1 mg")
    said = say(service, answer)
    assert "metformin" in said
    assert "amaryl" in said
    assert doses(now) == [(status, True, False)] * 2


def test_a_meal_named_is_a_meal_and_the_dose_waits(service: FlaskClient, now: datetime) -> None:
    reminded(service, now, "metformin 500")
    say(service, "nashta kha liya")
    assert doses(now) == [("PENDING", True, False)]
    say(service, "kha li")
    assert doses(now) == [("TAKEN", True, False)]
    assert rows("SELECT count(*) FROM meals") == [(1,)]


def test_a_medicine_named_is_the_dose_made_ahead_and_no_other(
    service: FlaskClient, now: datetime
) -> None:
    reminded(service, now, "metformin 500", "amaryl 1 mg")
    say(service, "metformin le li")
    assert sorted(doses(now)) == [("PENDING", True, False), ("TAKEN", True, False)]
    say(service, "1")
    assert doses(now) == [("TAKEN", True, False)] * 2


def test_a_dose_taken_more_than_an_hour_late_is_late(service: FlaskClient, now: datetime) -> None:
    reminded(service, now, "metformin 500", minutes_ago=65)
    say(service, "1")
    assert doses(now) == [("TAKEN_LATE", True, False)]


@pytest.mark.parametrize(
    "answer", ["2", "later", "baad mein", "बाद में", "abhi tak nahi li", "not yet"]
)
def test_later_is_asked_again_once(service: FlaskClient, now: datetime, answer: str) -> None:
    reminded(service, now, "metformin 500")
    assert "याद दिलाऊँगा" in say(service, answer)
    assert doses(now) == [("PENDING", False, True)]
    again = clock.now() + timedelta(minutes=30)
    jobs.send_due(again - timedelta(minutes=2))
    assert doses(now) == [("PENDING", False, True)]
    jobs.send_due(again)
    jobs.send_due(again)
    assert rows("SELECT count(*) FROM outbound_messages") == [(2,)]
    sent(now)
    assert "नहीं पूछूँगा" in say(service, answer)
    assert doses(now) == [("PENDING", True, True)]


@pytest.mark.parametrize("taken", ["le li", "kha li", "haan kha li", "taken"])
def test_a_dose_put_off_is_taken_before_its_second_reminder(
    service: FlaskClient, now: datetime, taken: str
) -> None:
    reminded(service, now, "metformin 500")
    say(service, "abhi nahi khayi")
    say(service, taken)
    assert doses(now) == [("TAKEN", False, True)]
    jobs.send_due(clock.now() + timedelta(minutes=30))
    assert rows("SELECT count(*) FROM outbound_messages") == [(1,)]
    assert rows("SELECT count(*) FROM meals") == [(0,)]


@pytest.mark.parametrize("status", ["PENDING", "CANCELLED", "FAILED"])
def test_a_reminder_that_did_not_go_out_is_not_answered(
    service: FlaskClient, now: datetime, status: str
) -> None:
    reminded(service, now, "metformin 500")
    change(f"UPDATE outbound_messages SET status = '{status}'")  # noqa: S608 - a word of the table
    say(service, "1")
    assert doses(now) == [("PENDING", True, False)]


def test_a_number_answers_no_reminder_of_hours_ago(service: FlaskClient, now: datetime) -> None:
    reminded(service, now, "metformin 500")
    change("UPDATE outbound_messages SET accepted_at = accepted_at - interval '3 hours 1 minute'")
    say(service, "1")
    assert doses(now) == [("PENDING", True, False)]


def test_times_told_again_take_the_place_of_the_first(service: FlaskClient, now: datetime) -> None:
    say(service, "glycomet 500 subah shaam yaad dilana")
    assert rows(TIMES) == []
    say(service, "haan")
    assert rows(TIMES) == [("metformin", "500", "TWICE_DAILY", ["08:00", "18:00"])]
    jobs.make_doses(now)
    say(service, "metformin subah 9 baje aur raat 9 baje")
    say(service, "haan")
    assert rows(TIMES) == [("metformin", "500", "TWICE_DAILY", ["09:00", "21:00"])]
    assert rows("SELECT count(*) FROM medication_logs") == [(0,)]
    jobs.make_doses(now)
    made = {hh_mm(at) for (at,) in rows("SELECT scheduled_time FROM medication_logs")}  # type: ignore[arg-type]  # moments
    assert made == {"09:00", "21:00"}


def test_a_dose_taken_is_not_due_again_at_its_new_time(service: FlaskClient, now: datetime) -> None:
    reminded(service, now, "metformin 500")
    say(service, "1")
    soon = now + timedelta(minutes=90)
    say(service, f"metformin {hh_mm(soon)}")
    say(service, "haan")
    jobs.make_doses(clock.now())
    due = {at for at, status in rows(DOSES) if status == "PENDING"}
    is_same_day = (
        soon.astimezone(ZONE).date() == (now - timedelta(minutes=5)).astimezone(ZONE).date()
    )
    assert any(at <= soon for at in due) != is_same_day  # type: ignore[operator]  # moments


def test_a_medicine_taken_as_needed_gets_its_times(service: FlaskClient) -> None:
    say(service, "metformin le li")
    assert rows(TIMES) == [("metformin", "", "AS_NEEDED", [])]
    say(service, "metformin 500 subah")
    say(service, "haan")
    assert rows(TIMES) == [("metformin", "500", "ONCE_DAILY", ["08:00"])]
