"""Words that hold more than one thing: a number with its hour, "in" that looks like a display."""

from datetime import datetime
from pathlib import Path

import pytest

from app.parsing.as_json import as_json
from app.parsing.concepts import REQUIRED
from app.parsing.folding import spellings
from app.parsing.lexicon import Lexicon
from app.parsing.load import read
from app.parsing.meanings import Message
from app.parsing.parse import parse

NOON = datetime.fromisoformat("2026-05-10T12:30:00+05:30")
WORDS = {
    "words.sugar": '["zukka"]',
    "words.device": '["metro"]',
    "words.show": '["vemi"]',
    "words.display_lo": '["lo"]',
    "times.hour": '["hor", "duonhor"]',
    "times.clock": '["septor"]',
    "times.ago": '["antau"]',
    "times.morning": '["maten"]',
    "doses.taken": '["drink*"]',
    "doses.missed": '["forges*"]',
}
OPTIONAL = {
    "words.inside": '["lo"]',
    "words.quoted": '["ke"]',
    "times.told_hour": '["hor"]',
    "times.at_last": '["je"]',
}


@pytest.fixture
def words(tmp_path: Path) -> Lexicon:
    """Give the words of a language nobody speaks."""
    home = tmp_path / "xx"
    home.mkdir()
    (home / "meta.toml").write_text('script = "Latn"\ndenials = ["nul"]\n')
    numbers = '[values]\n7 = "septor"\n[share]\n"0.5" = "duonhor"\n'
    (home / "numbers.toml").write_text(numbers)
    named = {**dict.fromkeys(REQUIRED, "[]"), **WORDS, **OPTIONAL}
    (home / "lexicon.toml").write_text("".join(f"{name} = {of}\n" for name, of in named.items()))
    for name in ("times", "negation", "commands", "symptoms", "foods", "meals", "competitors"):
        (home / f"{name}.toml").write_text("")
    (tmp_path / "medicines.toml").write_text('[medicines]\nmetformin = ["glycomet"]\n')
    return read(tmp_path)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("zukka 140 septor", "07:00"),
        ("zukka 140 duonhor antau", "12:00"),
        ("maten 8 hor zukka 140", "08:00"),
        ("8 je zukka 140", "08:00"),
    ],
)
def test_a_word_that_holds_its_hour_tells_when(words: Lexicon, text: str, at: str) -> None:
    [reading] = as_json(parse(words, Message(text, NOON, "xx")))["meanings"]

    assert (reading["value_mg_dl"], reading["recorded_at"]) == (140, f"2026-05-10T{at}:00+05:30")


def test_a_low_number_before_at_stays_what_is_asked_about(words: Lexicon) -> None:
    [doubtful] = as_json(parse(words, Message("zukka 15 je", NOON, "xx")))["meanings"]

    assert (doubtful["kind"], doubtful["value"]) == ("glucose_doubtful", 15)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("metro lo vemi", []),
        ("metro lo ke vemi", ["LO"]),
        ("metro LO vemi", ["LO"]),
        ("metro lo LO vemi", ["LO"]),
    ],
)
def test_a_word_that_says_where_is_no_display(words: Lexicon, text: str, shown: list[str]) -> None:
    meanings = as_json(parse(words, Message(text, NOON, "xx")))["meanings"]

    assert [one["display"] for one in meanings] == shown


@pytest.mark.parametrize(
    ("text", "statuses"), [("metformin forgesis", ["MISSED"]), ("metformin forgesinul", [])]
)
def test_what_was_not_forgotten_is_not_missed(
    words: Lexicon, text: str, statuses: list[str]
) -> None:
    meanings = as_json(parse(words, Message(text, NOON, "xx")))["meanings"]

    assert [one["status"] for one in meanings] == statuses


def test_the_nasal_at_the_end_is_heard_where_a_language_says_so() -> None:
    assert spellings("అన్నం", keeps_final=True, final_nasal="m") == {"annam"}
