"""The worker process: RQ, which does the jobs that the web process leaves behind."""

from __future__ import annotations

import logging

from redis import Redis
from rq import Queue, SimpleWorker  # noqa: TID251 - the worker listens to queues, it fills none
from rq.serializers import JSONSerializer

from app import db, log
from app.config import config
from app.queue import QUEUES

WORKER_TTL_S = 20
"""How soon a worker that died is noticed; RQ's default is 7 minutes."""


def main() -> None:
    """Work on the queues, emergencies first, until told to stop.

    The worker does not fork for each job: jobs are coarse, and each runs one transaction.
    """
    log.set_up(config().log_level)
    db.serve_as(db.WORKER)
    logging.getLogger("rq.worker").setLevel(logging.WARNING)
    connection = Redis.from_url(config().redis_url)
    queues = [Queue(name, connection=connection, serializer=JSONSerializer) for name in QUEUES]
    worker = SimpleWorker(
        queues, connection=connection, serializer=JSONSerializer, worker_ttl=WORKER_TTL_S
    )
    worker.log_job_description = False
    log.info("worker_started")
    worker.work(logging_level="WARNING")


if __name__ == "__main__":
    main()
