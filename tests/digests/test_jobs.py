"""Digests on a real database: who gets which, when, and once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert

from app import db
from app.digests import jobs
from app.digests.jobs import send_digests
from app.people import store as people
from app.people.person import DigestTimeChosen, ZoneChosen
from app.people.tables import Caregiver
from tests.digests.world import (
    DAY,
    EVENING,
    HOUR,
    MINUTE,
    caregiver,
    change,
    digests,
    dose,
    emergency,
    patient,
    reading,
    said,
    sent,
    waits,
)
from tests.people import families
from tests.web.calls import rows

pytestmark = pytest.mark.usefixtures("settings")


def test_a_caregiver_is_told_of_the_day_of_every_patient_in_one_message() -> None:
    amma, appa = patient("Amma"), patient("Appa")
    reading(amma, 62, EVENING - 13 * HOUR)
    reading(amma, 120, EVENING - 2 * HOUR)
    dose(amma, "TAKEN", EVENING - 12 * HOUR)
    dose(appa, "MISSED", EVENING - 12 * HOUR)
    emergency(appa)
    user_id = caregiver(amma, appa)
    send_digests(EVENING)
    (told,) = digests()
    assert told.said == (
        "Daily summary, Sunday 22/11.\n\n"
        "Appa:\nNot over: low sugar, since 19:00.\nPlease call now.\nNo sugar test was told.\n"
        "Doses taken: 0 of 1.\nMissed: metformin, 08:00.\n\n"
        "Amma:\nSugar: 2 tests.\nLow: 62 mg/dL (07:00).\nDoses taken: 1 of 1."
    )
    assert told.key == f"digest:{user_id}:2026-11-22"
    assert told.not_after == datetime(2026, 11, 22, 18, 30, tzinfo=UTC)


def test_with_nothing_to_say_nothing_is_sent() -> None:
    caregiver(patient())
    send_digests(EVENING)
    assert digests() == []


def test_a_caregiver_of_nobody_gets_nothing_and_is_not_looked_at_again_today() -> None:
    user_id = families.user("CAREGIVER")
    with db.transaction() as connection:
        connection.execute(insert(Caregiver).values(user_id=user_id, full_name="Ravi"))
    waits(user_id)
    send_digests(EVENING)
    assert digests() == []
    assert rows("SELECT digest_due_at FROM caregivers") == [(EVENING + DAY,)]


def test_a_digest_comes_once_a_day_however_often_the_clock_ticks() -> None:
    amma = patient()
    caregiver(amma)
    reading(amma, 100)
    send_digests(EVENING)
    send_digests(EVENING + MINUTE)
    reading(amma, 110, EVENING + HOUR)
    send_digests(EVENING + 2 * HOUR)
    assert len(digests()) == 1
    send_digests(EVENING + DAY)
    assert [one.key[-10:] for one in digests()] == ["2026-11-22", "2026-11-23"]


def test_two_clocks_at_once_send_one_digest_each() -> None:
    amma = patient()
    reading(amma, 100)
    expected = {caregiver(amma) for _ in range(30)}
    with ThreadPoolExecutor(4) as clocks:
        list(clocks.map(send_digests, [EVENING] * 4))
    assert sorted(one.user_id for one in digests()) == sorted(expected)


def test_before_its_time_nothing_comes() -> None:
    amma = patient()
    caregiver(amma)
    reading(amma, 100)
    send_digests(EVENING - MINUTE)
    assert digests() == []


@pytest.mark.parametrize(
    ("zone", "at", "due"),
    [
        ("Asia/Kolkata", "20:00", datetime(2026, 11, 22, 14, 30, tzinfo=UTC)),
        ("Asia/Kathmandu", "20:00", datetime(2026, 11, 22, 14, 15, tzinfo=UTC)),
        ("Europe/London", "07:30", datetime(2026, 11, 22, 7, 30, tzinfo=UTC)),
        ("Asia/Kolkata", "00:00", datetime(2026, 11, 22, 18, 30, tzinfo=UTC)),
        ("Asia/Kolkata", "23:59", datetime(2026, 11, 22, 18, 29, tzinfo=UTC)),
    ],
)
def test_it_comes_at_the_readers_own_time(zone: str, at: str, due: datetime) -> None:
    amma = patient(heard_at=due)
    user_id = caregiver(amma, at=at, timezone=zone)
    waits(user_id, since=datetime.fromtimestamp(0, UTC), at=at)
    reading(amma, 100, due - HOUR)
    send_digests(due - HOUR)
    assert rows("SELECT digest_due_at FROM caregivers") == [(due,)]
    send_digests(due - MINUTE)
    assert digests() == []
    send_digests(due)
    assert len(digests()) == 1


def test_who_chose_no_time_is_told_in_the_evening() -> None:
    amma = patient()
    waits(caregiver(amma), since=datetime.fromtimestamp(0, UTC), at=None)
    send_digests(EVENING - HOUR)
    reading(amma, 100)
    send_digests(EVENING)
    assert len(digests()) == 1


def test_one_missed_by_an_outage_comes_late_on_the_same_day() -> None:
    amma = patient()
    caregiver(amma)
    reading(amma, 100)
    send_digests(EVENING + timedelta(hours=3, minutes=50))
    (told,) = digests()
    assert told.key.endswith("2026-11-22")
    assert told.not_after == EVENING + 4 * HOUR


def test_after_midnight_a_missed_one_does_not_come_but_nothing_is_left_out() -> None:
    amma = patient()
    caregiver(amma)
    reading(amma, 101)
    send_digests(EVENING + 4 * HOUR)
    assert digests() == []
    send_digests(EVENING + DAY)
    assert [one.key[-10:] for one in digests()] == ["2026-11-23"]
    assert "Sugar: 1 test." in said()[0]


def test_a_first_digest_tells_the_last_day_before_the_connection() -> None:
    amma = patient()
    caregiver(amma)
    change("UPDATE caregiver_patient_connections SET connected_at = :at", at=EVENING - HOUR)
    reading(amma, 100, EVENING - DAY - 2 * HOUR)
    reading(amma, 101, EVENING - 23 * HOUR)
    send_digests(EVENING)
    assert "Sugar: 1 test." in said()[0]


def test_what_was_told_is_in_one_digest_and_in_no_other() -> None:
    amma = patient(heard_at=EVENING + 5 * DAY)
    caregiver(amma)
    edge = EVENING - jobs.SETTLED
    for number, moment in enumerate(
        [edge - DAY, edge - MINUTE, edge, EVENING, EVENING + HOUR, edge + DAY, edge + 2 * DAY]
    ):
        reading(amma, 100 + number, moment)
    for days in range(4):
        send_digests(EVENING + days * DAY)
        sent()
    counts = [one.partition("Sugar: ")[2][:1] for one in said()]
    # Until two minutes before the first: 100 and 101; then 102, 103, 104; then 105; then 106.
    assert counts == ["2", "3", "1", "1"]


def test_what_a_digest_that_did_not_go_out_told_is_in_the_next() -> None:
    amma = patient()
    caregiver(amma)
    reading(amma, 62)
    send_digests(EVENING)
    change("UPDATE outbound_messages SET status = 'CANCELLED'")
    send_digests(EVENING + DAY)
    assert ["Low: 62 mg/dL" in one for one in said()] == [True, True]


def test_a_value_told_late_is_told_with_its_day() -> None:
    amma = patient()
    caregiver(amma)
    reading(amma, 62, EVENING - 2 * DAY, told_at=EVENING - HOUR)
    reading(amma, 63, EVENING - 9 * DAY, told_at=EVENING - HOUR)
    send_digests(EVENING)
    (told,) = said()
    assert "Sugar: 1 test." in told
    assert "Low: 62 mg/dL (20/11 20:00)." in told


def test_a_dose_is_told_of_when_it_is_certain() -> None:
    amma = patient(heard_at=EVENING + DAY)
    caregiver(amma)
    decided = EVENING - jobs.SETTLED - 4 * HOUR
    dose(amma, "TAKEN", decided - MINUTE)
    dose(amma, "MISSED", decided)
    dose(amma, "MISSED", decided - HOUR, remind_at=decided + HOUR)
    dose(amma, "PENDING", decided - 2 * HOUR)
    send_digests(EVENING)
    sent()
    send_digests(EVENING + DAY)
    first, second = said()
    assert "Doses taken: 1 of 1." in first
    assert "Doses taken: 0 of 2." in second


def test_the_reason_of_a_skipped_dose_is_told() -> None:
    amma = patient()
    caregiver(amma)
    dose(amma, "SKIPPED", EVENING - 12 * HOUR, notes="feeling\nsick")
    send_digests(EVENING)
    assert "Not taken: metformin, 08:00. Reason: feeling sick." in said()[0]


def test_silence_is_told_and_never_as_safety() -> None:
    caregiver(patient(heard_at=EVENING - 2 * DAY))
    send_digests(EVENING)
    assert "Nothing heard for 2 days. This does not mean that all is well" in said()[0]


def test_an_emergency_that_is_over_or_a_week_old_is_not_told() -> None:
    amma, appa = patient("Amma"), patient("Appa")
    caregiver(amma, appa)
    emergency(amma, status="RESOLVED", resolved_at=EVENING)
    emergency(appa, EVENING - 8 * DAY)
    send_digests(EVENING)
    assert digests() == []


HIDDEN = {
    "disconnected": "UPDATE caregiver_patient_connections SET is_active = false",
    "not to see": "UPDATE caregiver_patient_connections SET can_view_health_records = false",
    "patient's account closed": "UPDATE users SET is_active = false WHERE role = 'PATIENT'",
    "patient left": "UPDATE users SET deleted_at = now() WHERE role = 'PATIENT'",
}


@pytest.mark.parametrize("why", HIDDEN)
def test_of_whom_one_may_not_see_nothing_is_told(why: str) -> None:
    amma = patient()
    caregiver(amma)
    reading(amma, 62)
    change(HIDDEN[why])
    send_digests(EVENING)
    assert digests() == []


@pytest.mark.parametrize("state", ["stopped_at = now()", "is_active = false"])
def test_who_said_stop_or_left_gets_none_and_is_asked_for_tomorrow(state: str) -> None:
    amma = patient()
    caregiver(amma)
    reading(amma, 62)
    change(f"UPDATE users SET {state} WHERE role = 'CAREGIVER'")  # noqa: S608 - words of the test
    send_digests(EVENING)
    assert digests() == []
    assert rows("SELECT digest_due_at FROM caregivers") == [(EVENING + DAY,)]


def test_a_time_chosen_anew_on_the_same_day_brings_no_second_one() -> None:
    amma = patient()
    user_id = caregiver(amma)
    reading(amma, 100)
    send_digests(EVENING)
    with db.transaction() as connection:
        people.apply(connection, user_id, DigestTimeChosen("21:00"), message_sid="", now=EVENING)
    reading(amma, 110, EVENING + MINUTE)
    send_digests(EVENING + MINUTE)
    send_digests(EVENING + HOUR)
    assert len(digests()) == 1
    assert rows("SELECT digest_due_at FROM caregivers") == [(EVENING + HOUR + DAY,)]


def test_who_moves_is_told_at_the_same_time_of_the_new_place() -> None:
    amma = patient()
    user_id = caregiver(amma)
    reading(amma, 100)
    with db.transaction() as connection:
        people.apply(
            connection, user_id, ZoneChosen("Asia/Dubai"), message_sid="", now=EVENING - HOUR
        )
    send_digests(EVENING)
    assert digests() == []
    send_digests(EVENING + timedelta(minutes=90))
    assert len(digests()) == 1


def test_a_reader_whose_digest_fails_keeps_nobody_elses_back_and_is_tried_again() -> None:
    change("ALTER TABLE users DROP CONSTRAINT ck_users_timezone")
    amma, elsewhere = patient("Amma"), patient("Elsewhere", timezone="Nowhere/At_All")
    unlucky, lucky = caregiver(elsewhere), caregiver(amma)
    reading(amma, 100)
    reading(elsewhere, 62)
    send_digests(EVENING)
    assert [one.user_id for one in digests()] == [lucky]
    change("UPDATE users SET timezone = 'Asia/Kolkata' WHERE timezone = 'Nowhere/At_All'")
    send_digests(EVENING + MINUTE)
    assert len(digests()) == 1
    send_digests(EVENING + jobs.AGAIN_AFTER)
    assert [one.user_id for one in digests()] == [lucky, unlucky]


def test_a_digest_speaks_the_readers_language() -> None:
    amma = patient(language="ta")
    caregiver(amma, language="hi")
    reading(amma, 62)
    send_digests(EVENING)
    (told,) = digests()
    assert told.language == "hi"
    assert told.said.startswith("रोज़ का हिसाब, रविवार 22/11।")


def test_it_takes_no_slot_of_a_patients_day_and_waits_behind_what_is_urgent() -> None:
    amma = patient()
    caregiver(amma)
    reading(amma, 62)
    send_digests(EVENING)
    query = "SELECT counts_toward_limit, patient_id, priority FROM outbound_messages"
    assert rows(query) == [(False, None, 2)]


def test_whose_readings_were_told_to_whom_is_noted() -> None:
    amma, silent = patient("Amma"), patient("Silent")
    user_id = caregiver(amma, silent)
    reading(amma, 62)
    send_digests(EVENING)
    query = "SELECT viewer_user_id, patient_id, relation, need, at FROM access_log"
    expected = {(user_id, each, "CAREGIVER", "READINGS", EVENING) for each in (amma, silent)}
    assert set(rows(query)) == expected


def test_pages_are_read_to_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "AT_ONCE", dict.fromkeys(jobs.AT_ONCE, 2))
    amma = patient()
    reading(amma, 62)
    expected = {caregiver(amma) for _ in range(5)}
    send_digests(EVENING)
    assert {one.user_id for one in digests()} == expected
