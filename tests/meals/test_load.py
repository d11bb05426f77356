"""The names that foods are shown by, in every language."""

import pytest

from app.meals.load import food_table


@pytest.mark.parametrize("language", sorted(food_table().portions))
def test_nothing_is_shown_in_the_notation_of_the_word_lists(language: str) -> None:
    table = food_table()
    shown = {table.name(food, language) for food in table.facts}
    shown |= set(table.portions[language].values())

    assert not [name for name in shown if not set(name).isdisjoint("*|?")]
