"""RQ: wakes workers. PostgreSQL is the queue of record; Redis may be away."""

from __future__ import annotations

from functools import cache

from redis import Redis, RedisError
from rq import Queue  # noqa: TID251 - the one place that knows RQ's queues
from rq.serializers import JSONSerializer

from app import log, metrics
from app.config import config

QUEUES = ("emergency", "deliver", "default")
DRAIN_QUEUE, DRAIN = "emergency", "app.delivery.jobs.drain"
"""The job that empties the outbox, and the queue in which it waits for a worker."""
HEARTBEAT = "worker"
"""The name under which a worker notes that it is at work."""
REDIS_S = 0.2
CALL_S = 30
"""A call that no worker has heard for so long is made again (house)."""
FAILURE_S = 86_400
"""How long the trace of a failed job is kept; RQ's default is a year."""


@cache
def _redis_at(url: str) -> Redis:
    return Redis.from_url(url, socket_timeout=REDIS_S, socket_connect_timeout=REDIS_S)


def redis() -> Redis:
    """Give this process's Redis client; it waits 0.2 s at most."""
    return _redis_at(config().redis_url)


def wake_delivery() -> bool:
    """Wake the worker that empties the outbox; called after the commit of what is in it.

    Returns:
        As `wake`. The clock sees to it where Redis did not take the call.
    """
    return wake(DRAIN_QUEUE, DRAIN)


def wake(queue: str, job: str) -> bool:
    """Wake a worker for a job that looks for its rows itself, unless one is called already.

    Returns:
        Whether Redis took it, or had taken it.
    """
    try:
        if redis().set(_call_of(job), "called", nx=True, ex=CALL_S):
            Queue(queue, connection=redis(), serializer=JSONSerializer).enqueue(
                job, ttl=CALL_S, result_ttl=0, failure_ttl=FAILURE_S
            )
    except RedisError as fault:
        metrics.FALLBACKS.labels("redis_away").inc()
        log.error("redis_away", fault, queue=queue)
        return False
    return True


def awake(job: str) -> None:
    """Note that a job begins: whoever calls from now on calls for another."""
    try:
        redis().delete(_call_of(job))
    except RedisError as fault:
        log.error("redis_away", fault)


def _call_of(job: str) -> str:
    return f"procare:called:{job}"


def depths() -> dict[str, float]:
    """Count the jobs that wait in each queue; not-a-number where Redis is away."""
    try:
        return {name: Queue(name, connection=redis()).count for name in QUEUES}
    except RedisError:
        return dict.fromkeys(QUEUES, float("nan"))
