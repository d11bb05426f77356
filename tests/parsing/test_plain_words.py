"""Words that always work, languages and towns: none is the misspelling of something else."""

from datetime import datetime

import pytest

from app.parsing.load import lexicon
from app.parsing.meanings import Asked, Command, Message
from app.parsing.parse import parse

NOW = datetime.fromisoformat("2026-11-20T08:30:00+05:30")
ALWAYS = {
    "MENU": Command.MENU,
    "HELP": Command.HELP,
    "SETTINGS": Command.SETTINGS,
    "LANGUAGE": Command.LANGUAGE,
    "UNDO": Command.UNDO,
    "STOP": Command.STOP,
    "START": Command.START,
    "REPORT": Command.REPORT,
    "EXPORT": Command.EXPORT,
}
LANGUAGES = ("english", "hindi", "tamil", "telugu", "bengali", "marathi", "gujarati")
TOWNS = ("kolkata", "chennai", "varanasi", "kanpur", "calcutta", "banaras", "poona", "কলকাতা")


@pytest.mark.parametrize("language", lexicon().codes)
@pytest.mark.parametrize("word", ALWAYS)
def test_a_word_that_always_works_is_heard_in_every_language(word: str, language: str) -> None:
    heard = parse(lexicon(), Message(word, NOW, language)).meanings
    assert [m.command for m in heard if isinstance(m, Asked)] == [ALWAYS[word]]
    assert len(heard) == 1


@pytest.mark.parametrize("language", lexicon().codes)
@pytest.mark.parametrize("name", LANGUAGES)
def test_a_language_named_alone_is_that_language(name: str, language: str) -> None:
    heard = parse(lexicon(), Message(name, NOW, language)).meanings
    assert [type(meaning) for meaning in heard] == [Asked]


@pytest.mark.parametrize("language", lexicon().codes)
@pytest.mark.parametrize("town", TOWNS)
def test_a_town_is_no_food_and_no_symptom(town: str, language: str) -> None:
    assert parse(lexicon(), Message(town, NOW, language)).meanings == ()
