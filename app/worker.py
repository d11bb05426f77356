"""The worker process: RQ, which does the jobs that the web process leaves behind."""

from __future__ import annotations

import logging
import signal
from contextlib import suppress
from time import sleep

from redis import Redis, RedisError
from rq import Queue, SimpleWorker  # noqa: TID251 - the worker listens to queues, it fills none
from rq.serializers import JSONSerializer
from typing_extensions import override

from app import db, log
from app.config import config
from app.queue import QUEUES

WORKER_TTL_S = 20
"""How soon a worker that died is noticed; RQ's default is 7 minutes."""
AGAIN_S = 1.0
"""How long it waits before it looks for Redis again."""


class Worker(SimpleWorker):
    """Does each job in this process: jobs are coarse, and each runs in transactions of its own.

    Attributes:
        is_told_to_stop: Whether a signal asked for the end. RQ's loop also ends when Redis is away.
    """

    log_job_description = False
    is_told_to_stop = False

    @override
    def handle_warm_shutdown_request(self) -> None:
        self.is_told_to_stop = True


def main() -> None:
    """Work on the queues, emergencies first, until told to stop."""
    log.set_up(config().log_level)
    db.serve_as(db.WORKER)
    logging.getLogger("rq.worker").setLevel(logging.WARNING)
    log.info("worker_started")
    while not is_over():
        log.error("worker_waits_for_redis")
        # The last round's handlers would ask Redis what to do.
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        sleep(AGAIN_S)


def is_over() -> bool:
    """Work for as long as Redis answers; say whether the end was asked for."""
    connection = Redis.from_url(config().redis_url)
    queues = [Queue(name, connection=connection, serializer=JSONSerializer) for name in QUEUES]
    worker = None
    with suppress(RedisError):
        worker = Worker(
            queues, connection=connection, serializer=JSONSerializer, worker_ttl=WORKER_TTL_S
        )
        worker.work(logging_level="WARNING")
    connection.close()
    return worker is not None and worker.is_told_to_stop


if __name__ == "__main__":
    main()
