"""The thread of a web process that replays this host's spool when PostgreSQL is back."""

from __future__ import annotations

from itertools import count
from pathlib import Path
from threading import Event, Thread

from app import log, metrics
from app.conversation import handle
from app.errors import DatabaseAway
from app.web import spool

EVERY_S = 1.0
REFUSED_EVERY = 60
"""Each so manieth time, what was refused before is tried again: once a minute (house)."""


def start(folder: Path) -> Event:
    """Start replaying in the background.

    Returns:
        The event that ends it.
    """
    stop = Event()
    Thread(target=_run, args=(folder, stop), name="spool-replayer", daemon=True).start()
    return stop


def _run(folder: Path, stop: Event) -> None:
    turns = count(1)
    while not stop.wait(EVERY_S):
        if next(turns) % REFUSED_EVERY == 0:
            put_back_if_possible(folder)
        replay_if_possible(folder)


def put_back_if_possible(folder: Path) -> None:
    """Put what was refused back into the spool; on a full disk it stays for the next time."""
    try:
        spool.put_back(folder)
    except OSError as fault:
        log.error("put_back_failed", fault)


def replay_if_possible(folder: Path) -> int:
    """Replay the spool; where PostgreSQL is still away, leave it for the next time."""
    try:
        replayed = spool.replay(folder, handle.answer)
    except DatabaseAway:
        return 0
    except Exception as fault:  # noqa: BLE001 - the next try may succeed; the spool is kept
        log.error("replay_failed", fault)
        return 0
    if replayed:
        metrics.FALLBACKS.labels("replayed").inc(replayed)
        log.info("spool_replayed", count=replayed)
    return replayed
