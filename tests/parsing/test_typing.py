"""Slips of the finger and habits of the keyboard that the word lists do not spell out."""

import pytest

from app.parsing.as_json import as_json
from app.parsing.load import lexicon
from app.parsing.meanings import Message
from app.parsing.parse import parse
from tests.parsing.speaking import RECEIVED_AT, heard_in


@pytest.mark.parametrize(
    ("language", "typed", "meant"),
    [
        ("en", "He has fainnted", "He has fainted"),
        ("en", "he cannnot swalllow annything", "he cannot swallow anything"),
        ("en", "sweeeet smell from his mouth", "sweet smell from his mouth"),
        ("en", "suggar one eigghty", "sugar one eighty"),
        ("hi", "पापा कुछ निगल नहिं पा रहे", "पापा कुछ निगल नहीं पा रहे"),
        ("mr", "श्वास घेता येत नाहीं", "श्वास घेता येत नाही"),
        ("hi", "मेरा कोड DOC-XY१२ZW", "मेरा कोड DOC-XY12ZW"),
        ("en", "sugar 58, took some sugar.", "sugar 58, took some sugar"),
        ("en", "sugar  1  8  0.", "sugar 1 8 0"),
    ],
)
def test_a_slip_of_the_finger_changes_nothing(language: str, typed: str, meant: str) -> None:
    heard, expected = (
        as_json(parse(lexicon(), Message(text, RECEIVED_AT, language)))["meanings"]
        for text in (typed, meant)
    )

    assert heard == expected != []


def test_a_spelling_of_twenty_and_of_twenty_two_is_asked_about() -> None:
    assert heard_in("hi", "do sau beees sugar") == [("doubtful", 220)]


@pytest.mark.parametrize("typed", ["feeling better soon", "my roll", "a teen"])
def test_a_short_word_is_not_taken_for_one_with_a_letter_less(typed: str) -> None:
    parsed = parse(lexicon(), Message(typed, RECEIVED_AT, "en"))

    assert (parsed.subject, parsed.meanings) == (None, ())
