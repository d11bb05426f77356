"""The deployment's flows and catalogs, and folders that are not fit."""

import shutil
from collections.abc import Mapping
from copy import deepcopy
from hashlib import sha256
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from app import i18n
from app.conversation.load import FOLDER, check, flows, read
from app.conversation.step import Choose, Do, Say
from app.errors import FlowError


def test_the_deployment_has_no_faults() -> None:
    assert check() == []


def test_every_language_with_a_catalog_is_offered_in_its_own_name() -> None:
    assert flows().languages["hi"] == "हिन्दी"
    step = flows().flows["onboarding"].steps["language"]
    assert isinstance(step, Choose)
    assert [row.label for row in step.options] == list(flows().languages.values())
    hindi = next(row for row in step.options if row.id == "hi")
    assert {"हिन्दी", "Hindi"} <= set(hindi.labels)


def test_a_language_is_offered_only_with_a_complete_catalog() -> None:
    whole = i18n.catalogs()
    half = deepcopy(whole["hi"])
    half.add("A sentence of the code, not of the flows.", "")
    assert list(read(FOLDER, {"en": whole["en"], "hi": half}).languages) == ["en"]


def test_the_notice_and_its_version_change_together() -> None:
    steps = flows().flows["onboarding"].steps
    notice, consent = steps["notice"], steps["consent"]
    assert isinstance(notice, Say)
    assert isinstance(consent, Do)
    fingerprint = sha256(notice.sentence.encode()).hexdigest()[:12]
    assert (consent.given["version"], fingerprint) == ("2026-11", "9a297968faab")


def test_a_row_is_known_by_its_label_in_every_language() -> None:
    step = flows().flows["onboarding"].steps["agree"]
    assert isinstance(step, Choose)
    assert {"Yes, I agree", "हाँ, मैं सहमत हूँ"} <= set(step.options[0].labels)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copied = tmp_path / "bot_flows"
    shutil.copytree(FOLDER, copied)
    return copied


def refusal(folder: Path, catalogs: Mapping[str, Catalog] | None = None) -> str:
    with pytest.raises(FlowError) as refused:
        read(folder, i18n.catalogs() if catalogs is None else catalogs)
    return str(refused.value)


def changed(folder: Path, name: str, old: str, new: str) -> Path:
    path = folder / name
    source = path.read_text(encoding="utf-8")
    assert old in source
    path.write_text(source.replace(old, new, 1), encoding="utf-8")
    return folder


def test_a_missing_target_is_refused_with_file_and_line(folder: Path) -> None:
    changed(folder, "help.toml", 'end = "You', 'next = "nowhere"\nsay = "You')
    assert "bot_flows/help.toml:8: `examples` leads to `nowhere`" in refusal(folder)


def test_a_sentence_without_a_translation_is_refused_with_its_language(folder: Path) -> None:
    changed(folder, "language.toml", "From now on I write", "Henceforth I write")
    assert "bot_flows/language.toml:15: no hi for 'Henceforth I write" in refusal(folder)


def test_a_sentence_in_doubt_counts_as_not_translated(folder: Path) -> None:
    hindi = Catalog(locale="hi")
    hindi.add("Help", "मदद", flags=["fuzzy"])
    assert "no hi for 'Help'" in refusal(folder, {"hi": hindi})


def test_an_interrupt_into_nowhere_is_refused(folder: Path) -> None:
    changed(folder, "_global.toml", 'enter = "menu"', 'enter = "nowhere"')
    assert "bot_flows/_global.toml:30: `menu` enters `nowhere`" in refusal(folder)


def test_a_flow_the_engine_needs_is_missed(folder: Path) -> None:
    (folder / "unclear.toml").unlink()
    assert "bot_flows/unclear.toml:1: is missing" in refusal(folder)


def test_every_fault_is_named_at_once(folder: Path) -> None:
    changed(folder, "language.toml", "From now on I write", "Henceforth I write")
    changed(folder, "_global.toml", 'enter = "menu"', 'enter = "nowhere"')
    two = {language: i18n.catalogs()[language] for language in ("en", "hi")}
    assert [line.split(": ")[0] for line in refusal(folder, two).splitlines()] == [
        "bot_flows/language.toml:15",
        "bot_flows/language.toml:15",
        "bot_flows/_global.toml:30",
    ]


def test_a_check_names_the_faults_of_the_flows(folder: Path) -> None:
    changed(folder, "language.toml", "From now on I write", "Henceforth I write")
    assert any(line.startswith("bot_flows/language.toml:15: no hi") for line in check(folder))
