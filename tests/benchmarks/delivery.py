"""How fast the outbox empties, and how soon an emergency's alert reaches the channel.

The drain runs in this process against a channel that thinks for 150 ms about each message; for the
alerts the real worker runs in a process of its own, and the channel answers at once.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from statistics import quantiles
from time import monotonic, sleep
from uuid import UUID, uuid4

from sqlalchemy import Connection, insert, text

from app import clock, db
from app.config import read, use
from app.conversation import handle
from app.delivery import jobs
from app.messaging.message import InboundMessage
from app.messaging.outbox import store as outbox
from app.messaging.outbox.outgoing import Outgoing, Priority, Purpose
from app.people.tables import Caregiver, CaregiverPatientConnection, User, WhatsappAddress
from app.text import text as say
from tests.benchmarks import report
from tests.benchmarks.servers import ROOT, House
from tests.delivery.scripted import Scripted, serving
from tests.settings import new_sid

ROWS = 480
PROVIDER_S = 0.15
EMERGENCIES = 60
PATIENCE_S = 10.0
SETTLE_S = 3.0
"""How long a worker takes to start; nothing is measured before."""


class NotDeliveredError(Exception):
    """Something that was queued did not reach the channel."""


def measure(house: House) -> None:
    """Measure both, and print them."""
    with serving() as twilio:
        settings = {**house.settings, "PROCARE_ENV": "test", "TWILIO_API_URL": twilio.url}
        use(read(settings))
        handle.warm_up()
        report.say(f"\none drain, {PROVIDER_S * 1000:.0f} ms a message at the provider: ")
        report.say(f"{_sends_a_second(twilio):.0f} sends a second\n")
        with worker(settings):
            waits = sorted(alert_waits(twilio, range(EMERGENCIES)))
    cuts = quantiles(waits, n=100)
    report.say(
        f"an emergency's commit to the provider's receipt of the alert: {len(waits)} alerts, "
    )
    report.say(f"p50 {cuts[49] * 1000:.0f} ms, p99 {cuts[98] * 1000:.0f} ms\n")
    db.engine().dispose()


def _sends_a_second(twilio: Scripted) -> float:
    twilio.latency_s = PROVIDER_S
    with db.transaction() as connection:
        connection.execute(text("UPDATE whatsapp_addresses SET last_inbound_at = now()"))
        users = connection.execute(text("SELECT id, language FROM users ORDER BY id")).all()
        for number in range(ROWS):
            user = users[number % len(users)]
            outbox.queue(connection, low_priority(number, user.id, str(user.language)), clock.now())
    before = len(twilio.moments)
    started = monotonic()
    jobs.drain()
    sent = twilio.moments[before:]
    if len(sent) != ROWS:
        raise NotDeliveredError(f"{len(sent)} of {ROWS}")
    twilio.latency_s = 0.0
    return ROWS / (sent[-1] - started)


def low_priority(number: int, user_id: UUID, language: str) -> Outgoing:
    """Make something to say that may wait."""
    return Outgoing(
        key=f"bench:{number}",
        user_id=user_id,
        patient_id=None,
        purpose=Purpose.LATE_ANSWER,
        priority=Priority.WHENEVER,
        language=language,
        texts=(say("ok"),),
        due_at=clock.now(),
    )


def alert_waits(twilio: Scripted, patients: Iterable[int]) -> Iterator[float]:
    """Have patients report a low one after another; yield how long each alert took."""
    with db.transaction() as connection:
        told = [with_caregiver(connection, number) for number in patients]
    for address, caregiver in told:
        before = len(twilio.forms)
        message = InboundMessage(new_sid(), address, "sugar 48", clock.now())
        handle.answer(message)
        committed = monotonic()
        while (received := _received(twilio, caregiver, before)) is None:
            if monotonic() - committed > PATIENCE_S:
                raise NotDeliveredError("an alert")
            sleep(0.0005)
        yield max(received - committed, 0.0)


def _received(twilio: Scripted, address: str, since: int) -> float | None:
    """Say when the first message to somebody came, of those after so many."""
    with twilio.lock:
        later = zip(twilio.forms[since:], twilio.moments[since:], strict=True)
        return next((moment for form, moment in later if form["To"] == address), None)


def with_caregiver(connection: Connection, number: int) -> tuple[str, str]:
    """Give a patient a caregiver who wrote lately; return the addresses of both."""
    row = connection.execute(
        text(
            "SELECT a.address, p.id FROM patients p JOIN whatsapp_addresses a USING (user_id)"
            " ORDER BY a.address LIMIT 1 OFFSET :number"
        ),
        {"number": number},
    ).one()
    user, caregiver, phone = uuid4(), uuid4(), f"+9188{number:08d}"
    now = clock.now() - timedelta(minutes=1)
    connection.execute(
        insert(User).values(id=user, phone_number=phone, role="CAREGIVER", language="en").inline()
    )
    connection.execute(
        insert(WhatsappAddress)
        .values(address=f"whatsapp:{phone}", user_id=user, last_inbound_at=now)
        .inline()
    )
    connection.execute(
        insert(Caregiver).values(id=caregiver, user_id=user, full_name="A caregiver").inline()
    )
    connection.execute(
        insert(CaregiverPatientConnection)
        .values(caregiver_id=caregiver, patient_id=row.id)
        .inline()
    )
    return str(row.address), f"whatsapp:{phone}"


@contextmanager
def worker(settings: dict[str, str]) -> Iterator[None]:
    command = [sys.executable, "-m", "app.worker"]
    running = subprocess.Popen(command, cwd=ROOT, env=settings, stdout=subprocess.DEVNULL)
    try:
        sleep(SETTLE_S)
        yield
    finally:
        running.terminate()
        running.wait()
