"""The fixed sentences, held against what must never be said."""

import pytest

from app.emergency import texts
from app.text import Text

ALL = {name: one for name, one in vars(texts).items() if isinstance(one, Text)} | {
    "fast_sugar": texts.fast_sugar("15-20", 4),
    "pure_glucose": texts.pure_glucose("15-20", 4),
    "glucose_or_sugar": texts.glucose_or_sugar("15", 3),
}
NEVER = [
    "stop your medicine",
    "stop taking",
    "you are fine",
    "you are safe",
    "you are ok",
    "do not worry",
    "nothing to worry",
    "units",
    "double",
    "more insulin",
    "extra insulin",
    "take insulin",
    "increase",
    "reduce",
    "skip a dose",
    "skip your",
    "drive to",
    "drive yourself",
    "go to sleep",
    "sleep it off",
    "you are having",
    "heart attack",
    "stroke",
    "ketoacidosis",
    "coma",
    "honey",
]
FOR_THE_UNCONSCIOUS = [
    texts.UNCONSCIOUS,
    texts.STILL_GO_NOW,
    texts.DANGER_SIGNS,
    texts.HOSPITAL_NOW,
    texts.INSULIN_ONLY,
    texts.TEST_ONLY,
]


@pytest.mark.parametrize("one", ALL.values(), ids=ALL.keys())
def test_no_sentence_says_what_must_never_be_said(one: Text) -> None:
    said = one.msgid.lower()
    assert [words for words in NEVER if words in said] == []


@pytest.mark.parametrize("one", ALL.values(), ids=ALL.keys())
def test_a_sentence_is_short_and_in_ascii(one: Text) -> None:
    filled = one.msgid.format(**dict(one.params))
    assert len(filled) < 350
    assert filled.isascii()


@pytest.mark.parametrize("one", FOR_THE_UNCONSCIOUS)
def test_who_is_not_awake_is_given_nothing(one: Text) -> None:
    said = one.msgid.lower()
    assert not any(words in said for words in ("drink", "eat ", "teaspoon", "sugar in"))


@pytest.mark.parametrize(
    "one",
    [
        texts.UNCONSCIOUS,
        texts.DANGER_SIGNS,
        texts.HOSPITAL_NOW,
        texts.NO_BETTER_LOW,
        texts.STILL_GO_NOW,
    ],
)
def test_the_gravest_sentences_name_the_number_to_call(one: Text) -> None:
    assert "112" in one.msgid


def test_on_an_alpha_glucosidase_inhibitor_only_glucose_is_named() -> None:
    said = texts.pure_glucose("15", 3).msgid.lower()
    assert "pure glucose" in said
    assert "juice" not in said
    assert "sugar" not in said


def test_chocolate_is_named_only_as_too_slow() -> None:
    naming = [one for one in ALL.values() if "hocolate" in one.msgid]
    assert naming == [texts.NOT_FIRST]
