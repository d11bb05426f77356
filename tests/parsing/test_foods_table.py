"""The table of foods: every key of the contract, every fact with its source, nothing absurd."""

import tomllib
from typing import Any

import pytest

from app.parsing.food_keys import FOOD_KEYS
from app.parsing.load import LOCALES

TABLE: dict[str, dict[str, Any]] = tomllib.loads(
    (LOCALES / "foods.toml").read_text(encoding="utf-8")
)["foods"]
FACTS = {"energy_kcal", "carbohydrate_g", "fibre_g", "glycaemic"}
WEIGHED = {food: row for food, row in TABLE.items() if "per_100_g" in row}
PORTIONS = {
    "piece", "slice", "katori", "bowl", "plate", "glass", "cup", "spoon", "packet", "handful",
}  # fmt: skip
KCAL_PER_G_OF_CARBOHYDRATE = 4
LARGEST_KCAL = 600
"""A plate of pav bhaji has 561 kcal in its source; no usual portion has more."""


def test_the_table_has_the_keys_of_the_contract_in_its_order() -> None:
    assert tuple(TABLE) == FOOD_KEYS


@pytest.mark.parametrize("food", TABLE)
def test_a_row_has_a_portion_and_names_the_source_of_its_facts(food: str) -> None:
    row = TABLE[food]

    assert row["portion"] in PORTIONS
    assert bool(row.get("source")) is not FACTS.isdisjoint(row)
    assert row.get("glycaemic", "low") in {"low", "medium", "high"}
    assert ("GI: " in row.get("source", "")) is ("glycaemic" in row)
    assert set(row) <= FACTS | {"portion", "grams", "per_100_g", "source"}


@pytest.mark.parametrize("food", WEIGHED)
def test_the_facts_are_the_sources_values_times_the_portion(food: str) -> None:
    row = WEIGHED[food]
    energy_kcal, carbohydrate_g, fibre_g = row["per_100_g"]
    total = fibre_g if row["source"].startswith("USDA") else 0
    share = row["grams"] / 100

    assert row["energy_kcal"] == pytest.approx(energy_kcal * share, abs=0.51)
    assert row["carbohydrate_g"] == pytest.approx((carbohydrate_g - total) * share, abs=0.051)
    assert row["fibre_g"] == pytest.approx(fibre_g * share, abs=0.051)


@pytest.mark.parametrize("food", WEIGHED)
def test_the_energy_holds_that_of_the_carbohydrate(food: str) -> None:
    """A gram of carbohydrate has 4 kcal; tables round, and some acids and fibres have less: 0.8."""
    row = WEIGHED[food]

    least_kcal = row["carbohydrate_g"] * KCAL_PER_G_OF_CARBOHYDRATE * 0.8
    assert least_kcal <= row["energy_kcal"] <= LARGEST_KCAL
    assert row["carbohydrate_g"] + row["fibre_g"] <= row["grams"]


def test_a_dish_whose_source_counts_the_frying_oil_has_no_energy() -> None:
    fried = {food for food, row in TABLE.items() if "per portion" in row.get("source", "")}

    assert fried == {"bhatura", "kadhi", "burger", "gulab_jamun"}
    assert not any({"grams", "energy_kcal"} & TABLE[food].keys() for food in fried)
