"""What the page explains is what the service heard: the same language, zone and unit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import update

from app import db
from app.config import use
from app.parsing.units import Unit
from app.people.tables import Patient, User
from app.simulator.hearing import as_heard
from app.simulator.typed import Typed
from tests.settings import PATIENT
from tests.settings import settings as make_settings

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
TYPED = Typed(PATIENT, "sugar 7")


@pytest.fixture
def database_away(tmp_path: Path) -> Iterator[None]:
    use(make_settings(spool_dir=tmp_path))
    yield
    db.engine().dispose()


@pytest.mark.usefixtures("service")
def test_a_known_person_is_heard_in_their_own_language_zone_and_unit() -> None:
    with db.transaction() as connection:
        connection.execute(update(User).values(timezone="Asia/Dubai"))
        connection.execute(update(Patient).values(glucose_unit=Unit.MMOL_L))
    heard = as_heard(TYPED, NOON)
    assert (heard.language, heard.unit) == ("hi", Unit.MMOL_L)
    assert heard.received_at.isoformat() == "2026-11-22T16:00:00+04:00"


@pytest.mark.usefixtures("service")
def test_a_caregiver_who_is_no_patient_is_heard_in_mg_dl() -> None:
    assert as_heard(Typed("+919999999997", "sugar 120"), NOON).unit is Unit.MG_DL


@pytest.mark.usefixtures("service")
def test_a_newcomer_is_heard_without_a_language() -> None:
    heard = as_heard(Typed("+919876543210", "hi"), NOON)
    assert heard.language is None
    assert heard.received_at.isoformat() == "2026-11-22T17:30:00+05:30"


@pytest.mark.usefixtures("database_away")
def test_with_the_database_away_everybody_is_heard_as_a_newcomer() -> None:
    assert as_heard(TYPED, NOON).language is None
