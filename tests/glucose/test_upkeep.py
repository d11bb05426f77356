"""Touched days, closed days and old readings in a database without TimescaleDB."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from threading import Thread
from time import monotonic, sleep
from uuid import UUID

import pytest
from sqlalchemy import Engine, text

from app import clock, db
from app.config import Config
from app.db import make_engine
from app.glucose import jobs
from app.glucose.history.history import DayOfGlucose, kept_since
from app.glucose.history.upkeep import store
from tests.glucose.days import at, averages, days_ago, keep, keep_many, keep_on, make_averages
from tests.people.families import patient

pytestmark = pytest.mark.usefixtures("settings")


@pytest.fixture
def other(settings: Config) -> Iterator[Engine]:
    """Somebody else's connections to the same database."""
    engine = make_engine(settings.database_url)
    yield engine
    engine.dispose()


def scalar(query: str, **params: object) -> object:
    with db.transaction() as connection:
        return connection.execute(text(query), params).scalar()


def noted() -> list[datetime]:
    """List the days that are noted as touched, earliest first."""
    with db.transaction() as connection:
        days = connection.execute(text("SELECT day FROM glucose_days_touched ORDER BY day"))
        return list(days.scalars())


def change(statement: str) -> None:
    with db.transaction() as connection:
        connection.execute(text(statement))


def test_every_way_to_change_a_day_notes_it() -> None:
    keep(patient(), [(at(9, 12), 100), (at(8, 12), 100)])
    assert noted() == [at(9), at(8)]
    make_averages()
    assert noted() == []
    change("UPDATE glucose_readings SET value = 120")
    assert noted() == [at(9), at(8)]
    make_averages()
    change("UPDATE glucose_readings SET recorded_at = recorded_at - interval '4 days'")
    assert noted() == [at(13), at(12), at(9), at(8)]
    make_averages()
    change("DELETE FROM glucose_readings")
    assert noted() == [at(13), at(12)]


def test_a_day_without_readings_has_no_average_any_more() -> None:
    patient_id = patient()
    keep(patient_id, [(at(9, 12), 100)])
    make_averages()
    assert len(averages(patient_id)) == 1
    change("DELETE FROM glucose_readings")
    make_averages()
    assert averages(patient_id) == []


@pytest.mark.parametrize(("minute", "closed"), [(0, True), (-1, False)])
def test_a_day_is_closed_an_hour_after_its_midnight(minute: int, closed: bool) -> None:
    patient_id = patient()
    keep(patient_id, [(at(3, 23, 59), 100)])
    make_averages(at(2, 1, minute))
    assert (averages(patient_id) != []) is closed
    assert (noted() == []) is closed


def test_averages_are_made_once_an_hour() -> None:
    patient_id, now = patient(), clock.now()
    keep(patient_id, [(at(9), 100)])
    jobs.refresh_daily_averages(now)
    keep(patient_id, [(at(8), 100)])
    jobs.refresh_daily_averages(now + timedelta(minutes=59))
    assert len(averages(patient_id)) == 1
    jobs.refresh_daily_averages(now + timedelta(minutes=60))
    assert len(averages(patient_id)) == 2


def test_untouched_days_are_not_averaged_anew() -> None:
    patient_id = patient()
    keep(patient_id, [(at(9), 100)])
    make_averages()
    change("UPDATE glucose_daily_avg SET avg_glucose = 111")
    make_averages()
    assert averages(patient_id) == [DayOfGlucose(days_ago(9), 111, 100, 100, 1)]


def test_more_days_than_a_tick_takes_are_averaged_by_the_next_ticks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(jobs, "DAYS_AT_ONCE", 2)
    patient_id, now = patient(), clock.now()
    keep(patient_id, [(at(days), 100) for days in range(2, 15)])
    jobs.refresh_daily_averages(now)
    assert len(averages(patient_id)) == 10
    jobs.refresh_daily_averages(now)
    assert len(averages(patient_id)) == 13


def test_a_reading_that_is_being_told_is_not_lost_to_the_average(other: Engine) -> None:
    """The job meets the note of a day while a further reading of that day is not yet committed."""
    patient_id = patient()
    keep(patient_id, [(at(5, 8), 100)])
    with other.begin() as telling:
        keep_on(telling, patient_id, [(at(5, 9), 200)])
        make_averages()
        assert averages(patient_id) == []
    make_averages()
    assert averages(patient_id) == [DayOfGlucose(days_ago(5), 150, 100, 200, 2)]


