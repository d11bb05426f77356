"""What others and the silent are told, held against what must never be said."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app import i18n
from app.emergency import alert_texts, follow_up_texts
from app.emergency.alert_texts import Wording
from app.emergency.event import Level
from app.emergency.steps import ESCALATED_STEPS, STEPS
from app.text import Text
from tests.emergency.test_texts import NEVER


def sentences() -> Iterator[Text]:
    for module in (alert_texts, follow_up_texts):
        for one in vars(module).values():
            if isinstance(one, Text):
                yield one
            elif isinstance(one, Wording):
                yield from parts(one)
    for wording in alert_texts.OF_LEVEL.values():
        yield from parts(wording)
    yield alert_texts.last_value("62 mg/dL")


def parts(wording: Wording) -> Iterator[Text]:
    yield from (wording.happened, wording.said, wording.to_do)


ALL = list(dict.fromkeys(sentences()))
NEVER_IN_HINDI = ["बंद करें", "सो जाएँ", "दोगुन", "यूनिट", "ठीक हैं", "चिंता न करें", "दौरा न"]
SAID_TO_FAMILY = [one.to_do for one in alert_texts.OF_LEVEL.values()]


def test_there_are_sentences() -> None:
    assert len(ALL) > 40


@pytest.mark.parametrize("one", ALL)
def test_no_sentence_says_what_must_never_be_said(one: Text) -> None:
    said = one.msgid.lower()
    assert [words for words in NEVER if words in said] == []
    in_hindi = i18n.catalogs()["hi"].get(one.msgid)
    assert in_hindi is not None
    assert in_hindi.string
    assert [words for words in NEVER_IN_HINDI if words in in_hindi.string] == []


@pytest.mark.parametrize("one", ALL)
def test_a_sentence_is_short_and_in_ascii(one: Text) -> None:
    assert len(one.msgid) < 220
    assert one.msgid.isascii()


@pytest.mark.parametrize("one", [one for one in ALL if "glucose is taken" in one.msgid])
def test_sugar_is_named_to_others_only_for_one_fully_awake(one: Text) -> None:
    assert "If fully awake: see that the glucose is taken." in one.msgid
    assert "If not fully awake: nothing in the mouth" in one.msgid


@pytest.mark.parametrize("one", ALL)
def test_nobody_else_is_told_to_give_anything_by_mouth(one: Text) -> None:
    said = one.msgid.lower()
    if not said.startswith("we said"):
        assert not any(words in said for words in ("drink", " eat ", "give ", "feed"))


@pytest.mark.parametrize("one", SAID_TO_FAMILY)
def test_what_to_do_names_whom_to_call(one: Text) -> None:
    assert "112" in one.msgid
    assert "108" in one.msgid


def test_who_is_asked_in_the_gravest_danger_is_told_whom_to_call() -> None:
    gravest = (
        *STEPS[Level.P1][1:],
        *STEPS[Level.P0],
        *STEPS[Level.P3],
        *STEPS[Level.P4],
        *ESCALATED_STEPS[Level.P1],
        *ESCALATED_STEPS[Level.P4],
    )
    assert [step.asks.msgid for step in gravest if "112" not in step.asks.msgid] == []
