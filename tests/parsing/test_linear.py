"""A text of any length is read in a time linear in it: counted in calls, not in seconds."""

import sys
from datetime import datetime
from types import FrameType

import pytest

from app.parsing.load import lexicon
from app.parsing.meanings import Message
from app.parsing.parse import parse

RECEIVED_AT = datetime.fromisoformat("2026-05-10T12:30:00+05:30")
REPEATED = (
    *("1", "140", "2 roti", "sugar", "sugar 140", "sugar 140,", "seene dard", "sir dard"),
    *("nahi", "na ulti", "metformin", "metformin li", "8 baje", "2 ghante pehle", "kal", "ya"),
    *("khane ke baad", "bp", "120/80", "hba1c", "chai bina chini", "2 idli khaya", "hi", "aur"),
    *("meter hi", "ek sau", "100 se 140", "hosh nahi", "kya", "agar", "bachao", "DOC-ABC123"),
    *("சாப்பிட்டேன்", "ತಿಂದೆ", "?", "-", "(", "2-3", "½"),
)


def calls(text: str) -> int:
    """Count the calls that a parse makes, the words being known already."""
    made = 0

    def count(_frame: FrameType, _event: str, _argument: object) -> None:
        nonlocal made
        made += 1

    message = Message(text, RECEIVED_AT, "hi")
    parse(lexicon(), message)
    sys.setprofile(count)
    try:
        parse(lexicon(), message)
    finally:
        sys.setprofile(None)
    return made


@pytest.mark.parametrize("words", REPEATED)
def test_four_times_the_text_takes_no_more_than_about_four_times_the_work(words: str) -> None:
    times = 1000 // (len(words) + 1)

    assert calls(f"{words} " * times * 4) < 6 * calls(f"{words} " * times)
