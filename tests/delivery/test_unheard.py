"""Alerts that Twilio refuses for good, or that cannot be sent: who is told instead."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from prometheus_client import REGISTRY

from app import clock, db
from app.config import Config
from app.delivery import reports
from app.emergency import store as events
from app.emergency.event import EmergencyOpened, EmergencyStatus, EmergencyType, Level
from app.emergency.unheard.jobs import tell_of_unheard
from app.errors import DatabaseAway
from app.messaging.outbox.outgoing import Outgoing, Purpose, Status
from app.messaging.outbox.standing.report import Report
from app.schedule import DUTIES
from tests.delivery.scripted import Form, Scripted
from tests.delivery.world import alert, change, due_now, outgoing, person, queue, send_all
from tests.people.families import caregiver, doctor
from tests.web.calls import rows, run_sql

pytestmark = pytest.mark.usefixtures("delivery")

NOT_ON_WHATSAPP = 63024
TOLD_PATIENTS = "SELECT patient_id FROM outbound_messages WHERE idempotency_key LIKE 'unheard:%'"
SAID = (
    "SELECT u.role::text, m.purpose, m.status::text FROM outbound_messages m"
    " JOIN users u ON u.id = m.user_id WHERE m.idempotency_key LIKE :like"
    " ORDER BY u.role::text DESC"
)
WORDS = (
    "SELECT texts->0->>'msgid', texts->0->'params'->>'names' FROM outbound_messages"
    " WHERE idempotency_key LIKE 'unheard:%' ORDER BY queued_at"
)


def event_of(patient_id: UUID, level: Level = Level.P1, *, ago: timedelta = timedelta()) -> UUID:
    kind = EmergencyType.HYPERGLYCEMIA if level.rank > 4 else EmergencyType.HYPOGLYCEMIA
    event = EmergencyOpened(uuid4(), kind, level, EmergencyStatus.ACTIVE, (), (), 48.0)
    with db.transaction() as connection:
        events.apply(connection, patient_id, event, instructions="", now=clock.now() - ago)
    return event.event_id


def reachable(user_id: UUID, number: str) -> str:
    """Give somebody a number, who wrote a moment ago."""
    change("UPDATE users SET phone_number = :number WHERE id = :who", number=number, who=user_id)
    change(
        "INSERT INTO whatsapp_addresses (address, user_id, last_inbound_at)"
        " VALUES (:address, :who, :at)",
        address=f"whatsapp:{number}",
        who=user_id,
        at=clock.now(),
    )
    return f"whatsapp:{number}"


def refusing(*addresses: str) -> Callable[[Form], int | None]:
    return lambda form: NOT_ON_WHATSAPP if form["To"] in addresses else None


def alert_of(event_id: UUID, user_id: UUID, patient_id: UUID, name: str = "P1") -> Outgoing:
    key = f"alert:{event_id}:{user_id}:{name}"
    return alert((user_id, patient_id), key=key, event_id=event_id)


def told(like: str) -> list[tuple[str, str, str]]:
    found = rows(SAID.replace(":like", f"'{like}'"))
    return [(str(role), str(purpose), str(status)) for role, purpose, status in found]


def seen_to() -> None:
    """Send what is due, see to what was given up, and send that."""
    send_all()
    tell_of_unheard(clock.now())
    send_all()


def test_the_clock_sees_to_it_right_after_it_has_asked() -> None:
    names = [duty.__name__ for duty in DUTIES]
    assert names.index("tell_of_unheard") == names.index("follow_up") + 1


def given_up() -> UUID:
    """Make a patient of whose low the only caregiver could not be told; give the patient's id."""
    patient_id = person()[1]
    family = caregiver(patient_id, "Meera")
    late = clock.now() - timedelta(seconds=1)
    queue(replace(alert_of(event_of(patient_id), family, patient_id), not_after=late))
    return patient_id


def failures() -> float:
    labels = {"reason": "unheard_failed"}
    return REGISTRY.get_sample_value("procare_fallbacks_total", labels) or 0.0


