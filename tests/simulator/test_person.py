"""Who holds a phone, as the page shows it."""

from __future__ import annotations

from dataclasses import replace

from flask.testing import FlaskClient
from sqlalchemy import update

from app import db
from app.config import Config, use
from app.parsing.units import Unit
from app.people.tables import Patient
from app.simulator.person import STRANGER, person
from tests.settings import PATIENT


def test_a_known_person_has_name_role_language_unit_and_zone(service: FlaskClient) -> None:
    with db.transaction() as connection:
        connection.execute(update(Patient).values(glucose_unit=Unit.MMOL_L))
    assert service.get(f"/simulator/people/{PATIENT}").json == {
        "name": "Asha",
        "role": "PATIENT",
        "language": "hi",
        "unit": "mmol/L",
        "zone": "Asia/Kolkata",
    }


def test_who_is_no_patient_is_heard_in_mg_dl(service: FlaskClient) -> None:
    known = service.get("/simulator/people/+919999999997").json
    assert known is not None
    assert (known["name"], known["unit"]) == ("Ravi", "mg/dL")


def test_a_newcomer_is_a_stranger(service: FlaskClient) -> None:
    known = service.get("/simulator/people/+919876543210").json
    assert known is not None
    assert (known["name"], known["language"]) == (None, None)


def test_with_the_database_away_everybody_is_a_stranger(settings: Config) -> None:
    use(replace(settings, database_url="postgresql+psycopg://nobody@127.0.0.1:1/nothing"))
    assert person(PATIENT) == STRANGER
    db.engine().dispose()
