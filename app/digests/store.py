"""The facts of digests, for a page of readers in a fixed number of questions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    case,
    exists,
    func,
    select,
)

from app.digests.facts import Followed, Following, Kept, OpenDanger
from app.emergency.event import EmergencyStatus, Level
from app.emergency.tables import EmergencyEventRow
from app.glucose.history.history import PastReading
from app.glucose.tables import GlucoseReading
from app.insights.score.score import AT_RISK_FROM, ON_TRACK_FROM, WATCH_FROM
from app.medications.dose import MISSED_AFTER, LogStatus
from app.medications.history.history import PastDose
from app.medications.tables import Medication, MedicationLog
from app.parsing.units import Unit
from app.people.access.rules import Relation
from app.people.person import Role
from app.people.readers.following import store as following
from app.people.tables import Patient, User, WhatsappAddress

PUT_OFF_FOR = timedelta(days=1)
"""A dose is put off for less (house)."""
OPEN_FOR = timedelta(days=7)
"""So long an emergency of which nobody has told that it is over is in each digest (house)."""
TOLD_WITHIN = timedelta(days=7)
"""A reading told later than so long after it was measured is history, and in no digest (house)."""
HEARD_WITHIN = timedelta(days=1)
SHOWN: Mapping[Role, int] = {Role.CAREGIVER: 20, Role.DOCTOR: 8}
"""Of so many patients a digest tells (house)."""
_DECIDED = (LogStatus.TAKEN, LogStatus.TAKEN_LATE, LogStatus.MISSED, LogStatus.SKIPPED)


def followings(
    connection: Connection, role: Role, reader_ids: Iterable[UUID], now: datetime
) -> dict[UUID, Following]:
    """Read the patients of readers, who is in danger first, then by health band or as connected."""
    rows = connection.execute(_ranked(role, list(reader_ids), now))
    found: dict[UUID, list[Row[Any]]] = defaultdict(list)
    for row in rows:
        found[row.reader_id].append(row)
    return {
        reader_id: Following(
            tuple(map(_followed, of_reader)), of_reader[0].patients, of_reader[0].is_heard
        )
        for reader_id, of_reader in found.items()
    }


def _followed(row: Row[Any]) -> Followed:
    return Followed(
        patient_id=row.patient_id,
        name=row.display_name,
        zone=row.timezone,
        unit=Unit(row.glucose_unit),
        relation=Relation(row.relation),
        connected_at=row.connected_at,
        score=row.health_score,
    )


def _ranked(role: Role, reader_ids: Sequence[UUID], now: datetime) -> Select[*tuple[Any, ...]]:
    pairs = following.links(role).subquery()
    health = (_band(), Patient.health_score) if role is Role.DOCTOR else ()
    order = (_is_open(now).desc(), *health, pairs.c.connected_at, pairs.c.link_id)
    ranked = (
        select(
            *(pairs.c.reader_id, pairs.c.patient_id, pairs.c.relation, pairs.c.connected_at),
            *(User.display_name, User.timezone, Patient.glucose_unit, Patient.health_score),
            func.row_number().over(partition_by=pairs.c.reader_id, order_by=order).label("place"),
            func.count().over(partition_by=pairs.c.reader_id).label("patients"),
            func.bool_or(_is_heard(now)).over(partition_by=pairs.c.reader_id).label("is_heard"),
        )
        .join(Patient, Patient.id == pairs.c.patient_id)
        .join(User, User.id == Patient.user_id)
        .where(pairs.c.reader_id.in_(reader_ids))
        .subquery()
    )
    return (
        select(ranked)
        .where(ranked.c.place <= SHOWN[role])
        .order_by(ranked.c.reader_id, ranked.c.place)
    )


def _band() -> ColumnElement[int]:
    """Order the bands: who needs attention first; of whom too little is known is not on track."""
    score = Patient.health_score
    return case(
        (score < AT_RISK_FROM, 0),
        (score < WATCH_FROM, 1),
        (score < ON_TRACK_FROM, 2),
        (score.is_(None), 3),
        else_=4,
    )


def _open(now: datetime) -> ColumnElement[bool]:
    return and_(
        EmergencyEventRow.status != EmergencyStatus.RESOLVED,
        EmergencyEventRow.opened_at > now - OPEN_FOR,
    )


def _is_open(now: datetime) -> ColumnElement[bool]:
    return exists().where(EmergencyEventRow.patient_id == Patient.id, _open(now))


def _is_heard(now: datetime) -> ColumnElement[bool]:
    kept = GlucoseReading
    return exists().where(kept.patient_id == Patient.id, kept.recorded_at > now - HEARD_WITHIN)


@dataclass(frozen=True, slots=True)
class Span:
    """What is read: what was told or decided in [since, until), and how things stand now."""

    since: datetime
    until: datetime
    now: datetime


def kept_of(connection: Connection, patient_ids: Iterable[UUID], span: Span) -> Mapping[UUID, Kept]:
    """Read what was kept of patients, in as many questions for one as for a thousand."""
    ids = list(patient_ids)
    readings, doses = defaultdict(list), defaultdict(list)
    for row in connection.execute(_readings(ids, span)):
        readings[row.patient_id].append((row.created_at, _reading(row)))
    for row in connection.execute(_doses(ids, span)):
        doses[row.patient_id].append((row.decided_at, _dose(row)))
    dangers = defaultdict(list)
    for row in connection.execute(_dangers(ids, span.now)):
        dangers[row.patient_id].append(OpenDanger(row.type, Level(row.level), row.opened_at))
    words = {row.id: row.last_word_at for row in connection.execute(_last_words(ids))}
    return {
        each: Kept(tuple(readings[each]), tuple(doses[each]), tuple(dangers[each]), words.get(each))
        for each in ids
    }


def _reading(row: Row[Any]) -> PastReading:
    return PastReading(row.id, row.recorded_at, row.value, row.state)


def _dose(row: Row[Any]) -> PastDose:
    return PastDose(row.name, row.scheduled_time, LogStatus(row.status), row.notes or "")


def _readings(patient_ids: Sequence[UUID], span: Span) -> Select[*tuple[Any, ...]]:
    kept = GlucoseReading
    return (
        select(
            *(kept.patient_id, kept.id, kept.recorded_at, kept.value, kept.state, kept.created_at)
        )
        .where(kept.patient_id.in_(patient_ids), kept.recorded_at > span.since - TOLD_WITHIN)
        .where(kept.created_at >= span.since, kept.created_at < span.until)
        .where(kept.recorded_at > kept.created_at - TOLD_WITHIN)
        .order_by(kept.recorded_at, kept.id)
    )


def _doses(patient_ids: Sequence[UUID], span: Span) -> Select[*tuple[Any, ...]]:
    """Ask for the doses that were taken, missed or skipped, with the moment that is certain."""
    asked_at = func.greatest(MedicationLog.scheduled_time, MedicationLog.remind_at)
    decided_at = asked_at + MISSED_AFTER
    called = func.coalesce(Medication.called, Medication.name)
    return (
        select(
            *(MedicationLog.patient_id, called.label("name"), MedicationLog.scheduled_time),
            *(MedicationLog.status, MedicationLog.notes, decided_at.label("decided_at")),
        )
        .join(Medication, Medication.id == MedicationLog.medication_id)
        .where(MedicationLog.patient_id.in_(patient_ids), MedicationLog.status.in_(_DECIDED))
        .where(MedicationLog.scheduled_time > span.since - MISSED_AFTER - PUT_OFF_FOR)
        .where(decided_at >= span.since, decided_at < span.until)
        .order_by(MedicationLog.scheduled_time, MedicationLog.id)
    )


def _dangers(patient_ids: Sequence[UUID], now: datetime) -> Select[*tuple[Any, ...]]:
    event = EmergencyEventRow
    return (
        select(event.patient_id, event.type, event.level, event.opened_at)
        .where(event.patient_id.in_(patient_ids), _open(now))
        .order_by(event.opened_at)
    )


def _last_words(patient_ids: Sequence[UUID]) -> Select[*tuple[Any, ...]]:
    return (
        select(Patient.id, func.max(WhatsappAddress.last_inbound_at).label("last_word_at"))
        .join(WhatsappAddress, WhatsappAddress.user_id == Patient.user_id)
        .where(Patient.id.in_(patient_ids))
        .group_by(Patient.id)
    )
