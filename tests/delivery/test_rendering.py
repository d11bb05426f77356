"""A row's texts as one message."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from app.delivery.rendering import body_of, title_of
from app.messaging.outbox.claimed import Claimed
from app.text import Text, text
from tests.delivery.test_fate import NOW


def row(*texts: Text | dict[str, Any]) -> Claimed:
    return Claimed(
        id=UUID(int=1),
        user_id=UUID(int=2),
        patient_id=None,
        purpose="MEDICATION_REMINDER",
        priority=1,
        language="en",
        texts=[each.to_json() if isinstance(each, Text) else each for each in texts],
        counts=False,
        attempts=1,
        due_at=NOW,
        not_after=None,
        error_code=None,
        lease_until=NOW,
    )


def test_texts_stand_in_one_message_with_blank_lines_between() -> None:
    assert body_of(row(text("{n} pills", n=2), text("{when}!", when="Now"))) == "2 pills\n\nNow!"


def test_a_message_is_never_longer_than_twilio_takes() -> None:
    said = body_of(row(text("{words}", words="ab" * 1000)))
    assert len(said) == 1500  # house; Twilio's limit is 1600 (error 21617)
    assert said.endswith("…")


def test_what_is_too_long_loses_its_last_texts_whole_and_says_how_many() -> None:
    said = body_of(row(*(text("{words}", words=letter * 400) for letter in "abcde")))
    assert said == "\n\n".join(["a" * 400, "b" * 400, "c" * 400, "and 2 more"])


@pytest.mark.parametrize("texts", [(), (text("{n}", n=" "),)])
def test_nothing_is_no_message(texts: tuple[Text, ...]) -> None:
    with pytest.raises(ValueError, match="0001"):
        body_of(row(*texts))


@pytest.mark.parametrize(
    ("body", "title"),
    [
        ("Take your tablet. It is late.", "Take your tablet."),
        ("दवा लीजिए। देर हो गई।", "दवा लीजिए।"),
        ("One line\nand another.", "One line"),
        ("a" * 80, "a" * 59 + "…"),
    ],
)
def test_a_title_is_the_first_sentence(body: str, title: str) -> None:
    assert title_of(body) == title
