"""What is kept of messages about several patients."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    ScalarSelect,
    Uuid,
    and_,
    case,
    column,
    func,
    literal,
    null,
    or_,
    select,
    true,
    update,
)
from sqlalchemy.dialects.postgresql import JSONB, aggregate_order_by, array

from app.messaging.outbox.outgoing import Purpose, Status
from app.messaging.tables import STATUS, Outbound

Whom = UUID | ScalarSelect[UUID]


def leave_out(connection: Connection, patient_id: Whom, user_id: Whom | None) -> None:
    """Take a patient out of all that is about several, said or not; what is then empty is not sent.

    Fetches nothing back, so that it can travel in a turn's pipeline.

    Args:
        connection: In a transaction.
        patient_id: Who is not spoken of any more.
        user_id: To whom; None for to anybody.
    """
    is_for = true() if user_id is None else Outbound.user_id == user_id
    of_patient = literal(patient_id, Uuid) if isinstance(patient_id, UUID) else patient_id
    left = func.array_remove(Outbound.about, of_patient)
    is_empty = func.cardinality(func.array_remove(left, null().cast(Uuid))) == 0
    is_to_end = and_(is_empty, Outbound.status == Status.PENDING)
    connection.execute(
        update(Outbound)
        .where(Outbound.about.contains(array([of_patient])), is_for)
        .values(
            texts=_texts_not_about(of_patient),
            about=left,
            status=case((is_to_end, literal(Status.CANCELLED, STATUS)), else_=Outbound.status),
        )
    )


def _texts_not_about(patient_id: ColumnElement[UUID]) -> ColumnElement[Any]:
    each = (
        func.jsonb_array_elements(Outbound.texts)
        .table_valued(column("said", JSONB), with_ordinality="place", name="each")
        .render_derived()
    )
    whom = Outbound.about[each.c.place]
    kept = select(func.jsonb_agg(aggregate_order_by(each.c.said, each.c.place))).where(
        whom.is_distinct_from(patient_id)
    )
    return func.coalesce(kept.scalar_subquery(), literal([], JSONB))


def last_said(
    connection: Connection,
    user_ids: Iterable[UUID],
    purpose: Purpose,
    *,
    since: datetime,
    now: datetime,
) -> dict[UUID, datetime]:
    """Say when something of a purpose was last queued for people, of what went out or still may."""
    is_gone = or_(
        Outbound.status.in_((Status.CANCELLED, Status.FAILED)),
        and_(Outbound.status == Status.PENDING, Outbound.not_after < now),
    )
    rows = connection.execute(
        select(Outbound.user_id, func.max(Outbound.queued_at))
        .where(Outbound.user_id.in_(list(user_ids)), Outbound.purpose == purpose.value)
        .where(Outbound.queued_at > since, ~is_gone)
        .group_by(Outbound.user_id)
    )
    return {row[0]: row[1] for row in rows}
