"""The parser as a whole: what it never does, and what stands beside the meanings."""

from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.parsing.load import lexicon
from app.parsing.meanings import Glucose, Message, Symptoms
from app.parsing.parse import parse
from app.parsing.units import Unit

NOON = datetime.fromisoformat("2026-05-10T12:30:00+05:30")


def said(text: str, language: str | None = None) -> Message:
    return Message(text, NOON, language)


@given(st.text(alphabet=st.characters(codec=None), max_size=300))
def test_no_text_makes_it_raise(text: str) -> None:
    parsed = parse(lexicon(), said(text))

    assert all(0 <= a <= b <= len(text) for one in parsed.meanings for a, b in one.spans)


@given(
    st.lists(
        st.sampled_from(
            [
                "sugar",
                "140",
                "metformin",
                "li",
                "nahi",
                "2",
                "ghante",
                "pehle",
                ":",
                "/",
                ".",
                ",",
                "-",
                "?",
                "fasting",
                "pp",
                "8",
                "baje",
                "kal",
                "HI",
                "meter",
                "chakkar",
                "saans",
                "not",
                "no",
                "½",
                "१२",
                "sau",
                "ek",
                "dedh",
                "98765",
                "'",
                "ʼs",
                "mg",
                "dl",
                "units",
                "99999",
                "days",
                "ago",
                "to",
            ]
        ),
        max_size=25,
    )
)
def test_no_mixture_of_its_own_words_makes_it_raise(words: list[str]) -> None:
    message = said(" ".join(words))

    assert parse(lexicon(), message) == parse(lexicon(), message)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\x00\x01",
        "\ud800",
        "sugar \u200e140\u202c",
        "🙏" * 5000,
        "1" * 100_000,
        "sugar 140 " * 10_000,
        "1," * 4000 + "1 days ago",
        "99999 days ago sugar 140",
        "99999 ghante pehle 140",
        "ʼs",
        "⁄½²",
    ],
)
def test_strange_and_huge_texts_are_survived(text: str) -> None:
    parse(lexicon(), said(text))


@pytest.mark.parametrize(
    "text", ["sugar \u200e140\u202c", "s\u200bugar 1️⃣4️⃣0️⃣", "SUGAR １４０", "sugar १४०"]
)
def test_hidden_marks_and_other_digits_change_nothing(text: str) -> None:
    (reading,) = parse(lexicon(), said(text)).meanings

    assert isinstance(reading, Glucose)
    assert reading.value_mg_dl == 140


def test_what_comes_after_the_longest_message_is_not_considered() -> None:
    parsed = parse(lexicon(), said(" " * 4096 + "sugar 140"))

    assert parsed.meanings == ()


def test_an_unrounded_value_is_handed_on() -> None:
    (reading,) = parse(lexicon(), replace(said("sugar 5.8"), unit=Unit.MMOL_L)).meanings

    assert isinstance(reading, Glucose)
    assert reading.value_mg_dl == 5.8 * 18.0182
    assert reading.unit is Unit.MMOL_L


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("180", True),
        ("one eighty", True),
        ("sugar 180", False),
        ("180 mg/dl", False),
        ("180 pp", False),
        ("8 baje 180", False),
    ],
)
def test_a_number_is_bare_where_nothing_stands_beside_it(text: str, *, bare: bool) -> None:
    (reading,) = parse(lexicon(), said(text)).meanings

    assert isinstance(reading, Glucose)
    assert reading.bare is bare


@pytest.mark.parametrize(
    ("text", "language", "seems", "script"),
    [
        ("180", "hi", "hi", "Zyyy"),
        ("खाली पेट 112", "en", "hi", "Deva"),
        ("khali pet 112 aayi hai", "en", "hi", "Latn"),
        ("fasting 112", "hi", "hi", "Latn"),
        ("sugar 112", None, "en", "Latn"),
        ("180", None, "en", "Zyyy"),
        ("namaste", None, "hi", "Latn"),
        ("vanakkam", None, "ta", "Latn"),
        ("שלום", "hi", "hi", "Zyyy"),
    ],
)
def test_a_message_tells_its_language_and_script(
    text: str, language: str | None, seems: str, script: str
) -> None:
    parsed = parse(lexicon(), said(text, language))

    assert (parsed.language, parsed.script) == (seems, script)


@pytest.mark.parametrize(
    ("text", "subject", "question"),
    [
        ("papa ki sugar 210 hai", "father", False),
        ("my wife's sugar is 140, is that high?", "wife", True),
        ("for Ramesh sugar 140", "Ramesh", False),
        ("bete ne machine di", None, False),
        ("papa ne metformin li", "father", False),
        ("पापा ने दवाई ली", "father", False),
        ("papa ne kaha dawai li", None, True),
        ("beti ne insulin lagayi", None, False),
        ("beti ne check kiya 140", None, False),
        ("বাবার সুগার ৫৪", "father", False),
        ("বাবা ওষুধ খেয়েছে", "father", False),
        ("પુત્રીની સુગર 140", "daughter", False),
        ("kya karun", None, True),
        ("sugar 140", None, False),
        ("empty stomach sugar is 121", None, False),
        ("is 180 too high", None, True),
        ("for", None, False),
    ],
)
def test_whose_it_is_and_whether_it_asks(text: str, subject: str | None, *, question: bool) -> None:
    parsed = parse(lexicon(), said(text))

    assert (parsed.subject, parsed.question) == (subject, question)


def test_a_word_for_two_relatives_names_the_same_one_in_every_process() -> None:
    """A grandfather in Hindi is a brother in Bengali, and both languages are heard here."""
    assert parse(lexicon(), said("sugar eksho shottor dada", "hi")).subject == "grandfather"


def test_meanings_stand_in_the_order_of_the_text() -> None:
    first, second = parse(lexicon(), said("shaky, sugar 58")).meanings

    assert isinstance(first, Symptoms)
    assert isinstance(second, Glucose)
