"""Five counted notifications a patient and local day, whoever asks for them at the same time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from threading import Barrier
from uuid import UUID

import pytest
from sqlalchemy import NullPool, create_engine

from app import clock, db
from app.channels.choice import channel
from app.config import config
from app.delivery import claiming
from app.delivery.sending import send_next
from app.errors import DatabaseAway
from app.messaging.outbox.hands import store as hands
from app.messaging.outbox.outgoing import Priority
from app.messaging.outbox.slots import store as slots
from tests.delivery.scripted import Scripted
from tests.delivery.world import (
    alert,
    change,
    due_now,
    empty_all,
    outgoing,
    person,
    queue,
    send_all,
    statuses,
)
from tests.web.calls import rows

pytestmark = pytest.mark.usefixtures("delivery")
SLOTS = "SELECT slot FROM notifications WHERE slot IS NOT NULL ORDER BY slot"
UNPACED = "UPDATE outbound_messages SET accepted_at = accepted_at - interval '1 minute'"


def send_and_pass_time() -> None:
    """Send what is due, and let the six seconds between two messages be over."""
    for _ in range(10):
        send_all()
        change(UNPACED)
        due_now()


def test_the_sixth_of_a_day_is_cancelled(twilio: Scripted) -> None:
    who = person()
    queue(*(outgoing(who, counts=True) for _ in range(6)))
    send_and_pass_time()
    assert statuses() == {"ACCEPTED": 5, "CANCELLED": 1}
    assert rows("SELECT DISTINCT error_code FROM outbound_messages WHERE status = 'CANCELLED'") == [
        ("CAPPED",)
    ]
    assert rows(SLOTS) == [(1,), (2,), (3,), (4,), (5,)]
    assert len(twilio.forms) == 5


def test_emergencies_and_answers_take_no_slot_and_want_none(twilio: Scripted) -> None:
    who = person()
    queue(*(outgoing(who, counts=True) for _ in range(5)))
    send_and_pass_time()
    queue(*(alert(who) for _ in range(3)))
    send_all()
    assert len(twilio.forms) == 8
    assert (
        rows("SELECT counts_toward_limit, slot FROM notifications WHERE slot IS NULL")
        == [(False, None)] * 3
    )


def test_a_slot_that_is_given_back_is_the_next_one_taken(twilio: Scripted) -> None:
    who = person()
    made = queue(*(outgoing(who, counts=True) for _ in range(5)))
    send_and_pass_time()
    change(
        "UPDATE notifications SET slot = NULL, local_day = NULL WHERE outbound_id = :of_id",
        of_id=made[0],
    )
    freed = {1, 2, 3, 4, 5} - {row[0] for row in rows(SLOTS)}
    (again,) = queue(outgoing(who, counts=True))
    send_and_pass_time()
    assert rows(f"SELECT slot FROM notifications WHERE outbound_id = '{again}'") == [  # noqa: S608
        (freed.pop(),)
    ]
    assert len(twilio.forms) == 6


def test_fifty_threads_at_once_get_exactly_five(
    twilio: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(claiming, "PACE", timedelta(0))
    who = person()
    queue(*(outgoing(who, counts=True) for _ in range(50)))
    whatsapp = channel(config())

    def send(_: int) -> None:
        is_busy = True
        while is_busy:
            with suppress(DatabaseAway):  # fifty share the eight connections of a process
                is_busy = send_next(whatsapp, Priority.WHENEVER)

    with ThreadPoolExecutor(50) as pool:
        list(pool.map(send, range(50)))
    empty_all()
    assert statuses() == {"ACCEPTED": 5, "CANCELLED": 45}
    assert rows(SLOTS) == [(1,), (2,), (3,), (4,), (5,)]
    assert len(twilio.forms) == 5


def test_fifty_workers_with_connections_of_their_own_reserve_exactly_five(database: str) -> None:
    who, at_once, now = person(), Barrier(50), clock.now()
    queue(*(outgoing(who, counts=True) for _ in range(50)))
    engine = create_engine(database, poolclass=NullPool)

    def reserved(_: int) -> bool:
        with engine.begin() as connection:
            row = hands.claim_due(connection, clock.now(), Priority.WHENEVER)
            assert row is not None
            at_once.wait(60)
            notice = slots.Notice(who[1], "Medicine", "metformin", now, day=now.date())
            return slots.reserve(connection, row, notice)

    with ThreadPoolExecutor(50) as pool:
        assert sorted(pool.map(reserved, range(50))) == [False] * 45 + [True] * 5
    assert rows(SLOTS) == [(1,), (2,), (3,), (4,), (5,)]


def test_many_patients_have_five_each(twilio: Scripted, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(claiming, "PACE", timedelta(0))
    people = [person() for _ in range(10)]
    queue(*(outgoing(who, counts=True) for who in people for _ in range(7)))
    for _ in range(20):
        empty_all()
        due_now()
    assert statuses() == {"ACCEPTED": 50, "CANCELLED": 20}
    assert rows(
        "SELECT DISTINCT count(*) FROM notifications WHERE slot IS NOT NULL GROUP BY patient_id"
    ) == [(5,)]
    assert len(twilio.forms) == 50


@pytest.mark.parametrize(
    ("zone", "now", "day"),
    [
        # midnight in India is 18:30 UTC, in Nepal 18:15 UTC
        ("Asia/Kolkata", datetime(2026, 11, 22, 18, 29, 59, tzinfo=UTC), date(2026, 11, 22)),
        ("Asia/Kolkata", datetime(2026, 11, 22, 18, 30, 0, tzinfo=UTC), date(2026, 11, 23)),
        ("Asia/Kathmandu", datetime(2026, 11, 22, 18, 14, 59, tzinfo=UTC), date(2026, 11, 22)),
        ("Asia/Kathmandu", datetime(2026, 11, 22, 18, 15, 0, tzinfo=UTC), date(2026, 11, 23)),
    ],
)
def test_a_message_counts_on_the_day_it_is_where_the_patient_lives(
    monkeypatch: pytest.MonkeyPatch, zone: str, now: datetime, day: date
) -> None:
    monkeypatch.setattr(clock, "now", lambda: now)
    queue(outgoing(person(zone=zone), counts=True, due_at=now))
    send_all()
    assert rows("SELECT local_day, slot FROM notifications") == [(day, 1)]


def test_after_midnight_there_are_five_more(
    twilio: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    evening = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)  # 23:30 in India
    monkeypatch.setattr(clock, "now", lambda: evening)
    monkeypatch.setattr(claiming, "PACE", timedelta(0))
    who = person()
    queue(*(outgoing(who, counts=True) for _ in range(6)))
    send_all()
    monkeypatch.setattr(clock, "now", lambda: evening + timedelta(hours=1))
    queue(*(outgoing(who, counts=True) for _ in range(6)))
    send_all()
    assert statuses() == {"ACCEPTED": 10, "CANCELLED": 2}
    assert len(twilio.forms) == 10


def test_what_a_caregiver_is_told_counts_on_the_patients_own_day(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = datetime(2026, 11, 22, 18, 20, tzinfo=UTC)  # 00:05 in Nepal, 23:50 in India
    monkeypatch.setattr(clock, "now", lambda: now)
    patient, caregiver = person(zone="Asia/Kathmandu"), person(zone="Asia/Kolkata")
    queue(outgoing((caregiver[0], patient[1]), counts=True))
    send_all()
    assert rows("SELECT local_day FROM notifications") == [(date(2026, 11, 23),)]


def test_the_database_itself_holds_no_sixth_slot() -> None:
    _, patient_id = person()
    with pytest.raises(Exception, match="slot_1_to_5"):
        change(
            "INSERT INTO notifications (patient_id, recipient_user_id, type, title, body, channel,"
            " local_day, slot) SELECT id, user_id, 'T', 'T', 'T', 'WHATSAPP', :day, 6 FROM patients"
            " WHERE id = :of_id",
            day=date(2026, 11, 22),
            of_id=patient_id,
        )


TOKYO_23 = datetime(2026, 11, 22, 16, tzinfo=UTC)
"""01:00 on 23 November in Tokyo, 16:00 on the 22nd in London, 21:30 in India."""


def sent_in(zone: str, patient_id: UUID, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a patient have come to a zone, as the turn does that is told of it."""
    monkeypatch.setattr(clock, "now", lambda: now)
    with db.transaction() as connection:
        slots.move_to_zone(connection, patient_id, zone, now)
    change(
        "UPDATE users SET timezone = :zone WHERE id = (SELECT user_id FROM patients WHERE id = :p)",
        zone=zone,
        p=patient_id,
    )


