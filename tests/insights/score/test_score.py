"""The formula of the health score, on examples worked out by hand from the clinical rules.

p_k = 100 (n_k + 6 prior_k) / (n + 6)      G = 100 - (3.0 p_<54 + 2.4 p_54-69 + 1.6 p_>250
+ 0.8 p_181-250); without any such reading the sum is 100 · 6 · (3.0 · .01 + 2.4 · .03
+ 1.6 · .08 + 0.8 · .22) / (n + 6) = 100 · 6 · .406 / (n + 6) = 243.6 / (n + 6)
each reading under 54 adds 300 / (n + 6), of 54 to 69 240, over 250 160, of 181 to 250 80
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.insights.score.inputs import Inputs
from app.insights.score.score import Band, Cap, Reason, band_of, score

NOW = datetime(2026, 11, 20, 14, 30, tzinfo=UTC)
GOOD = Inputs(NOW, readings=24, last_reading_at=NOW - timedelta(hours=3))
"""24 readings of 70 to 180: G = 100 - 243.6 / 30 = 91.88, S = 100."""
WITH_DOSES = replace(GOOD, has_plan=True, doses_due=28, taken=28)
"""M = 100 · (28 + 4) / (28 + 5) = 96.9697."""


def value(inputs: Inputs) -> float:
    worked_out = score(inputs).value
    assert worked_out is not None
    return worked_out


def test_with_all_in_range_and_every_dose_taken_a_person_is_on_track() -> None:
    # (.50 · 91.88 + .25 · 96.9697 + .15 · 100) / .90 = (45.94 + 24.2424 + 15) / .90 = 94.6471
    whole = score(WITH_DOSES)
    assert whole.value == pytest.approx(94.6471, abs=1e-4)
    assert (whole.band, whole.is_provisional, whole.caps) == (Band.ON_TRACK, False, ())


def test_without_medicines_their_share_falls_to_the_rest() -> None:
    # (.50 · 91.88 + .15 · 100) / .65 = 60.94 / .65 = 93.7538
    whole = score(GOOD)
    assert whole.value == pytest.approx(93.7538, abs=1e-4)
    assert whole.parts is not None
    assert (whole.parts.medicines, whole.parts.tests) == (None, None)


def test_two_mild_lows_leave_a_person_on_watch() -> None:
    # G = 100 - (243.6 + 2 · 240) / 30 = 100 - 24.12 = 75.88; M: 20 of 28 taken: 100 · 24 / 33
    # = 72.7273; (.50 · 75.88 + .25 · 72.7273 + .15 · 100) / .90 = 71.1218 / .90 = 79.0242
    inputs = replace(WITH_DOSES, from_54_to_70=2, taken=20)
    assert value(inputs) == pytest.approx(79.0242, abs=1e-4)
    assert (score(inputs).band, inputs.lows) == (Band.WATCH, 2)


def test_one_low_of_level_2_within_seven_days_caps_a_score_at_59() -> None:
    # G = 100 - (243.6 + 300) / 30 = 81.88; S = 75
    # (40.94 + 24.2424 + 11.25) / .90 = 76.4324 / .90 = 84.9249, capped
    inputs = replace(WITH_DOSES, below_54=1, level_2=1)
    assert value(inputs) == pytest.approx(84.9249, abs=1e-4)
    capped = score(replace(inputs, below_54_lately=1))
    assert (capped.value, capped.band, capped.caps) == (59, Band.AT_RISK, (Cap.BELOW_54,))


def test_a_low_of_level_3_within_seven_days_caps_a_score_at_39() -> None:
    # S = 40: (45.94 + 24.2424 + 6) / .90 = 76.1824 / .90 = 84.6471, capped
    inputs = replace(WITH_DOSES, level_3=1)
    assert value(inputs) == pytest.approx(84.6471, abs=1e-4)
    capped = score(replace(inputs, level_3_lately=1))
    assert (capped.value, capped.band) == (39, Band.NEEDS_ATTENTION)


def test_a_critical_event_that_is_not_over_caps_a_score_at_39() -> None:
    capped = score(replace(WITH_DOSES, critical_lately=1))
    assert (capped.value, capped.caps) == (39, (Cap.CRITICAL_OPEN,))


def test_a_second_reading_of_300_within_seven_days_caps_a_score_at_59() -> None:
    # One: G = 100 - (243.6 + 160) / 30 = 86.5467, S = 85
    # (43.2733 + 24.2424 + 12.75) / .90 = 80.2658 / .90 = 89.1842
    one = replace(WITH_DOSES, above_250=1, from_300=1, from_300_lately=1)
    assert value(one) == pytest.approx(89.1842, abs=1e-4)
    assert value(replace(one, above_250=2, from_300=2, from_300_lately=2)) == 59


def test_what_caps_a_score_does_not_raise_a_lower_one() -> None:
    # G: 243.6 + 20 · 300 over 30 is more than 100: 0; S = 0; M = 100 · 4 / 33 = 12.1212
    # .25 · 12.1212 / .90 = 3.3670
    inputs = replace(WITH_DOSES, below_54=20, level_2=20, below_54_lately=20, taken=0)
    assert value(inputs) == pytest.approx(3.3670, abs=1e-4)
    assert score(inputs).band is Band.NEEDS_ATTENTION


def test_readings_of_181_to_250_weigh_least() -> None:
    # G = 100 - (243.6 + 6 · 80) / 30 = 75.88; (.50 · 75.88 + 15) / .65 = 81.4462
    assert value(replace(GOOD, above_180_to_250=6)) == pytest.approx(81.4462, abs=1e-4)


def test_a_dose_taken_late_counts_three_quarters() -> None:
    # M = 100 · (10 + .75 · 4 + 4) / (20 + 5) = 68
    parts = score(replace(WITH_DOSES, doses_due=20, taken=10, taken_late=4)).parts
    assert parts is not None
    assert parts.medicines == pytest.approx(68)


def test_of_a_medicine_of_which_nothing_was_due_yet_four_in_five_are_thought() -> None:
    parts = score(replace(GOOD, has_plan=True)).parts
    assert parts is not None
    assert parts.medicines == 80


def test_tests_done_of_those_planned_are_a_tenth_of_the_score() -> None:
    # (45.94 + 24.2424 + 15 + .10 · 75) / 1 = 92.6824; more tests than planned are not more than all
    inputs = replace(WITH_DOSES, tests_planned=8, tests_done=6)
    assert value(inputs) == pytest.approx(92.6824, abs=1e-4)
    assert value(replace(inputs, tests_done=9)) == pytest.approx(95.1824, abs=1e-4)


def test_four_readings_are_not_enough_and_five_are_provisional() -> None:
    few = score(replace(GOOD, readings=4))
    assert (few.value, few.band, few.reasons) == (None, Band.UNKNOWN, (Reason.TOO_FEW,))
    # G = 100 - 243.6 / 11 = 77.8545; (.50 · 77.8545 + 15) / .65 = 82.9650
    five = score(replace(GOOD, readings=5))
    assert five.value == pytest.approx(82.9650, abs=1e-4)
    assert five.is_provisional
    assert score(replace(GOOD, readings=9)).is_provisional
    assert not score(replace(GOOD, readings=10)).is_provisional


def test_nothing_measured_at_all_is_no_score() -> None:
    assert score(Inputs(NOW)).reasons == (Reason.TOO_FEW,)


def test_a_reading_of_exactly_seven_days_ago_is_not_too_old() -> None:
    week_ago = NOW - timedelta(days=7)
    assert score(replace(GOOD, last_reading_at=week_ago)).value is not None
    old = score(replace(GOOD, last_reading_at=week_ago - timedelta(seconds=1)))
    assert (old.value, old.band, old.reasons) == (None, Band.UNKNOWN, (Reason.TOO_OLD,))


@pytest.mark.parametrize(
    ("value", "band"),
    [
        (100, Band.ON_TRACK),
        (80, Band.ON_TRACK),
        (79.99, Band.WATCH),
        (60, Band.WATCH),
        (59.99, Band.AT_RISK),
        (40, Band.AT_RISK),
        (39.99, Band.NEEDS_ATTENTION),
        (0, Band.NEEDS_ATTENTION),
        (None, Band.UNKNOWN),
    ],
)
def test_bands_are_half_open(value: float | None, band: Band) -> None:
    assert band_of(value) is band


def counts(most: int = 60) -> st.SearchStrategy[int]:
    return st.integers(0, most)


@st.composite
def patients(draw: st.DrawFn) -> Inputs:
    """Draw counts that one patient can have."""
    below_54, from_54, above_180, above_250, in_range = (draw(counts()) for _ in range(5))
    doses = [draw(counts()) for _ in range(3)]
    last = draw(st.timedeltas(timedelta(), timedelta(days=30)))
    return Inputs(
        at=NOW,
        readings=below_54 + from_54 + above_180 + above_250 + in_range,
        last_reading_at=NOW - last,
        below_54=below_54,
        from_54_to_70=from_54,
        above_180_to_250=above_180,
        above_250=above_250,
        from_300=draw(counts(above_250)),
        level_2=draw(counts(below_54)),
        level_3=draw(counts(3)),
        has_plan=draw(st.booleans()),
        doses_due=sum(doses),
        taken=doses[0],
        taken_late=doses[1],
        tests_planned=draw(counts(30)),
        tests_done=draw(counts(40)),
        below_54_lately=draw(counts(below_54)),
        from_300_lately=draw(counts(2)),
        level_3_lately=draw(counts(1)),
        critical_lately=draw(counts(1)),
    )


@given(patients())
def test_a_score_is_none_or_0_to_100_and_its_band_is_that_of_its_value(inputs: Inputs) -> None:
    whole = score(inputs)
    assert whole.value is None or 0 <= whole.value <= 100
    assert (whole.value is None) == (whole.band is Band.UNKNOWN) == bool(whole.reasons)
    assert whole.band is band_of(whole.value)


@given(patients(), st.sampled_from(["below_54", "from_54_to_70"]))
def test_one_more_low_never_raises_a_score(inputs: Inputs, kind: str) -> None:
    more = replace(
        inputs,
        **{kind: getattr(inputs, kind) + 1},
        readings=inputs.readings + 1,
        level_2=inputs.level_2 + (kind == "below_54"),
        below_54_lately=inputs.below_54_lately + (kind == "below_54"),
    )
    before, after = score(inputs).value, score(more).value
    assert before is None or (after is not None and after <= before + 1e-9)


@given(patients())
def test_a_dose_more_taken_never_lowers_a_score(inputs: Inputs) -> None:
    more = replace(inputs, taken=inputs.taken + 1, doses_due=inputs.doses_due + 1)
    before, after = score(inputs).value, score(more).value
    assert before is None or (after is not None and after >= before - 1e-9)


@given(patients())
def test_what_a_score_is_made_of_is_read_back_as_it_was_kept(inputs: Inputs) -> None:
    assert Inputs.from_json(inputs.to_json()) == inputs