def test_one_patients_fault_is_counted_and_keeps_nobody_else_from_being_told(
    delivery: Config, caplog: pytest.LogCaptureFixture
) -> None:
    faulty, other = given_up(), given_up()
    send_all()
    refused = f"CHECK (patient_id <> '{faulty}') NOT VALID"
    run_sql(delivery.database_url, f"ALTER TABLE outbound_messages ADD CONSTRAINT no {refused}")
    before = failures()
    tell_of_unheard(clock.now())
    assert rows(TOLD_PATIENTS) == [(other,)]
    assert failures() == before + 1
    assert [each.message for each in caplog.records].count("unheard_failed") == 1
    run_sql(delivery.database_url, "ALTER TABLE outbound_messages DROP CONSTRAINT no")
    tell_of_unheard(clock.now())
    assert set(rows(TOLD_PATIENTS)) == {(other,), (faulty,)}
    assert failures() == before + 1


def test_a_database_that_goes_away_ends_the_round_and_is_no_fault_of_the_event(
    delivery: Config,
) -> None:
    given_up()
    send_all()
    run_sql(
        delivery.database_url,
        "CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW; END $$",
        "CREATE TRIGGER die BEFORE INSERT ON outbound_messages EXECUTE FUNCTION die()",
    )
    before = failures()
    with pytest.raises(DatabaseAway):
        tell_of_unheard(clock.now())
    assert failures() == before


def test_who_is_refused_for_good_is_named_to_the_patient_and_the_doctor_is_told(
    twilio: Scripted,
) -> None:
    _, patient_id = person()
    meera = caregiver(patient_id, "Meera")
    doctor_id = doctor(patient_id, "Dr. Rao", wants="DAILY_DIGEST")
    twilio.fault_of = refusing(reachable(meera, "+919800000001"))
    reachable(doctor_id, "+919800000002")
    event_id = event_of(patient_id)
    queue(alert_of(event_id, meera, patient_id))
    seen_to()
    assert told("alert:%P1") == [("CAREGIVER", "EMERGENCY_ALERT", "FAILED")]
    assert told("unheard:%") == [("PATIENT", "EMERGENCY_FOLLOW_UP", "ACCEPTED")]
    assert told("alert:%instead") == [("DOCTOR", "EMERGENCY_ALERT", "ACCEPTED")]
    ((msgid, names),) = rows(WORDS)
    assert (str(msgid)[:27], names) == ("We could not reach {names}.", "Meera")
    assert any("We could not reach Meera." in body for body in twilio.bodies)


def test_who_has_no_address_is_not_reached_either() -> None:
    _, patient_id = person()
    meera = caregiver(patient_id, "Meera")
    queue(alert_of(event_of(patient_id), meera, patient_id))
    seen_to()
    assert rows("SELECT error_code FROM outbound_messages WHERE error_code IS NOT NULL") == [
        ("NO_ADDRESS",)
    ]
    assert told("unheard:%") == [("PATIENT", "EMERGENCY_FOLLOW_UP", "ACCEPTED")]


def test_a_caregiver_with_alerts_off_is_told_where_nobody_else_could_be(twilio: Scripted) -> None:
    _, patient_id = person()
    meera, uncle = caregiver(patient_id, "Meera"), caregiver(patient_id, "Uncle", wants=False)
    twilio.fault_of = refusing(reachable(meera, "+919800000001"))
    reachable(uncle, "+919800000002")
    queue(alert_of(event_of(patient_id), meera, patient_id))
    seen_to()
    assert told("alert:%instead") == [("CAREGIVER", "EMERGENCY_ALERT", "ACCEPTED")]


def test_while_one_was_reached_nobody_else_is_told_but_the_patient_is(twilio: Scripted) -> None:
    _, patient_id = person()
    meera, ravi = caregiver(patient_id, "Meera"), caregiver(patient_id, "Ravi")
    doctor(patient_id, "Dr. Rao")
    twilio.fault_of = refusing(reachable(meera, "+919800000001"))
    reachable(ravi, "+919800000002")
    event_id = event_of(patient_id)
    queue(*(alert_of(event_id, one, patient_id) for one in (meera, ravi)))
    seen_to()
    assert told("alert:%instead") == []
    assert [names for _, names in rows(WORDS)] == ["Meera"]


