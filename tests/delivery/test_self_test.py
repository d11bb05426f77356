"""The daily self-test: one message a day to the operator's number, and whether it arrived."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from math import isnan

import pytest

from app import metrics
from app.channels.choice import channel
from app.config import Config, use
from app.delivery import reports
from app.delivery.self_test import SAID, self_test, verdict
from app.delivery.sending import send_next
from app.messaging.outbox.outgoing import Priority
from app.messaging.outbox.store import Journey
from tests.delivery.scripted import Scripted
from tests.delivery.world import person
from tests.web.calls import rows, run_sql

NUMBER = "+919812345670"
NINE = datetime(2026, 3, 4, 3, 30, tzinfo=UTC)
"""9:00 in India, which is five and a half hours ahead."""
MINUTE = timedelta(minutes=1)
QUEUED = "SELECT idempotency_key, purpose, counts_toward_limit FROM outbound_messages ORDER BY 1"


@pytest.fixture
def tested(delivery: Config) -> Config:
    """Settings with a number to test."""
    made = replace(delivery, self_test_number=NUMBER)
    use(made)
    metrics.SELF_TEST_DELIVERED.set(float("nan"))
    return made


def shown() -> float:
    ((metric,),) = [tuple(metrics.SELF_TEST_DELIVERED.collect())]
    return float(metric.samples[0].value)


@pytest.mark.usefixtures("delivery")
def test_without_a_number_nothing_is_sent() -> None:
    self_test(NINE)
    assert rows(QUEUED) == []


@pytest.mark.usefixtures("tested")
def test_nothing_is_sent_before_nine_in_india() -> None:
    self_test(NINE - MINUTE)
    assert rows(QUEUED) == []
    assert isnan(shown())


@pytest.mark.usefixtures("tested")
def test_one_is_sent_a_day_however_often_the_clock_ticks() -> None:
    for minutes in (0, 1, 700):
        self_test(NINE + minutes * MINUTE)
    self_test(NINE + timedelta(days=1))
    assert rows(QUEUED) == [
        ("self_test:2026-03-04", "SELF_TEST", False),
        ("self_test:2026-03-05", "SELF_TEST", False),
    ]


@pytest.mark.usefixtures("tested")
def test_two_clocks_at_once_send_one() -> None:
    with ThreadPoolExecutor(4) as clocks:
        list(clocks.map(self_test, [NINE] * 8))
    assert rows("SELECT count(*) FROM outbound_messages") == [(1,)]
    assert rows(f"SELECT count(*) FROM users WHERE phone_number = '{NUMBER}'") == [(1,)]  # noqa: S608


@pytest.mark.usefixtures("tested")
def test_a_clock_that_starts_late_sends_it_then() -> None:
    self_test(NINE + timedelta(hours=5))
    assert rows("SELECT next_attempt_at FROM outbound_messages") == [(NINE + timedelta(hours=5),)]


def test_a_number_that_somebody_has_is_theirs(tested: Config) -> None:
    use(replace(tested, self_test_number="+919999999998"))
    self_test(NINE)
    assert rows(
        "SELECT u.phone_number FROM outbound_messages o JOIN users u ON u.id = o.user_id"
    ) == [("+919999999998",)]


@pytest.mark.parametrize(
    ("word", "minutes", "expected"),
    [
        ("delivered", 5, 1.0),
        ("read", 5, 1.0),
        ("sent", 5, None),
        ("sent", 11, 0.0),
        ("undelivered", 11, 0.0),
    ],
)
def test_the_channels_report_decides(
    word: str,
    minutes: int,
    expected: float | None,
    tested: Config,
    twilio: Scripted,
    database: str,
) -> None:
    person()
    ((number,),) = rows("SELECT max(phone_number) FROM users WHERE phone_number LIKE '+9190000%'")
    use(replace(tested, self_test_number=str(number)))
    self_test(NINE)
    run_sql(database, "UPDATE outbound_messages SET not_after = NULL")  # the day is long over
    assert send_next(channel(tested), Priority.WHENEVER)
    assert twilio.bodies == [SAID.msgid]
    reports.take_word(word, str(twilio.stored[0]["sid"]), None, None)
    run_sql(
        database,
        "UPDATE outbound_messages SET delivered_at = queued_at + interval '2 minutes'"
        " WHERE delivered_at IS NOT NULL",
    )
    self_test(NINE + minutes * MINUTE)
    assert isnan(shown()) if expected is None else shown() == expected


@pytest.mark.parametrize(
    ("last", "minutes", "expected"),
    [
        ([Journey(NINE, NINE + 10 * MINUTE)], 60, 1.0),
        ([Journey(NINE, NINE + 11 * MINUTE)], 60, 0.0),
        ([Journey(NINE, None), Journey(NINE - 1440 * MINUTE, NINE - 1439 * MINUTE)], 5, 1.0),
        ([Journey(NINE, None), Journey(NINE - 1440 * MINUTE, None)], 5, 0.0),
        ([Journey(NINE, None), Journey(NINE - 1440 * MINUTE, NINE - 1439 * MINUTE)], 11, 0.0),
    ],
)
def test_until_the_day_is_decided_the_day_before_counts(
    last: list[Journey], minutes: int, expected: float
) -> None:
    assert verdict(last, NINE + minutes * MINUTE) == expected
