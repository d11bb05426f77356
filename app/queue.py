"""RQ: wakes workers. PostgreSQL is the queue of record; Redis may be away."""

from __future__ import annotations

from functools import cache

from redis import Redis, RedisError
from rq import Queue  # noqa: TID251 - the one place that knows RQ's queues
from rq.serializers import JSONSerializer

from app import log, metrics
from app.config import config

QUEUES = ("emergency", "deliver", "default")
REDIS_S = 0.2


@cache
def _redis_at(url: str) -> Redis:
    return Redis.from_url(url, socket_timeout=REDIS_S, socket_connect_timeout=REDIS_S)


def redis() -> Redis:
    """Give this process's Redis client; it waits 0.2 s at most."""
    return _redis_at(config().redis_url)


def enqueue_after_commit(queue: str, job: str, *ids: str) -> bool:
    """Wake a worker for a job that its rows already call for.

    Args:
        queue: One of `QUEUES`.
        job: The dotted name of a function in a `jobs.py`.
        ids: Ids of rows, never words.

    Returns:
        Whether Redis took it. A sweep does the job later where it did not.
    """
    try:
        Queue(queue, connection=redis(), serializer=JSONSerializer).enqueue(job, *ids)
    except RedisError as fault:
        metrics.FALLBACKS.labels("redis_away").inc()
        log.error("redis_away", fault, queue=queue)
        return False
    return True


def depths() -> dict[str, float]:
    """Count the jobs that wait in each queue; not-a-number where Redis is away."""
    try:
        return {name: Queue(name, connection=redis()).count for name in QUEUES}
    except RedisError:
        return dict.fromkeys(QUEUES, float("nan"))
