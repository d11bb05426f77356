"""One person's conversation without a database: what a turn ends in is what the next one knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from app.cli.consequences import applied
from app.conversation.engine import take_turn
from app.conversation.for_whom.record import as_meant
from app.conversation.for_whom.whom import whom
from app.conversation.load import flows
from app.conversation.turn import ForAnother, Situation, Turn
from app.glucose.history.history import PastReading
from app.i18n import render
from app.insights.period import Past
from app.meals.load import food_table
from app.meals.meal import (
    MealFacts,
)
from app.medications.dose import (
    MedicationFacts,
    Medicine,
    PendingDose,
)
from app.messaging.message import InboundMessage
from app.parsing.lexicon import heard_from
from app.parsing.load import lexicon
from app.parsing.meanings import Message, Parsed
from app.parsing.parse import parse
from app.people.access.rules import Relation, Standing
from app.people.person import (
    DiabetesType,
    LanguageChosen,
    Person,
    Role,
)

ZONE = ZoneInfo("Asia/Kolkata")
ADDRESS = "whatsapp:+910000000000"
BEGIN = datetime(2026, 11, 20, 8, 30, tzinfo=ZONE)
"""A Friday."""

NEWCOMER = Person(UUID(int=1), Role.PATIENT, "en", "Asia/Kolkata")
PATIENT = replace(NEWCOMER, name="Asha", patient_id=UUID(int=2), diabetes_type=DiabetesType.TYPE_2)
METFORMIN = Medicine(UUID(int=3), "metformin")


def situation(person: Person = PATIENT, body: str = "", now: datetime = BEGIN) -> Situation:
    """Make a person's first situation; the medicines are known, so that lows are judged mildly."""
    message = InboundMessage("SM0", ADDRESS, body, now)
    known = MedicationFacts((METFORMIN,)) if person.patient_id else MedicationFacts()
    return Situation(now, message, person, medications=known, meals=MealFacts(table=food_table()))


def reminded(now: Situation, names: Mapping[str, int]) -> Situation:
    """Let one reminder have gone out of some doses, each due so many minutes ago."""
    minutes = max(names.values())
    sent_at = now.now - timedelta(minutes=minutes)
    doses = tuple(
        PendingDose(
            log_id=UUID(int=100 + number),
            medicine_id=METFORMIN.medicine_id if name == METFORMIN.name else UUID(int=200 + number),
            name=name,
            scheduled_time=now.now - timedelta(minutes=ago),
            remind_at=now.now - timedelta(minutes=ago),
            reminder_id=UUID(int=99),
            reminded_at=sent_at,
        )
        for number, (name, ago) in enumerate(names.items())
    )
    medicines = tuple(Medicine(dose.medicine_id, dose.name) for dose in doses)
    return replace(now, medications=MedicationFacts(medicines, doses))


def with_message(before: Situation, body: str, **fields: object) -> Situation:
    """Let the person write next."""
    sid = f"SM{before.now.isoformat()}{body}"
    told = {"address": ADDRESS, **fields}
    message = InboundMessage(sid=sid, body=body, received_at=before.now, **told)  # type: ignore[arg-type]  # fields of a message
    return replace(before, message=message, coded_doctor=None)


def understood(now: Situation) -> Parsed:
    """Read the message with the real parser, as the turn's transaction does."""
    at = now.message.received_at.astimezone(ZONE)
    return parse(lexicon(), Message(now.message.body, at, now.person.language, now.person.unit))


def as_told(now: Situation) -> Situation:
    """Find whom a caregiver's message is about; every patient lets them log."""
    if not now.person.cares_for:
        return now
    meant = whom(now.person, now.node, now.message, now.now, lexicon(), flows())
    if meant.about is None:
        return as_meant(now, meant, None)
    standing = Standing(Relation.CAREGIVER, may_log=True)
    return as_meant(now, meant, ForAnother(now.person, meant.about, standing))


def taken(now: Situation, parsed: Parsed | None = None) -> Turn:
    """Take the turn of a situation."""
    words = heard_from(lexicon(), now.person.language)
    now = as_told(now)
    parsed = parsed or understood(now)
    turn = take_turn(now, parsed, words, flows())
    return (
        take_turn(replace(now, past=_past(now)), parsed, words, flows())
        if turn.lacks_past
        else turn
    )


def _past(now: Situation) -> Past:
    """Remember what was told: the readings of the last 24 hours, and no dose."""
    return Past(
        tuple(
            PastReading(one.reading_id, one.recorded_at, one.value_mg_dl, one.state)
            for one in now.glucose.latest_told
        )
    )


def said(turn: Turn, language: str) -> str:
    """Give all that is said, as the person reads it."""
    chosen = [event.language for event in turn.events if isinstance(event, LanguageChosen)]
    return "\n".join(render(reply, [language, *chosen][-1]) for reply in turn.replies)


def after(now: Situation, turn: Turn, minutes: float = 3) -> Situation:
    """Give the situation that the turn leads to, some minutes later."""
    later = replace(now, node=turn.node)
    for event in turn.events:
        later = applied(later, event)
    return replace(later, now=now.now + timedelta(minutes=minutes))
