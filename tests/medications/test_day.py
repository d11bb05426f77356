"""Doses through a day over the webhook: reminded of, told, put off, moved, and taken back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from flask.testing import FlaskClient

from app import clock, db
from app.emergency.missed.jobs import see_to_missed
from app.reminders import jobs
from tests.reminders.patients import change, sent
from tests.web.calls import rows, say

ZONE = ZoneInfo("Asia/Kolkata")
FRIDAY = datetime(2026, 11, 20, tzinfo=ZONE)
LOGS = (
    "SELECT to_char(scheduled_time AT TIME ZONE 'Asia/Kolkata', 'DD HH24:MI'), status::text"
    " FROM medication_logs ORDER BY scheduled_time"
)
QUEUED = "SELECT texts->0->'params'->>'medicines', status::text FROM outbound_messages"
SLOTS = "SELECT to_char(local_day, 'DD'), slot FROM notifications ORDER BY local_day, slot"


@dataclass(frozen=True)
class Day:
    """A person's day, told by the clock on the wall."""

    service: FlaskClient
    moved: Path

    def at(self, time: str, *, days: int = 0) -> datetime:
        """Let it be so late."""
        hours, minutes = map(int, time.split(":"))
        moment = FRIDAY + timedelta(days=days, hours=hours, minutes=minutes)
        clock.write(self.moved, timedelta())
        clock.write(self.moved, moment - clock.now() + timedelta(seconds=1))
        return moment

    def say(self, time: str, *said: str, days: int = 0) -> str:
        """Let the person write at a time, and give the last answer."""
        self.at(time, days=days)
        return [say(self.service, each) for each in said][-1]

    def tick(self, time: str, *, days: int = 0, sends: bool = True) -> None:
        """Let the clock's duties be done, and what is queued go out."""
        now = self.at(time, days=days)
        jobs.make_doses(now)
        jobs.send_due(now)
        jobs.mark_missed(now)
        see_to_missed(now)
        if sends:
            sent(now.astimezone(UTC))

    def doses(self, *of: str) -> list[tuple[object, ...]]:
        """List the doses of Friday, or of the days named, with what became of them."""
        return [row for row in rows(LOGS) if str(row[0])[:2] in (of or ("20",))]


@pytest.fixture
def day(service: FlaskClient, tmp_path: Path) -> Iterator[Day]:
    """Let the patient be without medicines, in English, on a Friday."""
    with db.transaction() as connection:
        connection.exec_driver_sql("DELETE FROM medications")
    clock.follow(tmp_path / "offset")
    one = Day(service, tmp_path / "offset")
    one.say("06:00", "english", "metformin 500 8 am and 8 pm", "1")
    one.tick("06:01")
    yield one
    clock.follow(None)


def test_doses_are_taken_in_time_late_missed_and_skipped(day: Day) -> None:
    day.tick("08:00")
    day.say("08:59", "taken")
    day.tick("20:00")
    day.say("21:01", "taken")
    day.tick("08:00", days=1)
    day.tick("12:00", days=1)
    day.tick("20:00", days=1)
    day.say("20:10", "3", days=1)
    assert day.doses("20", "21") == [
        ("20 08:00", "TAKEN"),
        ("20 20:00", "TAKEN_LATE"),
        ("21 08:00", "MISSED"),
        ("21 20:00", "SKIPPED"),
    ]


@pytest.mark.parametrize("told_at", ["12:05", "14:30", "16:59"])
def test_a_missed_dose_told_late_is_that_dose_taken_late(day: Day, told_at: str) -> None:
    day.tick("08:00")
    day.tick("12:00")
    day.say(told_at, "took metformin")
    assert day.doses() == [("20 08:00", "TAKEN_LATE"), ("20 20:00", "PENDING")]


def test_a_missed_dose_told_with_its_time_is_taken_in_time(day: Day) -> None:
    day.tick("08:00")
    day.tick("12:00")
    day.say("19:30", "took metformin at 8 am")
    assert day.doses() == [("20 08:00", "TAKEN"), ("20 20:00", "PENDING")]


def test_a_dose_told_shortly_before_the_next_is_the_next_and_not_the_missed_one(day: Day) -> None:
    day.tick("08:00")
    day.tick("12:00")
    day.say("19:30", "took metformin")
    assert day.doses() == [("20 08:00", "MISSED"), ("20 20:00", "TAKEN")]


def test_a_missed_dose_is_not_meant_once_a_later_one_was_taken(day: Day) -> None:
    change(
        "UPDATE medications SET scheduled_times = '{08:00,13:00,23:30}', made_until = '1970-01-01Z'"
    )
    change("DELETE FROM medication_logs")
    day.tick("06:02")
    day.tick("12:00")
    day.say("13:05", "took metformin")
    day.say("16:20", "took metformin")
    assert day.doses()[:2] == [("20 08:00", "MISSED"), ("20 13:00", "TAKEN")]


def test_a_missed_dose_told_as_left_out_is_skipped(day: Day) -> None:
    day.tick("08:00")
    day.tick("12:00")
    day.say("13:00", "did not take metformin")
    assert day.doses() == [("20 08:00", "SKIPPED"), ("20 20:00", "PENDING")]


def test_the_reason_of_a_dose_left_out_is_kept_until_it_is_taken_after_all(day: Day) -> None:
    reason = "SELECT status::text, notes FROM medication_logs ORDER BY scheduled_time LIMIT 1"
    day.tick("08:00")
    assert "Why not?" in day.say("08:05", "3")
    day.say("08:06", "2")
    assert rows(reason) == [("SKIPPED", "NONE_LEFT")]
    day.say("08:30", "took metformin")
    assert rows(reason) == [("TAKEN", None)]


