"""Every red flag that a word list names is heard as itself, alone and in a sentence."""

import pytest

from app.parsing.load import lexicon
from app.parsing.meanings import Message, Symptoms
from app.parsing.parse import parse
from tests.parsing.red_flag_words import LANGUAGES, Said, said
from tests.parsing.speaking import RECEIVED_AT

LEAST_SAID = 1_300
"""Fewer sentences of a language say that its lists were not read."""


def is_heard(one: Said) -> bool:
    meanings = parse(lexicon(), Message(one.text, RECEIVED_AT, one.language)).meanings
    return any(isinstance(m, Symptoms) and one.flag in m.symptoms for m in meanings)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_red_flag_of_the_lists_is_heard_as_itself(language: str) -> None:
    every = list(said(language))

    assert [one for one in every if not is_heard(one)] == []
    assert len(every) > LEAST_SAID


@pytest.mark.parametrize(
    ("language", "text", "flag"),
    [
        ("gu", "મમ્મી બોલી શકતી નથી", "one_sided_weakness"),
        ("gu", "પપ્પા પાણી પણ પી શકતા નથી", "cannot_swallow"),
        ("mr", "आईला झटका आला", "seizure"),
        ("bn", "baba ajebaje kotha bolche", "confusion"),
    ],
)
def test_a_stem_of_two_letters_or_of_a_common_word_is_heard_in_its_phrase(
    language: str, text: str, flag: str
) -> None:
    assert is_heard(Said(language, flag, text, text))


@pytest.mark.parametrize(
    ("language", "text"), [("gu", "શકરટેટી ખાધી"), ("mr", "आला"), ("mr", "जडण घडण")]
)
def test_a_short_stem_claims_no_word_by_itself(language: str, text: str) -> None:
    meanings = parse(lexicon(), Message(text, RECEIVED_AT, language)).meanings

    assert not any(isinstance(one, Symptoms) for one in meanings)
