"""What is in food, by its usual portion, and what food is called. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from app.parsing.meanings import Food

PIECE = "piece"
"""The portion that needs no word of its own: "2 roti"."""
ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class FoodFacts:
    """What `locales/foods.toml` says of a food; a figure without a source is None.

    Attributes:
        portion: What the food is counted in.
        carbohydrate_g: In one usual portion, fibre not counted.
        energy_kcal: In one usual portion.
    """

    portion: str
    carbohydrate_g: float | None = None
    energy_kcal: float | None = None


@dataclass(frozen=True, slots=True)
class FoodTable:
    """Every food there is.

    Attributes:
        facts: By key.
        names: By language and key, as it is shown.
        portions: By language and kind of portion, as it is shown.
    """

    facts: Mapping[str, FoodFacts] = field(default_factory=dict)
    names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    portions: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def name(self, food: str, language: str) -> str:
        """Name a food in a language, or in English where the language has no name for it."""
        known = self.names.get(language, {}).get(food) or self.names.get(ENGLISH, {}).get(food)
        return known or food.replace("_", " ")

    def counted(self, food: str, language: str) -> str:
        """Name a food with what it is counted in: "roti", "katori dal"."""
        facts = self.facts.get(food)
        portion = facts.portion if facts else PIECE
        word = "" if portion == PIECE else self.portions.get(language, {}).get(portion, "")
        return f"{word} {self.name(food, language)}".strip()

    def listed(self, foods: Iterable[Food], language: str) -> str:
        """Name foods in one line, each with how much of it was told."""
        return ", ".join(self._told(food, language) for food in foods)

    def _told(self, food: Food, language: str) -> str:
        if food.quantity is None:
            return self.name(food.food, language)
        return f"{food.quantity:g} {self.counted(food.food, language)}"

    def carbohydrate_g(self, food: Food) -> float | None:
        """Give the carbohydrate of a food eaten, one portion where none was told."""
        facts = self.facts.get(food.food)
        return _times(facts.carbohydrate_g if facts else None, food)

    def energy_kcal(self, foods: Iterable[Food]) -> float | None:
        """Give the energy of a meal; None where one food has no figure, or there is none."""
        figures = [
            _times(self.facts[food.food].energy_kcal if food.food in self.facts else None, food)
            for food in foods
        ]
        known = [figure for figure in figures if figure is not None]
        return sum(known) if known and len(known) == len(figures) else None


def _times(figure: float | None, food: Food) -> float | None:
    quantity = 1.0 if food.quantity is None else food.quantity
    return None if figure is None else figure * quantity
