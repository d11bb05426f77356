"""Danger told without a number: heard in what people cry out, not in talk about sugar."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from app.parsing.as_json import as_json, explain
from app.parsing.load import lexicon
from app.parsing.meanings import Alarm, Message, Plea
from app.parsing.parse import parse

AT = datetime(2026, 3, 4, 7, 10, tzinfo=UTC)


def alarm(words: str) -> Alarm | None:
    parsed = parse(lexicon(), Message(words, AT))
    return next((one.alarm for one in parsed.meanings if isinstance(one, Plea)), None)


@pytest.mark.parametrize(
    "words",
    [
        "sugar is low",
        "my sugar has gone very low",
        "low sugar feeling",
        "hypo ho gaya",
        "sugar low ho gayi hai kya karu",
        "mera sugar gir gaya",
        "मेरी शुगर कम हो गई है",
        "शुगर लो हो गया",
    ],
)
def test_who_says_that_the_sugar_is_low_is_heard(words: str) -> None:
    assert alarm(words) is Alarm.LOW


@pytest.mark.parametrize(
    "words", ["bachao", "help me i am dying", "papa mar rahe hai", "emergency", "बचाओ", "एम्बुलेंस"]
)
def test_a_cry_for_help_is_heard(words: str) -> None:
    assert alarm(words) is Alarm.HELP


@pytest.mark.parametrize(
    "words",
    [
        "what to do if sugar is low",
        "is low sugar dangerous?",
        "sugar is not low",
        "sugar low nahi hai",
        "chai me sugar kam dali",
        "kam sugar wali chai",
        "sugar kam khata hu",
        "no emergency",
        "help",
        "feeling low",
    ],
)
def test_talk_about_sugar_is_no_cry(words: str) -> None:
    assert alarm(words) is None


def test_a_value_or_a_complaint_says_more_than_a_cry() -> None:
    assert alarm("sugar is low 45") is None
    assert alarm("bachao papa behosh ho gaye") is None


def test_the_public_answer_has_no_plea_and_the_explanation_has() -> None:
    parsed = parse(lexicon(), Message("sugar is low", AT))
    assert as_json(parsed)["meanings"] == []
    (written,) = explain(parsed, "sugar is low")["meanings"]
    assert (written["kind"], written["alarm"], written["rules"]) == ("plea", "low", ["plea"])
