"""The clock on a real database: asked once, by several at once, and not against an answer."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import literal, select, text

from app import clock, db, queue
from app.config import Config, use
from app.emergency import jobs, store
from app.emergency.event import (
    EmergencyContinued,
    EmergencyOpened,
    EmergencyResolved,
    EmergencyStatus,
    EmergencyType,
    Level,
)
from app.people import store as people
from app.schedule import DUTIES
from tests.people.families import caregiver, doctor, patient
from tests.settings import PATIENT
from tests.web.calls import rows, say

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
ACTIVE, ESCALATED = EmergencyStatus.ACTIVE, EmergencyStatus.ESCALATED
SAID = (
    "SELECT u.role::text, m.purpose, m.queued_at FROM outbound_messages m"
    " JOIN users u ON u.id = m.user_id ORDER BY m.queued_at, u.role::text DESC"
)
EVENT = "SELECT status::text, follow_ups_done, follow_up_reading_at FROM emergency_events"
ASKED, ALERTED = "EMERGENCY_FOLLOW_UP", "EMERGENCY_ALERT"


pytestmark = pytest.mark.usefixtures("settings")


def minute(number: float) -> datetime:
    return NOON + timedelta(minutes=number)


def opened(
    patient_id: UUID, level: Level = Level.P1, *, status: EmergencyStatus = ACTIVE, first: int = 15
) -> UUID:
    """Open an emergency at noon."""
    kind = EmergencyType.HYPERGLYCEMIA if level.rank > 4 else EmergencyType.HYPOGLYCEMIA
    event = EmergencyOpened(uuid4(), kind, level, status, (), (first,), 62.0)
    with db.transaction() as connection:
        store.apply(connection, patient_id, event, instructions="", now=NOON)
    return event.event_id


def heard(patient_id: UUID, event_id: UUID, number: float, **changed: object) -> None:
    """Let a further value come."""
    went_on = EmergencyContinued(event_id, Level.P1, ACTIVE, (), 2, 0, (15,), 60.0)
    with db.transaction() as connection:
        store.apply(
            connection,
            patient_id,
            replace(went_on, **changed),  # type: ignore[arg-type]  # fields of the event
            instructions="",
            now=minute(number),
        )


def ticks(*minutes: float) -> None:
    for number in minutes:
        jobs.follow_up(minute(number))


def said() -> list[tuple[object, object, float]]:
    """List who was told what, and at which minute."""
    return [
        (role, purpose, (at - NOON).total_seconds() / 60)  # type: ignore[operator]  # a moment
        for role, purpose, at in rows(SAID)
    ]


def with_family() -> UUID:
    one = patient()
    caregiver(one, "Meera")
    doctor(one, "Dr. Rao")
    return one


def together(count: int, work: Callable[[], None]) -> None:
    """Have several do the same at the same moment."""
    barrier = Barrier(count)

    def one() -> None:
        barrier.wait()
        work()

    with ThreadPoolExecutor(count) as workers:
        for done in [workers.submit(one) for _ in range(count)]:
            done.result()


def test_the_clock_follows_emergencies_after_late_messages() -> None:
    names = [duty.__module__ + "." + duty.__name__ for duty in DUTIES]
    late = names.index("app.conversation.jobs.retry_unhandled")
    assert names.index("app.emergency.jobs.follow_up") == late + 1


def test_a_low_that_nobody_answers() -> None:
    opened(with_family())
    ticks(*range(60))
    assert said() == [
        ("PATIENT", ASKED, 15),
        ("PATIENT", ASKED, 20),
        ("CAREGIVER", ALERTED, 20),
        ("PATIENT", ASKED, 30),
        ("DOCTOR", ALERTED, 30),
        ("CAREGIVER", ALERTED, 30),
    ]
    assert rows(EVENT) == [("ESCALATED", 3, None)]
    assert rows("SELECT escalated_at FROM emergency_events") == [(minute(30),)]


def test_the_same_tick_again_says_nothing_more() -> None:
    opened(with_family())
    ticks(15, 15, 15, 20, 20, 30, 30)
    assert len(said()) == 6


def test_a_value_starts_the_wait_anew() -> None:
    one = with_family()
    event_id = opened(one)
    ticks(15, 20)
    heard(one, event_id, 22)
    assert rows(EVENT) == [("ACTIVE", 0, minute(37))]
    ticks(*range(22, 43))
    assert said()[3:] == [
        ("PATIENT", ASKED, 37),
        ("PATIENT", ASKED, 42),
        ("CAREGIVER", ALERTED, 42),
    ]


def test_a_second_wait_in_the_same_round_is_asked_about_too() -> None:
    one = with_family()
    event_id = opened(one)
    ticks(15)
    heard(one, event_id, 16, round=1, normal_values=1, glucose_mg_dl=90.0)
    ticks(*range(16, 37))
    assert said() == [
        ("PATIENT", ASKED, 15),
        ("PATIENT", ASKED, 31),
        ("PATIENT", ASKED, 36),
        ("CAREGIVER", ALERTED, 36),
    ]


def test_after_an_hour_away_everything_overdue_is_said_once() -> None:
    opened(with_family())
    ticks(75, 76, 85)
    assert said() == [
        ("PATIENT", ASKED, 75),
        ("CAREGIVER", ALERTED, 75),
        ("PATIENT", ASKED, 85),
        ("DOCTOR", ALERTED, 85),
        ("CAREGIVER", ALERTED, 85),
    ]


def test_a_resolved_event_is_silent() -> None:
    one = with_family()
    event_id = opened(one)
    with db.transaction() as connection:
        resolved = EmergencyResolved(event_id, 110.0)
        store.apply(connection, one, resolved, instructions="", now=minute(14))
    ticks(*range(14, 60))
    assert said() == []


def test_danger_signs_are_asked_about_at_5_10_and_20_minutes() -> None:
    opened(with_family(), Level.P0, status=ESCALATED, first=5)
    ticks(*range(60))
    assert said() == [
        ("PATIENT", ASKED, 5),
        ("PATIENT", ASKED, 10),
        ("CAREGIVER", ALERTED, 10),
        ("PATIENT", ASKED, 20),
    ]


def test_a_mild_low_that_lasts_is_told_at_half_an_hour_and_once() -> None:
    one = with_family()
    event_id = opened(one, Level.P2)
    heard(one, event_id, 14, level=Level.P2)
    heard(one, event_id, 28, level=Level.P2)
    ticks(29, 30, 31, 32)
    assert said() == [("CAREGIVER", ALERTED, 30)]
    with db.transaction() as connection:
        assert store.due(connection, minute(33), 10) == []


def test_a_mild_low_without_a_family_is_looked_at_in_vain() -> None:
    one = patient()
    event_id = opened(one, Level.P2)
    heard(one, event_id, 28, level=Level.P2)
    ticks(30, 31)
    assert said() == []
    assert rows(EVENT) == [("ACTIVE", 0, minute(43))]


def test_missed_medicines_are_followed_elsewhere() -> None:
    opened(with_family())
    with db.transaction() as connection:
        connection.execute(text("UPDATE emergency_events SET type = 'MISSED_MEDICATION'"))
    ticks(75)
    assert said() == []


def test_who_was_alerted_is_known_by_event() -> None:
    one = patient()
    meera = caregiver(one, "Meera")
    event_id = opened(one)
    opened(patient())
    ticks(15, 20)
    query = "SELECT 1 FROM outbound_messages WHERE purpose = 'EMERGENCY_FOLLOW_UP'"
    assert len(rows(query)) == 4
    with db.transaction() as connection:
        known = connection.execute(select(store.alerted(literal(one)))).scalar_one()
    assert store.alerted_from(known) == {event_id: frozenset({meera})}


def test_many_clocks_at_once_ask_once() -> None:
    for _ in range(10):
        opened(with_family())
    for number in (15, 20, 30):
        together(6, lambda number=number: ticks(number))  # type: ignore[misc]
        ticks(number)
    assert len(said()) == 10 * 6
    assert set(rows(EVENT)) == {("ESCALATED", 3, None)}


def test_a_fault_with_one_patient_keeps_no_other_from_being_asked() -> None:
    opened(with_family())
    broken = opened(with_family())
    with db.transaction() as connection:
        connection.execute(
            text("UPDATE emergency_events SET level = 'P8' WHERE id = :id"), {"id": broken}
        )
    ticks(15)
    assert said() == [("PATIENT", ASKED, 15)]


def test_a_patient_whose_message_is_being_answered_is_not_asked(service: FlaskClient) -> None:
    say(service, "48")
    later = clock.now() + timedelta(minutes=16)
    with db.transaction() as turn:
        people.lock_person(turn, f"whatsapp:{PATIENT}")
        jobs.follow_up(later)
    assert asked() == 0
    jobs.follow_up(later)
    assert asked() == 1


def asked() -> int:
    return len(rows("SELECT 1 FROM outbound_messages WHERE purpose = 'EMERGENCY_FOLLOW_UP'"))


def test_an_answer_waits_for_the_timer_and_then_counts(service: FlaskClient) -> None:
    say(service, "62")
    patient_id = rows("SELECT id FROM patients")[0][0]
    assert isinstance(patient_id, UUID)
    talking = Thread(target=say, args=(service, "63"))
    with db.transaction() as timer:
        assert people.lock_patient(timer, patient_id) is not None
        talking.start()
        talking.join(0.5)
        assert talking.is_alive()
    talking.join(5)
    assert rows("SELECT value FROM glucose_readings ORDER BY created_at") == [(62.0,), (63.0,)]
    jobs.follow_up(clock.now() + timedelta(minutes=14))
    assert asked() == 0
    jobs.follow_up(clock.now() + timedelta(minutes=16))
    assert asked() == 1


def test_a_value_and_the_clock_at_the_same_moment(service: FlaskClient) -> None:
    """Whoever comes first, the value is kept, the wait begins anew, and at most one asks."""
    say(service, "62")
    for value in ("63", "64", "61"):
        make_due()
        barrier = Barrier(3)

        def tick(barrier: Barrier = barrier) -> None:
            barrier.wait()
            jobs.follow_up(clock.now())

        clocks = [Thread(target=tick) for _ in range(2)]
        for each in clocks:
            each.start()
        barrier.wait()
        say(service, value)
        for each in clocks:
            each.join(10)
        assert rows("SELECT follow_ups_done FROM emergency_events") == [(0,)]
        assert rows("SELECT follow_up_reading_at > now() FROM emergency_events") == [(True,)]
    assert asked() <= 3
    values = "SELECT value FROM glucose_readings ORDER BY created_at"
    assert rows(values) == [(62.0,), (63.0,), (64.0,), (61.0,)]


def make_due() -> None:
    with db.transaction() as connection:
        connection.execute(
            text("UPDATE emergency_events SET follow_up_reading_at = :at"),
            {"at": clock.now() - timedelta(seconds=1)},
        )


def test_a_turn_resolves_and_the_clock_is_silent(service: FlaskClient) -> None:
    say(service, "62")
    say(service, "110")
    say(service, "115")
    jobs.follow_up(clock.now() + timedelta(hours=2))
    assert asked() == 0


def test_the_worker_is_woken_after_something_was_queued() -> None:
    opened(patient())
    ticks(14)
    assert queue.depths()["emergency"] == 0
    ticks(15)
    assert queue.depths()["emergency"] == 1


def test_without_redis_everything_is_queued_all_the_same(settings: Config) -> None:
    use(replace(settings, redis_url="redis://127.0.0.1:1/0"))
    opened(patient())
    ticks(15)
    assert said() == [("PATIENT", ASKED, 15)]