def test_several_who_are_refused_are_named_in_one_message_and_once(twilio: Scripted) -> None:
    _, patient_id = person()
    meera, ravi = caregiver(patient_id, "Meera"), caregiver(patient_id, "Ravi")
    addresses = (reachable(meera, "+919800000001"), reachable(ravi, "+919800000002"))
    twilio.fault_of = refusing(*addresses)
    event_id = event_of(patient_id)
    queue(*(alert_of(event_id, one, patient_id) for one in (meera, ravi)))
    seen_to()
    seen_to()
    assert [sorted(str(names).split(", ")) for _, names in rows(WORDS)] == [["Meera", "Ravi"]]


def test_a_doctor_who_wants_none_is_told_of_danger_signs_only(twilio: Scripted) -> None:
    levels = []
    for number, level in enumerate((Level.P1, Level.P3)):
        _, patient_id = person()
        meera = caregiver(patient_id, "Meera")
        reachable(doctor(patient_id, "Dr. Rao", wants="NONE"), f"+91980000010{number}")
        twilio.fault_of = refusing(reachable(meera, f"+91980000000{number}"))
        queue(alert_of(event_of(patient_id, level), meera, patient_id))
        seen_to()
        levels.append(len(told("alert:%instead")))
    assert levels == [0, 1]


def test_who_is_refused_for_the_moment_is_not_given_up(twilio: Scripted) -> None:
    _, patient_id = person()
    meera = caregiver(patient_id, "Meera")
    reachable(meera, "+919800000001")
    twilio.script = [63018]
    queue(alert_of(event_of(patient_id), meera, patient_id))
    seen_to()
    assert told("unheard:%") == []
    due_now()
    seen_to()
    assert told("alert:%") == [("CAREGIVER", "EMERGENCY_ALERT", "ACCEPTED")]
    assert told("unheard:%") == []


def test_a_later_alert_that_arrives_is_enough(twilio: Scripted) -> None:
    _, patient_id = person()
    meera = caregiver(patient_id, "Meera")
    reachable(meera, "+919800000001")
    twilio.script = [NOT_ON_WHATSAPP]
    event_id = event_of(patient_id)
    queue(alert_of(event_id, meera, patient_id))
    send_all()
    queue(alert_of(event_id, meera, patient_id, "escalated"))
    seen_to()
    assert told("unheard:%") == []


def test_what_came_too_late_to_be_sent_was_not_heard() -> None:
    _, patient_id = person()
    meera = caregiver(patient_id, "Meera")
    reachable(meera, "+919800000001")
    stale = alert(
        (meera, patient_id),
        key="alert:late:P1",
        event_id=event_of(patient_id),
        not_after=clock.now() - timedelta(seconds=1),
    )
    queue(stale)
    seen_to()
    assert told("unheard:%") == [("PATIENT", "EMERGENCY_FOLLOW_UP", "ACCEPTED")]


@pytest.mark.parametrize("ended", [True, False])
def test_of_what_is_over_or_older_than_a_day_nobody_is_told(*, ended: bool) -> None:
    _, patient_id = person()
    meera = caregiver(patient_id, "Meera")
    ago = timedelta() if ended else timedelta(hours=25)
    event_id = event_of(patient_id, ago=ago)
    queue(alert_of(event_id, meera, patient_id))
    if ended:
        change("UPDATE emergency_events SET status = 'RESOLVED', resolved_at = opened_at")
    seen_to()
    assert told("unheard:%") == []


def test_messages_that_are_no_alerts_of_an_emergency_leave_nobody_unheard(
    twilio: Scripted,
) -> None:
    who = person()
    twilio.script = [NOT_ON_WHATSAPP]
    queue(outgoing(who))
    seen_to()
    assert told("unheard:%") == []


