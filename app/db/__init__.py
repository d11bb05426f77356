"""PostgreSQL: engines, limits, transactions and compiled statements.

Statements are SQLAlchemy Core over the typed tables of each domain. A turn's writes travel in one
round trip (`pipelined`), and everything a turn asks ends at its `deadline`, even when the server
is frozen and its own time-outs no longer run.
"""

from app.db.driver import copy_rows, pipelined
from app.db.engines import CLOCK, COMMANDS, WEB, WORKER, Pool, engine, make_engine, serve_as
from app.db.faults import is_away, is_busy
from app.db.lagging import close, read, reading
from app.db.limits import deadline, seconds_left
from app.db.replicas import Replica, ReplicaAway, replica
from app.db.statements import Fixed, one_of
from app.db.store import beat, is_fresh, last_beat
from app.db.tables import Base, Heartbeat, Stamped
from app.db.transactions import transaction

__all__ = [
    "CLOCK",
    "COMMANDS",
    "WEB",
    "WORKER",
    "Base",
    "Fixed",
    "Heartbeat",
    "Pool",
    "Replica",
    "ReplicaAway",
    "Stamped",
    "beat",
    "close",
    "copy_rows",
    "deadline",
    "engine",
    "is_away",
    "is_busy",
    "is_fresh",
    "last_beat",
    "make_engine",
    "one_of",
    "pipelined",
    "read",
    "reading",
    "replica",
    "seconds_left",
    "serve_as",
    "transaction",
]
