"""How a person is reached: by the address they wrote from last, else by their number."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from app import clock, db
from app.people.reach.addressee import Addressee
from app.people.reach.store import addressee, not_reached
from tests.delivery.world import change, person

pytestmark = pytest.mark.usefixtures("delivery")


def reach(user_id: UUID, patient_id: UUID | None = None) -> Addressee:
    with db.transaction() as connection:
        return addressee(connection, user_id, patient_id)


def test_the_address_written_from_last_is_used() -> None:
    user_id, _ = person(wrote_ago=timedelta(hours=2))
    change(
        "INSERT INTO whatsapp_addresses (address, user_id, last_inbound_at)"
        " VALUES ('whatsapp:IN.1', :of_id, :at)",
        of_id=user_id,
        at=clock.now(),
    )
    assert reach(user_id).address == "whatsapp:IN.1"


def test_of_two_addresses_at_once_the_one_with_a_number_is_used() -> None:
    user_id, _ = person()
    change(
        "INSERT INTO whatsapp_addresses (address, user_id, last_inbound_at)"
        " SELECT 'whatsapp:IN.2', user_id, last_inbound_at FROM whatsapp_addresses"
        " WHERE user_id = :of_id",
        of_id=user_id,
    )
    assert (reach(user_id).address or "").startswith("whatsapp:+")


def test_who_never_wrote_is_reached_by_number_and_has_no_window() -> None:
    user_id, _ = person(wrote_ago=None)
    found = reach(user_id)
    assert (found.address or "").startswith("whatsapp:+9190000")
    assert found.last_inbound_at is None


def test_the_zone_is_the_patients_where_it_is_about_one() -> None:
    caregiver, _ = person(zone="Europe/London")
    _, patient_id = person(zone="Asia/Kathmandu")
    assert reach(caregiver, patient_id).zone == "Asia/Kathmandu"
    assert reach(caregiver).zone == "Europe/London"


def test_who_was_not_reached_is_noted_until_they_write() -> None:
    user_id, _ = person()
    now = clock.now()
    with db.transaction() as connection:
        not_reached(connection, user_id, now)
    assert reach(user_id).is_unreachable(now)
    change("UPDATE whatsapp_addresses SET last_inbound_at = :at", at=now + timedelta(seconds=1))
    assert not reach(user_id).is_unreachable(now + timedelta(seconds=2))