def test_who_left_the_circle_is_not_named() -> None:
    _, patient_id = person()
    meera = caregiver(patient_id, "Meera")
    queue(alert_of(event_of(patient_id), meera, patient_id))
    change("DELETE FROM caregiver_patient_connections")
    seen_to()
    ((msgid, names),) = rows(WORDS)
    assert (str(msgid)[:33], names) == ("We could not reach your family. P", None)


def question_of(event_id: UUID, who: tuple[UUID, UUID], **changed: object) -> Outgoing:
    """Ask a patient how it is now."""
    asks = {"purpose": Purpose.EMERGENCY_FOLLOW_UP, "key": f"follow_up:{event_id}"}
    return alert(who, event_id=event_id, **asks | changed)


@pytest.mark.parametrize(
    ("level", "to_do"), [(Level.P6, "Call, and ask about vomiting"), (Level.P1, "Call now, or go")]
)
def test_a_question_that_does_not_reach_the_patient_is_told_to_the_family_once(
    twilio: Scripted, level: Level, to_do: str
) -> None:
    who = person()
    reachable(caregiver(who[1], "Meera"), "+919800000001")
    reachable(doctor(who[1], "Dr. Rao"), "+919800000002")
    twilio.script = [NOT_ON_WHATSAPP]
    queue(question_of(event_of(who[1], level), who))
    for _ in range(3):
        seen_to()
    assert told("alert:%unasked") == [("CAREGIVER", "EMERGENCY_ALERT", "ACCEPTED")]
    (said,) = twilio.bodies
    assert said.startswith("Our question to ")
    assert to_do in said


def test_for_want_of_family_the_doctor_hears_that_the_patient_cannot_be_asked(
    twilio: Scripted,
) -> None:
    who = person()
    reachable(doctor(who[1], "Dr. Rao"), "+919800000002")
    twilio.script = [NOT_ON_WHATSAPP]
    queue(question_of(event_of(who[1]), who))
    seen_to()
    assert told("alert:%unasked") == [("DOCTOR", "EMERGENCY_ALERT", "ACCEPTED")]


def test_a_question_that_became_too_old_to_be_sent_did_not_reach_the_patient() -> None:
    who = person()
    reachable(caregiver(who[1], "Meera"), "+919800000001")
    late = clock.now() - timedelta(seconds=1)
    queue(question_of(event_of(who[1]), who, not_after=late))
    seen_to()
    assert told("alert:%unasked") == [("CAREGIVER", "EMERGENCY_ALERT", "ACCEPTED")]


@pytest.mark.parametrize(
    "since",
    [
        "UPDATE whatsapp_addresses SET last_inbound_at = :at",
        "UPDATE emergency_events SET status = 'RESOLVED', resolved_at = :at",
        "UPDATE emergency_events SET opened_at = CAST(:at AS timestamptz) - interval '25 hours'",
        "DELETE FROM outbound_messages WHERE queued_at < :at",
    ],
)
def test_who_wrote_since_or_need_not_be_asked_is_not_told_of(twilio: Scripted, since: str) -> None:
    who = person()
    reachable(caregiver(who[1], "Meera"), "+919800000001")
    twilio.script = [NOT_ON_WHATSAPP]
    queue(question_of(event_of(who[1]), who))
    send_all()
    change(since, at=clock.now())
    seen_to()
    assert told("alert:%unasked") == []


def test_a_later_question_that_arrives_is_enough(twilio: Scripted) -> None:
    who = person()
    reachable(caregiver(who[1], "Meera"), "+919800000001")
    twilio.script = [NOT_ON_WHATSAPP]
    event_id = event_of(who[1])
    queue(question_of(event_id, who))
    send_all()
    (second,) = queue(question_of(event_id, who, key="follow_up:again"))
    send_all()
    sid = str(rows("SELECT sid FROM outbound_messages WHERE status = 'ACCEPTED'")[0][0])
    reports.take(Report(sid, Status.DELIVERED, clock.now(), second))
    seen_to()
    assert told("alert:%unasked") == []
