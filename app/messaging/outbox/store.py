"""What is kept of the outbox."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection
from sqlalchemy.dialects.postgresql import insert

from app.messaging.outbox.outgoing import Outgoing
from app.messaging.tables import Outbound

_QUEUE = insert(Outbound).on_conflict_do_nothing(index_elements=[Outbound.idempotency_key])


def queue(connection: Connection, outgoing: Outgoing, now: datetime) -> None:
    """Put something into the outbox once; sent after the commit, by whoever drains it.

    Fetches nothing back, so that it can travel in a turn's pipeline.
    """
    row = {
        "id": outgoing.outbound_id,
        "idempotency_key": outgoing.key,
        "user_id": outgoing.user_id,
        "patient_id": outgoing.patient_id,
        "event_id": outgoing.event_id,
        "purpose": outgoing.purpose.value,
        "priority": int(outgoing.priority),
        "language": outgoing.language,
        "texts": [each.to_json() for each in outgoing.texts],
        "counts_toward_limit": outgoing.counts,
        "next_attempt_at": outgoing.due_at,
        "not_after": outgoing.not_after,
        "queued_at": now,
    }
    connection.execute(_QUEUE, row)
