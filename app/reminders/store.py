"""What reminders are planned from: who has something due, and what a patient's day looks like.

Each question is one statement for a whole batch of patients.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    CompoundSelect,
    Connection,
    Date,
    DateTime,
    Exists,
    Row,
    ScalarSelect,
    Select,
    TableValuedAlias,
    Uuid,
    column,
    exists,
    func,
    literal,
    select,
    true,
    tuple_,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute

from app.emergency.event import EmergencyStatus, EmergencyType
from app.emergency.tables import EmergencyEventRow
from app.messaging.outbox.outgoing import Purpose, Status
from app.messaging.tables import Notification, Outbound
from app.people.person import QuietHours
from app.people.tables import Patient, User, WhatsappAddress
from app.reminders.kinds.store import Kind
from app.reminders.plan import SILENT_AFTER, Day, Due, Rule
from app.reminders.recipient import Recipient, Said

PAGE = 200
"""So much that is due is looked at, and so many patients are locked, at once."""
Place = tuple[datetime, UUID]
"""A place in the order of what is due: its moment and its patient."""


def page_due(connection: Connection, kind: Kind, now: datetime, after: Place | None) -> list[Place]:
    """List what is due of a kind now and nobody was reminded of, behind a place, in order."""
    due = kind.due(now).subquery("due")
    place = (due.c.due_at, due.c.patient_id)
    query = (
        select(*place)
        .join(Patient, Patient.id == due.c.patient_id)
        .join(User, User.id == Patient.user_id)
        .where(due.c.due_at <= now, due.c.due_at > now - kind.rule.stale_after)
        .where(User.is_active, User.stopped_at.is_(None), ~due.c.is_logged)
        .where(~_is_paused(due.c.patient_id, kind.rule, now))
        .order_by(*place)
        .limit(PAGE)
    )
    if after is not None:
        query = query.where(tuple_(*place) > after)
    return [(row.due_at, row.patient_id) for row in connection.execute(query)]


def _is_paused(patient_id: ColumnElement[UUID], rule: Rule, now: datetime) -> Exists:
    is_open = exists().where(*_open_of(patient_id))
    if rule.paused_for is None:
        return is_open
    return is_open.where(EmergencyEventRow.opened_at > now - rule.paused_for)


def _open_of(patient_id: ColumnElement[UUID]) -> tuple[ColumnElement[bool], ...]:
    return (
        EmergencyEventRow.patient_id == patient_id,
        EmergencyEventRow.status != EmergencyStatus.RESOLVED,
        EmergencyEventRow.type != EmergencyType.MISSED_MEDICATION,
    )


def lock(connection: Connection, patient_ids: Collection[UUID]) -> list[Recipient]:
    """Lock patients, but for those a turn or another worker is at; who wants none is left out."""
    rows = connection.execute(
        select(
            Patient.id,
            Patient.user_id,
            Patient.other_messages_a_day,
            User.language,
            User.timezone,
            User.quiet_from,
            User.quiet_until,
        )
        .join(User, User.id == Patient.user_id)
        .where(Patient.id == func.any(literal(list(patient_ids), ARRAY(Uuid))))
        .where(User.is_active, User.stopped_at.is_(None))
        .order_by(Patient.id)
        .with_for_update(of=Patient, key_share=True, skip_locked=True)
    )
    return [
        Recipient(
            row.id,
            row.user_id,
            row.language,
            ZoneInfo(row.timezone),
            QuietHours(row.quiet_from, row.quiet_until),
            row.other_messages_a_day,
        )
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class DayKnown:
    """A locked patient's day, and what there is to say of what is due in it."""

    to: Recipient
    day: Day
    said: dict[tuple[str, UUID], Said]


def days_of(
    connection: Connection, recipients: Sequence[Recipient], kinds: Sequence[Kind], now: datetime
) -> list[DayKnown]:
    """Read the days of locked patients: two questions, however many they are."""
    merged = [kind.rule.merged_within for kind in kinds if kind.rule.merged_within]
    of = _batch(recipients, now, now + max(merged, default=timedelta()))
    known = {row.id: row for row in connection.execute(_known(of, kinds))}
    said: dict[UUID, list[Said]] = {}
    for row in connection.execute(_due(of, kinds, now)):
        due = Due(row.due_id, row.kind, row.due_at, row.is_logged)
        said.setdefault(row.patient_id, []).append(Said(due, row.key, row.facts))
    return [_day(to, known[to.patient_id], said.get(to.patient_id, ()), now) for to in recipients]


