"""What goes first, and that nothing stands in the way of the rest."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from threading import Thread
from time import monotonic, sleep

import psycopg
import pytest

from app import clock
from app.channels import http
from app.config import Config, use
from app.delivery import crew
from app.delivery.pace import Bucket
from app.delivery.sending import send_next
from app.messaging.outbox.outgoing import Priority
from app.text import text
from tests.delivery.scripted import HOLD, Scripted
from tests.delivery.world import (
    alert,
    change,
    due_now,
    empty_all,
    outcome,
    outgoing,
    person,
    queue,
    send_all,
    statuses,
)

pytestmark = pytest.mark.usefixtures("delivery")


def test_the_most_urgent_goes_first_and_then_what_is_due_longest(twilio: Scripted) -> None:
    ago = clock.now() - timedelta(minutes=1)
    queue(
        outgoing(person(), texts=(text("3"),), priority=Priority.WHENEVER, due_at=ago),
        outgoing(person(), texts=(text("2"),), priority=Priority.TIMELY),
        outgoing(person(), texts=(text("1"),), priority=Priority.TIMELY, due_at=ago),
        outgoing(person(), texts=(text("0"),), priority=Priority.EMERGENCY),
    )
    send_all()
    assert twilio.bodies == ["0", "1", "2", "3"]


def test_any_number_of_rows_that_can_wait_delay_no_alert(twilio: Scripted) -> None:
    twilio.latency_s = 0.3
    many = [person() for _ in range(200)]
    queue(*(outgoing(who, priority=Priority.WHENEVER) for who in many))
    draining = Thread(target=empty_all)
    draining.start()
    while len(twilio.forms) < 20:
        sleep(0.02)
    queue(alert(person(), texts=(text("Help!"),)))
    before = len(twilio.forms)
    draining.join()
    assert statuses() == {"ACCEPTED": 201}
    # In a look of 0.25 s and an answer of 0.3 s twelve threads say some 24 others.
    assert twilio.bodies.index("Help!") < before + 80


def test_with_every_common_thread_hanging_an_alert_goes_out(
    twilio: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http, "READ_S", 60)  # no common thread is free before the end
    twilio.fault_of = lambda form: HOLD if form["Body"] != "Help!" else None
    queue(*(outgoing(person()) for _ in range(40)))
    draining = Thread(target=empty_all)
    draining.start()
    assert twilio.heard.wait(10)
    sleep(0.5)
    asked = monotonic()
    (row,) = queue(alert(person(), texts=(text("Help!"),)))
    while outcome(row)[0] != "ACCEPTED" and monotonic() - asked < 20:
        sleep(0.05)
    said = twilio.bodies
    twilio.go_on.set()
    draining.join()
    assert said == ["Help!"]


def test_a_row_that_cannot_be_said_does_not_keep_the_others_back(twilio: Scripted) -> None:
    (poison,) = queue(alert(person()))
    broken = '[{"params": {}}]'
    change(
        "UPDATE outbound_messages SET texts = cast(:broken AS jsonb) WHERE id = :of_id",
        broken=broken,
        of_id=poison,
    )
    others = queue(*(outgoing(person()) for _ in range(5)))
    empty_all()
    assert outcome(poison) == ("PENDING", "FAULT", 1)
    assert {outcome(row)[0] for row in others} == {"ACCEPTED"}
    for _ in range(10):
        due_now()
        empty_all()
    assert outcome(poison) == ("FAILED", "FAULT", 8)  # the attempts of what is urgent (house)
    assert len(twilio.forms) == 5


@pytest.mark.parametrize(
    "spoil",
    [
        "UPDATE outbound_messages SET purpose = 'WHO_KNOWS' WHERE id = :of_id",
        "UPDATE outbound_messages SET language = 'xx' WHERE id = :of_id",
        "UPDATE users SET timezone = 'Asia/KOLKATA' WHERE :of_id IS NOT NULL",
    ],
)
def test_a_strange_row_keeps_none_back(twilio: Scripted, spoil: str) -> None:
    (strange,) = queue(outgoing(person(), counts=True, priority=Priority.EMERGENCY))
    change(spoil, of_id=strange)
    (other,) = queue(outgoing(person()))
    empty_all()
    assert outcome(other)[0] == "ACCEPTED"
    assert twilio.forms


def test_a_patient_whose_row_is_locked_delays_nobody_else(
    twilio: Scripted, delivery: Config
) -> None:
    held, free = person(), person()
    (waits,) = queue(alert(held))
    others = queue(*(outgoing(person()) for _ in range(5)), outgoing(free))
    with psycopg.connect(delivery.database_url.replace("+psycopg", "")) as holder:
        holder.execute("SELECT 1 FROM patients WHERE id = %s FOR UPDATE", (held[1],))
        empty_all()
        assert {outcome(row)[0] for row in others} == {"ACCEPTED"}
        assert outcome(waits)[:2] == ("PENDING", "FAULT")
    due_now()
    empty_all()
    assert outcome(waits)[0] == "ACCEPTED"
    assert len(twilio.forms) == 7


def test_a_bucket_gives_its_rate_and_a_seconds_worth_at_once() -> None:
    bucket = Bucket(per_second=10)
    bucket._free_at -= 5  # noqa: SLF001 - five seconds in which nobody spoke
    delays = [bucket.take() for _ in range(15)]
    assert delays[:10] == [0.0] * 10
    assert 0 < delays[14] <= 0.5  # less where this test was held up meanwhile


def test_no_more_is_sent_in_a_second_than_the_sender_may(
    twilio: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crew, "_bucket", Bucket(per_second=20))
    queue(*(outgoing(person()) for _ in range(40)))
    began = monotonic()
    empty_all()
    assert len(twilio.forms) == 40
    assert monotonic() - began > 1.5  # 40 at 20 a second


def test_a_fault_of_ours_ends_no_thread(twilio: Scripted, monkeypatch: pytest.MonkeyPatch) -> None:
    faults = iter([ValueError(), ValueError()])

    def stumble(*given: object) -> bool:
        if (fault := next(faults, None)) is not None:
            raise fault
        return send_next(*given)  # type: ignore[arg-type]  # passed on as it came

    monkeypatch.setattr(crew, "send_next", stumble)
    queue(*(outgoing(person()) for _ in range(3)))
    empty_all()
    assert len(twilio.forms) == 3


def test_with_the_database_gone_the_threads_end_and_the_rows_stay(
    twilio: Scripted, delivery: Config
) -> None:
    (row,) = queue(outgoing(person()))
    use(replace(delivery, database_url="postgresql+psycopg://nobody@127.0.0.1:1/nothing"))
    empty_all()
    use(delivery)
    assert outcome(row) == ("PENDING", None, 0)
    assert twilio.forms == []


def test_the_same_words_go_to_one_person_five_times_in_five_minutes(twilio: Scripted) -> None:
    asha, biju = person(), person()
    ours = queue(*(outgoing(asha, key=f"again:{n}") for n in range(7)))
    other, alarm = queue(outgoing(biju), alert(asha, texts=(text("ok"),)))
    for _ in range(8):
        change("UPDATE outbound_messages SET accepted_at = accepted_at - interval '10 seconds'")
        due_now()
        send_all()
    ends = [outcome(row)[:2] for row in ours]
    assert sorted(ends) == [("ACCEPTED", None)] * 5 + [("CANCELLED", "REPEATED")] * 2
    assert {outcome(other)[0], outcome(alarm)[0]} == {"ACCEPTED"}
    assert len(twilio.forms) == 7


def test_after_five_minutes_the_same_words_go_out_again(twilio: Scripted) -> None:
    asha = person()
    queue(*(outgoing(asha, key=f"again:{n}") for n in range(5)))
    for _ in range(5):
        change("UPDATE outbound_messages SET accepted_at = accepted_at - interval '61 seconds'")
        due_now()
        send_all()
    queue(outgoing(asha, key="once more"))
    change("UPDATE outbound_messages SET accepted_at = accepted_at - interval '61 seconds'")
    send_all()
    assert len(twilio.forms) == 6
