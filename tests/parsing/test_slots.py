"""Answers to a waiting question."""

from datetime import datetime

import pytest

from app.parsing import slots
from app.parsing.load import lexicon
from app.parsing.meanings import Command
from app.parsing.slots import Option

NOW = datetime.fromisoformat("2026-05-10T12:30:00+05:30")
OPTIONS = [
    Option("yes", ("Yes, save it", "हाँ, सहेजें"), Command.YES),
    Option("no", ("No, wrong", "नहीं"), Command.NO),
    Option("hi", ("Hindi",)),
    Option("hinglish", ("Hinglish",)),
]


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        ("1", "yes"),
        ("२", "no"),
        ("3.", "hi"),
        ("two", "no"),
        ("दो", "no"),
        ("yes, save it", "yes"),
        ("YES", "yes"),
        ("haan ji", "yes"),
        ("ok", "yes"),
        ("nahi", "no"),
        ("hindi", "hi"),
        ("HINDI!", "hi"),
        ("हाँ", "yes"),
        ("7", None),
        ("0", None),
        ("1.5", None),
        ("purple", None),
        ("", None),
        ("🙏", None),
        ("2 or 3 of them", None),
        ("नंबर दो", "no"),
        ("दो नंबर", "no"),
        ("option two", "no"),
        ("सोचने दो", None),
        ("batane do", None),
    ],
)
def test_an_option_is_chosen_by_number_label_or_words(text: str, chosen: str | None) -> None:
    assert slots.choice(lexicon(), text, OPTIONS) == chosen


def test_a_start_that_fits_two_labels_chooses_neither() -> None:
    options = [Option("a", ("Morning dose",)), Option("b", ("Morning walk",))]

    assert slots.choice(lexicon(), "morning", options) is None
    assert slots.choice(lexicon(), "morning walk", options) == "b"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("140", 140),
        ("१४०", 140),
        ("one forty", 140),
        ("डेढ़ सौ", 150),
        ("5.8", 5.8),
        ("about 140", 140),
        ("140 150", None),
        ("hello", None),
        ("20000", None),
        ("9876543210", None),
    ],
)
def test_a_number_is_read_in_digits_and_words(text: str, value: float | None) -> None:
    assert slots.number(lexicon(), text) == value


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("8", (8, 0)),
        ("8 baje", (8, 0)),
        ("raat 9:30", (21, 30)),
        ("9 pm", (21, 0)),
        ("12 am", (0, 0)),
        ("subah saade saat", (7, 30)),
        ("raat 1 baje", (1, 0)),
        ("2 baje dopahar", (14, 0)),
        ("21:15", (21, 15)),
        ("hello", None),
        ("180", None),
    ],
)
def test_a_time_of_day_is_read(text: str, clock: tuple[int, int] | None) -> None:
    assert slots.clock_time(lexicon(), text, NOW) == clock


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("doc-abc123", "DOC-ABC123"),
        ("my code is DOC XY12ZW", "DOC-XY12ZW"),
        ("doctor", None),
        ("ABC123", None),
    ],
)
def test_a_code_is_found(text: str, code: str | None) -> None:
    assert slots.code(text) == code


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("9876543210", "+919876543210"),
        ("+91 98765 43210", "+919876543210"),
        ("09876543210", "+919876543210"),
        ("९८७६५४३२१०", "+919876543210"),
        ("12345", None),
    ],
)
def test_a_telephone_number_is_read(text: str, phone: str | None) -> None:
    assert slots.phone(text) == phone


@pytest.mark.parametrize(
    ("text", "day"), [("kal", 9), ("today", 10), ("2 days ago", 8), ("परसों", 8), ("hmm", None)]
)
def test_a_day_is_read(text: str, day: int | None) -> None:
    found = slots.date(lexicon(), text, NOW)

    assert (found.day if found else None) == day
