"""What the clock does about an event that nobody answers: asks, tells the family, escalates. Pure.

A timer never ends an event, and does nothing once a value or a word has come: that has set a new
time to ask at. "Nothing heard" is never taken for "safe".
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from app.emergency import constants as c
from app.emergency import escalation
from app.emergency import follow_up_texts as texts
from app.emergency.alert import ALERT_STALE_AFTER, Danger, Occasion, Surroundings, told
from app.emergency.event import EmergencyStatus, OpenEvent
from app.emergency.steps import Step, steps_of
from app.messaging.outbox.outgoing import Outgoing, Priority, Purpose
from app.text import Text

ESCALATED = EmergencyStatus.ESCALATED


@dataclass(frozen=True, slots=True)
class Watched:
    """An event as the clock finds it.

    Attributes:
        asks_at: When something is to be done; None for never.
        steps_done: Since something was heard last.
        is_alerted: Whether anyone around the patient was told of it.
    """

    event: OpenEvent
    asks_at: datetime | None
    steps_done: int
    is_alerted: bool


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What the clock does, and how the event stands afterwards."""

    outgoing: tuple[Outgoing, ...]
    status: EmergencyStatus
    asks_at: datetime | None
    steps_done: int


def follow_up(watched: Watched, around: Surroundings) -> FollowUp:
    """Do what is due; nothing where nothing is.

    What is overdue after the clock stood still is done in one: one question, one alert. But nobody
    is lost who was never asked: an event is escalated only after a question.
    """
    now, asks_at = around.now, watched.asks_at
    if asks_at is None or asks_at > now:
        return _as_it_stands(watched, _tell_lasting(watched, around))
    if now - asks_at >= c.EPISODE_ENDS_AFTER:
        return _after_a_day(watched, around)
    steps = steps_of(watched.event)[watched.steps_done :]
    due = tuple(
        step
        for step in steps
        if _at(step, steps, asks_at) <= now and (watched.steps_done or not step.escalates)
    )
    if not due:
        return replace(_as_it_stands(watched, ()), asks_at=None)
    return _broken_silence(due, _next_at(steps, due, asks_at, now), watched, around)


def _at(step: Step, steps: tuple[Step, ...], asks_at: datetime) -> datetime:
    """Say when a step falls due: the first at the time that was set, the others after it."""
    return asks_at + timedelta(minutes=step.minutes - steps[0].minutes)


def _next_at(
    steps: tuple[Step, ...], due: tuple[Step, ...], asks_at: datetime, now: datetime
) -> datetime | None:
    """Say when the step after those due comes; None after the last."""
    if len(due) == len(steps):
        return None
    after = steps[len(due)]
    late = now + timedelta(minutes=after.minutes - due[-1].minutes)
    at = _at(after, steps, asks_at)
    return at if at > now else late


def _broken_silence(
    due: tuple[Step, ...], next_at: datetime | None, watched: Watched, around: Surroundings
) -> FollowUp:
    last = due[-1]
    family = _tell_silence(due, watched, around) or _tell_lasting(watched, around)
    return FollowUp(
        outgoing=(_question(last.asks, watched, next_at, around), *family),
        status=ESCALATED if last.escalates else watched.event.status,
        asks_at=next_at,
        steps_done=watched.steps_done + len(due),
    )


def _question(
    asks: Text, watched: Watched, asks_next_at: datetime | None, around: Surroundings
) -> Outgoing:
    """Ask the patient; the question is stale when the next one comes."""
    patient, event = around.patient, watched.event
    return Outgoing(
        key=f"follow_up:{event.event_id}:{event.round}:{_moment(watched)}",
        user_id=patient.user_id,
        patient_id=patient.patient_id,
        purpose=Purpose.EMERGENCY_FOLLOW_UP,
        priority=Priority.EMERGENCY,
        language=patient.language,
        texts=(asks,),
        due_at=around.now,
        not_after=asks_next_at or around.now + ALERT_STALE_AFTER,
        event_id=event.event_id,
    )


def _moment(watched: Watched) -> str:
    """Name what is done now by the time it was set for, which is never set twice for an event.

    A count would not do: it begins anew with every answer, and the round may stay the same.
    """
    return f"{watched.asks_at:%Y%m%dT%H%M%S}"


def _tell_silence(
    due: tuple[Step, ...], watched: Watched, around: Surroundings
) -> tuple[Outgoing, ...]:
    wordings = [step.tells for step in due if step.tells]
    if not wordings:
        return ()
    occasion = Occasion(f"silent_{_moment(watched)}", wordings[-1], doctors=due[-1].escalates)
    return told(_danger(watched.event), occasion, around)


def _tell_lasting(watched: Watched, around: Surroundings) -> tuple[Outgoing, ...]:
    """Tell the caregivers of a mild low that lasts, if nobody knows of it."""
    event = watched.event
    if watched.is_alerted or not escalation.is_mild_low(event):
        return ()
    if not escalation.UNRESOLVED_AFTER <= around.now - event.opened_at < c.EPISODE_ENDS_AFTER:
        return ()
    return told(_danger(event), escalation.still_low(event.level), around)


def _danger(event: OpenEvent) -> Danger:
    return Danger(event.event_id, event.level, event.glucose_mg_dl)


def _as_it_stands(watched: Watched, outgoing: tuple[Outgoing, ...]) -> FollowUp:
    return FollowUp(outgoing, watched.event.status, watched.asks_at, watched.steps_done)


def _after_a_day(watched: Watched, around: Surroundings) -> FollowUp:
    """Ask once for a value where the clock stood still for a day; what was then says little now."""
    question = _question(texts.TEST_AGAIN, watched, None, around)
    return FollowUp((question,), watched.event.status, None, watched.steps_done)
