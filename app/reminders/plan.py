"""Which of the day's reminders are sent now. Pure.

The plan is made of the whole day: what goes first and comes later keeps its slot from what goes
after it and could be sent now.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from app.people.person import OTHERS_A_DAY

MOST_A_DAY = 5
"""Messages of our own accord a patient may get in a local day; the database holds it as well."""
PAUSE = timedelta(hours=2)
"""How long an emergency keeps medicine reminders back at most (house)."""
SILENT_AFTER = timedelta(days=3)
"""Who has not written for so long gets half of the messages that are no medicine's."""


@dataclass(frozen=True, slots=True)
class Rule:
    """How one kind of reminder is treated.

    Attributes:
        stale_after: What was due so long ago is not reminded of any more.
        sent_within: So long after it was due a message of it may still go out.
        merged_within: What falls due so soon after the first of a message is in it; None where
            each is a message of its own.
        paused_for: So long an emergency keeps it back, and a value is asked for first then; None
            for until it is over.
        is_other: No medicine is due: the person decides how many of these come a day.
        is_asked: The person asked for this very one: it keeps its time in quiet hours, and is
            never one too many unless the person has fallen silent.
    """

    kind: str
    stale_after: timedelta
    sent_within: timedelta
    merged_within: timedelta | None = None
    paused_for: timedelta | None = None
    is_other: bool = True
    is_asked: bool = False


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
        emergency_at: When the newest emergency that is not over was opened; None without one.
        others_a_day: How many messages a day that are no medicine's the person wants.
        others_sent: How many of these are sent, or queued to be.
        asked_sent: How many of those sent the person asked for.
        is_silent: Nothing was heard of the person for three days.
        is_quiet: It is the person's quiet time; what was asked for, and medicines, keep their own.
    """

    now: datetime
    ends_at: datetime
    slots_used: int
    due: tuple[Due, ...]
    emergency_at: datetime | None = None
    others_a_day: int = OTHERS_A_DAY
    others_sent: int = 0
    asked_sent: int = 0
    is_silent: bool = False
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


Group = tuple[Rule, Planned]


def plan(day: Day, rules: Sequence[Rule]) -> tuple[Planned, ...]:
    """Plan the messages to be sent now, what goes first first; at most what the day has left.

    Args:
        day: What is known of the patient's day.
        rules: The kinds of reminder, what goes first at the top.
    """
    groups = [(rule, group) for rule in rules for group in _groups(day, rule)]
    wanted = _wanted_by_person(groups, day)
    left = max(MOST_A_DAY - day.slots_used, 0)
    return tuple(group for rule, group in wanted[:left] if _goes_now(group, rule, day))


def _wanted_by_person(groups: Sequence[Group], day: Day) -> list[Group]:
    """Leave out what is one message too many beside those of medicines."""
    others = [group for rule, group in groups if rule.is_other]
    asked = sum(rule.is_asked for rule, _group in groups if rule.is_other)
    left_out = others[_others_left(day, asked) :]
    return [(rule, group) for rule, group in groups if group not in left_out]


def _others_left(day: Day, asked: int) -> int:
    """Say how many more messages that are no medicine's the day has.

    Who asks for three tests a day has chosen three; beside these no more than usual is sent.
    """
    chosen = max(day.others_a_day, day.asked_sent + asked)
    if day.is_silent:
        return max(halved(chosen) - day.others_sent, 0)
    return max(chosen - day.others_sent, asked)


def halved(messages: int) -> int:
    """Halve, rounding down, what who is silent gets; one is left of any at all (house)."""
    return max(messages // 2, 1) if messages else 0


def _goes_now(group: Planned, rule: Rule, day: Day) -> bool:
    is_quiet = day.is_quiet and rule.is_other and not rule.is_asked
    return group.due_at <= day.now and not is_quiet and not _is_paused(rule, day)


def _is_paused(rule: Rule, day: Day) -> bool:
    """Say whether an emergency keeps a kind back; "nothing heard" ends no emergency."""
    if day.emergency_at is None:
        return False
    return rule.paused_for is None or day.now - day.emergency_at < rule.paused_for


def _groups(day: Day, rule: Rule) -> list[Planned]:
    """Gather what each message of the rest of the day says."""
    gathered: list[list[Due]] = []
    for due in sorted(_wanted(day, rule), key=lambda one: (one.due_at, one.due_id)):
        if gathered and _is_merged(gathered[-1][0], due, rule):
            gathered[-1].append(due)
        elif due.due_at < day.ends_at:
            gathered.append([due])
    asks = rule.paused_for is not None and day.emergency_at is not None
    return [Planned(rule.kind, tuple(group), asks_value=asks) for group in gathered]


def _is_merged(first: Due, due: Due, rule: Rule) -> bool:
    return rule.merged_within is not None and due.due_at - first.due_at <= rule.merged_within


def _wanted(day: Day, rule: Rule) -> set[Due]:
    stale = day.now - rule.stale_after
    ours = {due for due in day.due if due.kind == rule.kind}
    return {due for due in ours if not due.is_logged and due.due_at > stale}
