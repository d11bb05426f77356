"""What the tests of delivery share: people, rows to send, and a look at what became of them."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import count
from uuid import UUID, uuid4

from sqlalchemy import insert, text

from app import clock, db
from app.channels.choice import channel
from app.config import Config, config
from app.delivery.crew import empty
from app.delivery.sending import send_next
from app.messaging.outbox import store as outbox
from app.messaging.outbox.outgoing import Outgoing, Priority, Purpose
from app.people.person import Role
from app.people.tables import Patient, User, WhatsappAddress
from app.simulator.twilio import exchange
from app.simulator.twilio.database import folder
from app.simulator.twilio.message import Direction, Message, Status
from app.simulator.twilio.sending import new_sid
from app.text import text as sentence
from tests.settings import OURS
from tests.web.calls import rows

BODY = "Take your tablet."
numbers = count(1)


def person(
    *,
    zone: str = "Asia/Kolkata",
    wrote_ago: timedelta | None = timedelta(hours=1),
    stopped: bool = False,
) -> tuple[UUID, UUID]:
    """Make a patient with an address; give the user's id and the patient's."""
    user_id, patient_id, now = uuid4(), uuid4(), clock.now()
    number = f"+9190000{next(numbers):05}"
    with db.transaction() as connection:
        connection.execute(
            insert(User).values(
                id=user_id,
                phone_number=number,
                role=Role.PATIENT,
                timezone=zone,
                stopped_at=now if stopped else None,
            )
        )
        connection.execute(insert(Patient).values(id=patient_id, user_id=user_id))
        if wrote_ago is not None:
            connection.execute(
                insert(WhatsappAddress).values(
                    address=f"whatsapp:{number}", user_id=user_id, last_inbound_at=now - wrote_ago
                )
            )
    return user_id, patient_id


def someone(config: Config) -> tuple[UUID, UUID]:
    """Make a patient who has just written, to us and to the loopback Twilio."""
    who = person()
    query = f"SELECT address FROM whatsapp_addresses WHERE user_id = '{who[0]}'"  # noqa: S608
    wrote = Message(
        sid=new_sid(),
        direction=Direction.INBOUND,
        sender=str(rows(query)[0][0]),
        recipient=f"whatsapp:{OURS}",
        body="hi",
        status=Status.RECEIVED,
        created_at=clock.now(),
    )
    exchange.keep(folder(config), wrote)
    return who


def outgoing(who: tuple[UUID, UUID], **changed: object) -> Outgoing:
    """Make something to say to a patient, due now."""
    made: dict[str, object] = {
        "key": f"test:{uuid4()}",
        "user_id": who[0],
        "patient_id": who[1],
        "purpose": Purpose.MEDICATION_REMINDER,
        "priority": Priority.TIMELY,
        "language": "en",
        "texts": (sentence(BODY),),
        "due_at": clock.now() - timedelta(seconds=1),
    }
    return Outgoing(**made | changed)  # type: ignore[arg-type]  # by name, as the test gives them


def queue(*rows: Outgoing) -> list[UUID]:
    """Put rows into the outbox."""
    with db.transaction() as connection:
        for row in rows:
            outbox.queue(connection, row, clock.now())
    return [row.outbound_id for row in rows]


def alert(who: tuple[UUID, UUID], **changed: object) -> Outgoing:
    """Make an emergency's alert, due now."""
    urgent = {"purpose": Purpose.EMERGENCY_ALERT, "priority": Priority.EMERGENCY}
    return outgoing(who, **urgent | changed)


def send_all() -> None:
    """Send what is due, one row after the other, in this thread."""
    while send_next(channel(config()), Priority.WHENEVER):
        pass


def empty_all() -> None:
    """Send and settle with all the threads there are."""
    empty(channel(config()), 20.0)


def statuses() -> dict[str, int]:
    """Count the rows of the outbox by status."""
    query = "SELECT status::text, count(*) FROM outbound_messages GROUP BY 1"
    with db.transaction() as connection:
        return {row[0]: row[1] for row in connection.execute(text(query))}


def outcome(outbound_id: UUID) -> tuple[str, str | None, int]:
    """Give a row's status, error code and attempts."""
    query = text(
        "SELECT status::text, error_code, attempts FROM outbound_messages WHERE id = :of_id"
    )
    with db.transaction() as connection:
        row = connection.execute(query, {"of_id": outbound_id}).one()
    return row[0], row[1], row[2]


def change(statement: str, **params: object) -> None:
    """Do something to the database behind the service's back."""
    with db.transaction() as connection:
        connection.execute(text(statement), params)


def lease_over() -> None:
    """Let every lease have run out."""
    change(
        "UPDATE outbound_messages SET lease_until = :moment WHERE lease_until IS NOT NULL",
        moment=clock.now() - timedelta(seconds=1),
    )


def due_now() -> None:
    """Let everything that waits be due."""
    change(
        "UPDATE outbound_messages SET next_attempt_at = :moment WHERE status = 'PENDING'",
        moment=clock.now() - timedelta(seconds=1),
    )


def moment_of(column: str, outbound_id: UUID) -> datetime:
    """Read one of a row's moments."""
    query = text(f"SELECT {column} FROM outbound_messages WHERE id = :of_id")  # noqa: S608 - ours
    with db.transaction() as connection:
        moment: datetime = connection.execute(query, {"of_id": outbound_id}).scalar_one()
    return moment
