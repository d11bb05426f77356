"""The door on a real database: who gets through, what is noted, and when it closes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import text

from app import db
from app.errors import AccessDenied
from app.people.access.rules import Need, Relation, allowed
from app.people.access.store import drop_before, patient_for
from tests.people.families import caregiver, doctor, patient, user

pytestmark = pytest.mark.usefixtures("settings")

NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)


def opened(viewer: UUID, patient_id: UUID, need: Need) -> Relation | None:
    """Try the door; None where it stays shut."""
    try:
        with db.transaction() as connection:
            return patient_for(connection, viewer, patient_id, need, now=NOW).standing.relation
    except AccessDenied:
        return None


def let_in(viewer: UUID, patient_id: UUID) -> set[Need]:
    """Give all that a viewer gets."""
    return {need for need in Need if opened(viewer, patient_id, need)}


def noted() -> list[tuple[object, ...]]:
    with db.transaction() as connection:
        found = connection.execute(
            text("SELECT viewer_user_id, patient_id, relation, need, at FROM access_log")
        )
        return [tuple(row) for row in found]


def run(statement: str, **values: object) -> None:
    with db.transaction() as connection:
        connection.execute(text(statement), values)


def test_every_role_and_relation_gets_what_the_table_says_and_nothing_else() -> None:
    owner = user("PATIENT")
    one = patient(owner)
    viewers = {
        owner: "",
        caregiver(one, "Ravi", can_view_health_records=False): "PROFILE EMERGENCIES TELL_DANGER",
        caregiver(one, "Meera", can_update_data=True): (
            "PROFILE READINGS MEALS MEDICINES EMERGENCIES RECORDS LOG TELL_DANGER"
        ),
        doctor(one, "Dr. Rao"): (
            "PROFILE READINGS MEALS MEDICINES EMERGENCIES RECORDS PRESCRIBE MESSAGE"
        ),
        caregiver(one, "Anil", is_active=False): "",
        doctor(one, "Dr. Old", is_active=False): "",
        user("PATIENT"): "",
        user("CAREGIVER"): "",
        user("DOCTOR"): "",
    }
    own = {need for need in Need if need not in {Need.PRESCRIBE, Need.MESSAGE}}
    expected = [own, *(set(map(Need, str(said).split())) for said in list(viewers.values())[1:])]
    assert [let_in(viewer, one) for viewer in viewers] == expected


def test_nobody_gets_through_to_a_patient_of_others() -> None:
    mine, other = patient(), patient()
    viewers = [caregiver(mine, "Ravi", can_update_data=True), doctor(mine, "Dr. Rao")]
    assert [let_in(viewer, other) for viewer in viewers] == [set(), set()]


def test_each_opening_of_anothers_data_is_noted_and_nothing_of_ones_own() -> None:
    owner = user("PATIENT")
    one = patient(owner)
    ravi = caregiver(one, "Ravi")
    opened(owner, one, Need.READINGS)
    opened(ravi, one, Need.READINGS)
    opened(ravi, one, Need.LOG)
    assert noted() == [(ravi, one, "CAREGIVER", "READINGS", NOW)]


def test_the_note_goes_with_the_patient_and_after_its_time() -> None:
    one = patient()
    opened(caregiver(one, "Ravi"), one, Need.MEALS)
    with db.transaction() as connection:
        drop_before(connection, NOW)
    assert len(noted()) == 1
    with db.transaction() as connection:
        drop_before(connection, NOW + timedelta(seconds=1))
    assert noted() == []
    opened(caregiver(one, "Meera"), one, Need.MEALS)
    run("DELETE FROM patients WHERE id = :one", one=one)
    assert noted() == []


@pytest.mark.parametrize(
    "closing",
    [
        "UPDATE caregiver_patient_connections SET is_active = false",
        "UPDATE users SET is_active = false WHERE id = :ravi",
        "UPDATE users SET is_active = false WHERE id = :owner",
        "UPDATE users SET deleted_at = now() WHERE id = :owner",
        "DELETE FROM patients",
    ],
)
def test_the_door_closes_at_once(closing: str) -> None:
    owner = user("PATIENT")
    one = patient(owner)
    ravi = caregiver(one, "Ravi", can_update_data=True)
    assert opened(ravi, one, Need.LOG) is Relation.CAREGIVER
    with db.transaction() as connection:
        connection.execute(text(closing), {"ravi": ravi, "owner": owner} if ":" in closing else {})
    assert let_in(ravi, one) == set()


def test_roles_add_up() -> None:
    one = patient()
    both = caregiver(one, "Meera", can_view_health_records=False)
    doctor(one, "Dr. Meera")
    run("UPDATE doctors SET user_id = :both", both=both)
    assert opened(both, one, Need.TELL_DANGER) is Relation.CAREGIVER
    assert opened(both, one, Need.READINGS) is Relation.SPECIALIST


def test_the_refusal_names_ids_only() -> None:
    one, stranger = patient(), user("CAREGIVER")
    with pytest.raises(AccessDenied) as refused, db.transaction() as connection:
        patient_for(connection, stranger, one, Need.READINGS, now=NOW)
    assert str(refused.value) == f"user {stranger} has no READINGS of patient {one}"


def test_a_doctor_of_one_condition_sees_no_reading() -> None:
    one = patient()
    heart = doctor(one, "Dr. Sen", treating_condition="Heart Disease")
    run("UPDATE doctor_patient_connections SET doctor_type = 'REFERRING_DOCTOR'")
    assert opened(heart, one, Need.READINGS) is None
    assert opened(heart, one, Need.MEDICINES) is Relation.REFERRING
    assert Need.EMERGENCIES in allowed_of(heart, one)


def allowed_of(viewer: UUID, patient_id: UUID) -> frozenset[Need]:
    with db.transaction() as connection:
        grant = patient_for(connection, viewer, patient_id, Need.PROFILE, now=NOW)
        return allowed(grant.standing)
