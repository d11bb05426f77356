"""What a status report does to a row: forward only, whatever order the reports come in."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import permutations
from uuid import UUID

import pytest

from app.messaging.outbox.outgoing import Status
from app.messaging.outbox.standing.report import Report, Standing, Step, step

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
OWN, OTHER = "SM" + "a" * 32, "SM" + "b" * 32


def standing(status: Status, sid: str | None, attempts: int = 1) -> Standing:
    return Standing(UUID(int=1), UUID(int=2), "EMERGENCY_ALERT", status, sid, attempts, 0, None)


def report(status: Status, sid: str = OWN) -> Report:
    return Report(sid, status, NOW, UUID(int=1))


@pytest.mark.parametrize(
    ("row", "told", "expected"),
    [
        # the row's own message goes forward, never back
        (standing(Status.ACCEPTED, OWN), report(Status.SENT), Step.FORWARD),
        (standing(Status.SENT, OWN), report(Status.SENT), Step.NOTHING),
        (standing(Status.DELIVERED, OWN), report(Status.SENT), Step.NOTHING),
        (standing(Status.DELIVERED, OWN), report(Status.READ), Step.FORWARD),
        (standing(Status.READ, OWN), report(Status.DELIVERED), Step.NOTHING),
        # it failed: that counts until it has arrived
        (standing(Status.ACCEPTED, OWN), report(Status.FAILED), Step.FAIL),
        (standing(Status.SENT, OWN), report(Status.FAILED), Step.FAIL),
        (standing(Status.DELIVERED, OWN), report(Status.FAILED), Step.NOTHING),
        (standing(Status.FAILED, OWN), report(Status.FAILED), Step.NOTHING),
        (standing(Status.FAILED, OWN), report(Status.DELIVERED), Step.FORWARD),
        # nobody knew whether it was sent, or we have not written its id down yet
        (standing(Status.SENDING, None), report(Status.ACCEPTED), Step.FORWARD),
        (standing(Status.SENDING, None), report(Status.READ), Step.FORWARD),
        (standing(Status.SENDING, None), report(Status.FAILED), Step.PARK),
        (standing(Status.PENDING, None), report(Status.SENT), Step.FORWARD),
        # it failed and waits to be sent again: repeated and late reports of it change nothing
        (standing(Status.PENDING, OWN), report(Status.FAILED), Step.NOTHING),
        (standing(Status.PENDING, OWN), report(Status.SENT), Step.NOTHING),
        (standing(Status.PENDING, OWN, 0), report(Status.SENT), Step.NOTHING),
        (standing(Status.SENDING, OWN), report(Status.FAILED), Step.NOTHING),
        (standing(Status.PENDING, OWN), report(Status.DELIVERED), Step.FORWARD),
        (standing(Status.SENDING, OWN), report(Status.SENT, OTHER), Step.FORWARD),
        # an earlier message of the row: that it failed means nothing, that it arrived does
        (standing(Status.ACCEPTED, OWN), report(Status.FAILED, OTHER), Step.NOTHING),
        (standing(Status.ACCEPTED, OWN), report(Status.DELIVERED, OTHER), Step.FORWARD),
        # never sent: its words went out in the answer to a webhook
        (standing(Status.PENDING, None, 0), report(Status.ACCEPTED), Step.NOTHING),
        (standing(Status.PENDING, None, 0), report(Status.SENT), Step.CONFIRM),
        (standing(Status.PENDING, None, 0), report(Status.READ), Step.CONFIRM),
        (standing(Status.PENDING, None, 0), report(Status.FAILED), Step.HURRY),
        (standing(Status.CANCELLED, None, 0), report(Status.READ), Step.NOTHING),
        (standing(Status.CANCELLED, None, 0), report(Status.FAILED), Step.NOTHING),
    ],
)
def test_a_report_does_to_a_row(row: Standing, told: Report, expected: Step) -> None:
    assert step(row, told) is expected


GOOD = (Status.ACCEPTED, Status.SENT, Status.DELIVERED, Status.READ)


@pytest.mark.parametrize("order", list(permutations(GOOD)))
def test_in_any_order_a_message_that_was_read_ends_as_read(order: tuple[Status, ...]) -> None:
    row, ranks = standing(Status.SENDING, None), []
    for status in order:
        if step(row, report(status)) is Step.FORWARD:
            row = standing(status, OWN)
            ranks.append(status.rank)
    assert row.status is Status.READ
    assert ranks == sorted(ranks)
