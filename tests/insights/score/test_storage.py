"""Scores are the same wherever readings lie."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.insights.score import jobs
from tests.insights.score.days import NOW, ago, inputs, plain_readings, reading
from tests.reminders.patients import patient
from tests.web.calls import rows


@pytest.mark.usefixtures("any_settings")
def test_a_score_is_counted_over_weeks_of_readings() -> None:
    patient_id = patient()
    plain_readings(patient_id, 9)
    for days in (8, 16, 29, 31, 400):
        reading(patient_id, 60, ago(days=days))
    # Ten in 14 days: one low; G = 100 - (243.6 + 240) / 16 = 69.775
    # (.50 * 69.775 + .15 * 100) / .65 = 76.75
    found = inputs(patient_id)
    assert (found.window_days, found.readings, found.lows) == (14, 10, 1)
    jobs.refresh_scores(NOW)
    kept = "SELECT health_score, avg_glucose_last_30_days, total_glucose_readings FROM patients"
    # (9 * 110 + 3 * 60) / 12 = 97.5
    assert rows(kept) == [(pytest.approx(76.75), pytest.approx(97.5), 14)]
    assert inputs(patient_id, NOW + timedelta(days=7)).window_days == 30
