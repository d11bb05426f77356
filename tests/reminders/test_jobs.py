"""Doses made ahead, reminders queued and doses missed, on a real PostgreSQL and by many at once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from threading import Barrier
from uuid import UUID

import pytest

from app import db
from app.errors import DatabaseAway
from app.reminders import jobs
from app.schedule import DUTIES
from tests.reminders.patients import (
    DOSES,
    MESSAGES,
    change,
    emergency,
    medicine,
    patient,
    sent,
)
from tests.web.calls import rows

pytestmark = pytest.mark.usefixtures("settings")

MORNING = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
"""07:30 in India, a Friday."""
EIGHT = MORNING + timedelta(minutes=30)
NO_ZONE = "Asia/KOLKATA"
"""PostgreSQL takes it for a zone, as it does not look at capitals; Python does not."""
CLAIMS = "SELECT count(*) FROM medication_logs WHERE reminder_message_id IS NOT NULL"
REMINDED = (
    "SELECT m.queued_at, count(*) FROM medication_logs l"
    " JOIN outbound_messages m ON m.id = l.reminder_message_id GROUP BY 1 ORDER BY 1"
)


def at(moment: str) -> datetime:
    return datetime.fromisoformat(moment)


def count(query: str) -> object:
    return rows(query)[0][0]


def by_twenty(job: Callable[[datetime], None], now: datetime) -> None:
    """Have twenty workers begin a job at the same moment.

    They share one process's few connections here: who gets none in time has the next tick.
    """
    together = Barrier(20)

    def work() -> None:
        together.wait()
        for _tick in range(20):
            with suppress(DatabaseAway):
                return job(now)
        pytest.fail("no connection in twenty ticks")

    with ThreadPoolExecutor(20) as workers:
        for done in [workers.submit(work) for _ in range(20)]:
            done.result()


def one_with(*times: str, **more: object) -> UUID:
    """Add a patient in India with one medicine, its doses made."""
    patient_id = patient()
    medicine(patient_id, times, since=MORNING, **more)  # type: ignore[arg-type]  # columns
    jobs.make_doses(MORNING)
    return patient_id


def test_doses_are_made_once() -> None:
    one_with("08:00", "20:00")
    made = [
        (EIGHT, "PENDING"),
        (at("2026-11-20T14:30Z"), "PENDING"),
        (at("2026-11-21T02:30Z"), "PENDING"),
    ]
    assert rows(DOSES) == made
    jobs.make_doses(MORNING)
    assert rows(DOSES) == made


def test_doses_are_made_again_before_they_run_out() -> None:
    one_with("08:00")
    assert count("SELECT count(*) FROM medication_logs") == 2
    jobs.make_doses(MORNING + timedelta(hours=12))
    assert count("SELECT count(*) FROM medication_logs") == 2
    jobs.make_doses(MORNING + timedelta(hours=15))
    assert rows(DOSES)[-1] == (at("2026-11-22T02:30Z"), "PENDING")


def test_no_dose_is_ever_left_out() -> None:
    one_with("00:00", "08:00", "23:59")
    for hours in range(0, 24 * 7, 5):
        jobs.make_doses(MORNING + timedelta(hours=hours))
    # Seven days from 07:30 to 07:30, and what is ahead of the last run: 165 + 36 = 201 hours,
    # which is 8 days and 9 hours: 9 mornings, 8 midnights, 8 last minutes.
    assert count("SELECT count(*) FROM medication_logs") == 25


@pytest.mark.parametrize(
    "more",
    [
        {"is_active": False},
        {"scheduled_times": []},
        {"end_date": MORNING},
        {"start_date": MORNING + timedelta(days=2)},
    ],
)
def test_no_dose_is_made_where_none_is_due(more: dict[str, object]) -> None:
    patient_id = patient()
    medicine(patient_id, ["08:00"], **({"since": MORNING} | more))  # type: ignore[arg-type]  # columns
    jobs.make_doses(MORNING)
    assert rows(DOSES) == []


def test_a_zone_that_is_none_keeps_nobody_elses_doses_back() -> None:
    medicine(patient(zone=NO_ZONE), ["08:00"], since=MORNING)
    one_with("08:00")
    assert len(rows(DOSES)) == 2


def test_a_due_dose_is_reminded_of_once() -> None:
    one_with("08:00")
    jobs.send_due(EIGHT - timedelta(seconds=1))
    assert count(MESSAGES) == 0
    jobs.send_due(EIGHT)
    jobs.send_due(EIGHT + timedelta(minutes=5))
    assert rows(
        "SELECT purpose, priority, language, counts_toward_limit, not_after, texts->0->'params'"
        " FROM outbound_messages"
    ) == [
        (
            "MEDICATION_REMINDER",
            1,
            "en",
            True,
            EIGHT + timedelta(hours=1),
            {"medicines": "metformin 500"},
        )
    ]
    assert count(CLAIMS) == 1


def test_what_is_due_within_half_an_hour_is_one_message() -> None:
    patient_id = one_with("08:00")
    medicine(patient_id, ["08:30"], since=MORNING, name="insulin", dosage="10 units")
    medicine(patient_id, ["08:31"], since=MORNING, name="aspirin", dosage="")
    jobs.make_doses(MORNING)
    jobs.send_due(EIGHT)
    jobs.send_due(EIGHT + timedelta(minutes=31))
    said = rows("SELECT texts->0->'params'->>'medicines' FROM outbound_messages ORDER BY queued_at")
    assert said == [("metformin 500 (08:00), insulin 10 units (08:30)",), ("aspirin",)]
    assert rows(REMINDED) == [(EIGHT, 2), (EIGHT + timedelta(minutes=31), 1)]


def test_six_doses_in_a_day_give_five_reminders() -> None:
    one_with("08:00", "10:00", "12:00", "14:00", "16:00", "18:00")
    for hours in range(12):
        now = EIGHT + timedelta(hours=hours)
        jobs.send_due(now)
        sent(now)
        jobs.mark_missed(now)
    assert count(MESSAGES) == 5
    # 18:00 in India is 12:30 UTC: four hours later nobody has told of it.
    jobs.mark_missed(at("2026-11-20T16:29Z"))
    sixth = "SELECT status::text FROM medication_logs WHERE scheduled_time = '2026-11-20T12:30Z'"
    assert count(sixth) == "PENDING"
    jobs.mark_missed(at("2026-11-20T16:30Z"))
    assert count(sixth) == "MISSED"
    # The next morning is another day.
    jobs.send_due(EIGHT + timedelta(days=1))
    assert count(MESSAGES) == 6


def test_what_is_queued_and_not_sent_yet_counts() -> None:
    one_with("08:00", "09:00", "10:00", "11:00", "12:00", "13:00")
    for hours in range(6):
        jobs.send_due(EIGHT + timedelta(hours=hours))
    assert count(MESSAGES) == 5


def test_a_stale_dose_is_not_reminded_of() -> None:
    one_with("08:00")
    jobs.send_due(EIGHT + timedelta(hours=2))
    assert count(MESSAGES) == 0


def test_a_reminder_that_is_late_itself_has_a_little_time_left() -> None:
    one_with("08:00")
    late = EIGHT + timedelta(minutes=110)
    jobs.send_due(late)
    assert count("SELECT not_after FROM outbound_messages") == late + timedelta(minutes=15)


def test_a_fault_of_one_patient_keeps_nobody_elses_reminder_back() -> None:
    one_with("08:00")
    change("UPDATE users SET timezone = :zone", zone=NO_ZONE)
    one_with("08:00")
    jobs.send_due(EIGHT)
    assert count(MESSAGES) == 1


def test_who_asked_for_no_messages_gets_none() -> None:
    medicine(patient(stopped_at=MORNING), ["08:00"], since=MORNING)
    jobs.make_doses(MORNING)
    jobs.send_due(EIGHT)
    assert count(MESSAGES) == 0


def test_an_open_emergency_keeps_reminders_back_and_then_asks_for_a_value() -> None:
    patient_id = one_with("08:00", "10:00")
    emergency(patient_id, MORNING)
    jobs.send_due(EIGHT)
    jobs.send_due(MORNING + timedelta(hours=2, seconds=-1))
    assert count(MESSAGES) == 0
    jobs.send_due(MORNING + timedelta(hours=2))
    assert rows("SELECT texts->1->>'msgid' FROM outbound_messages") == [
        ("Before that, please test your sugar and send me the value.",)
    ]
    change("UPDATE emergency_events SET status = 'RESOLVED', resolved_at = opened_at")
    jobs.send_due(EIGHT + timedelta(hours=2))
    assert count(MESSAGES) == 2


@pytest.mark.parametrize("status", ["TAKEN", "TAKEN_LATE", "SKIPPED", "MISSED"])
def test_a_logged_dose_is_not_reminded_of(status: str) -> None:
    one_with("08:00")
    change(f"UPDATE medication_logs SET status = '{status}'")  # noqa: S608 - a word of the table
    jobs.send_due(EIGHT)
    assert count(MESSAGES) == 0


def test_a_medicine_that_was_stopped_is_not_reminded_of_nor_missed() -> None:
    one_with("08:00")
    change("UPDATE medications SET is_active = false")
    jobs.send_due(EIGHT)
    jobs.mark_missed(EIGHT + timedelta(hours=5))
    assert count(MESSAGES) == 0
    assert rows(DOSES)[0] == (EIGHT, "PENDING")


def test_a_dose_asked_for_later_is_missed_later() -> None:
    one_with("08:00")
    change("UPDATE medication_logs SET remind_at = remind_at + interval '1 hour'")
    jobs.mark_missed(EIGHT + timedelta(hours=4))
    assert rows(DOSES)[0] == (EIGHT, "PENDING")
    jobs.mark_missed(EIGHT + timedelta(hours=5))
    assert rows(DOSES)[0] == (EIGHT, "MISSED")


def test_a_patient_whose_turn_is_being_taken_waits_for_the_next_tick() -> None:
    patient_id = one_with("08:00")
    with db.transaction() as connection:
        connection.exec_driver_sql(
            "SELECT 1 FROM patients WHERE id = %s FOR NO KEY UPDATE", (str(patient_id),)
        )
        jobs.send_due(EIGHT)
        assert count(MESSAGES) == 0
    jobs.send_due(EIGHT)
    assert count(MESSAGES) == 1


def test_twenty_workers_remind_of_500_doses_once_each() -> None:
    for _ in range(100):
        patient_id = patient()
        for number in range(5):
            medicine(patient_id, ["08:00"], since=MORNING, name=f"medicine {number}")
    by_twenty(jobs.make_doses, MORNING)
    assert count("SELECT count(*) FROM medication_logs") == 1000
    for _ in range(2):
        by_twenty(jobs.send_due, EIGHT)
    assert count(MESSAGES) == 100
    assert rows(
        "SELECT min(n), max(n), sum(n) FROM (SELECT count(*) AS n FROM medication_logs"
        " WHERE reminder_message_id IS NOT NULL GROUP BY reminder_message_id) AS claims"
    ) == [(5, 5, 500)]
    by_twenty(jobs.mark_missed, EIGHT + timedelta(hours=4))
    jobs.mark_missed(EIGHT + timedelta(hours=4))
    assert count("SELECT count(*) FROM medication_logs WHERE status = 'MISSED'") == 500


def test_the_clock_makes_doses_before_it_reminds_of_them() -> None:
    ours = [duty for duty in DUTIES if duty.__module__ == jobs.__name__]
    assert ours == [jobs.make_doses, jobs.send_due, jobs.mark_missed]