def test_insulin_told_as_taken_after_it_was_asked_after_ends_that_event(day: Day) -> None:
    day.say("06:05", "insulin 10 units 8 am", "1")
    day.tick("06:06")
    day.tick("08:00")
    day.tick("12:01")
    open_events = "SELECT type::text, status::text FROM emergency_events"
    assert rows(open_events) == [("MISSED_MEDICATION", "ACTIVE")]
    day.say("15:00", "took insulin")
    day.tick("15:01")
    assert rows(open_events) == [("MISSED_MEDICATION", "RESOLVED")]
    assert ("20 08:00", "TAKEN_LATE") in day.doses()


def test_later_is_one_more_of_the_days_five_and_no_more(day: Day) -> None:
    day.tick("08:00")
    day.say("08:05", "later")
    day.tick("08:34")
    assert rows(SLOTS) == [("20", 1)]
    day.tick("08:36")
    assert rows(SLOTS) == [("20", 1), ("20", 2)]
    assert "will not ask about this dose again" in day.say("08:40", "later")
    day.tick("09:30")
    assert rows(SLOTS) == [("20", 1), ("20", 2)]


def test_taken_is_tapped_under_the_first_reminder_after_later_was(day: Day) -> None:
    day.tick("08:00")
    ((reminder,),) = rows("SELECT replace(id::text, '-', '') FROM outbound_messages")
    day.at("08:05")
    assert "08:35" in say(day.service, "Later", ButtonPayload=f"{reminder}:later")
    day.at("08:10")
    assert "taken" in say(day.service, "Taken", ButtonPayload=f"{reminder}:taken")
    assert day.doses()[0] == ("20 08:00", "TAKEN")
    day.tick("08:36")
    assert rows(SLOTS) == [("20", 1)]


def test_later_goes_over_midnight_into_the_next_days_five(day: Day) -> None:
    day.say("22:00", "metformin 11:50 pm", "1")
    day.tick("22:01")
    day.tick("23:50")
    assert "00:25" in day.say("23:55", "later")
    day.tick("00:26", days=1)
    assert rows(SLOTS) == [("20", 1), ("21", 1)]
    day.say("00:40", "taken", days=1)
    assert day.doses()[-1] == ("20 23:50", "TAKEN")


@pytest.mark.parametrize(
    "said",
    [
        ("took metformin",),
        ("my doctor stopped metformin", "1"),
        ("pause metformin", "5"),
        ("metformin 9 am", "1"),
    ],
)
def test_a_reminder_in_the_queue_is_not_sent_for_what_was_told_meanwhile(
    day: Day, said: tuple[str, ...]
) -> None:
    day.tick("08:00", sends=False)
    assert rows(QUEUED) == [("metformin 500", "PENDING")]
    day.say("08:01", *said)
    day.tick("08:02")
    assert rows(QUEUED) == []


def test_the_other_medicines_of_a_queued_reminder_are_reminded_of_still(day: Day) -> None:
    day.say("06:05", "aspirin 75 mg 8 am", "1")
    day.tick("06:06")
    day.tick("08:00", sends=False)
    day.say("08:01", "took metformin")
    day.tick("08:02")
    assert rows(QUEUED) == [("aspirin 75 mg", "ACCEPTED")]


def test_a_reminder_that_a_sender_has_in_hand_is_left_to_it(day: Day) -> None:
    day.tick("08:00", sends=False)
    change("UPDATE outbound_messages SET status = 'SENDING', attempts = 1, lease_until = now()")
    day.say("08:01", "took metformin")
    assert rows(QUEUED) == [("metformin 500", "SENDING")]


def test_a_dose_put_off_is_not_doubled_by_a_new_time(day: Day) -> None:
    day.tick("08:00")
    day.say("08:05", "later")
    day.say("08:10", "metformin 9 am and 8 pm", "1")
    day.tick("08:11")
    assert day.doses() == [("20 08:00", "PENDING"), ("20 20:00", "PENDING")]


def test_a_dose_taken_is_not_due_again_at_the_places_own_hour(day: Day) -> None:
    day.tick("08:00")
    day.say("08:05", "taken")
    # Dubai is an hour and a half behind: 08:00 there is 09:30 in India.
    change("UPDATE users SET timezone = 'Asia/Dubai' WHERE role = 'PATIENT'")
    change("DELETE FROM medication_logs WHERE status = 'PENDING'")
    change("UPDATE medications SET made_until = '1970-01-01Z'")
    day.tick("08:10")
    assert day.doses() == [("20 08:00", "TAKEN"), ("20 21:30", "PENDING")]


def test_a_medicine_as_needed_is_logged_and_not_reminded_of(day: Day) -> None:
    day.say("10:00", "took aspirin")
    assert ("20 10:00", "TAKEN") in day.doses()
    day.tick("10:05", days=1)
    names = "SELECT count(*) FROM medication_logs l JOIN medications m ON m.id = l.medication_id"
    assert rows(f"{names} WHERE m.name = 'aspirin'") == [(1,)]


def test_a_dose_after_the_end_is_neither_reminded_of_nor_missed(day: Day) -> None:
    change("UPDATE medications SET end_date = '2026-11-20T12:00:00+05:30'")
    day.tick("20:00")
    day.tick("00:01", days=1)
    assert day.doses()[-1] == ("20 20:00", "PENDING")
    assert rows("SELECT count(*) FROM outbound_messages WHERE queued_at > '2026-11-20T12:00Z'") == [
        (0,)
    ]
