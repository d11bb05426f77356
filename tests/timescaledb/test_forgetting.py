"""The averages of a patient who was deleted go as well, however old their days are."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import text

from app import clock, db
from app.glucose.jobs import EVERY, FORGOTTEN, average_imported, forget_averages
from tests.glucose.days import at, averages, keep, make_averages
from tests.people.families import patient
from tests.timescaledb.test_policies import on_timescaledb  # noqa: F401 - a fixture

pytestmark = pytest.mark.usefixtures("on_timescaledb")
LONG_AGO = 60
"""Days: further back than the policy that refreshes the averages looks."""


def averaged() -> UUID:
    """Add a patient with an average of a day long ago."""
    patient_id = patient()
    keep(patient_id, [(at(LONG_AGO, 8), 100), (at(LONG_AGO, 9), 110)])
    average_imported(clock.now())
    assert len(averages(patient_id)) == 1
    return patient_id


def leave(patient_id: UUID, left_at: datetime) -> None:
    """Delete a patient as a person who leaves is deleted."""
    with db.transaction() as connection:
        connection.execute(
            text(
                "WITH gone AS (DELETE FROM patients WHERE id = :gone RETURNING user_id)"
                " UPDATE users SET deleted_at = :left FROM gone WHERE users.id = gone.user_id"
            ),
            {"gone": patient_id, "left": left_at},
        )


def test_the_averages_of_who_left_go_and_those_of_others_stay() -> None:
    gone, stays = averaged(), averaged()
    now = clock.now()
    leave(gone, now)
    make_averages()
    assert len(averages(gone)) == 1  # the policy does not look so far back
    forget_averages(now)
    assert averages(gone) == []
    assert [each.average_mg_dl for each in averages(stays)] == [105]


def test_it_is_looked_for_once_an_hour_and_nobody_is_passed_over() -> None:
    first, second, now = averaged(), averaged(), clock.now()
    leave(first, now)
    forget_averages(now)
    leave(second, now - timedelta(seconds=3))  # a turn that was under way, committed only now
    forget_averages(now + timedelta(minutes=59))
    assert len(averages(second)) == 1
    forget_averages(now + EVERY + timedelta(seconds=1))
    assert averages(second) == []


def test_where_nobody_left_nothing_is_made_anew() -> None:
    patient_id, now = patient(), clock.now()
    keep(patient_id, [(at(LONG_AGO, 8), 100)])
    forget_averages(now)
    assert averages(patient_id) == []
    with db.transaction() as connection:
        assert db.last_beat(connection, FORGOTTEN) == now
