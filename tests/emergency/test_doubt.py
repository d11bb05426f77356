"""Values in doubt, against the table "never silently reject a value"."""

import pytest

from app.emergency.doubt import Doubt, Measured, doubt_about, treated_as_mg_dl
from app.parsing.meanings import Display, Glucose, GlucoseDisplay, GlucoseDoubtful
from app.parsing.units import Unit

MMOL, MG = Unit.MMOL_L, Unit.MG_DL


@pytest.mark.parametrize(
    ("measured", "meter", "doubt"),
    [
        (GlucoseDisplay(Display.LO), MG, Doubt.VERY_LOW),
        (GlucoseDisplay(Display.HI), MG, None),
        (Glucose(20), MG, Doubt.VERY_LOW),
        (Glucose(39), MG, Doubt.VERY_LOW),
        (Glucose(40), MG, None),
        (Glucose(600), MG, None),
        (Glucose(33.3 * 18.0182), MMOL, None),
        (Glucose(-3), MG, Doubt.OUT_OF_REACH),
        (GlucoseDoubtful(1.1), MG, Doubt.LOW_EITHER_UNIT),
        (GlucoseDoubtful(3.8), MG, Doubt.LOW_EITHER_UNIT),
        (GlucoseDoubtful(3.9), MG, Doubt.MMOL_OR_HBA1C),
        (GlucoseDoubtful(7.2), MG, Doubt.MMOL_OR_HBA1C),
        (GlucoseDoubtful(19.9), MG, Doubt.MMOL_OR_HBA1C),
        (GlucoseDoubtful(0.4), MG, Doubt.LOW_EITHER_UNIT),
        (GlucoseDoubtful(15, MG), MG, Doubt.VERY_LOW),
        (GlucoseDoubtful(0.9, MMOL), MG, Doubt.VERY_LOW),
        (GlucoseDoubtful(0.9), MMOL, Doubt.VERY_LOW),
        (GlucoseDoubtful(601), MG, Doubt.RETYPE),
        (GlucoseDoubtful(999), MG, Doubt.RETYPE),
        (GlucoseDoubtful(1000), MG, Doubt.TENTH),
        (GlucoseDoubtful(2000), MG, Doubt.TENTH),
        (GlucoseDoubtful(2000.5), MG, Doubt.OUT_OF_REACH),
        (GlucoseDoubtful(0), MG, Doubt.OUT_OF_REACH),
        (GlucoseDoubtful(-5), MG, Doubt.OUT_OF_REACH),
        (GlucoseDoubtful(40, MMOL), MG, Doubt.RETYPE),
        (GlucoseDoubtful(120, MMOL), MG, Doubt.RETYPE),
        (GlucoseDoubtful(700), MMOL, Doubt.RETYPE),
        (GlucoseDoubtful(1400), MMOL, Doubt.TENTH),
        (GlucoseDoubtful(33.8), MMOL, Doubt.RETYPE),
    ],
)
def test_a_value_in_doubt_is_asked_about(
    measured: Measured, meter: Unit, doubt: Doubt | None
) -> None:
    assert doubt_about(measured, meter) is doubt


@pytest.mark.parametrize(
    ("measured", "meter", "value"),
    [
        (GlucoseDisplay(Display.LO), MG, 0),
        (GlucoseDisplay(Display.HI), MG, float("inf")),
        (Glucose(32), MG, 32),
        (Glucose(0), MG, None),
        (GlucoseDoubtful(2.9), MG, 2.9 * 18.0182),
        (GlucoseDoubtful(3.8), MG, 3.8 * 18.0182),
        (GlucoseDoubtful(3.9), MG, None),
        (GlucoseDoubtful(19.9), MG, None),
        (GlucoseDoubtful(15, MG), MG, 15),
        (GlucoseDoubtful(650), MG, 650),
        (GlucoseDoubtful(1200), MG, None),
        (GlucoseDoubtful(3000), MG, None),
        (GlucoseDoubtful(-1), MG, None),
        (GlucoseDoubtful(40, MMOL), MG, 40 * 18.0182),
        (GlucoseDoubtful(120, MMOL), MG, None),
    ],
)
def test_a_value_in_doubt_is_treated_as_the_danger_it_may_be(
    measured: Measured, meter: Unit, value: float | None
) -> None:
    assert treated_as_mg_dl(measured, meter) == pytest.approx(value)
