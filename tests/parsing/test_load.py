"""Reading the word lists: a new language is a folder, and a faulty one is named."""

from datetime import datetime
from pathlib import Path

import pytest

from app.errors import LexiconError
from app.parsing.concepts import REQUIRED
from app.parsing.load import read
from app.parsing.meanings import Glucose, GlucoseState, Message
from app.parsing.parse import parse

NOW = datetime.fromisoformat("2026-05-10T12:30:00+05:30")
WORDS = {
    "words.sugar": '["zukka"]',
    "words.fasting": '{ native = ["ग्लोब"], roman = ["plin gorf"] }',
    "words.show": '["vemi"]',
}


def made_up_language(folder: Path, *, without: str = "") -> Path:
    """Write a language nobody speaks."""
    home = folder / "xx"
    home.mkdir(parents=True)
    (home / "meta.toml").write_text('script = "Latn"\n[fold]\nreplace = [["v", "b"]]\n')
    (home / "numbers.toml").write_text('[values]\n1 = "uno"\n40 = "kvar"\n[hundred]\n100 = "cen"\n')
    (home / "competitors.toml").write_text("weak_numbers = []\nphrases = []\ncommon = []\n")
    lines = [f"{name} = {WORDS.get(name, '[]')}\n" for name in REQUIRED if name != without]
    (home / "lexicon.toml").write_text("".join(lines))
    for name in ("times", "negation", "commands", "symptoms", "foods", "meals"):
        (home / f"{name}.toml").write_text("")
    (folder / "medicines.toml").write_text('[medicines]\nmetformin = ["glycomet"]\n')
    return folder


def test_a_language_is_added_by_adding_a_folder(tmp_path: Path) -> None:
    words = read(made_up_language(tmp_path))

    (reading,) = parse(words, Message("Zuka uno cen kvar, plinn gorf!", NOW)).meanings

    assert isinstance(reading, Glucose)
    assert (reading.value_mg_dl, reading.state) == (140, GlucoseState.MORNING_FASTING)


def test_a_folded_spelling_of_its_own_is_known(tmp_path: Path) -> None:
    words = read(made_up_language(tmp_path))

    assert len(parse(words, Message("bemi 140", NOW)).meanings) == 1


def test_a_missing_concept_is_named_with_its_language(tmp_path: Path) -> None:
    made_up_language(tmp_path, without="words.sugar")

    with pytest.raises(LexiconError, match=r"xx: the concept words\.sugar is missing"):
        read(tmp_path)


def test_every_fault_is_named_at_once(tmp_path: Path) -> None:
    home = made_up_language(tmp_path) / "xx"
    (home / "meta.toml").write_text("")
    (home / "numbers.toml").unlink()
    (home / "competitors.toml").write_text("not toml")

    with pytest.raises(LexiconError) as error:
        read(tmp_path)

    assert "script is missing" in str(error.value)
    assert "numbers.toml: is missing" in str(error.value)
    assert "competitors.toml: " in str(error.value)


def test_a_folder_without_languages_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match="no language"):
        read(tmp_path)
