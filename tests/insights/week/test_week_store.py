"""The weeks of patients, read from a real database in one query."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from app import db
from app.insights.week.store import weeks
from app.insights.week.week import Beyond
from app.parsing.meanings import Display
from app.parsing.units import Unit
from tests.glucose.days import keep
from tests.reminders.patients import change, emergency, patient

pytestmark = pytest.mark.usefixtures("settings")

NOW = datetime(2026, 11, 22, 12, 30, tzinfo=UTC)


def test_the_weeks_of_many_are_read_at_once_each_with_its_own() -> None:
    here, there, strange = patient(), patient(zone="Asia/Kathmandu"), patient()
    change("UPDATE patients SET glucose_unit = 'mmol/L' WHERE id = :id", id=there)
    keep(here, [(NOW, 100), (NOW - timedelta(days=3), 62)])
    keep(there, [(NOW, 200), (NOW + timedelta(minutes=1), 90)])
    keep(strange, [(NOW, 300)])
    with db.transaction() as connection:
        found = weeks(connection, [here, there, uuid4()], NOW)
    values = {key: [each.value_mg_dl for each in one.past.readings] for key, one in found.items()}
    assert values == {here: [100, 62], there: [200]}
    assert (found[there].unit, found[there].zone) == (Unit.MMOL_L, "Asia/Kathmandu")
    assert found[here].unit is Unit.MG_DL


def test_what_a_meter_showed_is_part_of_the_week() -> None:
    one = patient()
    for at in (NOW - timedelta(days=2), NOW - timedelta(days=9)):
        emergency(one, at)
        change(
            "UPDATE emergency_events"
            " SET beyond_range = 'LO', status = 'RESOLVED', resolved_at = opened_at"
        )
    emergency(one, NOW - timedelta(days=1))
    with db.transaction() as connection:
        found = weeks(connection, [one], NOW)
    assert found[one].beyond == (Beyond(NOW - timedelta(days=2), Display.LO),)


def test_a_patient_without_anything_has_an_empty_week() -> None:
    nobody = patient()
    with db.transaction() as connection:
        found = weeks(connection, [nobody], NOW)
    assert not found[nobody].has_readings(NOW)
    assert found[nobody].past.doses == ()
