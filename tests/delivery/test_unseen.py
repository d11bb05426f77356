"""What is queued of a patient whom the reader may not see any more."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import insert, select

from app import clock, db
from app.messaging.outbox.outgoing import Purpose
from app.messaging.outbox.several import store as several
from app.people import store as people
from app.people.access.rules import Need, Relation, Standing, may
from app.people.person import DoctorDisconnected, PersonForgotten
from app.people.readers.following import store as following
from app.people.tables import Doctor, Patient, WhatsappAddress
from app.text import text as sentence
from tests.delivery.scripted import Scripted
from tests.delivery.world import outcome, outgoing, queue, send_all
from tests.digests.world import change
from tests.people import families
from tests.web.calls import rows

pytestmark = pytest.mark.usefixtures("delivery")

LEFT = "SELECT texts::text, status::text, error_code FROM outbound_messages"


def reader_of(*patients: UUID) -> UUID:
    """Add a caregiver of patients, who wrote an hour ago."""
    user_id = families.caregiver(patients[0], "Ravi")
    for each in patients[1:]:
        change(
            "INSERT INTO caregiver_patient_connections (caregiver_id, patient_id)"
            " SELECT id, :patient FROM caregivers WHERE user_id = :user_id",
            patient=each,
            user_id=user_id,
        )
    with db.transaction() as connection:
        connection.execute(
            insert(WhatsappAddress).values(
                address=f"whatsapp:IN.{user_id}",
                user_id=user_id,
                last_inbound_at=clock.now() - timedelta(hours=1),
            )
        )
    return user_id


def queued(user_id: UUID, *patients: UUID) -> UUID:
    """Queue a digest: a heading, and a line for each patient, which names them by number."""
    lines = [sentence(f"Line {n}.") for n, _ in enumerate(patients, 1)]
    (outbound_id,) = queue(
        outgoing(
            (user_id, patients[0]),
            patient_id=None,
            purpose=Purpose.CAREGIVER_DIGEST,
            texts=(sentence("Heading."), *lines),
            about=(None, *patients),
        )
    )
    return outbound_id


def test_what_may_still_be_seen_is_sent_and_the_rest_is_not(twilio: Scripted) -> None:
    amma, appa = families.patient(), families.patient()
    user_id = reader_of(amma, appa)
    queued(user_id, amma, appa)
    change(
        "UPDATE caregiver_patient_connections SET is_active = false WHERE patient_id = :p", p=amma
    )
    send_all()
    assert twilio.bodies == ["Heading.\n\nLine 2."]


def test_where_nobody_may_be_seen_nothing_is_sent(twilio: Scripted) -> None:
    amma = families.patient()
    outbound_id = queued(reader_of(amma), amma)
    change("UPDATE caregiver_patient_connections SET can_view_health_records = false")
    send_all()
    assert twilio.bodies == []
    assert outcome(outbound_id)[:2] == ("CANCELLED", "UNSEEN")


def test_a_digest_of_whom_one_may_see_goes_out_whole(twilio: Scripted) -> None:
    amma, appa = families.patient(), families.patient()
    queued(reader_of(amma, appa), amma, appa)
    send_all()
    assert twilio.bodies == ["Heading.\n\nLine 1.\n\nLine 2."]


def test_whoever_leaves_is_taken_out_of_what_was_said_of_several() -> None:
    owner = families.user("PATIENT")
    amma, appa = families.patient(owner), families.patient()
    queued(reader_of(amma, appa), amma, appa)
    queued(reader_of(amma), amma)
    with db.transaction() as connection:
        people.apply(connection, owner, PersonForgotten("en"), message_sid="SM", now=clock.now())
    left = sorted((status, "Line 1" in texts, "Line 2" in texts) for texts, status, _ in rows(LEFT))  # type: ignore[operator]  # words
    assert left == [("CANCELLED", False, False), ("PENDING", False, True)]
    assert rows("SELECT count(*) FROM outbound_messages WHERE about @> ARRAY[NULL::uuid]") == [(0,)]


def test_a_doctor_who_is_disconnected_loses_what_is_queued_and_nobody_else_does() -> None:
    owner = families.user("PATIENT")
    amma = families.patient(owner)
    doctor, family = families.doctor(amma, "Dr. Rao"), reader_of(amma)
    mine, others = queued(doctor, amma), queued(family, amma)
    with db.transaction() as connection:
        doctor_id = connection.execute(
            select(Doctor.id).where(Doctor.user_id == doctor)
        ).scalar_one()
        event = DoctorDisconnected(doctor_id, "1", "en")
        people.apply(connection, owner, event, message_sid="SM", now=clock.now())
    assert outcome(mine)[0] == "CANCELLED"
    assert outcome(others)[0] == "PENDING"


def test_what_was_sent_stays_sent_but_for_who_left() -> None:
    owner = families.user("PATIENT")
    amma = families.patient(owner)
    outbound_id = queued(reader_of(amma), amma)
    change("UPDATE outbound_messages SET status = 'READ', attempts = 1")
    with db.transaction() as connection:
        own = select(Patient.id).where(Patient.user_id == owner).scalar_subquery()
        several.leave_out(connection, own, None)
    assert outcome(outbound_id)[0] == "READ"
    assert "Line 1" not in str(rows(LEFT)[0][0])


STANDINGS = (
    Standing(Relation.CAREGIVER),
    Standing(Relation.CAREGIVER, may_see=True),
    Standing(Relation.CAREGIVER, may_log=True),
    Standing(Relation.SPECIALIST, condition="Heart Disease"),
    *(
        Standing(Relation.REFERRING, condition=each)
        for each in (
            *(None, "Diabetes", "high SUGAR", "endocrine", "Heart Disease", "diabetic kidney"),
            *("liver", "100% thyroid", ""),
        )
    ),
)


@pytest.mark.parametrize("standing", STANDINGS, ids=str)
def test_the_door_and_the_question_for_many_agree(standing: Standing) -> None:
    amma = families.patient()
    if standing.relation is Relation.CAREGIVER:
        viewer = families.caregiver(
            amma, "Ravi", can_view_health_records=standing.may_see, can_update_data=standing.may_log
        )
    else:
        viewer = families.doctor(amma, "Dr. Rao", treating_condition=standing.condition)
        change("UPDATE doctor_patient_connections SET doctor_type = :r", r=standing.relation.value)
    with db.transaction() as connection:
        seen = following.seen_by(connection, viewer, [amma, uuid4()])
    assert seen == ({amma} if may(standing, Need.READINGS) else set())
