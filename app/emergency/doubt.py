"""Values that are asked about: what each may mean, and what it is treated as meanwhile. Pure."""

from enum import StrEnum

from app.emergency import constants as c
from app.parsing.meanings import Display, Glucose, GlucoseDisplay, GlucoseDoubtful
from app.parsing.units import Unit, to_mg_dl

HIGHEST_MMOL_L = 34.0
"""mmol/L, excluded; with a mmol/L meter a number without a unit from here on is mg/dL (house)."""

Measured = Glucose | GlucoseDisplay | GlucoseDoubtful


class Doubt(StrEnum):
    """What to ask about a value."""

    VERY_LOW = "VERY_LOW"
    """LO, or below 40: treated at once, then confirmed."""
    LOW_EITHER_UNIT = "LOW_EITHER_UNIT"
    """No unit, 3.8 at most: a low in mg/dL as in mmol/L. Treated at once, then confirmed."""
    MMOL_OR_HBA1C = "MMOL_OR_HBA1C"
    """No unit, 3.9 to 19.9: mmol/L, an HbA1c or typed wrong; asked together with symptoms."""
    RETYPE = "RETYPE"
    """Higher than a meter shows; asked to write it again. Below 1000 mg/dL row P4 holds meanwhile,
    whose sentence asks to test again and names illness (house)."""
    TENTH = "TENTH"
    """1000 to 2000: may have lost its decimal point or won a digit."""
    OUT_OF_REACH = "OUT_OF_REACH"
    """0 or less, or over 2000: told what is accepted and asked again."""


def doubt_about(measured: Measured, unit: Unit = Unit.MG_DL) -> Doubt | None:
    """Say what to ask about a value; None for a plain reading, and for HI.

    Args:
        measured: What was said.
        unit: The person's meter.
    """
    if isinstance(measured, GlucoseDisplay):
        return Doubt.VERY_LOW if measured.display is Display.LO else None
    if isinstance(measured, Glucose):
        return _doubt_in_unit(measured.value_mg_dl, measured.value_mg_dl, Unit.MG_DL)
    return _doubt_as_said(measured, unit)


def treated_as_mg_dl(measured: Measured, unit: Unit = Unit.MG_DL) -> float | None:
    """Give the value, mg/dL, that triage takes until the doubt is cleared up.

    Returns:
        0 for LO, infinity for HI; None where only an answer can tell (3.9 to 19.9 without a unit,
        1000 and more, what is out of reach).
    """
    if isinstance(measured, GlucoseDisplay):
        return 0.0 if measured.display is Display.LO else float("inf")
    if isinstance(measured, Glucose):
        return measured.value_mg_dl if measured.value_mg_dl > 0 else None
    return _treated_as_said(measured, unit)


def _doubt_as_said(said: GlucoseDoubtful, meter: Unit) -> Doubt | None:
    unit = _unit_of(said, meter)
    if unit is None and said.value > 0:
        in_mmol_l = to_mg_dl(said.value, Unit.MMOL_L)
        return Doubt.LOW_EITHER_UNIT if in_mmol_l < c.LOW_BELOW else Doubt.MMOL_OR_HBA1C
    return _doubt_in_unit(said.value, to_mg_dl(said.value, unit or Unit.MG_DL), unit)


def _doubt_in_unit(value: float, value_mg_dl: float, unit: Unit | None) -> Doubt | None:
    if not 0 < value <= c.ACCEPTED_UP_TO:
        return Doubt.OUT_OF_REACH
    if value_mg_dl < c.CONFIRMED_BELOW:
        return Doubt.VERY_LOW
    if round(value_mg_dl) <= c.CRITICAL_HIGH_FROM:
        return None
    return Doubt.TENTH if unit is Unit.MG_DL and value >= c.TENTH_FROM else Doubt.RETYPE


def _treated_as_said(said: GlucoseDoubtful, meter: Unit) -> float | None:
    doubt = _doubt_as_said(said, meter)
    if doubt in {Doubt.MMOL_OR_HBA1C, Doubt.TENTH, Doubt.OUT_OF_REACH}:
        return None
    value_mg_dl = to_mg_dl(said.value, _unit_of(said, meter) or Unit.MMOL_L)
    return value_mg_dl if value_mg_dl < c.TENTH_FROM else None


def _unit_of(said: GlucoseDoubtful, meter: Unit) -> Unit | None:
    """Give the unit of a value: as said, or as the meter's range decides; None for either."""
    if said.unit is not None:
        return said.unit
    if meter is Unit.MMOL_L and said.value < HIGHEST_MMOL_L:
        return Unit.MMOL_L
    return None if said.value < c.DISPLAY_LO_BELOW else Unit.MG_DL
