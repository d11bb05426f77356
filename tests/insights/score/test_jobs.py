"""Scores refreshed every six hours, on a real PostgreSQL, also by several clocks at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from uuid import UUID, uuid4

import pytest
from click.testing import CliRunner
from sqlalchemy import insert

from app import clock, db
from app.cli import commands
from app.glucose.importing.line import FileReading, Source
from app.glucose.importing.store import import_readings
from app.insights.score import jobs, store
from app.insights.score.counts.store import count_for
from app.insights.score.score import Band
from app.parsing.units import Unit
from app.people import store as people
from app.people.tables import Doctor, DoctorPatientConnection, User
from app.schedule import DUTIES
from tests.insights.score.days import NOW, ago, dose, plain_readings, reading
from tests.reminders.patients import change, medicine, patient
from tests.web.calls import rows

pytestmark = pytest.mark.usefixtures("settings")

KEPT = "SELECT health_score, last_health_score_at FROM patients"
NOTED = (
    "SELECT avg_glucose_last_30_days, medication_adherence_last_30_days, total_glucose_readings"
    " FROM patients"
)
SCORES = "SELECT on_day::text, value IS NULL, is_provisional FROM health_scores ORDER BY on_day"
LATER = NOW + timedelta(hours=6)


def one_with_readings(count: int = 10) -> UUID:
    patient_id = patient()
    plain_readings(patient_id, count)
    return patient_id


def doctor() -> UUID:
    """Add a doctor."""
    user_id, doctor_id = uuid4(), uuid4()
    with db.transaction() as connection:
        connection.execute(insert(User).values(id=user_id, role="DOCTOR"))
        connection.execute(
            insert(Doctor).values(
                id=doctor_id,
                user_id=user_id,
                full_name="Dr. Iyer",
                specialty="DIABETES",
                onboarding_qr_code=str(doctor_id),
            )
        )
    return doctor_id


def link(doctor_id: UUID, patient_id: UUID, *, is_active: bool) -> None:
    """Connect a patient with a doctor, behind the application's back."""
    row = {"doctor_id": doctor_id, "patient_id": patient_id, "is_active": is_active}
    with db.transaction() as connection:
        connection.execute(
            insert(DoctorPatientConnection).values(**row, doctor_type="REFERRING_DOCTOR")
        )


def test_the_duties_of_scores_are_on_the_clocks_list() -> None:
    assert {jobs.refresh_scores, jobs.count_doctors_patients, jobs.drop_old_scores} <= set(DUTIES)


def test_a_score_is_noted_at_the_patient_and_kept_with_what_it_is_made_of() -> None:
    # G = 100 - 243.6 / 16 = 84.775; (.50 * 84.775 + .15 * 100) / .65 = 88.2885
    patient_id = one_with_readings()
    jobs.refresh_scores(NOW)
    assert rows(KEPT) == [(pytest.approx(88.2885, abs=1e-4), NOW)]
    assert rows(SCORES) == [("2026-11-20", False, False)]
    with db.transaction() as connection:
        told = store.scores_of(connection, [patient_id])[patient_id]
    assert (told.score.band, told.inputs.readings) == (Band.ON_TRACK, 10)


def test_a_patient_of_whom_too_little_is_known_has_no_score_and_not_0() -> None:
    one_with_readings(4)
    jobs.refresh_scores(NOW)
    assert rows(KEPT) == [(None, NOW)]
    assert rows(SCORES) == [("2026-11-20", True, False)]


def test_a_score_is_taken_back_when_the_last_reading_is_too_old() -> None:
    one_with_readings()
    jobs.refresh_scores(NOW)
    jobs.refresh_scores(NOW + timedelta(days=4))
    assert rows(KEPT) == [(None, NOW + timedelta(days=4))]


def test_the_same_tick_again_changes_nothing() -> None:
    one_with_readings()
    jobs.refresh_scores(NOW)
    before = rows("SELECT xmin::text, health_score FROM patients")
    jobs.refresh_scores(NOW)
    jobs.refresh_scores(LATER - timedelta(seconds=1))
    assert rows("SELECT xmin::text, health_score FROM patients") == before


def test_six_hours_later_a_score_is_made_anew_and_a_day_keeps_one() -> None:
    patient_id = one_with_readings()
    jobs.refresh_scores(NOW)
    reading(patient_id, 50, NOW)
    jobs.refresh_scores(LATER)
    # 14:30 and 20:30 UTC are 20:00 and 02:00 in India.
    assert rows(KEPT) == [(59, LATER)]
    assert [day for day, *_ in rows(SCORES)] == ["2026-11-20", "2026-11-21"]
    jobs.refresh_scores(LATER + timedelta(hours=6))
    assert [day for day, *_ in rows(SCORES)] == ["2026-11-20", "2026-11-21"]


def test_a_clock_that_was_put_back_scores_all_the_same() -> None:
    one_with_readings()
    jobs.refresh_scores(NOW)
    jobs.refresh_scores(NOW - timedelta(days=1))
    assert rows(KEPT)[0][1] == NOW - timedelta(days=1)


