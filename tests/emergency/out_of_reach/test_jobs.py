"""Patients whom no reminder reaches and who miss doses: their caregivers are told, now and then."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from prometheus_client import REGISTRY
from sqlalchemy import insert, text

from app import db
from app.emergency.out_of_reach import jobs
from app.messaging.outbox.outgoing import Purpose, Status
from app.messaging.tables import Outbound
from app.people.tables import WhatsappAddress
from app.schedule import DUTIES
from tests.emergency.missed.test_jobs import change, medicine
from tests.people.families import caregiver, doctor, patient, user
from tests.web.calls import rows

pytestmark = pytest.mark.usefixtures("settings")

NOON = datetime(2026, 3, 4, 6, 30, tzinfo=UTC)
"""12:00 in India, on the 4th."""
NIGHT = datetime(2026, 3, 4, 17, 0, tzinfo=UTC)
"""22:30 in India: quiet."""
HOUR, A_DAY = timedelta(hours=1), timedelta(days=1)
SAID = (
    "SELECT user_id, texts->0->'params'->>'day' FROM outbound_messages"
    " WHERE purpose = 'OUT_OF_REACH'"
)


def family(*, heard_ago: timedelta | None = timedelta(days=4), **more: object) -> tuple[UUID, UUID]:
    """Make a patient, last heard of so long before noon, and a caregiver; give both."""
    known = {"display_name": "Asha", **more}
    user_id = user("PATIENT", language="en", **known)
    if heard_ago is not None:
        address = {"address": f"whatsapp:IN.{user_id.hex}", "last_inbound_at": NOON - heard_ago}
        with db.transaction() as connection:
            connection.execute(insert(WhatsappAddress).values(user_id=user_id, **address))
    patient_id = patient(user_id)
    return patient_id, caregiver(patient_id, "Meera")


def reminded(patient_id: UUID, status: Status, code: str | None = None, **more: object) -> None:
    """Let all doses of a patient have been asked after by a reminder of such a fate."""
    row = {
        "id": uuid4(),
        "idempotency_key": f"reminder:{uuid4()}",
        "purpose": Purpose.MEDICATION_REMINDER.value,
        "priority": 1,
        "language": "en",
        "texts": [],
        "status": status,
        "attempts": 1,
        "error_code": code,
        "patient_id": patient_id,
        "next_attempt_at": NOON - 2 * A_DAY,
        "queued_at": NOON - 2 * A_DAY,
    }
    whose = text("SELECT user_id FROM patients WHERE id = :of")
    with db.transaction() as connection:
        user_id = connection.execute(whose, {"of": patient_id}).scalar_one()
        connection.execute(insert(Outbound).values(user_id=user_id, **row | more))
    change(
        "UPDATE medication_logs SET reminder_message_id = :row WHERE patient_id = :of",
        row=row["id"],
        of=patient_id,
    )


def look(at: datetime = NOON) -> list[tuple[object, ...]]:
    """Let the clock look, its last look being over a quarter of an hour ago; list who is told."""
    change("DELETE FROM heartbeats")
    jobs.tell_of_out_of_reach(at)
    return rows(SAID)


def test_the_clock_looks_after_it_has_marked_what_is_missed() -> None:
    names = [duty.__name__ for duty in DUTIES]
    assert names.index("tell_of_out_of_reach") > names.index("mark_missed")


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (Status.FAILED, "63024"),
        (Status.FAILED, "21610"),
        (Status.FAILED, "NO_TEMPLATE"),
        (Status.FAILED, "NO_ADDRESS"),
        (Status.CANCELLED, "UNREACHABLE"),
        (Status.CANCELLED, "STALE"),
        (Status.SENT, None),
        (Status.ACCEPTED, None),
    ],
)
def test_a_day_without_a_sign_is_told_to_the_caregiver(status: Status, code: str | None) -> None:
    patient_id, meera = family()
    medicine(patient_id, "metformin", (28.0, "MISSED"), (4.0, "MISSED"))
    reminded(patient_id, status, code)
    assert look() == [(meera, "28/02")]  # noon less four days


def test_it_is_said_by_name_and_in_the_caregivers_language() -> None:
    patient_id, _ = family()
    caregiver(patient_id, "Ravi", language="hi")
    medicine(patient_id, "metformin", (28.0, "MISSED"))
    reminded(patient_id, Status.FAILED, "63024")
    look()
    found = rows(
        "SELECT language, texts->0->'params'->>'name' FROM outbound_messages"
        " WHERE purpose = 'OUT_OF_REACH' ORDER BY language"
    )
    assert found == [("en", "Asha"), ("hi", "Asha")]


@pytest.mark.parametrize(
    ("status", "code", "more"),
    [
        (Status.DELIVERED, None, {"delivered_at": NOON - 28 * HOUR}),
        (Status.READ, None, {"delivered_at": NOON - 28 * HOUR}),
        (Status.CANCELLED, "CAPPED", {}),
        (Status.CANCELLED, "REPEATED", {}),
        (Status.CANCELLED, None, {}),
        (Status.PENDING, None, {}),
    ],
)
def test_a_dose_whose_reminder_arrived_or_was_not_wanted_is_the_patients_own_affair(
    status: Status, code: str | None, more: dict[str, object]
) -> None:
    patient_id, _ = family()
    medicine(patient_id, "metformin", (28.0, "MISSED"))
    reminded(patient_id, status, code, **more)
    assert look() == []


def test_a_reminder_that_arrived_later_is_a_sign_of_life() -> None:
    patient_id, _ = family()
    medicine(patient_id, "metformin", (28.0, "MISSED"))
    reminded(patient_id, Status.FAILED, "63024")
    with db.transaction() as connection:
        connection.execute(
            text(
                "INSERT INTO outbound_messages (id, idempotency_key, user_id, purpose, priority,"
                " language, texts, status, attempts, next_attempt_at, queued_at, delivered_at)"
                " SELECT gen_random_uuid(), 'later', user_id, 'TEST_REMINDER', 1, 'en', '[]',"
                " 'DELIVERED', 1, :at, :at, :at FROM patients"
            ),
            {"at": NOON - 20 * HOUR},
        )
    assert look() == []


@pytest.mark.parametrize("heard_ago", [timedelta(hours=27), timedelta(hours=1)])
def test_who_wrote_since_is_not_out_of_reach(heard_ago: timedelta) -> None:
    patient_id, _ = family(heard_ago=heard_ago)
    medicine(patient_id, "metformin", (28.0, "MISSED"))
    reminded(patient_id, Status.FAILED, "63024")
    assert look() == []


def test_a_dose_told_of_by_somebody_else_is_a_sign_of_life() -> None:
    patient_id, _ = family()
    medicine(patient_id, "metformin", (28.0, "MISSED"), (20.0, "TAKEN"))
    reminded(patient_id, Status.FAILED, "63024")
    assert look() == []


@pytest.mark.parametrize(
    ("name", "hours", "is_told"),
    [
        ("metformin", 23.9, False),
        ("metformin", 24.0, True),
        ("metformin", 47.9, True),
        ("metformin", 48.0, False),
        ("insulin", 4.0, True),
    ],
)
def test_insulin_is_told_of_as_soon_as_it_is_missed_and_others_after_a_day(
    name: str, hours: float, *, is_told: bool
) -> None:
    patient_id, _ = family()
    medicine(patient_id, name, (hours, "MISSED"))
    reminded(patient_id, Status.FAILED, "63024")
    assert bool(look()) is is_told


def test_who_asked_for_no_messages_is_told_of_since_then_though_nobody_reminded() -> None:
    patient_id, meera = family(stopped_at=NOON - 40 * HOUR)
    medicine(patient_id, "metformin", (28.0, "MISSED"))
    assert look() == [(meera, "02/03")]  # 40 hours before noon on the 4th: 20:00 on the 2nd


def test_what_was_missed_before_the_stop_is_not_the_stops() -> None:
    patient_id, _ = family(stopped_at=NOON - 20 * HOUR)
    medicine(patient_id, "metformin", (28.0, "MISSED"))
    assert look() == []


def test_who_never_wrote_is_told_of_since_the_first_dose() -> None:
    patient_id, meera = family(heard_ago=None)
    medicine(patient_id, "metformin", (47.0, "MISSED"), (28.0, "MISSED"))
    reminded(patient_id, Status.FAILED, "63024")
    assert look() == [(meera, "02/03")]


def test_it_is_told_once_a_day_and_three_times_a_week() -> None:
    patient_id, _ = family()
    medicine(patient_id, "metformin", *[(28.0 - 24 * day, "MISSED") for day in range(2)])
    reminded(patient_id, Status.FAILED, "63024")
    assert len(look()) == 1
    assert len(look(NOON + 6 * HOUR)) == 1
    counts = []
    for day in range(1, 9):
        later = NOON + day * A_DAY
        change(
            "UPDATE medication_logs SET scheduled_time = :at WHERE scheduled_time = (SELECT"
            " max(scheduled_time) FROM medication_logs)",
            at=later - 28 * HOUR,
        )
        counts.append(len(look(later)))
    assert counts == [2, 3, 3, 3, 3, 3, 4, 5]


def test_it_waits_for_the_end_of_the_night() -> None:
    patient_id, _ = family()
    medicine(patient_id, "insulin", (4.0, "MISSED"), now=NIGHT)
    reminded(patient_id, Status.FAILED, "63024")
    assert look(NIGHT) == []
    assert len(look(NIGHT + 9 * HOUR)) == 1


def test_only_caregivers_who_want_to_be_told_are() -> None:
    patient_id = patient(user("PATIENT"))
    caregiver(patient_id, "Meera", wants=False)
    caregiver(patient_id, "Ravi", is_active=False)
    doctor(patient_id, "Dr. Rao")
    medicine(patient_id, "metformin", (28.0, "MISSED"))
    reminded(patient_id, Status.FAILED, "63024")
    assert look() == []
    asked = caregiver(patient_id, "Sunil")
    assert [told[0] for told in look()] == [asked]


def test_a_medicine_that_rests_is_not_missed() -> None:
    patient_id, _ = family()
    medicine(patient_id, "metformin", (28.0, "MISSED"))
    reminded(patient_id, Status.FAILED, "63024")
    change("UPDATE medications SET paused_at = :at", at=NOON - A_DAY)
    assert look() == []


def test_it_is_looked_for_every_quarter_of_an_hour() -> None:
    patient_id, _ = family()
    jobs.tell_of_out_of_reach(NOON)
    medicine(patient_id, "metformin", (28.0, "MISSED"))
    reminded(patient_id, Status.FAILED, "63024")
    jobs.tell_of_out_of_reach(NOON + timedelta(minutes=14))
    assert rows(SAID) == []
    jobs.tell_of_out_of_reach(NOON + timedelta(minutes=15, seconds=1))
    assert len(rows(SAID)) == 1


def test_one_patients_fault_keeps_no_others_caregiver_from_being_told() -> None:
    (faulty, _), (sound, meera) = family(timezone="Asia/KOLKATA"), family()
    for patient_id in (faulty, sound):
        medicine(patient_id, "metformin", (28.0, "MISSED"))
        reminded(patient_id, Status.FAILED, "63024")
    before = _counted("out_of_reach_failed"), _counted("out_of_reach")
    assert look() == [(meera, "28/02")]
    assert _counted("out_of_reach_failed") == before[0] + 1
    assert _counted("out_of_reach") == before[1] + 1


def _counted(reason: str) -> float:
    return REGISTRY.get_sample_value("procare_fallbacks_total", {"reason": reason}) or 0.0
