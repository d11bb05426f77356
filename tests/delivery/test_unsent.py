"""What cannot be sent is counted by its purpose and its reason, and by nothing of a person's."""

from __future__ import annotations

from datetime import timedelta

import pytest
from prometheus_client import REGISTRY

from app import clock
from app.delivery import reports
from app.messaging.outbox.outgoing import Purpose, Status
from app.messaging.outbox.standing.report import Report
from app.metrics import UNSENT
from tests.delivery.scripted import LOSE, Scripted
from tests.delivery.world import (
    alert,
    change,
    due_now,
    empty_all,
    lease_over,
    outcome,
    outgoing,
    person,
    queue,
    send_all,
)
from tests.web.calls import rows

pytestmark = pytest.mark.usefixtures("delivery")
A_DAY = timedelta(days=1)


def counted(reason: str, purpose: Purpose = Purpose.MEDICATION_REMINDER) -> float:
    labels = {"purpose": purpose.value, "reason": reason}
    return REGISTRY.get_sample_value("procare_unsent_total", labels) or 0.0


def test_nothing_of_a_person_is_in_its_labels() -> None:
    assert UNSENT._labelnames == ("purpose", "reason")  # noqa: SLF001 - there is no other way


def test_what_ends_before_it_is_sent_is_counted_by_our_word() -> None:
    reasons = ("NO_TEMPLATE", "STALE", "STOPPED", "UNREACHABLE", "NO_ADDRESS")
    before = [counted(reason) for reason in reasons]
    unreachable, addressless = person(), person(wrote_ago=None)
    moment = clock.now()
    change(
        "UPDATE users SET unreachable_since = :at WHERE id = :of_id",
        at=moment,
        of_id=unreachable[0],
    )
    change("UPDATE users SET phone_number = NULL WHERE id = :of_id", of_id=addressless[0])
    made = queue(
        outgoing(person(wrote_ago=A_DAY)),
        outgoing(person(), not_after=moment - timedelta(seconds=1)),
        outgoing(person(stopped=True)),
        outgoing(unreachable),
        outgoing(addressless),
    )
    send_all()
    send_all()
    assert [outcome(row)[1] for row in made] == list(reasons)
    assert [counted(reason) for reason in reasons] == [count + 1 for count in before]


def test_a_refusal_is_counted_when_it_is_final_and_not_before(twilio: Scripted) -> None:
    before = counted("21610"), counted("20001")
    twilio.script = [21610]
    queue(outgoing(person()))
    send_all()
    twilio.fault_of = lambda _form: 20001
    (row,) = queue(outgoing(person()))
    send_all()
    assert (counted("21610"), counted("20001")) == (before[0] + 1, before[1])
    for _ in range(5):
        due_now()
        send_all()
    assert outcome(row)[0] == "FAILED"
    assert counted("20001") == before[1] + 1


def test_a_failure_that_is_reported_later_is_counted_once() -> None:
    before = counted("63024", Purpose.EMERGENCY_ALERT)
    (row,) = queue(alert(person()))
    send_all()
    for _ in range(2):
        ((sid,),) = rows("SELECT sid FROM outbound_messages")
        reports.take(Report(str(sid), Status.FAILED, clock.now(), row, "63024"))
    assert outcome(row)[0] == "FAILED"
    assert counted("63024", Purpose.EMERGENCY_ALERT) == before + 1


def test_what_twilio_never_had_is_counted_after_the_last_attempt(twilio: Scripted) -> None:
    before = counted("UNCONFIRMED")
    twilio.fault_of = lambda _form: LOSE
    (row,) = queue(outgoing(person()))
    for _ in range(5):
        send_all()
        lease_over()
        empty_all()
    assert outcome(row) == ("FAILED", "UNCONFIRMED", 5)
    assert counted("UNCONFIRMED") == before + 1
