"""Reading the word lists: a new language is a folder, and a faulty one is named."""

from datetime import datetime
from pathlib import Path

import pytest

from app.errors import LexiconError
from app.parsing.as_json import as_json
from app.parsing.concepts import REQUIRED
from app.parsing.load import LOCALES, lexicon, read
from app.parsing.meanings import Glucose, GlucoseState, Message
from app.parsing.parse import parse

NOW = datetime.fromisoformat("2026-05-10T12:30:00+05:30")
WORDS = {
    "words.sugar": '["zukka"]',
    "words.fasting": '{ native = ["ग्लोब"], roman = ["plin gorf"] }',
    "words.show": '["vemi"]',
    "doses.medicine": '["pilgo"]',
    "doses.taken": '["drink*"]',
    "symptoms.unconscious": '["fal* dun"]',
    "foods.roti": '["rondo"]',
    "meals.ate": '["mansh*"]',
}
META = """
script = "Latn"
joins_numbers = true
denials = ["nul"]
[fold]
replace = [["v", "b"]]
"""
NUMBERS = """
[values]
1 = "uno"
3 = "tri"
20 = "dudek"
40 = "kvar"
[hundred]
100 = "cen"
[hundreds]
200 = "ducen"
"""


def made_up_language(folder: Path, *, without: str = "") -> Path:
    """Write a language nobody speaks."""
    home = folder / "xx"
    home.mkdir(parents=True)
    (home / "meta.toml").write_text(META)
    (home / "numbers.toml").write_text(NUMBERS)
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


def beside_the_real_ones(folder: Path) -> Path:
    """Put the made-up language into a folder with all that are spoken."""
    for real in LOCALES.iterdir():
        if real.is_dir():
            (folder / real.name).symlink_to(real)
    made_up_language(folder)
    (folder / "medicines.toml").unlink()
    (folder / "medicines.toml").symlink_to(LOCALES / "medicines.toml")
    return folder


@pytest.mark.parametrize(
    ("said", "meanings"),
    [
        ("zukka ducendudektri", [("glucose", 223)]),
        ("glycomet drinkum", [("medication", "TAKEN")]),
        ("glycomet drinkonul", [("medication", "SKIPPED")]),
        ("papa falis dun", [("symptom", ["unconscious"])]),
        ("tri rondo manshis", [("meal", [{"food": "roti", "quantity": 3}])]),
        ("zukka 140, pilgo drinkum", [("glucose", 140), ("medication", "TAKEN")]),
    ],
)
def test_an_eighth_language_is_understood_beside_the_others(
    tmp_path: Path, said: str, meanings: list[tuple[str, object]]
) -> None:
    words = read(beside_the_real_ones(tmp_path))

    parsed = as_json(parse(words, Message(said, NOW, "xx")))

    assert parsed["language"] == "xx"
    told = [
        (one["kind"], one[field])
        for one in parsed["meanings"]
        for field in ("value_mg_dl", "status", "symptoms", "foods")
        if field in one
    ]
    assert told == meanings


def test_an_eighth_language_leaves_the_others_as_they_were(tmp_path: Path) -> None:
    words = read(beside_the_real_ones(tmp_path))
    said = Message("khane ke baad 212, metformin le li", NOW, "hi")

    assert parse(words, said).meanings == parse(lexicon(), said).meanings


def test_the_guide_names_every_file_of_a_language() -> None:
    guide = (LOCALES.parent / "docs" / "adding-a-language.md").read_text(encoding="utf-8")
    files = {path.name for folder in LOCALES.iterdir() for path in folder.glob("*.*")}

    assert [name for name in sorted(files) if f"`{name}`" not in guide] == []


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
