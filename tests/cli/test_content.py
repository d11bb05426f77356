"""What WhatsApp is to approve: handed in once, seen to, and brought into the file of templates."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from app.cli import commands
from app.cli.content import DEVELOPMENT
from app.cli.contents import UNFIT, stand_in, unworded, wanted
from app.config import Config, use
from app.conversation.flow import Flows
from app.conversation.load import flows
from app.delivery.templates import missing, read_templates
from app.embedded.server import HOST, free_port
from app.errors import ConfigError
from app.i18n import LOCALES, languages
from app.messaging.outbox.outgoing import Purpose
from app.simulator.twilio.content import of_file
from app.simulator.twilio.contents import contents, judge
from tests.simulator.twilio.conftest import Loopback, loopback  # noqa: F401 - a fixture


@pytest.fixture
def config(loopback: Loopback) -> Config:  # noqa: F811 - the fixture
    made = replace(loopback.config, twilio_api_url=f"{loopback.address}/simulator/twilio")
    use(made)
    return made


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "templates.toml"


def run(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(commands, ["content", *words])
    return result.exit_code, result.output


def push(file: Path) -> str:
    code, said = run("push", "--file", str(file))
    assert code == 0, said
    return said


def lines_of(purpose: Purpose) -> list[list[str]]:
    code, said = run("status")
    assert code == 0, said
    return [line.split() for line in said.splitlines() if line.startswith(purpose)]


def approve_all(config: Config) -> None:
    for sid in contents(config):
        judge(config, sid, "approved")


def test_everything_is_handed_in_once_and_nothing_is_used_before_it_is_approved(
    config: Config, file: Path
) -> None:
    said = push(file)
    handed_in = contents(config)
    assert f"{len(handed_in)} contents at Twilio, 0 approved" in said
    assert "Run it again" in said
    assert {one["approval_requests"]["status"] for one in handed_in.values()} == {"received"}
    assert {one["approval_requests"]["category"] for one in handed_in.values()} == {"UTILITY"}
    assert read_templates(file) == {}
    push(file)
    assert contents(config) == handed_in


def test_what_is_approved_comes_into_the_file_and_covers_every_wording(
    config: Config, file: Path
) -> None:
    push(file)
    approve_all(config)
    assert "Run it again" not in push(file)
    read = read_templates(file)
    reminder = read["MEDICATION_REMINDER", "hi"]
    assert reminder.variables == ("medicines", "row")
    assert reminder.has_buttons
    assert read["EMERGENCY_ALERT", "en"].variables == ("name",)
    assert not read["EMERGENCY_ALERT", "en"].has_buttons
    named = {
        f"{purpose}.{language}" for purpose, language in unworded(wanted(flows()), languages())
    }
    assert set(missing(read)) == named


def test_an_entry_stays_until_what_replaces_it_is_approved(config: Config, file: Path) -> None:
    old = f'[LATE_ANSWER.en]\nsid = "HX{"1" * 32}"\n[LATE_ANSWER.kn]\nsid = "HX{"2" * 32}"\n'
    file.write_text(old, encoding="utf-8")
    push(file)
    assert read_templates(file)["LATE_ANSWER", "en"].sid == "HX" + "1" * 32
    approve_all(config)
    push(file)
    read = read_templates(file)
    assert read["LATE_ANSWER", "en"].sid in contents(config)
    assert read["LATE_ANSWER", "kn"].sid == "HX" + "2" * 32


def test_the_status_names_what_is_not_handed_in_waits_or_was_rejected(
    config: Config, file: Path
) -> None:
    assert ["EMERGENCY_ALERT", "en", "not", "handed", "in"] in lines_of(Purpose.EMERGENCY_ALERT)
    push(file)
    sid = _sid_of(config, "procare_emergency_alert_en")
    assert ["EMERGENCY_ALERT", "en", sid, "received"] in lines_of(Purpose.EMERGENCY_ALERT)
    judge(config, sid, "rejected", "TAG_CONTENT_MISMATCH")
    row = ["EMERGENCY_ALERT", "en", sid, "rejected", "TAG_CONTENT_MISMATCH"]
    assert row in lines_of(Purpose.EMERGENCY_ALERT)


def test_a_language_without_a_wording_is_named(
    config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert config.twilio_api_url
    spoken = replace(flows(), languages={**flows().languages, "tlh": "tlhIngan Hol"})
    monkeypatch.setattr("app.cli.content.flows", lambda: spoken)
    assert ["LATE_ANSWER", "tlh", "no", "wording"] in lines_of(Purpose.LATE_ANSWER)


def test_the_file_of_the_settings_is_brought_up_to_date(config: Config, file: Path) -> None:
    assert run("push")[0] == 2
    file.write_text("", encoding="utf-8")
    use(replace(config, twilio_templates=file))
    assert run("push")[0] == 0
    approve_all(config)
    assert run("push")[0] == 0
    assert read_templates(file)


@pytest.mark.parametrize("words", [("status",), ("push", "--file", "x.toml")])
def test_a_twilio_that_is_away_is_told_in_a_sentence(
    config: Config, words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    use(replace(config, twilio_api_url=f"http://{HOST}:{free_port()}"))
    assert run(*words) == (1, "Error: Twilio: ConnectionError\n")
    assert not (tmp_path / "x.toml").exists()


def test_every_wording_is_one_that_whatsapp_takes() -> None:
    for each in wanted(every_language()):
        assert len(each.content.buttons) <= 3
        assert all(len(button.title) <= 20 for button in each.content.buttons)


def test_a_language_with_wordings_has_one_for_each_purpose() -> None:
    known = wanted(every_language())
    lacking = unworded(known, {"en", *(each.language for each in known)})
    named = ", ".join(f"{purpose} in locales/{spoken}/whatsapp.toml" for purpose, spoken in lacking)
    assert not lacking, f"Outside the window nothing is said of a purpose without: {named}."


def test_the_simulators_templates_are_the_wordings_there_are() -> None:
    made = stand_in(wanted(every_language()))
    assert made == DEVELOPMENT.read_text(encoding="utf-8"), (
        "A wording is new or changed: run `.venv/bin/python -m app.cli content stand-in`."
    )


def test_the_simulators_templates_cover_every_purpose_and_have_no_buttons() -> None:
    read = read_templates(DEVELOPMENT)
    assert missing(read) == []
    assert not any(each.has_buttons or "row" in each.variables for each in read.values())
    shown = of_file(DEVELOPMENT)[read["MEDICATION_REMINDER", "en"].sid]
    assert shown == (
        "Time for your medicine: {{1}}. Have you taken it?\n1. Taken\n2. Later\n3. Skipped"
    )


def test_the_stand_in_is_written_by_its_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.cli.content.DEVELOPMENT", tmp_path / "x.toml")
    assert run("stand-in") == (0, "x.toml has every wording.\n")
    assert (tmp_path / "x.toml").read_bytes() == DEVELOPMENT.read_bytes()


def every_language() -> Flows:
    """Take every language with wordings for one that is offered, its catalog whole or not."""
    worded = {path.parent.name for path in LOCALES.glob("*/whatsapp.toml")}
    return replace(flows(), languages=dict.fromkeys(worded, ""))


@pytest.mark.parametrize(
    ("wording", "named"),
    [
        ('ZEBRA = "x"', "ZEBRA"),
        ('LATE_ANSWER = "{name} wrote."', "LATE_ANSWER"),
        ('LATE_ANSWER = "It was {name}"', "LATE_ANSWER"),
        ('LATE_ANSWER = "See {name} {medicines} now."', "LATE_ANSWER"),
        ('LATE_ANSWER = "Two  spaces."', "LATE_ANSWER"),
        ('LATE_ANSWER = "Two\\nlines."', "LATE_ANSWER"),
        ('LATE_ANSWER = "Your value is {value} now."', "value"),
        (f'LATE_ANSWER = "{"x" * 1025}"', "LATE_ANSWER"),
    ],
)
def test_a_wording_that_whatsapp_would_not_take_is_refused_by_its_file(
    tmp_path: Path, wording: str, named: str
) -> None:
    (tmp_path / "hi").mkdir()
    (tmp_path / "hi" / "whatsapp.toml").write_text(wording, encoding="utf-8")
    with pytest.raises(ConfigError, match=f"locales/hi/whatsapp.toml.*{named}"):
        wanted(flows(), tmp_path)
    assert UNFIT.search("fine {name} fine.") is None


def test_a_language_that_is_understood_but_not_spoken_is_handed_in_later() -> None:
    english = replace(flows(), languages={"en": "English"})
    assert {each.language for each in wanted(english)} == {"en"}
    assert {each.language for each in wanted(every_language())} > {"en", "hi"}


def _sid_of(config: Config, beginning: str) -> str:
    named = {one["friendly_name"]: sid for sid, one in contents(config).items()}
    return next(sid for name, sid in named.items() if name.startswith(beginning))
