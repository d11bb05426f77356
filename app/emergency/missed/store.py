"""Missed doses as they are kept: which are to be asked after, and which are over."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    Exists,
    Select,
    and_,
    case,
    exists,
    func,
    or_,
    select,
)
from sqlalchemy.orm import aliased

from app.emergency.event import EmergencyStatus, EmergencyType, Level
from app.emergency.missed.dose import (
    IN_A_ROW,
    INSULIN,
    LASTS,
    LOOKED_AT,
    MISSED_BY,
    MissedDose,
)
from app.emergency.tables import EmergencyEventRow as Row
from app.medications.classes import MedicineClass
from app.medications.dose import LogStatus
from app.medications.tables import Medication, MedicationLog
from app.people.tables import Patient, User

LOG = MedicationLog
NOT_TAKEN = (LogStatus.MISSED, LogStatus.SKIPPED)
TAKEN = (LogStatus.TAKEN, LogStatus.TAKEN_LATE)
BURIES = (Level.P0, Level.P0B, Level.P3, Level.P4)
IS_INSULIN = Medication.name.contains(MedicineClass.INSULIN.value)
MISSED = EmergencyType.MISSED_MEDICATION


class Over(NamedTuple):
    """An event of missed doses that is over, by a dose told of or by its age."""

    event_id: UUID
    patient_id: UUID
    level: Level
    is_taken: bool


def patients(connection: Connection, now: datetime, at_most: int) -> list[UUID]:
    """List patients who are to be asked after missed doses now, each once."""
    found = connection.execute(_missed(now, LOG.patient_id).limit(at_most))
    return list(dict.fromkeys(found.scalars()))


def missed_doses(connection: Connection, patient_id: UUID, now: datetime) -> list[MissedDose]:
    """List what a patient, who is locked, is to be asked after; the last dose of each medicine."""
    name = func.coalesce(Medication.called, Medication.name)
    found = _missed(now, LOG.id, name, IS_INSULIN, LOG.scheduled_time)
    rows = connection.execute(found.where(LOG.patient_id == patient_id))
    return [MissedDose(*row) for row in rows]


def _missed(now: datetime, *columns: Any) -> Select[*tuple[Any, ...]]:
    """Select missed doses that open an event: none does while a grave one is open."""
    return (
        select(*columns)
        .select_from(LOG)
        .join(Medication, Medication.id == LOG.medication_id)
        .join(Patient, Patient.id == LOG.patient_id)
        .join(User, User.id == Patient.user_id)
        .where(LOG.status.in_(NOT_TAKEN))
        .where(LOG.scheduled_time <= now - MISSED_BY)
        .where(LOG.scheduled_time > now - MISSED_BY - LOOKED_AT)
        .where(Medication.is_active, Medication.paused_at.is_(None))
        .where(User.is_active, User.stopped_at.is_(None))
        .where(~_is_followed(), ~_told_later(), ~_is_buried(now), ~_is_asked_after())
        .where(or_(IS_INSULIN, and_(_are_in_a_row(), ~is_quiet(now))))
    )


def _is_followed() -> Exists:
    """Whether a later dose of the medicine is answered: that one is asked after, or none."""
    later = aliased(MedicationLog)
    return exists().where(
        later.medication_id == LOG.medication_id,
        later.scheduled_time > LOG.scheduled_time,
        later.status != LogStatus.PENDING,
    )


def _told_later() -> Exists:
    """Whether a dose of the medicine was taken after this one was due, whenever that was due."""
    other = aliased(MedicationLog)
    return exists().where(
        other.medication_id == LOG.medication_id, other.taken_at > LOG.scheduled_time
    )


def _is_buried(now: datetime) -> Exists:
    """Whether something graver is open, of which the patient has to hear and nothing else."""
    return exists().where(
        Row.patient_id == LOG.patient_id,
        Row.status != EmergencyStatus.RESOLVED,
        or_(Row.type == EmergencyType.HYPOGLYCEMIA, Row.level.in_(BURIES)),
        Row.opened_at > now - LOOKED_AT,
    )


def _is_asked_after() -> Exists:
    """Whether an event of missed doses is open, or ended after this dose was missed.

    That other medicines are asked after keeps nothing back of insulin.
    """
    return exists().where(
        Row.patient_id == LOG.patient_id,
        Row.type == MISSED,
        or_(~IS_INSULIN, Row.level == INSULIN.value),
        or_(
            Row.status != EmergencyStatus.RESOLVED,
            Row.resolved_at >= LOG.scheduled_time + MISSED_BY,
        ),
    )


def _are_in_a_row() -> ColumnElement[bool]:
    """Whether the dose and those before it are so many missed ones in a row."""
    before = aliased(MedicationLog)
    last = (
        select(before.status.label("status"))
        .where(before.medication_id == LOG.medication_id)
        .where(before.scheduled_time <= LOG.scheduled_time)
        .where(before.status != LogStatus.PENDING)
        .order_by(before.scheduled_time.desc())
        .limit(IN_A_ROW)
        .correlate(LOG)
        .subquery()
    )
    missed = select(func.count()).where(last.c.status.in_(NOT_TAKEN)).scalar_subquery()
    return missed == IN_A_ROW


def is_quiet(now: datetime) -> ColumnElement[bool]:
    """Whether it is the patient's quiet time, which may go over midnight."""
    local = func.to_char(func.timezone(User.timezone, now), "HH24:MI")
    after, before = local >= User.quiet_from, local < User.quiet_until
    return case(
        (User.quiet_from <= User.quiet_until, and_(after, before)), else_=or_(after, before)
    )


def over(connection: Connection, now: datetime, at_most: int) -> list[Over]:
    """List the open events of missed doses that are over, the oldest first.

    An event ends with a dose that is told as taken, or when its medicine is none any more; with its
    age, so that who goes on missing doses is asked after again.
    """
    is_old = or_(
        *(and_(Row.level == level, Row.opened_at <= now - lasts) for level, lasts in LASTS.items())
    )
    found = connection.execute(
        select(Row.id, Row.patient_id, Row.level, _is_taken())
        .where(Row.type == MISSED, Row.status != EmergencyStatus.RESOLVED)
        .where(or_(~_goes_on(), is_old))
        .order_by(Row.opened_at)
        .limit(at_most)
    )
    return [Over(row[0], row[1], Level(row[2]), is_taken=row[3]) for row in found]


def _of_event() -> tuple[ColumnElement[bool], ...]:
    """Say which doses an event is about: of insulin, or of the others."""
    return (
        LOG.patient_id == Row.patient_id,
        LOG.scheduled_time > Row.opened_at - MISSED_BY - LOOKED_AT,
        (Row.level == INSULIN.value) == IS_INSULIN,
    )


def _goes_on() -> Exists:
    """Whether a dose is still missed, with none of its medicine taken after it."""
    return (
        exists()
        .where(*_of_event(), LOG.status.in_(NOT_TAKEN), Medication.id == LOG.medication_id)
        .where(Medication.is_active, Medication.paused_at.is_(None), ~_told_later())
    )


def _is_taken() -> ColumnElement[bool]:
    """Whether nothing is missed any more because a dose was taken."""
    taken = exists().where(*_of_event(), LOG.status.in_(TAKEN), Medication.id == LOG.medication_id)
    return and_(taken, ~_goes_on())