def test_what_one_tick_leaves_the_next_ones_do(monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(7):
        one_with_readings(1)
    monkeypatch.setattr(jobs, "PATIENTS_AT_ONCE", 2)
    monkeypatch.setattr(jobs, "BATCHES", 2)
    scored = "SELECT count(*) FROM patients WHERE last_health_score_at IS NOT NULL"
    left = []
    for _ in range(3):
        jobs.refresh_scores(NOW)
        left.append(rows(scored)[0][0])
    assert left == [4, 7, 7]


def test_eight_clocks_at_once_count_missing_readings_once() -> None:
    for _ in range(5):
        one_with_readings(6)
    together = Barrier(8)

    def work() -> None:
        together.wait()
        jobs.refresh_scores(NOW)

    with ThreadPoolExecutor(8) as clocks:
        for done in [clocks.submit(work) for _ in range(8)]:
            done.result()
    jobs.refresh_scores(NOW)  # those whose row another one held at that moment
    assert rows(NOTED) == [(110.0, None, 6)] * 5
    assert rows("SELECT count(*) FROM health_scores") == [(5,)]


def test_a_patient_who_is_writing_is_scored_the_next_time() -> None:
    writing, other = one_with_readings(), one_with_readings()
    scored = "SELECT id FROM patients WHERE last_health_score_at IS NOT NULL"
    with db.transaction() as turn:
        people.lock_patient(turn, writing)
        jobs.refresh_scores(NOW)
        assert rows(scored) == [(other,)]
    jobs.refresh_scores(NOW)
    assert len(rows(scored)) == 2


def test_a_reading_that_comes_meanwhile_is_counted_once() -> None:
    patient_id = one_with_readings(10)
    with db.transaction() as connection:
        counts = count_for(connection, [patient_id], NOW)
        reading(patient_id, 120, NOW)
        with db.transaction() as turn:
            people.count_readings(turn, patient_id, 1)
        store.keep(connection, counts, NOW)
    assert rows("SELECT total_glucose_readings FROM patients") == [(11,)]


def test_averages_adherence_and_the_number_of_readings_are_put_right() -> None:
    patient_id = one_with_readings(3)
    medicine_id = medicine(patient_id, ["08:00"], since=ago(days=9))
    for days, status in enumerate(("TAKEN", "TAKEN_LATE", "MISSED", "SKIPPED"), start=1):
        dose(patient_id, medicine_id, status, ago(days=days))
    jobs.refresh_scores(NOW)
    assert rows(NOTED) == [(110.0, 50.0, 3)]
    change("DELETE FROM glucose_readings WHERE value = 110")
    change("DELETE FROM medication_logs")
    jobs.refresh_scores(LATER)
    assert rows(NOTED) == [(None, None, 0)]


def test_how_many_readings_there_are_in_all_is_counted_once_a_day() -> None:
    one_with_readings(3)
    jobs.refresh_scores(NOW - timedelta(hours=12))
    change("UPDATE patients SET total_glucose_readings = 99")
    jobs.refresh_scores(NOW - timedelta(hours=6))
    assert rows("SELECT total_glucose_readings FROM patients") == [(99,)]
    jobs.refresh_scores(LATER)  # it is past midnight in India
    assert rows("SELECT total_glucose_readings FROM patients") == [(3,)]


def test_an_import_notes_at_a_patient_what_the_refresh_finds() -> None:
    patient_id = one_with_readings(3)
    jobs.refresh_scores(NOW)
    file = [
        FileReading(at, 301.5, Unit.MG_DL, Source.MANUAL)
        for at in (ago(days=1), ago(days=30), ago(days=700))
    ]
    with db.transaction() as connection:
        import_readings(connection, patient_id, file, LATER)
    imported = rows(NOTED)
    assert imported == [((3 * 110 + 301.5) / 4, None, 6)]
    jobs.refresh_scores(LATER)
    assert rows(NOTED) == imported


def test_the_demo_has_what_the_refresh_finds() -> None:
    assert CliRunner().invoke(commands, ["seed"]).exit_code == 0
    before = rows(NOTED)
    assert before[0][2]
    jobs.refresh_scores(clock.now())
    assert rows(NOTED) == [pytest.approx(before[0], rel=1e-3)]


def test_doctors_patients_are_counted_every_six_hours() -> None:
    counts = "SELECT total_patients, active_patients FROM doctors ORDER BY total_patients"
    busy = doctor()
    doctor()
    link(busy, patient(), is_active=True)
    link(busy, patient(), is_active=False)
    jobs.count_doctors_patients(NOW)
    assert rows(counts) == [(0, 0), (2, 1)]
    change("UPDATE doctors SET total_patients = 7, active_patients = 7")
    jobs.count_doctors_patients(LATER - timedelta(seconds=1))
    assert rows(counts) == [(7, 7), (7, 7)]
    jobs.count_doctors_patients(LATER)
    assert rows(counts) == [(0, 0), (2, 1)]


def test_a_days_score_is_kept_for_a_quarter_of_a_year() -> None:
    one_with_readings()
    jobs.refresh_scores(NOW)
    for days, left in ((92, 1), (93, 0)):
        jobs.drop_old_scores(NOW + timedelta(days=days))
        assert rows("SELECT count(*) FROM health_scores") == [(left,)]


def test_a_score_goes_with_its_patient() -> None:
    patient_id = one_with_readings()
    jobs.refresh_scores(NOW)
    change("DELETE FROM patients WHERE id = :id", id=patient_id)
    assert rows("SELECT count(*) FROM health_scores") == [(0,)]