def test_a_reading_told_while_its_day_is_averaged_waits_and_notes_it_anew(other: Engine) -> None:
    patient_id = patient()
    keep(patient_id, [(at(5, 8), 100)])
    teller = Thread(target=tell, args=(other, patient_id))
    with db.transaction() as averaging:
        taken = store.take_touched(averaging, clock.now(), 10)
        teller.start()
        wait_for_a_waiting_session()
        store.average(averaging, taken)
    teller.join()
    assert averages(patient_id) == [DayOfGlucose(days_ago(5), 100, 100, 100, 1)]
    assert noted() == [at(5)]
    make_averages()
    assert averages(patient_id) == [DayOfGlucose(days_ago(5), 150, 100, 200, 2)]


def tell(engine: Engine, patient_id: UUID) -> None:
    with engine.begin() as connection:
        keep_on(connection, patient_id, [(at(5, 9), 200)])


def wait_for_a_waiting_session() -> None:
    """Wait until some session waits for a lock of another."""
    patience = monotonic() + 10
    while not scalar("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)"):
        assert monotonic() < patience
        sleep(0.01)


def test_a_patient_goes_with_readings_notes_and_averages() -> None:
    patient_id = patient()
    keep(patient_id, [(at(9), 100)])
    make_averages()
    keep(patient_id, [(at(8), 100), (clock.now(), 100)])
    change("DELETE FROM patients")
    assert scalar("SELECT count(*) FROM glucose_readings") == 0
    assert scalar("SELECT count(*) FROM glucose_days_touched") == 0
    assert scalar("SELECT count(*) FROM glucose_daily_avg") == 0


def test_a_patient_who_is_being_deleted_is_not_waited_for(other: Engine) -> None:
    leaving, staying = patient(), patient()
    for patient_id in (leaving, staying):
        keep(patient_id, [(at(9), 100)])
    with other.begin() as deleting:
        one = text("SELECT FROM patients WHERE id = :patient_id FOR UPDATE")
        deleting.execute(one, {"patient_id": leaving})
        make_averages()
        assert (averages(leaving), len(averages(staying))) == ([], 1)
    make_averages()
    assert len(averages(leaving)) == 1


def test_old_readings_are_dropped_in_batches_and_their_averages_stay() -> None:
    patient_id, now = patient(), clock.now()
    limit = kept_since(now)
    keep_many(patient_id, limit - timedelta(hours=23, minutes=59), 11_000)
    keep(patient_id, [(limit - timedelta(seconds=1), 100), (limit, 120)])
    make_averages(now - timedelta(days=1))
    left = []
    for _ in range(3):
        jobs.drop_old_readings(now)
        left.append(scalar("SELECT count(*) FROM glucose_readings"))
    assert left == [1_002, 1, 1]
    assert noted() == []
    make_averages()
    assert [each.readings for each in averages(patient_id, 5 * 366 + 9)] == [1, 11_001]


def test_a_day_of_which_readings_were_dropped_keeps_its_average() -> None:
    """A very late reading of such a day must not stand for the whole of it."""
    patient_id, now = patient(), clock.now()
    old = kept_since(now) - timedelta(hours=12)
    keep(patient_id, [(old, 100)])
    make_averages(now - timedelta(days=1))
    jobs.drop_old_readings(now)
    keep(patient_id, [(old, 300)])
    make_averages(now)
    assert [each.average_mg_dl for each in averages(patient_id, 5 * 366 + 9)] == [100]
    assert noted() == []


def test_the_averages_of_who_was_deleted_went_along_and_nothing_is_left_to_forget() -> None:
    gone, stays = patient(), patient()
    for patient_id in (gone, stays):
        keep(patient_id, [(at(60, 8), 100), (at(60, 9), 110)])
    make_averages()
    change(f"DELETE FROM patients WHERE id = '{gone}'")  # noqa: S608 - an id
    assert scalar("SELECT count(*) FROM glucose_daily_avg") == 1
    jobs.forget_averages(clock.now())
    assert [each.average_mg_dl for each in averages(stays)] == [105]
    with db.transaction() as connection:
        assert db.last_beat(connection, jobs.FORGOTTEN) is None
