"""One value for another with "it must be": "118 hoga, 181 nahi" puts a reading right."""

from datetime import datetime

import pytest

from app.parsing.load import lexicon
from app.parsing.meanings import Glucose, Message
from app.parsing.parse import parse

NOW = datetime.fromisoformat("2026-11-20T08:30:00+05:30")


def readings(language: str, words: str) -> list[Glucose]:
    meanings = parse(lexicon(), Message(words, NOW, language)).meanings
    return [one for one in meanings if isinstance(one, Glucose)]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "its 118 not 181"),
        ("hi", "118 hoga 181 nahi"),
        ("hi", "118 होगा, 181 नहीं"),
        ("hi", "181 nahi 118 hoga"),
        ("hi", "118, 181 nahi hoga"),
        ("bn", "118 হবে, 181 না"),
        ("bn", "১১৮ হবে, ১৮১ নয়"),
        ("bn", "118 hobe 181 na"),
        ("ta", "118 irukkum 181 illa"),
        ("ta", "118 இருக்கும், 181 இல்ல"),
        ("ta", "118 aagum 181 illa"),
        ("te", "118 untundi 181 kaadu"),
        ("te", "118 అవుతుంది 181 కాదు"),
        ("mr", "118 asel 181 nahi"),
        ("mr", "118 असेल, 181 नाही"),
        ("gu", "118 hase 181 nahi"),
        ("gu", "118 હશે, 181 નહીં"),
        ("gu", "118 thase 181 nahi"),
    ],
)
def test_one_value_for_another_is_a_correction(language: str, words: str) -> None:
    told = [
        (one.value_mg_dl, one.correction, one.instead_of_mg_dl) for one in readings(language, words)
    ]
    assert told == [(118.0, True, 181.0)]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "should be 118 not 181"),
        ("hi", "118 hoga"),
        ("hi", "118 hona chahiye 181 nahi"),
        ("hi", "118 hoga kal 181 nahi"),
        ("bn", "118 হবে"),
        ("bn", "118 হবে, 181 হবে"),
        ("ta", "118 irukanum 181 illa"),
        ("ta", "118 irukkum"),
        ("te", "118 undali 181 kadu"),
        ("mr", "118 pahije 181 nahi"),
        ("gu", "118 હોવું જોઈએ 181 નહીં"),
    ],
)
def test_what_should_be_or_is_only_presumed_is_no_reading(language: str, words: str) -> None:
    assert readings(language, words) == []
