"""Which of the day's reminders are sent now. Pure.

A kind of reminder is one row of `KINDS`. The plan is made of the whole day: what is graver and
comes later keeps its slot from what is less grave and could go now.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from app.people.person import OTHERS_A_DAY

MEDICINE = "medicine"
MOST_A_DAY = 5
"""Messages of our own accord a patient may get in a local day; the database holds it as well."""
PAUSE = timedelta(hours=2)
"""How long an emergency keeps medicine reminders back at most (house)."""


@dataclass(frozen=True, slots=True)
class Rule:
    """How one kind of reminder is treated.

    Attributes:
        merged_within: What falls due so soon after the first of a message is in it.
        stale_after: What was due so long ago is not reminded of any more.
        pauses: An emergency keeps it back.
        is_other: No medicine is due: quiet hours keep it back, and the person decides how many
            of these come a day.
    """

    kind: str
    merged_within: timedelta
    stale_after: timedelta
    pauses: bool
    is_other: bool = False


KINDS = (Rule(MEDICINE, timedelta(minutes=30), timedelta(hours=2), pauses=True),)
"""The kinds of reminder, what goes first at the top (30 minutes and 2 hours: house)."""


@dataclass(frozen=True, slots=True)
class Due:
    """One thing to be reminded of.

    Attributes:
        due_at: Aware.
        is_logged: It is told of already.
    """

    due_id: UUID
    kind: str
    due_at: datetime
    is_logged: bool = False


@dataclass(frozen=True, slots=True)
class Day:
    """One patient's day as far as reminders are concerned.

    Attributes:
        now: Aware.
        ends_at: Aware, excluded: the next local midnight.
        slots_used: How many of the day's messages are sent, or queued to be.
        due: What is and will be due, in any order.
        others_left: How many messages that are no medicine's the person still wants today.
        is_quiet: It is the person's quiet time; medicines keep their own.
        emergency_at: When the newest emergency that is not over was opened; None without one.
    """

    now: datetime
    ends_at: datetime
    slots_used: int
    due: tuple[Due, ...]
    emergency_at: datetime | None = None
    others_left: int = OTHERS_A_DAY
    is_quiet: bool = False


@dataclass(frozen=True, slots=True)
class Planned:
    """One message to be sent now.

    Attributes:
        due: What it reminds of, earliest first, never empty.
        asks_value: An emergency is not over: the value is asked for first.
    """

    kind: str
    due: tuple[Due, ...]
    asks_value: bool = False

    @property
    def due_at(self) -> datetime:
        """When the first of it is due."""
        return self.due[0].due_at


def plan(day: Day, rules: Sequence[Rule] = KINDS) -> tuple[Planned, ...]:
    """Plan the messages to be sent now, what goes first first; at most what the day has left."""
    groups = _wanted_by_person(
        [(rule, group) for rule in rules for group in _groups(day, rule)], day.others_left
    )
    left = max(MOST_A_DAY - day.slots_used, 0)
    return tuple(group for rule, group in groups[:left] if _goes_now(group, rule, day))


def _wanted_by_person(
    groups: Sequence[tuple[Rule, Planned]], others_left: int
) -> list[tuple[Rule, Planned]]:
    """Leave out what is one message too many beside those of medicines."""
    others = [group for rule, group in groups if rule.is_other]
    left_out = others[max(others_left, 0) :]
    return [(rule, group) for rule, group in groups if group not in left_out]


def _goes_now(group: Planned, rule: Rule, day: Day) -> bool:
    is_kept_back = (rule.pauses and is_paused(day)) or (rule.is_other and day.is_quiet)
    return group.due_at <= day.now and not is_kept_back


def _groups(day: Day, rule: Rule) -> list[Planned]:
    """Gather what each message of the rest of the day says."""
    gathered: list[list[Due]] = []
    for due in sorted(_wanted(day, rule), key=lambda one: (one.due_at, one.due_id)):
        if gathered and due.due_at - gathered[-1][0].due_at <= rule.merged_within:
            gathered[-1].append(due)
        elif due.due_at < day.ends_at:
            gathered.append([due])
    asks = rule.pauses and day.emergency_at is not None
    return [Planned(rule.kind, tuple(group), asks_value=asks) for group in gathered]


def _wanted(day: Day, rule: Rule) -> set[Due]:
    stale = day.now - rule.stale_after
    ours = {due for due in day.due if due.kind == rule.kind}
    return {due for due in ours if not due.is_logged and due.due_at > stale}


def is_paused(day: Day) -> bool:
    """Say whether an emergency keeps reminders back; "nothing heard" ends no emergency."""
    return day.emergency_at is not None and day.now - day.emergency_at < PAUSE
