"""The clock process: one small loop that ticks, under an advisory lock, until told to stop."""

from __future__ import annotations

import signal
from threading import Event
from types import FrameType

from sqlalchemy import text

from app import clock, db, log
from app.config import config
from app.errors import DatabaseAway
from app.schedule import tick

EVERY_S = 5.0
LOCK = 0x50524F43
"""The advisory lock's key: "PROC"; two clocks on one database take turns."""

_TRY_LOCK = text("SELECT pg_try_advisory_xact_lock(:key)")


def run(stop: Event) -> None:
    """Tick until stopped; a tick that fails is told and the next one comes."""
    while not stop.is_set():
        try:
            tick_alone()
        except DatabaseAway as fault:
            log.error("clock_waits_for_database", fault)
        rest(stop)


def rest(stop: Event) -> None:
    """Wait for the next tick; in development the clock may be moved meanwhile."""
    if clock.offset_file() is None:
        stop.wait(EVERY_S)
        return
    from app.simulator import moving  # noqa: PLC0415 - production does not load the simulator

    moving.rest(tick_alone, stop, EVERY_S)


def tick_alone() -> bool:
    """Tick, unless another clock is at it."""
    with db.transaction() as connection:
        connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
        if not connection.execute(_TRY_LOCK, {"key": LOCK}).scalar():
            return False
        tick(clock.now())
    return True


def main() -> None:
    """Run the clock process."""
    log.set_up(config().log_level)
    db.serve_as(db.CLOCK)
    stop = Event()

    def end(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    log.info("clock_started")
    run(stop)


if __name__ == "__main__":
    main()
