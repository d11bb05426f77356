"""What an operator's tools read: alive, ready, and how much of everything."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, Response, jsonify
from prometheus_client import CONTENT_TYPE_LATEST
from redis import RedisError

from app import clock, db, metrics, queue
from app.config import config
from app.errors import DatabaseAway
from app.messaging import store as messaging
from app.web import measuring, spool

blueprint = Blueprint("health", __name__)
CLOCK_IS_LATE_AFTER = timedelta(seconds=30)
READY_S = 2.0


@blueprint.get("/healthz")
def healthz() -> Response:
    """Say that the process lives: what a load balancer asks, since an outage must not end it."""
    return jsonify(status="ok")


@blueprint.get("/readyz")
def readyz() -> tuple[Response, int]:
    """Say of the database, Redis and the clock, by name, whether each is at work."""
    database, clock_state = _database_and_clock()
    parts = {"database": database, "redis": _redis(), "clock": clock_state}
    ready = all(state == "ok" for state in parts.values())
    return jsonify(status="ok" if ready else "degraded", **parts), 200 if ready else 503


@blueprint.get("/metrics")
def exposition() -> Response:
    """Give the counts, in Prometheus' text format."""
    _measure_queues()
    measuring.measure_database()
    return Response(metrics.exposition(), mimetype=CONTENT_TYPE_LATEST)


def _database_and_clock() -> tuple[str, str]:
    try:
        with db.deadline(READY_S), db.transaction() as connection:
            beaten = db.last_beat(connection, clock.HEARTBEAT)
    except DatabaseAway:
        return "away", "unknown"
    if beaten is None:
        return "ok", "never seen"
    return "ok", "late" if clock.now() - beaten > CLOCK_IS_LATE_AFTER else "ok"


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
