"""Units of glucose: mg/dL everywhere inside, and the one place that converts. Pure."""

from enum import StrEnum

MG_DL_PER_MMOL_L = 18.0182
"""mg/dL in one mmol/L: the molar mass of glucose is 180.156 g/mol."""


class Unit(StrEnum):
    """The two units that meters show."""

    MG_DL = "mg/dL"
    MMOL_L = "mmol/L"


def to_mg_dl(value: float, unit: Unit) -> float:
    """Convert a value as the meter shows it into mg/dL, unrounded."""
    return value * MG_DL_PER_MMOL_L if unit is Unit.MMOL_L else value


def shown(value_mg_dl: float, unit: Unit) -> str:
    """Write a value as the person's meter would: whole mg/dL, or mmol/L with one decimal."""
    if unit is Unit.MMOL_L:
        return f"{value_mg_dl / MG_DL_PER_MMOL_L:.1f}"
    return f"{value_mg_dl:.0f}"
