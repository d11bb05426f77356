"""Whether words are of food or of a tablet, where the verb is the same."""

import pytest

from app.parsing.load import lexicon
from app.parsing.of_food import has_verb_of_eating, names_a_test, names_food


@pytest.mark.parametrize(
    ("said", "is_food"),
    [
        ("did not eat breakfast", True),
        ("khana nahi khaya", True),
        ("chai nahi pi", True),
        ("ভাত খাইনি", True),
        ("nahi khayi", False),
        ("not taken with food", False),
        ("not taken after breakfast", False),
        ("khane ke baad nahi li", False),
        ("khana kha ke li", False),
        ("2", False),
        ("", False),
    ],
)
def test_a_food_is_named_unless_it_tells_a_time(said: str, is_food: bool) -> None:
    assert names_food(lexicon(), said) is is_food


@pytest.mark.parametrize(
    ("said", "is_eaten"),
    [
        ("did not eat", True),
        ("nahi khaya", True),
        ("తినలేదు", True),
        ("nahi li", False),
        ("જમ્યા પછી નથી લીધી", False),
    ],
)
def test_a_verb_is_of_eating_unless_it_tells_a_time(said: str, is_eaten: bool) -> None:
    assert has_verb_of_eating(lexicon(), said) is is_eaten


@pytest.mark.parametrize(
    ("said", "is_test"),
    [
        ("naap liya", True),
        ("test done", True),
        ("sugar check ki", True),
        ("le li", False),
        ("took it", False),
    ],
)
def test_measuring_is_no_dose(said: str, is_test: bool) -> None:
    assert names_a_test(lexicon(), said) is is_test
