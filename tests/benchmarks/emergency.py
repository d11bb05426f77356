"""How long an emergency waits for its answer, also without PostgreSQL, and how long its alert.

Emergencies and ordinary messages are sent in turns, one at a time. The alert's time holds the
150 ms that the channel thinks; it is taken with an empty outbox, and while ten thousand messages
that may wait are being sent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from statistics import quantiles
from time import monotonic, sleep

from sqlalchemy import text

from app import clock, db
from app.config import read, use
from app.conversation import handle
from app.messaging.outbox import store as outbox
from app.queue import wake_delivery
from app.web import spool
from tests.benchmarks import report
from tests.benchmarks.calls import PATIENTS, phone_number, posted
from tests.benchmarks.delivery import (
    PROVIDER_S,
    NotDeliveredError,
    alert_waits,
    low_priority,
    with_caregiver,
    worker,
)
from tests.benchmarks.load import in_turns
from tests.benchmarks.servers import House, granian, serving
from tests.delivery.scripted import Scripted
from tests.delivery.scripted import serving as twilio_serving
from tests.settings import INBOUND

ROUNDS, CALLS = 5, 60
ALERTS = 60
BACKLOG = 10_000
LEFT = "SELECT count(*) FROM outbound_messages WHERE status = 'PENDING' AND priority = 2"
WARM_UP = 100
PATIENCE_S = 60.0
WORDS = {"an ordinary message": "fasting {}", "an emergency": "sugar {}"}
VALUES = {"an ordinary message": 95, "an emergency": 40}

Waits = dict[str, list[float]]


def measure(house: House) -> None:
    """Measure both, and print them."""
    with house.engine.begin() as connection:
        for number in range(PATIENTS):
            with_caregiver(connection, number)
    with serving(house, "emergency", granian()) as port:
        _round(port, 0, WARM_UP)
        _show("PostgreSQL there", _waits(port, 1))
        house.engine.dispose()
        house.postgres.stop()
        _round(port, 0, WARM_UP)
        _show("PostgreSQL away", _waits(port, 1 + ROUNDS))
        house.postgres.start()
        _wait_until_replayed(house)
    _measure_alerts(house)


def _waits(port: int, first: int) -> Waits:
    waits: Waits = {name: [] for name in WORDS}
    for number in range(first, first + ROUNDS):
        for name, waited in _round(port, number, CALLS).items():
            waits[name] += waited
    return waits


def _round(port: int, number: int, size: int) -> Waits:
    """Send so many of each kind, one at a time; nobody writes twice in a part of the run."""
    waits = {}
    for name, words in WORDS.items():
        first = (number * 2 + (name == "an emergency")) * CALLS
        calls = [
            posted(INBOUND, words.format(VALUES[name] + number), phone_number(each % PATIENTS))
            for each in range(first, first + size)
        ]
        waits[name] = list(in_turns(port, calls, callers=1, seconds=PATIENCE_S).waited_s)
    return waits


def _show(title: str, waits: Waits) -> None:
    cuts = {name: _p50_p99(waited) for name, waited in waits.items()}
    for name, (p50, p99) in cuts.items():
        report.say(f"{title}, {name}: p50 {p50:.1f} ms, p99 {p99:.1f} ms ({len(waits[name])})\n")
    ordinary, urgent = cuts.values()
    report.say(f"  emergency / ordinary: p50 {urgent[0] / ordinary[0]:.2f}")
    report.say(f", p99 {urgent[1] / ordinary[1]:.2f}\n")


def _p50_p99(waited_s: Sequence[float]) -> tuple[float, float]:
    cuts = quantiles(waited_s, n=100)
    return cuts[49] * 1000, cuts[98] * 1000


def _wait_until_replayed(house: House) -> None:
    """Let the web process record what was spooled.

    Raises:
        NotDeliveredError: It does not.
    """
    _until(lambda: spool.count(house.folder / "spool") == 0, "the spool")


def _until(is_so: Callable[[], bool], what: str) -> None:
    began = monotonic()
    while not is_so():
        if monotonic() - began > PATIENCE_S:
            raise NotDeliveredError(what)
        sleep(0.1)


def _measure_alerts(house: House) -> None:
    """Measure alerts on an outbox that is empty, then on one that is full."""
    with twilio_serving() as twilio:
        settings = {**house.settings, "PROCARE_ENV": "test", "TWILIO_API_URL": twilio.url}
        use(read(settings))
        handle.warm_up()
        with db.transaction() as connection:
            connection.execute(text("DELETE FROM outbound_messages"))
            connection.execute(text("DELETE FROM caregiver_patient_connections"))
            connection.execute(text("DELETE FROM users WHERE phone_number LIKE '+9188%'"))
            connection.execute(text("DELETE FROM emergency_events"))
            connection.execute(text("UPDATE whatsapp_addresses SET last_inbound_at = now()"))
        twilio.latency_s = PROVIDER_S
        with worker(settings):
            empty = _p50_p99(list(alert_waits(twilio, range(ALERTS))))
            full = _p50_p99(list(_while_busy(twilio)))
        db.engine().dispose()
    for title, (p50, p99) in (("empty outbox", empty), (f"{BACKLOG:,} waiting", full)):
        report.say(f"commit to receipt of the alert, {title}: p50 {p50:.0f} ms, p99 {p99:.0f} ms\n")
    report.say(f"  full / empty: p50 {full[0] / empty[0]:.2f}, p99 {full[1] / empty[1]:.2f}\n")


def _while_busy(twilio: Scripted) -> Iterator[float]:
    """Have the alerts go out while what may wait is being sent.

    Raises:
        NotDeliveredError: The outbox was empty before the last alert.
    """
    with db.transaction() as connection:
        users = connection.execute(text("SELECT id, language FROM users ORDER BY id")).all()
        for number in range(BACKLOG):
            user = users[number % len(users)]
            outbox.queue(connection, low_priority(number, user.id, user.language), clock.now())
    sent = len(twilio.forms)
    wake_delivery()
    _until(lambda: len(twilio.forms) > sent + WARM_UP, "what may wait")
    yield from alert_waits(twilio, range(ALERTS, 2 * ALERTS))
    with db.transaction() as connection:
        left = connection.execute(text(LEFT)).scalar_one()
    report.say(f"left of {BACKLOG:,} after the last alert: {left:,}\n")
    if not left:
        raise NotDeliveredError("the outbox was empty too soon")
