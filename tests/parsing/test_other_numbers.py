"""A number of something else is no reading, alone or beside one."""

import tomllib
from functools import cache

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from tests.parsing.corpus import CORPUS
from tests.parsing.speaking import heard_in

FOLDER = CORPUS / "other_numbers"
LANGUAGES = ("bn", "en", "gu", "hi", "mr", "ta", "te")
LEAST_OF_A_SCRIPT = 35
READINGS = {
    "en": ("sugar {}", "my blood sugar is {}", "meter shows {}", "fasting sugar {}"),
    "hi": ("sugar {} hai", "शुगर {} है", "meter me {} aaya", "khali pet sugar {}"),
    "mr": ("sugar {} aahe", "साखर {} आहे", "shugar {} aali", "उपाशी पोटी साखर {}"),
    "gu": ("sugar {} che", "સુગર {} છે", "mitar ma {} aavyu", "ભૂખ્યા પેટે સુગર {}"),
    "bn": ("sugar {}", "সুগার {} এসেছে", "sugar {} eseche", "খালি পেটে সুগার {}"),
    "ta": ("sugar {}", "சர்க்கரை {} இருக்கு", "sugar {} irukku", "வெறும் வயிற்றில் சர்க்கரை {}"),
    "te": ("sugar {}", "షుగర్ {} ఉంది", "sugar {} undi", "పరగడుపున షుగర్ {}"),
}
JOINS = (", ", ". ", "\n", "; ", " ")
SUGAR = 233
_NUMBER = regex.compile(r"\d+(?: \d+)*")


@cache
def others(language: str) -> tuple[str, ...]:
    text = (FOLDER / f"{language}.toml").read_text(encoding="utf-8")
    return tuple(tomllib.loads(text)["messages"])


ALL = [(language, message) for language in LANGUAGES for message in others(language)]


@pytest.mark.parametrize(("language", "message"), ALL)
def test_a_number_of_something_else_is_no_reading(language: str, message: str) -> None:
    assert heard_in(language, message) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_other_numbers_in_each_of_its_scripts(language: str) -> None:
    roman = [one for one in others(language) if one.isascii()]
    native = [one for one in others(language) if not one.isascii()]

    assert len(roman) >= LEAST_OF_A_SCRIPT
    assert language == "en" or len(native) >= LEAST_OF_A_SCRIPT


@given(st.data())
def test_only_the_number_of_the_sugar_is_a_reading(data: st.DataObject) -> None:
    language = data.draw(st.sampled_from(LANGUAGES))
    reading = data.draw(st.sampled_from(READINGS[language])).format(SUGAR)
    other = data.draw(st.sampled_from(others(language)))
    parts = data.draw(st.permutations([reading, other]))

    heard = heard_in(language, data.draw(st.sampled_from(JOINS)).join(parts))

    assert {value for kind, value in heard if kind == "glucose"} <= {SUGAR}
