"""What an operator's tools read: alive, ready, and how much of everything."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import Blueprint, Response, jsonify
from prometheus_client import CONTENT_TYPE_LATEST
from redis import RedisError

from app import clock, db, metrics, queue
from app.config import config
from app.errors import DatabaseAway
from app.messaging import store as messaging
from app.messaging.outbox import store as outbox
from app.web import measuring, spool

blueprint = Blueprint("health", __name__)
BEATS = {"clock": clock.HEARTBEAT, "worker": queue.HEARTBEAT}
LATE_AFTER = timedelta(minutes=2)
"""The clock ticks every five seconds and calls a worker each minute (house)."""
READY_S = 2.0


@blueprint.get("/healthz")
def healthz() -> Response:
    """Say that the process lives: what a load balancer asks, since an outage must not end it."""
    return jsonify(status="ok")


@blueprint.get("/readyz")
def readyz() -> tuple[Response, int]:
    """Say by name whether each part is at work, and whether an emergency's message is late."""
    parts = {"redis": _redis(), **_told_by_database()}
    ready = all(state == "ok" for state in parts.values())
    return jsonify(status="ok" if ready else "degraded", **parts), 200 if ready else 503


@blueprint.get("/metrics")
def exposition() -> Response:
    """Give the counts, in Prometheus' text format."""
    _measure_queues()
    measuring.measure_database()
    return Response(metrics.exposition(), mimetype=CONTENT_TYPE_LATEST)


def _told_by_database() -> dict[str, str]:
    now = clock.now()
    try:
        with db.deadline(READY_S), db.transaction() as connection:
            late = outbox.is_emergency_late(connection, now)
            beats = {name: db.last_beat(connection, beat) for name, beat in BEATS.items()}
    except DatabaseAway:
        return {"database": "away"} | dict.fromkeys((*BEATS, "emergencies"), "unknown")
    states = {name: _state(beat, now) for name, beat in beats.items()}
    return {"database": "ok", **states, "emergencies": "late" if late else "ok"}


def _state(beaten: datetime | None, now: datetime) -> str:
    if beaten is None:
        return "never seen"
    return "late" if now - beaten > LATE_AFTER else "ok"


def _redis() -> str:
    try:
        queue.redis().ping()
    except RedisError:
        return "away"
    return "ok"


def _measure_queues() -> None:
    folder = config().spool_dir
    metrics.WAITING.labels("spool").set(spool.count(folder))
    try:
        with db.deadline(READY_S), db.transaction() as connection:
            metrics.WAITING.labels("unhandled").set(messaging.count_unhandled(connection))
    except DatabaseAway:
        metrics.WAITING.labels("unhandled").set(float("nan"))
    for name, depth in queue.depths().items():
        metrics.WAITING.labels(name).set(depth)
