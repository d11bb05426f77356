"""What one clause says of its neighbour, and hours and endings told in fewer words."""

from datetime import datetime

import pytest

from app.parsing.as_json import as_json
from app.parsing.load import lexicon
from app.parsing.meanings import (
    Dose,
    DoseStatus,
    Glucose,
    GlucoseDisplay,
    GlucoseState,
    Meal,
    Message,
    Symptoms,
)
from app.parsing.parse import parse

NOW = datetime.fromisoformat("2026-05-10T21:40:00+05:30")


def only(text: str, language: str) -> object:
    (meaning,) = parse(lexicon(), Message(text, NOW, language)).meanings
    return meaning


def foods_of(text: str, language: str) -> list[tuple[str, float | None]]:
    meal = only(text, language)
    assert isinstance(meal, Meal)
    return [(food.food, food.quantity) for food in meal.foods]


def test_a_meal_word_alone_names_the_foods_before_it() -> None:
    meal = only("2 idli, coffee. breakfast", "en")

    assert isinstance(meal, Meal)
    assert meal.meal_type == "BREAKFAST"


def test_a_meal_word_with_more_to_say_names_nothing_before_it() -> None:
    text = "2 idli and coffee. breakfast was late for my son"
    meal = parse(lexicon(), Message(text, NOW, "en")).meanings[0]

    assert isinstance(meal, Meal)
    assert meal.meal_type is None


@pytest.mark.parametrize(
    ("text", "language"),
    [("Sugar check chesanu. 178", "te"), ("dukane betha sugar mapyu, 178", "gu")],
)
def test_a_number_alone_answers_what_was_measured_before_it(text: str, language: str) -> None:
    reading = only(text, language)

    assert isinstance(reading, Glucose)
    assert reading.value_mg_dl == 178


def test_a_number_behind_a_medicine_that_was_bought_answers_nothing() -> None:
    assert parse(lexicon(), Message("sugar tablet bought. 178", NOW, "en")).meanings == ()


@pytest.mark.parametrize("text", ["khand 165 aavi", "ખાંડ 165 થઈ ગઈ"])
def test_the_sugar_that_is_eaten_names_a_reading_too(text: str) -> None:
    reading = only(text, "gu")

    assert isinstance(reading, Glucose)
    assert reading.value_mg_dl == 165


def test_a_few_spoons_of_sugar_are_food() -> None:
    assert foods_of("cha ma 2 chamchi khand nakhi pidhi", "gu") == [("tea", None), ("sugar", 2)]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("8.30ku 4 idly saptom", "ta"),
        ("எட்டு அரை மணிக்கு 4 இட்லி சாப்பிட்டேன்", "ta"),
        ("8.30ki 4 idli tinnam", "te"),
    ],
)
def test_an_hour_is_told_by_its_ending(text: str, language: str) -> None:
    meal = only(text, language)

    assert isinstance(meal, Meal)
    assert meal.consumed_at == NOW.replace(hour=20, minute=30)


@pytest.mark.parametrize("text", ["lunch saptu 2 mani nerathula 176", "lunch tini 2 gantalaki 176"])
def test_hours_behind_what_was_eaten_count_from_it(text: str) -> None:
    language = "ta" if "saptu" in text else "te"
    reading = only(text, language)

    assert isinstance(reading, Glucose)
    assert reading.state is GlucoseState.AFTER_LUNCH
    assert (
        as_json(parse(lexicon(), Message(text, NOW, language)))["meanings"][0]["recorded_at"]
        is None
    )


def test_hours_until_a_meal_are_none_since_it() -> None:
    reading = only("sugar 176, 2 mani nerathula saapiduven", "ta")

    assert isinstance(reading, Glucose)
    assert reading.state is None


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("tablet theernthuduchu, adhanala podala", DoseStatus.SKIPPED),
        ("tablet theernthuduchu. podala", DoseStatus.SKIPPED),
        ("tablet theernthuduchu, vaangi potten", DoseStatus.TAKEN),
    ],
)
def test_what_ran_out_was_taken_or_not_by_the_next_clause(text: str, status: DoseStatus) -> None:
    dose = only(text, "ta")

    assert isinstance(dose, Dose)
    assert dose.status is status


def test_what_ran_out_alone_is_no_dose() -> None:
    assert parse(lexicon(), Message("tablet theernthuduchu", NOW, "ta")).meanings == ()


def test_a_denied_verb_closes_its_clause() -> None:
    eaten = foods_of("bhaat na khadha, khali dal ne thodu shaak lidhu", "gu")

    assert eaten == [("dal", None), ("vegetable_curry", None)]


def test_an_amount_may_stand_behind_a_food_and_its_ending() -> None:
    assert foods_of("tarbuch ni 2 chir khadhi", "gu") == [("watermelon", 2)]


def test_a_number_is_of_the_food_before_one_that_comes_with_it() -> None:
    assert foods_of("pulka 2 perugu tho tinnanu", "te") == [("roti", 2), ("curd", None)]


def test_a_capital_inside_a_clause_quotes_the_meter() -> None:
    assert isinstance(only("glucometer Lo chupistundi", "te"), GlucoseDisplay)


@pytest.mark.parametrize("text", ["தாகமும் இருக்கு", "தாகமா இருக்கு", "தாகம் இருக்குங்கறாங்க"])
def test_an_ending_takes_the_place_of_a_silent_vowel(text: str) -> None:
    symptoms = only(text, "ta")

    assert isinstance(symptoms, Symptoms)


def test_a_name_in_native_script_may_differ_in_its_vowels() -> None:
    dose = only("గాల్వస్ వేసుకున్నాను", "te")

    assert isinstance(dose, Dose)
    assert dose.name == "vildagliptin"
