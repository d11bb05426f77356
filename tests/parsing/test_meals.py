"""Meals: what counts as eaten, how much, which meal and when; single rules beside the corpora."""

from datetime import datetime

import pytest

from app.parsing.lexicon import Words
from app.parsing.load import lexicon
from app.parsing.meanings import Food, Glucose, Meal, Message
from app.parsing.parse import parse
from app.parsing.units import Unit

AT_TWO = datetime.fromisoformat("2026-05-10T14:00:00+05:30")


def heard(text: str, language: str = "en", unit: Unit = Unit.MG_DL) -> list[Meal]:
    found = parse(lexicon(), Message(text, AT_TWO, language, unit)).meanings
    return [one for one in found if isinstance(one, Meal)]


def readings(text: str, language: str = "en", unit: Unit = Unit.MG_DL) -> list[float]:
    found = parse(lexicon(), Message(text, AT_TWO, language, unit)).meanings
    return [one.value_mg_dl for one in found if isinstance(one, Glucose)]


def test_a_meal_stands_where_its_first_word_stands() -> None:
    (meal,) = heard("today lunch was 2 rotis")

    assert meal.spans == ((6, 11), (18, 23))
    assert meal.rules == ("meal", "meal-word")


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("2 rotis", 2),
        ("two rotis", 2),
        ("roti 2", 2),
        ("roti - 2", 2),
        ("2 small rotis", 2),
        ("2 soft rotis", 2),
        ("a roti", 1),
        ("rotis", None),
        ("some roti", None),
        ("half roti", 0.5),
        ("1/2 roti", 0.5),
        ("1/4 roti", 0.25),
        ("½ roti", 0.5),
        ("1.5 roti", 1.5),
        ("one and a half rotis", 1.5),
        ("2 and half rotis", 2.5),
        ("2,3 roti", None),
        ("2-3 roti", None),
        ("2 to 3 roti", None),
        ("100 g roti", None),
    ],
)
def test_an_amount_is_read_before_and_behind_the_food(text: str, quantity: float | None) -> None:
    (meal,) = heard(text)

    assert meal.foods == (Food("roti", quantity),)


@pytest.mark.parametrize(
    ("text", "foods"),
    [
        ("roti 2 dal 1", [("roti", 2), ("dal", 1)]),
        ("2 roti 1 dal", [("roti", 2), ("dal", 1)]),
        ("dal 2 roti", [("dal", None), ("roti", 2)]),
        ("rice, dal 1 bowl", [("rice", None), ("dal", 1)]),
    ],
)
def test_a_number_between_two_foods_has_one_owner(
    text: str, foods: list[tuple[str, float | None]]
) -> None:
    (meal,) = heard(text)

    assert [(one.food, one.quantity) for one in meal.foods] == foods


@pytest.mark.parametrize("text", ["sugar 140, roti 2", "sugar 140 roti khayi", "roti 2, sugar 140"])
def test_a_reading_beside_food_is_never_lost(text: str) -> None:
    assert readings(text, "hi") == [140]
    assert len(heard(text, "hi")) == 1


@pytest.mark.parametrize(
    "text", ["roti 7", "7 rotis", "rice 140", "140 ml milk", "2 eggs, 3 idlis"]
)
def test_a_count_of_food_is_no_reading_on_any_meter(text: str) -> None:
    assert readings(text) == []
    assert readings(text, unit=Unit.MMOL_L) == []


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("breakfast 2 idli, lunch rice", ["BREAKFAST", "LUNCH"]),
        ("2 idli and tea for breakfast", ["BREAKFAST"]),
        ("2 eggs. Lunch was rice", [None, "LUNCH"]),
        ("lunch rice, lunch dal", ["LUNCH"]),
        ("evening tiffin was dosa", ["SNACK"]),
        ("in the evening dosa", [None]),
        ("after dinner ate 2 sweets", [None]),
    ],
)
def test_a_meal_word_names_the_meal_and_another_begins_another(
    text: str, kinds: list[str | None]
) -> None:
    assert [meal.meal_type for meal in heard(text)] == kinds


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("dinner at 8, 2 rotis", "2026-05-09T20:00:00+05:30"),
        ("lunch at 1, rice", "2026-05-10T13:00:00+05:30"),
        ("breakfast at 7:30 was poha", "2026-05-10T07:30:00+05:30"),
        ("2 rotis at 1 pm", "2026-05-10T13:00:00+05:30"),
        ("an hour ago ate an apple", "2026-05-10T13:00:00+05:30"),
        ("lunch was rice", None),
        ("ate rice now", None),
    ],
)
def test_the_clock_of_a_meal_is_meant_in_its_half_of_the_day(text: str, at: str | None) -> None:
    (meal,) = heard(text)

    assert meal.consumed_at == (datetime.fromisoformat(at) if at else None)


@pytest.mark.parametrize(
    "text",
    [
        "lunch",
        "did you eat rice",
        "rice or roti?",
        "should I eat rice",
        "let me eat rice",
        "forgot lunch",
        "sugar 140 before lunch",
        "lunch 140",
    ],
)
def test_what_nobody_tells_as_eaten_is_no_meal(text: str) -> None:
    assert heard(text) == []


@pytest.mark.parametrize("text", ["chapathies 2", "2 chappathees", "samossa 2", "parantthas 2"])
def test_a_name_nearly_spelled_right_is_understood(text: str) -> None:
    (meal,) = heard(text)

    assert meal.foods[0].quantity == 2


@pytest.mark.parametrize("text", ["the chapter was good", "patience please", "kitchen is closed"])
def test_an_ordinary_word_is_no_misspelled_food(text: str) -> None:
    assert heard(text) == []


def test_more_foods_than_a_person_eats_are_survived() -> None:
    (meal,) = heard("roti " * 500)

    assert len(meal.foods) == 40


@pytest.mark.parametrize("words", lexicon().words, ids=lambda words: words.locale.code)
def test_no_word_for_blood_sugar_is_a_food_of_its_own(words: Words) -> None:
    """It would make a count of every reading behind which it stands."""
    foods = [key for key, food in words.foods.items() if food == "foods.sugar"]

    assert not [key for key in foods if "words.sugar" in words.phrases[key][""].concepts]
