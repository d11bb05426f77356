"""What the clock has done for digests: those that are due, made and queued, each reader's once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Connection

from app import clock, db, log
from app.digests import message, store
from app.digests.facts import Following, Kept, day_of
from app.errors import DatabaseAway
from app.i18n import render
from app.messaging.outbox import store as outbox
from app.messaging.outbox.outgoing import Outgoing
from app.messaging.outbox.several import store as several
from app.people.access.rules import Relation
from app.people.person import Role
from app.people.readers import store as readers
from app.people.readers.following import store as following
from app.people.readers.reader import Reader
from app.queue import wake_delivery

AT_ONCE: Mapping[Role, int] = {Role.CAREGIVER: 100, Role.DOCTOR: 20}
"""Readers whose digests are made together."""
BUSY_S = 2.0
"""So long a tick makes digests; emergencies are asked after in between (house)."""
AGAIN_AFTER = timedelta(minutes=5)
"""What failed is tried again so long after (house)."""
SETTLED = timedelta(minutes=2)
"""A digest tells what was told until then, so that the replica has all of it (house)."""
FURTHEST = timedelta(days=7)
"""How far back a digest goes after none for long (house)."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the digests of a page of readers are made of.

    Attributes:
        last_at: When each was last sent a digest.
    """

    followings: Mapping[UUID, Following]
    kept: Mapping[UUID, Kept]
    last_at: Mapping[UUID, datetime]


def send_digests(now: datetime) -> None:
    """Queue the digests that are due, caregivers' first; what is left waits for the next tick."""
    until = clock.monotonic() + BUSY_S
    queued = sum(_send(role, now, until) for role in AT_ONCE)
    if queued:
        wake_delivery()


def _send(role: Role, now: datetime, until: float) -> int:
    queued = 0
    while clock.monotonic() < until:
        with db.transaction() as connection:
            claimed = readers.claim(
                connection, role, now, until=now + AGAIN_AFTER, at_once=AT_ONCE[role]
            )
        queued += _page(role, claimed, now)
        if len(claimed) < AT_ONCE[role]:
            break
    return queued


def _page(role: Role, claimed: Sequence[Reader], now: datetime) -> int:
    """Queue one page's digests; a fault leaves the others and comes again in a few minutes."""
    try:
        return _queue(role, claimed, now) if claimed else 0
    except DatabaseAway:
        raise
    except Exception as fault:  # noqa: BLE001 - whatever it is, the next page's readers are told
        log.error("digests_failed", fault, count=len(claimed))
        return 0


def _queue(role: Role, claimed: Sequence[Reader], now: datetime) -> int:
    due = [reader for reader in claimed if reader.is_due(now)]
    facts = _facts(role, due, now)
    made = {each.user_id: digest for each in due for digest in _made(each, facts, now)}
    failed = {each.user_id for each in due} - made.keys()
    next_at = {each.user_id: each.next_at(now) for each in claimed if each.user_id not in failed}
    said = [digest for digest in made.values() if digest is not None]
    with db.transaction() as connection:
        outbox.queue_all(connection, said, now)
        following.note(connection, _seen(said, facts), now)
        readers.schedule(connection, role, next_at, claimed_until=now + AGAIN_AFTER)
    return len(said)


def _facts(role: Role, due: Sequence[Reader], now: datetime) -> Facts:
    ids = [reader.user_id for reader in due]
    if not ids:
        return Facts({}, {}, {})
    with db.transaction() as connection:
        last_at = several.last_said(
            connection, ids, message.PURPOSE[role], since=now - FURTHEST, now=now
        )
    since = min(_since(each, last_at, now) for each in ids)
    span = store.Span(since, now - SETTLED, now)

    def ask(connection: Connection) -> tuple[dict[UUID, Following], Mapping[UUID, Kept]]:
        found = store.followings(connection, role, ids, now)
        shown = {each.patient_id for one in found.values() for each in one.shown}
        return found, store.kept_of(connection, shown, span)

    return Facts(*db.read(ask), last_at)


def _since(user_id: UUID, last_at: Mapping[UUID, datetime], now: datetime) -> datetime:
    """Say from when on nothing was told to a reader."""
    return last_at.get(user_id, now - FURTHEST) - SETTLED


def _made(reader: Reader, facts: Facts, now: datetime) -> Iterator[Outgoing | None]:
    """Give one reader's digest, None where there is nothing to say; nothing at all on a fault."""
    try:
        theirs = facts.followings.get(reader.user_id, Following())
        since, until = _since(reader.user_id, facts.last_at, now), now - SETTLED
        days = [day_of(each, facts.kept[each.patient_id], since, until) for each in theirs.shown]
        whole = message.Days(days, theirs.count, theirs.is_heard)
        yield message.digest(reader, whole, now, lambda said: len(render(said, reader.language)))
    except Exception as fault:  # noqa: BLE001 - whatever it is, the next reader is told
        log.error("digest_failed", fault, user_id=reader.user_id)


def _seen(said: Sequence[Outgoing], facts: Facts) -> Iterator[tuple[UUID, UUID, Relation]]:
    for digest in said:
        about = set(digest.about or ())
        for each in facts.followings[digest.user_id].shown:
            if each.patient_id in about:
                yield digest.user_id, each.patient_id, each.relation
