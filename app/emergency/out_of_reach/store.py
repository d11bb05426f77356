"""Who is out of reach, as doses, reminders and the last sign of life show it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    ScalarSelect,
    Select,
    Subquery,
    and_,
    func,
    or_,
    select,
)

from app.emergency.missed.store import IS_INSULIN, is_quiet
from app.emergency.out_of_reach.notice import (
    A_WEEK,
    AT_MOST_A_WEEK,
    AT_MOST_EACH,
    FOR_A_DAY,
    LOOKED_AT,
    OutOfReach,
)
from app.medications.dose import LogStatus
from app.medications.tables import Medication, MedicationLog
from app.messaging.outbox.outgoing import Purpose, Status
from app.messaging.tables import Outbound
from app.people.tables import (
    Caregiver,
    CaregiverPatientConnection,
    Patient,
    User,
    WhatsappAddress,
)

LOG, LINK = MedicationLog, CaregiverPatientConnection
NOT_ARRIVED = and_(
    Outbound.delivered_at.is_(None),
    or_(
        Outbound.status.in_((Status.ACCEPTED, Status.SENT, Status.FAILED)),
        and_(
            Outbound.status == Status.CANCELLED,
            Outbound.error_code.in_(("STALE", "STOPPED", "UNREACHABLE")),
        ),
    ),
)
"""A reminder that was refused, is on its way for hours, or could not be sent at all."""


def out_of_reach(
    connection: Connection, now: datetime, patient_id: UUID | None = None
) -> list[OutOfReach]:
    """List patients who miss doses and whom nothing reaches, with the caregivers to be told.

    Args:
        connection: In a transaction.
        now: Aware.
        patient_id: Only this patient; None for all.
    """
    rows = connection.execute(_question(now, patient_id)).all()
    return [OutOfReach(row.id, row.since, frozenset(row.tells)) for row in rows]


def _question(now: datetime, patient_id: UUID | None) -> Select[*tuple[Any, ...]]:
    missed, heard = _missed(now, patient_id), _last_heard()
    since = func.coalesce(heard, missed.c.first)
    return (
        select(
            Patient.id,
            func.coalesce(User.stopped_at, since).label("since"),
            func.array_agg(Caregiver.user_id).label("tells"),
        )
        .join(User, User.id == Patient.user_id)
        .join(missed, missed.c.patient_id == Patient.id)
        .join(LINK, LINK.patient_id == Patient.id)
        .join(Caregiver, Caregiver.id == LINK.caregiver_id)
        .where(LINK.is_active, Caregiver.critical_alerts_enabled)
        .where(or_(heard.is_(None), heard < missed.c.last), ~is_quiet(now), _is_to_be_told(now))
        .group_by(Patient.id, User.id, missed.c.first)
        .order_by(Patient.id)
    )


def _missed(now: datetime, patient_id: UUID | None) -> Subquery:
    """Gather the missed doses that no reminder asked after, by patient."""
    last, first = func.max(LOG.scheduled_time), func.min(LOG.scheduled_time)
    found = (
        select(LOG.patient_id, last.label("last"), first.label("first"))
        .join(Medication, Medication.id == LOG.medication_id)
        .join(Patient, Patient.id == LOG.patient_id)
        .join(User, User.id == Patient.user_id)
        .outerjoin(Outbound, Outbound.id == LOG.reminder_message_id)
        .where(LOG.status == LogStatus.MISSED, LOG.scheduled_time > now - LOOKED_AT)
        .where(or_(IS_INSULIN, LOG.scheduled_time <= now - FOR_A_DAY))
        .where(Medication.is_active, Medication.paused_at.is_(None), User.is_active)
        .where(or_(User.stopped_at <= LOG.scheduled_time, NOT_ARRIVED))
        .group_by(LOG.patient_id)
    )
    return (found.where(LOG.patient_id == patient_id) if patient_id else found).subquery()


def _last_heard() -> ScalarSelect[Any]:
    """Say when a patient last wrote, was last reached, or was last told of by somebody else."""
    wrote = (
        select(func.max(WhatsappAddress.last_inbound_at))
        .where(WhatsappAddress.user_id == User.id)
        .scalar_subquery()
    )
    reached = (
        select(func.max(Outbound.delivered_at))
        .where(Outbound.user_id == User.id, User.stopped_at.is_(None))
        .scalar_subquery()
    )
    told = select(func.max(LOG.taken_at)).where(LOG.patient_id == Patient.id).scalar_subquery()
    return select(func.greatest(wrote, reached, told)).scalar_subquery()


def _is_to_be_told(now: datetime) -> ColumnElement[bool]:
    """Whether a caregiver was not told of this patient within a day, nor often in a week."""
    lately = (
        select(
            func.count().label("often"),
            func.max(Outbound.queued_at).label("last"),
        )
        .where(Outbound.user_id == Caregiver.user_id, Outbound.created_at > now - A_WEEK)
        .where(Outbound.purpose == Purpose.OUT_OF_REACH, Outbound.patient_id == Patient.id)
        .where(Outbound.queued_at > now - A_WEEK)
        .correlate(Caregiver, Patient)
        .subquery()
    )
    is_silent = and_(
        lately.c.often < AT_MOST_A_WEEK,
        or_(lately.c.last.is_(None), lately.c.last <= now - AT_MOST_EACH),
    )
    return select(is_silent).scalar_subquery()