def _batch(recipients: Sequence[Recipient], now: datetime, least: datetime) -> TableValuedAlias:
    """Give patients as a table: each with its local day, and until when it is looked ahead."""
    ids = [to.patient_id for to in recipients]
    days = [now.astimezone(to.zone).date() for to in recipients]
    until = [max(to.midnight(now), least) for to in recipients]
    return (
        func.unnest(
            literal(ids, ARRAY(Uuid)),
            literal(days, ARRAY(Date)),
            literal(until, ARRAY(DateTime(timezone=True))),
        )
        .table_valued(
            column("id", Uuid), column("day", Date), column("until", DateTime(timezone=True))
        )
        .render_derived("of_batch")
    )


def _due(
    of: TableValuedAlias, kinds: Sequence[Kind], now: datetime
) -> CompoundSelect[*tuple[Any, ...]]:
    """Ask every kind's source for what is or will be due of a batch."""
    sources = [(kind.rule, kind.due(now).subquery()) for kind in kinds]
    return union_all(
        *(
            select(literal(rule.kind).label("kind"), *due.c)
            .join_from(of, due, due.c.patient_id == of.c.id)
            .where(due.c.due_at > now - rule.stale_after, due.c.due_at <= of.c.until)
            for rule, due in sources
        )
    )


def _known(of: TableValuedAlias, kinds: Sequence[Kind]) -> Select[*tuple[Any, ...]]:
    """Ask for what else the days of a batch are planned from."""
    medicines = {kind.voice.purpose for kind in kinds if not kind.rule.is_other}
    asked = {kind.voice.purpose for kind in kinds if kind.rule.is_asked}
    held = _counted(Notification.type, medicines, asked).where(
        Notification.patient_id == of.c.id, Notification.local_day == of.c.day
    )
    holds = exists().where(Notification.outbound_id == Outbound.id, Notification.slot.is_not(None))
    queued = _counted(Outbound.purpose, medicines, asked).where(
        Outbound.patient_id == of.c.id,
        Outbound.status == Status.PENDING,
        Outbound.counts_toward_limit,
        ~holds,
    )
    sent, waiting = held.lateral("sent"), queued.lateral("waiting")
    opened = select(func.max(EmergencyEventRow.opened_at)).where(*_open_of(of.c.id))
    return select(
        of.c.id,
        *((sent.c[name] + waiting.c[name]).label(name) for name in ("used", "others", "asked")),
        opened.scalar_subquery().label("emergency_at"),
        _heard_at(of).label("heard_at"),
    ).select_from(of.join(sent, true()).join(waiting, true()))


def _counted(
    purpose: InstrumentedAttribute[str], medicines: Iterable[Purpose], asked: Iterable[Purpose]
) -> Select[*tuple[Any, ...]]:
    return select(
        func.count().label("used"),
        func.count().filter(purpose.not_in(list(medicines))).label("others"),
        func.count().filter(purpose.in_(list(asked))).label("asked"),
    )


def _heard_at(of: TableValuedAlias) -> ScalarSelect[Any]:
    return (
        select(func.max(WhatsappAddress.last_inbound_at))
        .join(Patient, Patient.user_id == WhatsappAddress.user_id)
        .where(Patient.id == of.c.id)
        .scalar_subquery()
    )


def _day(to: Recipient, row: Row[Any], said: Iterable[Said], now: datetime) -> DayKnown:
    by_due = {(one.due.kind, one.due.due_id): one for one in said}
    day = Day(
        now,
        to.midnight(now),
        row.used,
        tuple(one.due for one in by_due.values()),
        row.emergency_at,
        others_a_day=to.others_a_day,
        others_sent=row.others,
        asked_sent=row.asked,
        is_silent=row.heard_at is not None and now - row.heard_at >= SILENT_AFTER,
        is_quiet=to.is_quiet(now),
    )
    return DayKnown(to, day, by_due)
