"""The thread of a web process that replays this host's spool when PostgreSQL is back."""

from __future__ import annotations

from pathlib import Path
from threading import Event, Thread

from app import log, metrics
from app.conversation import handle
from app.errors import DatabaseAway
from app.web import spool

EVERY_S = 1.0


def start(folder: Path) -> Event:
    """Start replaying in the background.

    Returns:
        The event that ends it.
    """
    stop = Event()
    Thread(target=_run, args=(folder, stop), name="spool-replayer", daemon=True).start()
    return stop


def _run(folder: Path, stop: Event) -> None:
    while not stop.wait(EVERY_S):
        replay_if_possible(folder)


def replay_if_possible(folder: Path) -> int:
    """Replay the spool; where PostgreSQL is still away, leave it for the next time."""
    try:
        count = spool.replay(folder, handle.answer)
    except DatabaseAway:
        return 0
    except Exception as fault:  # noqa: BLE001 - the next try may succeed; the spool is kept
        log.error("replay_failed", fault)
        return 0
    if count:
        metrics.FALLBACKS.labels("replayed").inc(count)
        log.info("spool_replayed", count=count)
    return count
