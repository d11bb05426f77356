"""What follows when a message was certainly not delivered. All waits are house numbers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from app.delivery.verdict import Again, Over, verdict

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("code", "attempts", "is_urgent", "seconds", "counted"),
    [
        ("NO_CONNECTION", 1, False, 30, True),
        ("NO_CONNECTION", 2, False, 60, True),
        ("NO_CONNECTION", 4, False, 240, True),
        ("NO_CONNECTION", 1, True, 5, True),
        ("NO_CONNECTION", 3, True, 20, True),
        ("NO_CONNECTION", 7, True, 60, True),  # 5 s × 2⁶ is 320 s: a minute at most
        ("63018", 4, False, 30, False),  # too fast: not the message's fault, so not counted
        ("20429", 1, True, 5, False),
        ("30001", 4, False, 30, False),
        ("20003", 4, False, 30, False),  # our own account: waits for the operator
        ("63016", 1, False, 0, True),  # as a template, at once
        ("63032", 1, False, 30, True),  # one more try
    ],
)
def test_it_is_tried_again(
    code: str, attempts: int, is_urgent: bool, seconds: int, counted: bool
) -> None:
    after = verdict(code, attempts, NOW, is_urgent=is_urgent)
    assert after == Again(NOW + timedelta(seconds=seconds), counted)


@pytest.mark.parametrize(
    ("code", "attempts", "is_urgent"),
    [
        ("63024", 1, False),
        ("63024", 1, True),
        ("21610", 1, True),
        ("NO_CONNECTION", 5, False),
        ("NO_CONNECTION", 8, True),
        ("63016", 5, False),
        ("63032", 2, True),
        ("FAULT", 5, False),
    ],
)
def test_it_is_over(code: str, attempts: int, is_urgent: bool) -> None:
    assert isinstance(verdict(code, attempts, NOW, is_urgent=is_urgent), Over)
