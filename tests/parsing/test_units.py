"""Units: one conversion, and back."""

import pytest

from app.parsing.units import Unit, shown, to_mg_dl


@pytest.mark.parametrize(
    ("value_mg_dl", "unit", "text"), [(140.4, Unit.MG_DL, "140"), (104.5, Unit.MMOL_L, "5.8")]
)
def test_a_value_is_shown_as_the_meter_would(value_mg_dl: float, unit: Unit, text: str) -> None:
    assert shown(value_mg_dl, unit) == text


def test_only_mmol_is_converted() -> None:
    assert to_mg_dl(10, Unit.MMOL_L) == pytest.approx(180.182)
    assert to_mg_dl(140, Unit.MG_DL) == 140
