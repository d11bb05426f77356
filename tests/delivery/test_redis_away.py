"""Redis only wakes workers: without it the clock sends what cannot wait."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from threading import Event, Thread
from time import monotonic, sleep

import pytest
from rq import Queue, SimpleWorker  # noqa: TID251 - a worker of the tests' own
from rq.serializers import JSONSerializer

from app import clock, queue, ticker
from app.config import Config, use
from app.delivery import jobs
from app.embedded import Valkey
from app.queue import DRAIN, DRAIN_QUEUE
from tests.delivery import world
from tests.delivery.scripted import Scripted
from tests.delivery.world import alert, outcome, outgoing, person

PATIENCE_S = 60.0
"""For a machine that does much else; what is promised is below."""


def test_an_alert_waits_less_than_ten_seconds_for_the_clock() -> None:
    """A tick may leave it to a worker while it is not overdue; the next one does not."""
    assert jobs.OVERDUE.total_seconds() + ticker.EVERY_S < 10


@pytest.fixture
def own_valkey(delivery: Config, disposable_valkey: Valkey) -> Iterator[Valkey]:
    """A Valkey of this test's own; nobody works on its queues."""
    use(replace(delivery, redis_url=disposable_valkey.url))
    yield disposable_valkey
    use(delivery)


def waiting_jobs() -> int:
    return int(queue.depths()[DRAIN_QUEUE])


@contextmanager
def clock_running() -> Iterator[None]:
    """Run the clock as its process does."""
    stop = Event()
    running = Thread(target=ticker.run, args=(stop,))
    running.start()
    try:
        yield
    finally:
        stop.set()
        running.join()


def seconds_until_it_left(twilio: Scripted, began: float) -> float:
    while not twilio.moments and monotonic() - began < PATIENCE_S:
        sleep(0.05)
    return twilio.moments[0] - began if twilio.moments else PATIENCE_S


def test_with_redis_stopped_an_alert_leaves_by_the_clock(
    own_valkey: Valkey, twilio: Scripted
) -> None:
    own_valkey.stop()
    with clock_running():
        sleep(0.5)  # the first tick is over: the alert has to wait for the next
        (row,) = world.queue(alert(person()))
        took = seconds_until_it_left(twilio, monotonic())
    assert took < PATIENCE_S
    assert outcome(row)[0] == "ACCEPTED"


def test_with_redis_frozen_an_alert_leaves_by_the_clock(
    own_valkey: Valkey, twilio: Scripted
) -> None:
    own_valkey.pause()
    try:
        with clock_running():
            sleep(0.5)
            world.queue(alert(person()))
            took = seconds_until_it_left(twilio, monotonic())
    finally:
        own_valkey.resume()
    assert took < PATIENCE_S


def test_with_redis_there_and_no_worker_an_alert_leaves_by_the_clock(
    own_valkey: Valkey, twilio: Scripted
) -> None:
    assert own_valkey.url
    with clock_running():
        sleep(0.5)
        world.queue(alert(person()))
        took = seconds_until_it_left(twilio, monotonic())
    assert took < PATIENCE_S


def test_with_redis_away_what_can_wait_waits(own_valkey: Valkey, twilio: Scripted) -> None:
    own_valkey.stop()
    reminder, urgent = world.queue(outgoing(person()), alert(person()))
    jobs.drain_if_redis_is_away(clock.now())
    assert outcome(urgent)[0] == "ACCEPTED"
    assert outcome(reminder)[0] == "PENDING"
    own_valkey.start()
    jobs.drain_if_redis_is_away(clock.now())
    assert waiting_jobs() == 1
    assert len(twilio.forms) == 1


def test_an_emergency_nobody_has_heard_of_is_settled_by_the_clock_too(
    own_valkey: Valkey, twilio: Scripted
) -> None:
    own_valkey.stop()
    twilio.script = ["lose"]
    (row,) = world.queue(alert(person()))
    jobs.drain_if_redis_is_away(clock.now())
    assert outcome(row) == ("SENDING", None, 1)
    world.lease_over()
    jobs.drain_if_redis_is_away(clock.now())
    assert outcome(row) == ("ACCEPTED", None, 2)
    assert len(twilio.forms) == 1


@pytest.mark.usefixtures("own_valkey")
def test_kicks_do_not_pile_up(twilio: Scripted) -> None:
    world.queue(*(outgoing(person()) for _ in range(3)))
    for _ in range(10):
        jobs.drain_if_redis_is_away(clock.now())
    assert waiting_jobs() == 1
    assert twilio.forms == []


@pytest.mark.usefixtures("own_valkey")
def test_a_real_worker_empties_the_outbox_and_can_be_called_again(twilio: Scripted) -> None:
    for sent in (1, 2):
        world.queue(outgoing(person()))
        jobs.drain_if_redis_is_away(clock.now())
        work_once()
        assert len(twilio.forms) == sent
        assert waiting_jobs() == 0


def work_once() -> None:
    """Do what waits, as the worker process does."""
    connection = queue.redis()
    waiting = Queue(DRAIN_QUEUE, connection=connection, serializer=JSONSerializer)
    SimpleWorker([waiting], connection=connection, serializer=JSONSerializer).work(
        burst=True, logging_level="WARNING"
    )


@pytest.mark.usefixtures("own_valkey")
def test_with_nothing_due_nobody_is_woken() -> None:
    world.queue(outgoing(person(), due_at=clock.now() + timedelta(minutes=1)))
    jobs.drain_if_redis_is_away(clock.now())
    assert waiting_jobs() == 0


@pytest.mark.usefixtures("own_valkey")
def test_a_job_that_begins_can_be_called_for_again() -> None:
    assert queue.wake(DRAIN_QUEUE, DRAIN)
    assert queue.wake(DRAIN_QUEUE, DRAIN)
    assert waiting_jobs() == 1
    queue.awake(DRAIN)
    assert queue.wake(DRAIN_QUEUE, DRAIN)
    assert waiting_jobs() == 2
