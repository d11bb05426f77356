"""Number words: what is said and what it comes to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.parsing.folding import exact
from app.parsing.lexicon import atom, narrowed
from app.parsing.load import lexicon
from app.parsing.numbers import Composed, compose

ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def value(words: str) -> float | None:
    heard = narrowed(lexicon(), ("hi", "en"))
    atoms = [one for one in (atom(heard, exact(word)) for word in words.split()) if one]
    made = compose(atoms)
    assert len(atoms) == len(words.split()), words
    return made.values[0] if made and made.length == len(atoms) and len(made.values) == 1 else None


def english(number: int) -> str:
    if number < 20:
        return ONES[number]
    if number < 100:
        return TENS[number // 10 - 2] + (f" {ONES[number % 10]}" if number % 10 else "")
    rest = f" and {english(number % 100)}" if number % 100 else ""
    return f"{ONES[number // 100]} hundred{rest}"


def hindi_words() -> dict[int, str]:
    (words,) = narrowed(lexicon(), ("hi",)).words
    found: dict[int, str] = {}
    for key, one in words.atoms.items():
        if (
            one.kind in {"digit", "teens", "tens"}
            and len(one.values) == 1
            and "\u0900" <= key[0] <= "\u097f"
        ):
            found.setdefault(int(one.values[0]), key)
    return found


HINDI = hindi_words()


@given(st.integers(0, 999))
def test_every_english_number_comes_back(number: int) -> None:
    assert value(english(number)) == number
    assert value(english(number).replace(" and", "")) == number


@given(st.integers(0, 999))
def test_every_hindi_number_comes_back(number: int) -> None:
    hundreds, rest = divmod(number, 100)
    words = [f"{HINDI[hundreds]} सौ"] if hundreds else []
    words += [HINDI[rest]] if rest or not hundreds else []

    assert value(" ".join(words)) == number


def test_hindi_names_every_number_below_a_hundred() -> None:
    assert sorted(HINDI) == list(range(100))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("one eighty", 180),
        ("one eighty five", 185),
        ("two ten", 210),
        ("one oh five", 105),
        ("one five six", 156),
        ("hundred twenty", 120),
        ("six point five", 6.5),
        ("two thousand", 2000),
        ("सवा सौ", 125),
        ("सवा दो सौ", 225),
        ("डेढ़ सौ", 150),
        ("ढाई सौ", 250),
        ("साढ़े तीन सौ", 350),
        ("पौने दो सौ", 175),
        ("साढ़े सात", 7.5),
        ("पौने आठ", 7.75),
        ("सवा", 1.25),
        ("डेढ़", 1.5),
        ("ek sau adtalis", 148),
        ("sava sau", 125),
        ("dhai sau", 250),
        ("pandrah", 15),
    ],
)
def test_a_number_is_understood_as_people_say_it(words: str, expected: float) -> None:
    assert value(words) == expected


def test_more_than_three_digits_are_no_reading() -> None:
    atoms = [
        one for one in (atom(lexicon(), word) for word in ["one", "two", "three", "four"]) if one
    ]

    assert compose(atoms) == Composed(4, (-1.0,))


def test_nothing_composes_to_nothing() -> None:
    assert compose([]) is None
    assert atom(lexicon(), "xyzzy") is None
