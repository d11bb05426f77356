"""Reading what is in food, and what it is called in each language: the files of meals."""

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from app.meals.foods import FoodFacts, FoodTable
from app.meals.names import first_name

LOCALES = Path(__file__).resolve().parents[2] / "locales"


@cache
def food_table() -> FoodTable:
    """Read the foods of the deployment, once."""
    return read(LOCALES)


def read(folder: Path) -> FoodTable:
    """Read the foods of a folder: the figures, and each language's names.

    A food is shown by the first name of its list, or by the one of `food_names.toml` where that
    would be a wrong one.
    """
    foods = _toml(folder / "foods.toml")["foods"]
    facts = {key: _facts(row) for key, row in foods.items()}
    languages = sorted(path.parent.name for path in folder.glob("*/foods.toml"))
    return FoodTable(
        facts,
        {code: _names(folder / code, "foods") for code in languages},
        {code: _names(folder / code, "portions") for code in languages},
    )


def _facts(row: dict[str, Any]) -> FoodFacts:
    return FoodFacts(row["portion"], row.get("carbohydrate_g"), row.get("energy_kcal"))


def _names(folder: Path, section: str) -> dict[str, str]:
    listed = _toml(folder / "foods.toml").get(section, {})
    shown = folder / "food_names.toml"
    preferred = _toml(shown).get(section, {}) if shown.exists() else {}
    return {**dict(_firsts(listed)), **preferred}


def _firsts(listed: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Take the first form of each list: a plain one, or that of the native forms."""
    for key, phrases in listed.items():
        forms = phrases.get("native", ()) if isinstance(phrases, dict) else phrases
        if forms:
            yield key, first_name(forms[0])


def _toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))
