"""Endings written at words, and what else Bengali needs of the engine."""

from datetime import datetime

import pytest

from app.parsing.glued import ending_of, unglued
from app.parsing.lexicon import Atom, Lexicon, forms, narrowed
from app.parsing.load import lexicon
from app.parsing.meanings import Glucose, Message
from app.parsing.numbers import compose
from app.parsing.parse import parse
from app.parsing.pieces import medicine
from app.parsing.tokens import tokens

NOON = datetime.fromisoformat("2026-05-10T12:30:00+05:30")


@pytest.fixture
def bengali() -> Lexicon:
    return narrowed(lexicon(), ("bn", "en"))


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("আটটায়", ["আট", "টায়"]),
        ("attay", ["at", "tay"]),
        ("দেড়টায়", ["দেড়", "টায়"]),
        ("পারছেনা", ["পারছে", "না"]),
        ("parchena", ["parche", "na"]),
    ],
)
def test_an_ending_is_taken_off_a_number_word_and_off_a_verb(
    bengali: Lexicon, text: str, parts: list[str]
) -> None:
    cut = unglued(bengali, text, tokens(text))

    assert [text[token.start : token.end] for token in cut] == parts


@pytest.mark.parametrize("key", ["খাইনি", "khichuni", "betha", "jontrona", "teshta", "data", "atta"])
def test_no_ending_is_taken_off_a_word_that_is_known_as_a_whole(bengali: Lexicon, key: str) -> None:
    assert ending_of(bengali, key) == ""


def test_the_unwritten_vowel_is_written_as_the_language_writes_it(bengali: Lexicon) -> None:
    assert "দই" in {form.rstrip("*") for form in forms(bengali.words[0], "doii")}


def test_a_quarter_is_added_to_hundreds_that_are_one_word() -> None:
    plus, two_hundred = Atom("plus", (-0.25,)), Atom("hundreds", (200.0,))

    made = compose([plus, two_hundred])

    assert made is not None
    assert made.values == (175.0,)


def test_a_phrase_of_the_own_language_silences_what_it_would_be_in_english() -> None:
    said = parse(lexicon(), Message("sob thik ache", NOON, "bn"))

    assert [type(one).__name__ for one in said.meanings] == ["Asked"]


@pytest.mark.parametrize(
    ("text", "state"),
    [("khabar age 120", "BEFORE_LUNCH"), ("rater khabarer age 120", "BEFORE_DINNER")],
)
def test_before_a_meal_is_no_age(text: str, state: str) -> None:
    said = parse(lexicon(), Message(text, NOON, "bn"))

    assert [(o.value_mg_dl, o.state) for o in said.meanings if isinstance(o, Glucose)] == [
        (120, state)
    ]


def test_minutes_behind_a_counted_hour_are_no_reading() -> None:
    said = parse(lexicon(), Message("sokal 7 ta 30 e 121", NOON, "bn"))

    assert [o.value_mg_dl for o in said.meanings if isinstance(o, Glucose)] == [121]


def test_an_age_stays_an_age() -> None:
    assert parse(lexicon(), Message("amar age 62", NOON, "bn")).meanings == ()


def test_a_medicine_is_heard_as_the_language_folds_its_name(bengali: Lexicon) -> None:
    assert medicine(bengali, "নোভোর্যাপিড") == "insulin"
