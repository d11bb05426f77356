"""Which rows are not sent, and in which ways the others are."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from app.channels.base import Said, TemplateCall, Words
from app.delivery.fate import Fate, fate, ways
from app.messaging.outbox.claimed import Claimed
from app.messaging.outbox.outgoing import Status
from app.people.reach.addressee import Addressee

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
WORDS, TEMPLATE = Words("Take your tablet."), TemplateCall("HX" + "1" * 32)
TAPPED = TemplateCall("HX" + "3" * 32, has_buttons=True)


def row(
    purpose: str = "MEDICATION_REMINDER",
    *,
    not_after: datetime | None = None,
    error_code: str | None = None,
) -> Claimed:
    return Claimed(
        id=UUID(int=1),
        user_id=UUID(int=2),
        patient_id=UUID(int=3),
        purpose=purpose,
        priority=1,
        language="en",
        texts=[],
        counts=True,
        attempts=1,
        due_at=NOW,
        not_after=not_after,
        error_code=error_code,
        lease_until=NOW + HOUR,
    )


def person(
    *,
    address: str | None = "whatsapp:+919999999998",
    wrote_at: datetime | None = NOW - HOUR,
    stopped_at: datetime | None = None,
    unreachable_since: datetime | None = None,
) -> Addressee:
    return Addressee(address, wrote_at, stopped_at, unreachable_since, "Asia/Kolkata")


STALE = Fate(Status.CANCELLED, "STALE")
STOPPED = Fate(Status.CANCELLED, "STOPPED")
UNREACHABLE = Fate(Status.CANCELLED, "UNREACHABLE")
NO_ADDRESS = Fate(Status.FAILED, "NO_ADDRESS")


@pytest.mark.parametrize(
    ("what", "whom", "end"),
    [
        (row(), person(), None),
        (row(not_after=NOW), person(), None),
        (row(not_after=NOW - timedelta(seconds=1)), person(), STALE),
        (row("EMERGENCY_ALERT", not_after=NOW - HOUR), person(), STALE),
        (row(), person(stopped_at=NOW - HOUR), STOPPED),
        (row("EMERGENCY_ALERT"), person(stopped_at=NOW - HOUR), None),
        (row("EMERGENCY_ANSWER"), person(stopped_at=NOW - HOUR), None),
        (row("EMERGENCY_FOLLOW_UP"), person(stopped_at=NOW - HOUR), None),
        (row("LATE_ANSWER"), person(stopped_at=NOW - HOUR), None),
        (row("EMERGENCY_ALERT"), person(address=None), NO_ADDRESS),
        (row(), person(unreachable_since=NOW - HOUR / 2), UNREACHABLE),
        (row("EMERGENCY_ALERT"), person(unreachable_since=NOW - HOUR / 2), None),
        # wrote since, so is reached again
        (row(), person(unreachable_since=NOW - 2 * HOUR), None),
        # refused eight days ago: worth another try (house)
        (row(), person(wrote_at=None, unreachable_since=NOW - timedelta(days=8)), None),
    ],
)
def test_a_row_that_is_not_to_be_sent_ends(
    what: Claimed, whom: Addressee, end: Fate | None
) -> None:
    assert fate(what, whom, NOW) == end


@pytest.mark.parametrize(
    ("wrote_ago", "is_in_window"),
    [
        (timedelta(hours=23, minutes=58), True),
        (timedelta(hours=23, minutes=59), False),  # a minute's margin for two clocks (house)
        (timedelta(hours=24), False),
        (timedelta(days=30), False),
    ],
)
def test_the_window_ends_24_hours_after_the_last_message(
    wrote_ago: timedelta, is_in_window: bool
) -> None:
    assert person(wrote_at=NOW - wrote_ago).is_in_window(NOW) is is_in_window


def test_who_never_wrote_has_no_window() -> None:
    assert not person(wrote_at=None).is_in_window(NOW)


@pytest.mark.parametrize(
    ("what", "template", "is_in_window", "said"),
    [
        (row(), TEMPLATE, True, (WORDS, TEMPLATE)),
        (row(), None, True, (WORDS,)),
        (row(), TEMPLATE, False, (TEMPLATE,)),
        (row(), None, False, ()),
        (row("EMERGENCY_ALERT"), TEMPLATE, False, (TEMPLATE, WORDS)),
        (row("EMERGENCY_ALERT"), None, False, (WORDS,)),
        # with buttons it is better than words, which say the same
        (row(), TAPPED, True, (TAPPED, WORDS)),
        (row(), TAPPED, False, (TAPPED,)),
        # refused by 63016 a moment ago, whatever we think of the window
        (row(error_code="63016"), TEMPLATE, True, (TEMPLATE,)),
        (row(error_code="63016"), None, True, ()),
        (row("EMERGENCY_ALERT", error_code="63016"), None, True, ()),
    ],
)
def test_free_text_goes_out_inside_the_window_and_templates_outside(
    what: Claimed, template: TemplateCall | None, is_in_window: bool, said: tuple[Said, ...]
) -> None:
    assert ways(what, WORDS, template, is_in_window=is_in_window) == said


@pytest.mark.parametrize(
    ("zone", "utc", "day"),
    [
        ("Asia/Kolkata", datetime(2026, 11, 22, 18, 29, tzinfo=UTC), 22),  # UTC + 5:30
        ("Asia/Kolkata", datetime(2026, 11, 22, 18, 30, tzinfo=UTC), 23),
        ("Asia/Kathmandu", datetime(2026, 11, 22, 18, 14, tzinfo=UTC), 22),  # UTC + 5:45
        ("Asia/Kathmandu", datetime(2026, 11, 22, 18, 15, tzinfo=UTC), 23),
        ("America/New_York", datetime(2026, 11, 22, 4, 59, tzinfo=UTC), 21),  # UTC - 5 in winter
    ],
)
def test_a_day_begins_at_midnight_where_the_patient_lives(
    zone: str, utc: datetime, day: int
) -> None:
    assert Addressee(None, None, None, None, zone).local_day(utc).day == day
