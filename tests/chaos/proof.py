"""What a run came to, told by the database and by the loopback Twilio alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

from sqlalchemy import Engine, Row, text

from app.conversation.outcome import answer_key
from app.messaging.outbox.outgoing import outbound_id
from app.simulator.twilio import exchange
from app.simulator.twilio.message import Direction, Kept, Status
from tests.chaos.crowd import patient_id
from tests.chaos.storm import Sent

SLOTS = 5
ALERT = "EMERGENCY_ALERT"
INBOUND = "SELECT sid, source, handled_at IS NOT NULL, error FROM inbound_messages"
READINGS = "SELECT patient_id, value FROM glucose_readings"
OUTBOUND = (
    "SELECT id, purpose, status, event_id, error_code, idempotency_key FROM outbound_messages"
)
EVENTS = "SELECT id, opened_at FROM emergency_events"
SLOTS_TAKEN = (
    "SELECT count(*) FROM notifications WHERE counts_toward_limit GROUP BY patient_id, local_day"
)
REMINDED = (
    "SELECT count(*) FROM medication_logs GROUP BY reminder_message_id, medication_id"
    " HAVING count(*) > 1 AND reminder_message_id IS NOT NULL"
)


@dataclass(slots=True)
class Verdict:
    """What was lost, what was done twice, and how it went otherwise.

    Attributes:
        lost: By kind; each name tells what it is of.
        twice: Likewise.
        counts: What is worth knowing and no fault.
        alerted_s: How long each event's first alert took to the loopback, by the service's clock.
    """

    lost: Counter[str] = field(default_factory=Counter)
    twice: Counter[str] = field(default_factory=Counter)
    counts: Counter[str] = field(default_factory=Counter)
    alerted_s: list[float] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        """Whether nothing was lost and nothing done twice."""
        return not self.lost.total() and not self.twice.total()


def judge(engine: Engine, folder: Path, sent: Sequence[Sent], rest: dict[str, int]) -> Verdict:
    """Compare what people sent with what is kept, and what was said with what had to be."""
    verdict = Verdict(lost=Counter({f"left: {name}": count for name, count in rest.items()}))
    told = exchange.since(folder / "simulator")
    with engine.connect() as connection:
        inbound = connection.execute(text(INBOUND)).all()
        readings = connection.execute(text(READINGS)).all()
        outbound = connection.execute(text(OUTBOUND)).all()
        events = connection.execute(text(EVENTS)).all()
        verdict.twice["slots over five"] = sum(
            taken > SLOTS for taken in connection.execute(text(SLOTS_TAKEN)).scalars()
        )
    _messages(verdict, sent, inbound)
    _readings(verdict, sent, readings)
    _answers(verdict, sent, told)
    _alerts(verdict, events, outbound, told)
    _sent(verdict, outbound, told)
    return verdict


def _messages(
    verdict: Verdict, sent: Sequence[Sent], inbound: Sequence[Row[*tuple[Any, ...]]]
) -> None:
    """Every message is kept once, and handled."""
    kept = Counter(row[0] for row in inbound)
    verdict.lost["messages"] = sum(each.sid not in kept for each in sent)
    verdict.twice["messages"] = sum(kept.values()) - len(kept)
    verdict.lost["unhandled"] = sum(not row[2] for row in inbound)
    verdict.counts["messages"] = len(sent)
    verdict.counts["calls of the webhook"] = sum(each.calls for each in sent)
    verdict.counts["given up by Twilio"] = sum(not each.answered for each in sent)
    verdict.counts["turns that failed"] = sum(row[3] is not None for row in inbound)
    for row in inbound:
        verdict.counts[f"taken in by {str(row[1]).lower()}"] += 1


def _readings(
    verdict: Verdict, sent: Sequence[Sent], readings: Sequence[Row[*tuple[Any, ...]]]
) -> None:
    """Each value told is a reading, and once; nobody has one that was not told."""
    wanted = Counter(
        (patient_id(each.written.person), float(each.written.value))
        for each in sent
        if each.written.value is not None
    )
    kept = Counter((row[0], row[1]) for row in readings)
    verdict.lost["readings"] = (wanted - kept).total()
    verdict.twice["readings"] = (kept - wanted).total()
    verdict.counts["readings"] = wanted.total()


def _answers(verdict: Verdict, sent: Sequence[Sent], told: Sequence[Kept]) -> None:
    """An emergency is answered, again where that was not confirmed; the rest in the response."""
    replies = Counter(
        each.message.in_reply_to for each in told if each.message.direction is Direction.REPLY
    )
    rows = Counter(row_of(each) for each in told if each.message.direction is Direction.API)
    for each in sent:
        again = rows[outbound_id(answer_key(each.sid))] + rows[outbound_id(f"late:{each.sid}")]
        if not replies[each.sid] + again:
            # Kept, answered, and the answer cut off: nobody asks the channel whether it arrived.
            place = verdict.lost if each.written.is_emergency else verdict.counts
            place["answers cut off on their way"] += 1
        verdict.twice["answers"] += max(0, replies[each.sid] - 1)
        verdict.counts["emergencies"] += each.written.is_emergency
        verdict.counts["answers sent again, unconfirmed"] += bool(replies[each.sid] and again)


def _alerts(
    verdict: Verdict,
    events: Sequence[Row[*tuple[Any, ...]]],
    outbound: Sequence[Row[*tuple[Any, ...]]],
    told: Sequence[Kept],
) -> None:
    """The alert of every event reached the caregiver's phone."""
    arrived = {row_of(each) for each in told if each.message.status is Status.READ}
    alerted = {row[3] for row in outbound if row[1] == ALERT and row[0] in arrived}
    first = _first_taken(told)
    moments = [(row[3], first[row[0]]) for row in outbound if row[1] == ALERT and row[0] in first]
    for event, opened_at in events:
        verdict.counts["emergency events"] += 1
        verdict.lost["alerts"] += event not in alerted
        if taken := [at for of_event, at in moments if of_event == event]:
            verdict.alerted_s.append((min(taken) - opened_at).total_seconds())


def _first_taken(told: Sequence[Kept]) -> dict[UUID | None, datetime]:
    """Say when the loopback first had each row's message."""
    first: dict[UUID | None, datetime] = {}
    for each in told:
        if each.message.direction is Direction.API and each.message.status is not Status.FAILED:
            row, at = row_of(each), each.message.created_at
            first[row] = min(at, first.get(row, at))
    return first


def _sent(
    verdict: Verdict, outbound: Sequence[Row[*tuple[Any, ...]]], told: Sequence[Kept]
) -> None:
    """No row went out twice; only an emergency's may, where Twilio did not say that it has it."""
    taken = Counter(
        row_of(each)
        for each in told
        if each.message.direction is Direction.API and each.message.status is not Status.FAILED
    )
    for row_id, purpose, status, _, code, _ in outbound:
        is_emergency = str(purpose).startswith("EMERGENCY") or str(purpose) == "LATE_ANSWER"
        more = max(0, taken[row_id] - 1)
        place = verdict.counts if is_emergency else verdict.twice
        place[f"{str(purpose).lower()} sent again"] += more
        verdict.counts[f"{str(purpose).lower()}: {str(code or status).lower()}"] += 1


def row_of(kept: Kept) -> UUID | None:
    """Say which row of the outbox a message is of, by the address its reports go to."""
    address = kept.message.status_callback
    (named,) = parse_qs(urlsplit(address).query).get("o", [None]) if address else (None,)
    return UUID(named) if named else None