def taken_of_six(who: tuple[UUID, UUID]) -> int:
    """Queue six that count, and say how many of them went out."""
    before = statuses().get("ACCEPTED", 0)
    queue(*(outgoing(who, counts=True) for _ in range(6)))
    send_all()
    return statuses().get("ACCEPTED", 0) - before


@pytest.mark.parametrize(
    ("first", "second", "later", "taken"),
    [
        # westwards into the day before: those five are of that day there
        ("Asia/Tokyo", "Europe/London", timedelta(minutes=1), 0),
        # and the day after it is a whole new day, though Tokyo had called the first one so
        ("Asia/Tokyo", "Europe/London", timedelta(hours=8), 5),
        # eastwards into the day after, which had begun there; and into one that begins later
        ("Europe/London", "Asia/Tokyo", timedelta(minutes=1), 0),
        ("America/New_York", "Asia/Kolkata", timedelta(hours=3), 5),
        # within one day, by half an hour and by a quarter
        ("Asia/Kolkata", "Asia/Kathmandu", timedelta(minutes=1), 0),
        ("Asia/Kolkata", "Asia/Kathmandu", timedelta(hours=2, minutes=15), 5),
    ],
)
def test_who_travels_gets_five_in_the_day_that_it_is_there(
    monkeypatch: pytest.MonkeyPatch, first: str, second: str, later: timedelta, taken: int
) -> None:
    monkeypatch.setattr(claiming, "PACE", timedelta(0))
    monkeypatch.setattr(clock, "now", lambda: TOKYO_23)
    who = person(zone=first)
    assert taken_of_six(who) == 5
    sent_in(second, who[1], TOKYO_23 + later, monkeypatch)
    assert taken_of_six(who) == taken


def test_who_travels_there_and_back_has_no_sixth(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(claiming, "PACE", timedelta(0))
    monkeypatch.setattr(clock, "now", lambda: TOKYO_23)
    who = person(zone="Asia/Tokyo")
    queue(*(outgoing(who, counts=True) for _ in range(3)))
    send_all()
    for hours, zone in enumerate(("Europe/London", "Asia/Tokyo", "Asia/Kolkata")):
        sent_in(zone, who[1], TOKYO_23 + timedelta(minutes=hours), monkeypatch)
    assert rows(SLOTS) == [(1,), (2,), (3,)]
    assert taken_of_six(who) == 2
