"""A number that an unknown word names, ends or presumes: a reading, asked about, or none."""

from datetime import datetime

import pytest

from app.parsing.load import lexicon
from app.parsing.meanings import Glucose, GlucoseDoubtful, GlucoseState, Message
from app.parsing.parse import parse

NOW = datetime.fromisoformat("2026-05-10T10:30:00+05:30")


def numbers(text: str, language: str) -> list[tuple[str, float]]:
    """Readings by "is" and doubtful numbers by "may be", each with its number."""
    meanings = parse(lexicon(), Message(text, NOW, language)).meanings
    read = [("is", one.value_mg_dl) for one in meanings if isinstance(one, Glucose)]
    return read + [("may be", one.value) for one in meanings if isinstance(one, GlucoseDoubtful)]


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("sugar 140 stapler 200", "en", 140),
        ("fasting 110 chairs 140", "en", 110),
        ("fasting 110 kursi 140", "hi", 110),
        ("शुगर 140 कुर्सी 210", "hi", 140),
    ],
)
def test_a_second_number_that_an_unknown_word_names_is_no_reading(
    text: str, language: str, value: float
) -> None:
    assert numbers(text, language) == [("is", value)]


def test_a_low_value_behind_an_unknown_word_is_not_lost() -> None:
    assert numbers("sugar 140 xyzzy 45", "en") == [("is", 140), ("is", 45)]


def test_two_readings_with_known_words_between_are_two() -> None:
    assert numbers("sugar subah 140 raat ko 200", "hi") == [("is", 140), ("is", 200)]


@pytest.mark.parametrize(
    ("text", "value"),
    [("sakhar sava doneshe ali", 225), ("sakhar doneshe pannas ali", 250), ("sugar tineshe", 300)],
)
def test_a_hundred_is_told_with_a_linking_vowel(text: str, value: float) -> None:
    assert numbers(text, "mr") == [("is", value)]


@pytest.mark.parametrize(
    ("text", "language"),
    [("sakhar xyzshe pannas ali", "mr"), ("sugar xyzzo pachas hai", "hi")],
)
def test_a_small_number_in_words_behind_an_unknown_one_is_asked_about(
    text: str, language: str
) -> None:
    assert numbers(text, language) == [("may be", 50)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("sugar 710 asel", [("may be", 710)]),
        ("sugar 140 asel", []),
        ("sugar 710 asel tar kay karave", []),
    ],
)
def test_only_a_presumed_value_that_no_meter_shows_is_asked_about(
    text: str, told: list[tuple[str, float]]
) -> None:
    assert numbers(text, "mr") == told


def test_the_food_of_a_meal_stands_between_after_and_the_meal() -> None:
    (reading,) = parse(lexicon(), Message("2 hr after dosa breakfast its 189", NOW, "en")).meanings

    assert isinstance(reading, Glucose)
    assert reading.state is GlucoseState.AFTER_BREAKFAST
