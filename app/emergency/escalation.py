"""Who is told of a turn's emergencies: an event opened, grew worse, lasts, or is over. Pure.

After the column "who is told" of the triage table; `alert.py` knows who wants to hear of it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from app.emergency import alert_texts as texts
from app.emergency import constants as c
from app.emergency.alert import Danger, Occasion, Surroundings, told, told_over
from app.emergency.assess import Circumstances, Teller, known_of
from app.emergency.case import is_fresh
from app.emergency.event import (
    EmergencyContinued,
    EmergencyOpened,
    EmergencyResolved,
    EmergencyStatus,
    EmergencyType,
    Level,
    OpenEvent,
)
from app.emergency.patient_told import to_patient
from app.emergency.triage import BY_SIGNS
from app.glucose.reading import ReadingCorrected, ReadingLogged
from app.messaging.outbox.outgoing import Outgoing
from app.people.circle import Circle
from app.text import Text

Alerted = Mapping[UUID, frozenset[UUID]]
"""By event, the users who were alerted of it."""

TOLD_AT_ONCE = frozenset({Level.P0, Level.P0B, Level.P1, Level.P3, Level.P4, Level.P5})
DOCTORS_AT_ONCE = frozenset({Level.P0, Level.P0B, Level.P3, Level.P4})
"""Rows of which caregivers, and doctors too, are told as soon as they are found."""

HIGHS_WITH_MISSED = frozenset({Level.P5, Level.P6})
"""Rows with which doctors hear of doses missed on the same day."""

MILD_LOWS = frozenset({Level.P2, Level.P2B})
UNRESOLVED_AFTER = timedelta(minutes=30)
"""So long a mild low may last before the caregivers hear of it (house)."""


@dataclass(frozen=True, slots=True)
class Happened:
    """A turn, as those around the patient see it: what happened, and what stood before it."""

    events: tuple[object, ...]
    before: Circumstances
    alerted: Alerted

    def open(self, event_id: UUID) -> OpenEvent | None:
        """Give an event as it stood before the turn."""
        return next((one for one in self.before.emergency.open if one.event_id == event_id), None)


def alerts(
    events: Iterable[object], circumstances: Circumstances, circle: Circle, alerted: Alerted
) -> tuple[Outgoing, ...]:
    """Tell caregivers and doctors of what happened in a turn.

    Args:
        events: All events of the turn, in their order; those of emergencies are told.
        circumstances: As they were before the turn; `person` is the patient.
        circle: Of the patient.
        alerted: As it was before the turn.

    Returns:
        What goes into the outbox after the events are written, since its rows refer to theirs.
    """
    turn = Happened(tuple(events), circumstances, alerted)
    teller = circumstances.teller
    around = Surroundings(circumstances.person, _others(circle, teller), circumstances.now)
    outgoing: tuple[Outgoing, ...] = to_patient(turn.events, teller, around) if teller else ()
    for event in turn.events:
        match event:
            case EmergencyOpened() | EmergencyContinued():
                occasion = _occasion(event, turn)
                danger = Danger(event.event_id, event.level, event.glucose_mg_dl)
                outgoing += told(danger, occasion, around) if occasion else ()
                outgoing += _missed_beside(event, turn, around)
            case EmergencyResolved():
                outgoing += _over(event, turn, around)
            case _:
                pass
    return outgoing


def _others(circle: Circle, teller: Teller | None) -> Circle:
    """Leave out who told it: they were answered already."""
    if teller is None:
        return circle
    return Circle(tuple(one for one in circle.companions if one.user_id != teller.user_id))


def _missed_beside(
    event: EmergencyOpened | EmergencyContinued, turn: Happened, around: Surroundings
) -> tuple[Outgoing, ...]:
    """Tell doctors of missed doses with a high on the same day; the family knows of them."""
    missed = turn.before.emergency.missed
    if missed is None or event.level not in HIGHS_WITH_MISSED or not is_fresh(missed, around.now):
        return ()
    wording = texts.MISSED[missed.level]
    occasion = Occasion("with_high", wording, doctors=True, family=False)
    return told(Danger(missed.event_id, missed.level), occasion, around)


def of_level(level: Level) -> Occasion:
    """Give the occasion of an event that is found, or has risen to a level."""
    return Occasion(level.value, texts.OF_LEVEL[level], doctors=level in DOCTORS_AT_ONCE)


def still_low(level: Level) -> Occasion:
    """Give the occasion of a mild low that lasts, of which nobody heard when it was found."""
    return Occasion(level.value, texts.STILL_LOW, doctors=False)


def is_mild_low(event: OpenEvent) -> bool:
    """Say whether an event is a mild low that has not risen and is not escalated."""
    is_active = event.status is EmergencyStatus.ACTIVE
    return event.level in MILD_LOWS and is_active and event.normal_values == 0


def _occasion(event: EmergencyOpened | EmergencyContinued, turn: Happened) -> Occasion | None:
    """Find why this is told now; None where it is not."""
    before = turn.open(event.event_id)
    if before and _is_no_better(before, event):
        return _no_better(before)
    is_raised = before is None or event.level.rank < before.level.rank
    if event.level in MILD_LOWS:
        return _of_mild_low(event, before, turn)
    if event.level is Level.P6:
        is_told = _is_second_high(turn, is_new=is_raised)
        return of_level(event.level) if is_told else None
    return of_level(event.level) if is_raised and event.level in TOLD_AT_ONCE else None


def _is_no_better(before: OpenEvent, event: EmergencyOpened | EmergencyContinued) -> bool:
    """Say whether treatment did not help; danger signs speak for themselves.

    A low that the clock escalated for want of an answer is told once more when it is still a low.
    """
    if event.status is not EmergencyStatus.ESCALATED or event.level in BY_SIGNS:
        return False
    is_low = before.type is EmergencyType.HYPOGLYCEMIA and not _has_risen(event)
    return is_low or before.status is not EmergencyStatus.ESCALATED


def _no_better(before: OpenEvent) -> Occasion:
    is_low = before.type is EmergencyType.HYPOGLYCEMIA
    wording = texts.NO_BETTER_LOW if is_low else texts.NO_BETTER_HIGH
    return Occasion("escalated", wording, doctors=True)


def _of_mild_low(
    event: EmergencyOpened | EmergencyContinued, before: OpenEvent | None, turn: Happened
) -> Occasion | None:
    """Tell at once where lows come back, else after half an hour; not of a value that has risen."""
    is_known = before is not None and event.level is before.level and event.event_id in turn.alerted
    if is_known or _has_risen(event):
        return None
    if known_of(turn.before).lows_likely:
        return of_level(event.level)
    lasts = before is not None and turn.before.now - before.opened_at >= UNRESOLVED_AFTER
    return still_low(event.level) if lasts else None


def _has_risen(event: EmergencyOpened | EmergencyContinued) -> bool:
    return isinstance(event, EmergencyContinued) and event.normal_values > 0


def _is_second_high(turn: Happened, *, is_new: bool) -> bool:
    """Say whether there was a high before; within an event only another high value is one."""
    values = (
        event.value_mg_dl
        for event in turn.events
        if isinstance(event, ReadingLogged | ReadingCorrected)
    )
    is_high = is_new or any(value >= c.HIGH_FROM for value in values)
    return is_high and turn.before.emergency.highs_in_24h > 0


def _over(event: EmergencyResolved, turn: Happened, around: Surroundings) -> tuple[Outgoing, ...]:
    """Tell that it is over, unless it began anew at once or danger signs still stand."""
    before = turn.open(event.event_id)
    if before is None or _goes_on(before, turn):
        return ()
    danger = Danger(event.event_id, before.level, event.glucose_mg_dl)
    said = _said_over(before, event, turn.before)
    return told_over(danger, said, turn.alerted.get(event.event_id, frozenset()), around)


def _goes_on(event: OpenEvent, turn: Happened) -> bool:
    resolved = {one.event_id for one in turn.events if isinstance(one, EmergencyResolved)}
    opened = [one for one in turn.events if isinstance(one, EmergencyOpened)]
    left = [
        one.level
        for one in turn.before.emergency.open
        if one.event_id not in resolved and is_fresh(one, turn.before.now)
    ]
    is_reopened = any(one.type is event.type for one in opened)
    return is_reopened or not BY_SIGNS.isdisjoint([*left, *(one.level for one in opened)])


def _said_over(
    event: OpenEvent, resolved: EmergencyResolved, before: Circumstances
) -> tuple[Text, ...]:
    """Say what ended it: help is told of, not a value that has come up or down."""
    can_return = known_of(before).lows_likely
    if resolved.by_word or event.level in BY_SIGNS:
        return (texts.HELP_IS_THERE_TOLD if before.teller else texts.HELP_IS_THERE,)
    if event.type is EmergencyType.HYPERGLYCEMIA:
        return (texts.HIGH_OVER,)
    return (texts.LOW_OVER, texts.LOW_CAN_RETURN) if can_return else (texts.LOW_OVER,)
