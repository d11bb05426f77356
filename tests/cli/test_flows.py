"""The conversations' own commands: faults with their lines, pictures, a flow held on the screen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from regex import findall

from app.cli import commands
from app.cli.flows import PICTURES, pictures
from app.conversation import load
from app.conversation.load import flows
from app.i18n import languages


def run(*words: str, typed: str = "") -> tuple[int, str]:
    result = CliRunner().invoke(commands, ["flows", *words], input=typed)
    return result.exit_code, result.output


def held(name: str, *typed: str, language: str = "en", slots: tuple[str, ...] = ()) -> list[str]:
    """Hold a flow to the end of what is typed, and give what is shown below the hint."""
    options = [part for slot in slots for part in ("--slot", slot)]
    lines = "".join(f"{line}\n" for line in typed)
    code, shown = run("try", name, "--language", language, *options, typed=lines)
    assert code == 0, shown
    return shown.splitlines()[1:]


def test_sound_flows_are_counted_and_every_language_says_as_many_sentences() -> None:
    code, said = run("check")
    sound, sentences = said.splitlines()
    assert (code, sound) == (0, f"{len(flows().flows)} flows are sound.")
    assert findall(r"[a-z]{2}(?= \d)", sentences) == list(languages())
    assert len(set(findall(r"\d+", sentences))) == 1


@pytest.fixture
def unsound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A step that nothing leads to, in a copy of the flows; the fault as it is named."""
    for path in load.FOLDER.glob("*.toml"):
        (tmp_path / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    broken = 'version = 1\n[[steps]]\nid = "one"\nend = ""\n[[steps]]\nid = "two"\nend = ""\n'
    (tmp_path / "zebra.toml").write_text(broken, encoding="utf-8")
    monkeypatch.setattr(load, "FOLDER", tmp_path)
    flows.cache_clear()
    yield f"{tmp_path.name}/zebra.toml:5: nothing leads to `two`"
    flows.cache_clear()


@pytest.mark.parametrize("words", [("check",), ("draw", "menu"), ("try", "menu")])
def test_a_fault_is_named_with_its_file_and_line(unsound: str, words: tuple[str, ...]) -> None:
    code, said = run(*words)
    assert code == 1
    assert unsound in said


def test_the_pictures_of_all_flows_are_up_to_date() -> None:
    kept = {path: path.read_text(encoding="utf-8") for path in PICTURES.glob("*.svg")}
    assert kept == pictures(flows()), "`flask flows draw --all` brings docs/flows/ up to date."


def test_a_flow_is_drawn_on_the_screen_in_a_language() -> None:
    code, picture = run("draw", "unclear", "--language", "hi")
    assert code == 0
    assert picture.startswith("<svg")
    assert "समझ" in picture


def test_all_flows_are_drawn_into_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.cli.flows.PICTURES", tmp_path / "flows")
    code, said = run("draw", "--all", "--language", "hi")
    assert (code, said) == (0, f"{len(flows().flows)} flows are drawn in docs/flows/.\n")
    assert len(list((tmp_path / "flows").glob("*.hi.svg"))) == len(flows().flows)


@pytest.mark.parametrize("words", [("draw", "zebra"), ("draw",), ("try", "zebra")])
def test_an_unknown_flow_is_answered_with_those_there_are(words: tuple[str, ...]) -> None:
    code, said = run(*words)
    assert code == 2
    assert "onboarding" in said


def test_an_unknown_language_is_answered_with_those_there_are() -> None:
    code, said = run("try", "menu", "--language", "tlh")
    assert code == 2
    assert "hi" in said


def test_onboarding_is_held_to_its_end_as_a_patient_would() -> None:
    shown = held("onboarding", "1", "yes", "yes", "Asha", "2", "1", "2015", "7.2")
    assert shown[0].startswith("Welcome to ProCare")
    assert any(line.startswith("  waits at: onboarding/name ") for line in shown)
    events = [line.split("(")[0].split()[-1] for line in shown if line.startswith("  event:")]
    assert events == [
        *("LanguageChosen", "ConsentGiven", "DoctorConnected", "NameGiven"),
        *("DiabetesTypeGiven", "UnitChosen", "DiagnosisYearTold", "HbA1cTold"),
    ]
    assert shown[-1] == "  nothing waits"


def test_a_photo_is_answered_and_the_question_waits_on() -> None:
    shown = held("menu", ":photo")
    assert any(line.startswith("I cannot read photos") for line in shown)
    assert shown[-1] == "  waits at: menu/what"


def test_after_a_silence_the_question_does_not_wait_any_more() -> None:
    shown = held("reading_state", ":silence", "1")
    assert "no question waits any more" in shown[-3]
    assert "ReadingStateTold" not in "".join(shown)


def test_quitting_ends_the_conversation_at_once() -> None:
    assert "  waits at: menu/what" in held("menu", ":quit", "1")[-1]


def test_a_reminder_is_answered_and_a_reading_and_a_medicine_become_known() -> None:
    assert "DoseLogged" in "".join(held("reminder_answer", "1", "thanks"))
    shown = held("help", "sugar 126 fasting", "undo")
    assert "ReadingTakenBack" in "".join(shown)
    shown = held("add_medicine", "glimepiride 1 mg", "8 am", "yes", "took glimepiride")
    assert "MedicineScheduled" in "".join(shown)
    assert "MedicineAdded" not in "".join(shown)


def test_what_a_flow_is_entered_with_can_be_said() -> None:
    shown = held("doubtful_reading", slots=("kind=MMOL_OR_HBA1C", "number=7.2"))
    assert shown[0].startswith("What is 7.2?")


def test_a_flow_is_held_in_the_persons_language_and_goes_over_to_the_one_chosen() -> None:
    shown = held("language", "English", language="hi")
    assert "English" in " ".join(shown)
    assert any(line.startswith("From now on I write") for line in shown)
