"""The kinds of reminder, one row each: its rule, its voice, where it is found, what it says.

A source is a question for all that is or will be due of a kind, whoever it is of. It gives
`patient_id`, `due_id`, `due_at`, `is_logged`, `key` and `facts` (see `Said`), and leaves out what a
message was queued for already. Whoever asks it narrows it down to a time or to patients.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Connection,
    Date,
    Interval,
    Select,
    Text,
    cast,
    column,
    exists,
    false,
    func,
    literal,
    null,
    or_,
    select,
    true,
    tuple_,
)
from sqlalchemy.orm import aliased

from app.glucose.checks import store as checks
from app.glucose.checks.tables import GlucoseCheck
from app.glucose.tables import GlucoseReading
from app.insights.week import store as weeks
from app.insights.week.week import told
from app.meals import store as meals
from app.meals.tables import Meal
from app.medications.dose import LogStatus
from app.medications.doses import store as doses
from app.medications.tables import Medication, MedicationLog
from app.messaging.outbox.outgoing import Media, Priority, Purpose
from app.messaging.tables import Outbound
from app.people.tables import Patient, User, WhatsappAddress
from app.people.week import store as weekly
from app.reminders import wording
from app.reminders.plan import PAUSE, Planned, Rule
from app.reminders.recipient import Recipient, Said, Voice
from app.text import Text as Sentence

TESTED_BEFORE = timedelta(minutes=60)
"""A reading so long before a test asked for is that test (house)."""
REFILL_BEFORE, REFILL_AT = timedelta(days=3), time(10)
"""How long before a medicine ends, and at which local time, that is said (house: the time)."""
SHORTEST_COURSE = timedelta(days=7)
"""A shorter course is meant to end: nothing is said of it (house)."""
SILENT_FOR = (timedelta(days=3), timedelta(days=7), timedelta(days=14))
"""After so long without a word a patient is written to; then no more (house)."""
ONE_DAY = timedelta(days=1)
Claims = Sequence[tuple[UUID, UUID]]
"""What is due, each with the message that reminds of it."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of reminder.

    Attributes:
        due: Gives its source at a moment.
        texts: Says what a message of it says; the things due come earliest first.
        claim: Keeps what is claimed from being reminded of again; None where `key` does.
        pass_over: Lets go of what was due before a moment and is stale; None where nothing is
            kept of it.
    """

    rule: Rule
    voice: Voice
    due: Callable[[datetime], Select[*tuple[Any, ...]]]
    texts: Callable[[Planned, Sequence[Said], Recipient], tuple[Sentence, ...]]
    claim: Callable[[Connection, Claims, datetime], None] | None = None
    pass_over: Callable[[Connection, datetime, datetime], None] | None = None


def _medicines_due(_now: datetime) -> Select[*tuple[Any, ...]]:
    name = func.coalesce(Medication.called, Medication.name)
    facts = func.json_build_array(name, Medication.dosage, MedicationLog.scheduled_time)
    is_paused = or_(
        Medication.paused_at.is_(None), Medication.paused_until <= MedicationLog.scheduled_time
    )
    has_ended = or_(
        Medication.end_date.is_(None), MedicationLog.scheduled_time < Medication.end_date
    )
    return (
        select(
            MedicationLog.patient_id,
            MedicationLog.id.label("due_id"),
            MedicationLog.remind_at.label("due_at"),
            false().label("is_logged"),
            cast(null(), Text).label("key"),
            facts.label("facts"),
        )
        .join(Medication, Medication.id == MedicationLog.medication_id)
        .where(MedicationLog.status == LogStatus.PENDING)
        .where(MedicationLog.reminder_message_id.is_(None))
        .where(Medication.is_active, is_paused, has_ended)
    )


def _medicine_texts(planned: Planned, said: Sequence[Said], to: Recipient) -> tuple[Sentence, ...]:
    named = [_dose(each, to) for each in said]
    return wording.medicine_reminder(named, asks_value=planned.asks_value)


def _dose(said: Said, to: Recipient) -> wording.DoseDue:
    name, dosage, at = said.facts
    return wording.DoseDue(name, dosage, datetime.fromisoformat(at).astimezone(to.zone))


def _claim_doses(connection: Connection, claims: Claims, _now: datetime) -> None:
    doses.claim(connection, claims)


def _pairs_due(_now: datetime) -> Select[*tuple[Any, ...]]:
    is_tested = exists().where(
        GlucoseReading.patient_id == Meal.patient_id,
        GlucoseReading.recorded_at > Meal.consumed_at,
        GlucoseReading.related_meal_id == Meal.id,
    )
    return select(
        Meal.patient_id,
        Meal.id.label("due_id"),
        Meal.test_due_at.label("due_at"),
        is_tested.label("is_logged"),
        literal("test:", Text).concat(cast(Meal.id, Text)).label("key"),
        func.json_build_array().label("facts"),
    ).where(Meal.test_due_at.is_not(None))


def _pair_texts(*_of: object) -> tuple[Sentence, ...]:
    return (wording.TEST_NOW,)


def _claim_pairs(connection: Connection, claims: Claims, _now: datetime) -> None:
    meals.reminded_of_test(connection, [meal_id for meal_id, _outbound_id in claims])


def _pass_pairs_over(connection: Connection, before: datetime, _now: datetime) -> None:
    meals.drop_tests(connection, before)


def _checks_due(_now: datetime) -> Select[*tuple[Any, ...]]:
    """Ask for the tests wanted at a time of the day; a reading shortly before is the test."""
    is_tested = exists().where(
        GlucoseReading.patient_id == GlucoseCheck.patient_id,
        GlucoseReading.recorded_at > GlucoseCheck.next_at - TESTED_BEFORE,
    )
    local = func.timezone(User.timezone, GlucoseCheck.next_at)
    key = func.concat_ws(":", "check", GlucoseCheck.id, func.to_char(local, "YYYY-MM-DD"))
    return (
        select(
            GlucoseCheck.patient_id,
            GlucoseCheck.id.label("due_id"),
            GlucoseCheck.next_at.label("due_at"),
            is_tested.label("is_logged"),
            key.label("key"),
            func.json_build_array().label("facts"),
        )
        .join(Patient, Patient.id == GlucoseCheck.patient_id)
        .join(User, User.id == Patient.user_id)
        .where(~exists().where(Outbound.idempotency_key == key))
    )


def _check_texts(*_of: object) -> tuple[Sentence, ...]:
    return (wording.CHECK_NOW,)


def _claim_checks(connection: Connection, claims: Claims, now: datetime) -> None:
    checks.reminded(connection, [check_id for check_id, _outbound_id in claims], now)


def _pass_checks_over(connection: Connection, before: datetime, _now: datetime) -> None:
    checks.pass_over(connection, before)


def _refills_due(now: datetime) -> Select[*tuple[Any, ...]]:
    """Ask for courses of a week or longer that end in three days, at ten in the morning."""
    day = cast(func.timezone(User.timezone, Medication.end_date - REFILL_BEFORE), Date)
    due_at = func.timezone(User.timezone, day + REFILL_AT)
    key = func.concat_ws(
        ":", "refill", Medication.id, cast(func.extract("epoch", Medication.end_date), BigInteger)
    )
    name = func.coalesce(Medication.called, Medication.name)
    return (
        select(
            Medication.patient_id,
            Medication.id.label("due_id"),
            due_at.label("due_at"),
            false().label("is_logged"),
            key.label("key"),
            func.json_build_array(name, Medication.dosage).label("facts"),
        )
        .join(Patient, Patient.id == Medication.patient_id)
        .join(User, User.id == Patient.user_id)
        .where(Medication.is_active, Medication.end_date.is_not(None))
        .where(Medication.end_date > now + REFILL_BEFORE - ONE_DAY)
        .where(Medication.end_date < now + REFILL_BEFORE + 2 * ONE_DAY)
        .where(Medication.start_date <= Medication.end_date - SHORTEST_COURSE)
        .where(~exists().where(Outbound.idempotency_key == key))
    )


def _refill_texts(_planned: Planned, said: Sequence[Said], _to: Recipient) -> tuple[Sentence, ...]:
    return tuple(wording.refill(f"{name} {dosage}".strip()) for name, dosage in _facts(said))


def _facts(said: Sequence[Said]) -> list[Any]:
    return [each.facts for each in said]


def _silences_due(now: datetime) -> Select[*tuple[Any, ...]]:
    """Ask for the silence of patients: so many days after they last wrote, at that time of day."""
    lengths = literal(list(SILENT_FOR), ARRAY(Interval))
    steps = func.unnest(lengths).table_valued(column("waited", Interval)).render_derived("step")
    waits = steps.c.waited
    heard_at = WhatsappAddress.last_inbound_at
    other = aliased(WhatsappAddress)
    is_older = exists().where(
        other.user_id == WhatsappAddress.user_id,
        tuple_(other.last_inbound_at, other.address) > tuple_(heard_at, WhatsappAddress.address),
    )
    key = func.concat_ws(
        ":", "silence", Patient.id, cast(func.extract("epoch", heard_at + waits), BigInteger)
    )
    return (
        select(
            Patient.id.label("patient_id"),
            Patient.id.label("due_id"),
            (heard_at + waits).label("due_at"),
            false().label("is_logged"),
            key.label("key"),
            func.json_build_array().label("facts"),
        )
        .select_from(WhatsappAddress)
        .join(steps, true())
        .join(Patient, Patient.user_id == WhatsappAddress.user_id)
        .where(heard_at > now - waits - ONE_DAY, heard_at <= now - waits + ONE_DAY)
        .where(~is_older, ~exists().where(Outbound.idempotency_key == key))
    )


def _silence_texts(
    _planned: Planned, _said: Sequence[Said], _to: Recipient
) -> tuple[Sentence, ...]:
    return (wording.HOW_ARE_YOU,)


def _week_texts(_planned: Planned, said: Sequence[Said], _to: Recipient) -> tuple[Sentence, ...]:
    (week,) = said
    return told(weeks.week_from(list(week.facts)), week.due.due_at)


def _claim_weeks(connection: Connection, claims: Claims, now: datetime) -> None:
    weekly.told(connection, [patient_id for patient_id, _outbound_id in claims], now)


def _pass_weeks_over(connection: Connection, before: datetime, now: datetime) -> None:
    weekly.arrange(connection, before, now)


MEDICINE = Kind(
    Rule(
        "medicine",
        stale_after=timedelta(hours=2),
        sent_within=timedelta(minutes=60),
        merged_within=timedelta(minutes=30),
        paused_for=PAUSE,
        is_other=False,
    ),
    Voice(Purpose.MEDICATION_REMINDER),
    _medicines_due,
    _medicine_texts,
    _claim_doses,
)
PAIR = Kind(
    Rule(
        "pair",
        stale_after=timedelta(minutes=45),  # later is not two hours after the meal any more
        sent_within=timedelta(minutes=45),
        is_asked=True,
    ),
    Voice(Purpose.TEST_REMINDER),
    _pairs_due,
    _pair_texts,
    _claim_pairs,
    _pass_pairs_over,
)
CHECK = Kind(
    Rule(
        "check",
        stale_after=timedelta(minutes=60),
        sent_within=timedelta(minutes=60),
        is_asked=True,
    ),
    Voice(Purpose.CHECK_REMINDER),
    _checks_due,
    _check_texts,
    _claim_checks,
    _pass_checks_over,
)
REFILL = Kind(
    Rule("refill", stale_after=timedelta(hours=12), sent_within=timedelta(hours=12)),
    Voice(Purpose.REFILL_REMINDER, Priority.WHENEVER),
    _refills_due,
    _refill_texts,
)
SILENCE = Kind(
    Rule("silence", stale_after=timedelta(hours=24), sent_within=timedelta(hours=24)),
    Voice(Purpose.REENGAGEMENT, Priority.WHENEVER),
    _silences_due,
    _silence_texts,
)
WEEKLY = Kind(
    Rule("week", stale_after=timedelta(hours=3), sent_within=timedelta(hours=3)),
    Voice(Purpose.WEEKLY_SUMMARY, Priority.WHENEVER, Media.CHART),
    weeks.due,
    _week_texts,
    _claim_weeks,
    _pass_weeks_over,
)
KINDS = (MEDICINE, PAIR, CHECK, REFILL, WEEKLY, SILENCE)
"""What goes first at the top; all lengths of time are choices of this project (house)."""
