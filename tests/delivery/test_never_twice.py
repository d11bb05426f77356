"""Nothing is sent twice: not by many workers, not after a crash, not after a lost answer."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from os import environ  # noqa: TID251 - the environment of a process that is started here

import pytest

from app.channels import http
from app.channels.choice import channel
from app.config import Config, config
from app.delivery import sending
from app.delivery.sending import send_next
from app.messaging.outbox.outgoing import Priority
from app.text import text
from tests.delivery.scripted import DROP, HANG, HOLD, LOSE, Scripted
from tests.delivery.world import (
    BODY,
    alert,
    change,
    empty_all,
    lease_over,
    outcome,
    outgoing,
    person,
    queue,
    send_all,
    statuses,
)
from tests.settings import ACCOUNT, OURS, PUBLIC_URL, TOKEN
from tests.web.calls import rows

pytestmark = pytest.mark.usefixtures("delivery")
DRAIN = "from app.delivery.jobs import drain; drain()"


def test_twenty_workers_racing_for_500_rows_send_each_once(twilio: Scripted) -> None:
    people = [person() for _ in range(500)]
    queue(*(outgoing(who, texts=(text("{n}", n=n),)) for n, who in enumerate(people)))
    whatsapp = channel(config())

    def race(_: int) -> None:
        while send_next(whatsapp, Priority.WHENEVER):
            pass

    with ThreadPoolExecutor(20) as pool:
        list(pool.map(race, range(20)))
    empty_all()  # a row that was locked just then is skipped, and taken now
    assert statuses() == {"ACCEPTED": 500}
    assert Counter(twilio.bodies) == Counter(str(n) for n in range(500))
    stored = {(one["body"], one["sid"]) for one in twilio.stored}
    assert set(rows("SELECT texts->0->'params'->>'n', sid FROM outbound_messages")) == stored


def drain_elsewhere(settings: Config) -> subprocess.Popen[bytes]:
    """Start a worker process that empties the outbox."""
    environment = {
        "PROCARE_ENV": "test",
        "PATH": environ["PATH"],
        "DATABASE_URL": settings.database_url,
        "REDIS_URL": settings.redis_url,
        "PUBLIC_URL": PUBLIC_URL,
        "TWILIO_ACCOUNT_SID": ACCOUNT,
        "TWILIO_AUTH_TOKEN": TOKEN,
        "TWILIO_WHATSAPP_NUMBER": OURS,
        "TWILIO_API_URL": settings.twilio_api_url or "",
        "SPOOL_DIR": str(settings.spool_dir),
    }
    return subprocess.Popen([sys.executable, "-c", DRAIN], env=environment)


@pytest.mark.parametrize("is_urgent", [False, True])
def test_a_worker_killed_between_the_send_and_its_record_sends_nothing_twice(
    twilio: Scripted, delivery: Config, is_urgent: bool
) -> None:
    twilio.script = [HANG]
    (row,) = queue(alert(person()) if is_urgent else outgoing(person(), counts=True))
    worker = drain_elsewhere(delivery)
    assert twilio.heard.wait(30)
    worker.kill()
    worker.wait()
    assert outcome(row) == ("SENDING", None, 1)
    empty_all()
    assert outcome(row) == ("SENDING", None, 1)  # its lease is not over: it may be alive
    lease_over()
    empty_all()
    assert outcome(row) == ("ACCEPTED", None, 1)
    assert twilio.bodies == [BODY]
    assert rows("SELECT sid FROM outbound_messages") == [(twilio.stored[0]["sid"],)]


def test_a_worker_killed_before_twilio_took_it_loses_nothing(
    twilio: Scripted, delivery: Config
) -> None:
    twilio.script = [HOLD]
    (row,) = queue(outgoing(person(), counts=True))
    worker = drain_elsewhere(delivery)
    assert twilio.heard.wait(30)
    worker.kill()
    worker.wait()
    lease_over()
    empty_all()
    empty_all()
    assert outcome(row) == ("ACCEPTED", None, 2)
    assert twilio.bodies == [BODY]
    assert rows("SELECT slot FROM notifications") == [(1,)]


@pytest.mark.parametrize("lost", [DROP, HANG])
def test_a_lost_answer_is_looked_up_and_not_sent_again(
    twilio: Scripted, monkeypatch: pytest.MonkeyPatch, lost: str
) -> None:
    monkeypatch.setattr(http, "READ_S", 0.5)
    twilio.script = [lost] * 20
    people = [person() for _ in range(20)]
    queue(*(outgoing(who, texts=(text("{n}", n=n),)) for n, who in enumerate(people)))
    empty_all()
    assert statuses() == {"SENDING": 20}
    lease_over()
    empty_all()
    assert statuses() == {"ACCEPTED": 20}
    assert Counter(twilio.bodies) == Counter(str(n) for n in range(20))


def test_what_twilio_never_had_is_sent_again(twilio: Scripted) -> None:
    twilio.script = [LOSE]
    (row,) = queue(outgoing(person(), counts=True))
    empty_all()
    assert outcome(row) == ("SENDING", None, 1)
    lease_over()
    empty_all()
    empty_all()
    assert outcome(row) == ("ACCEPTED", None, 2)
    assert twilio.bodies == [BODY]
    assert rows("SELECT slot FROM notifications") == [(1,)]


def test_where_twilio_does_not_tell_a_reminder_waits_and_an_alert_goes_out_again(
    twilio: Scripted,
) -> None:
    twilio.script = [LOSE, LOSE]
    reminder, urgent = queue(outgoing(person()), alert(person()))
    empty_all()
    twilio.is_blind = True
    lease_over()
    empty_all()
    empty_all()
    assert outcome(reminder) == ("SENDING", None, 1)
    assert outcome(urgent) == ("ACCEPTED", None, 2)
    twilio.is_blind = False
    lease_over()
    empty_all()
    empty_all()
    assert outcome(reminder) == ("ACCEPTED", None, 2)
    assert len(twilio.forms) == 2


def test_an_alert_without_an_answer_is_in_hand_for_thirty_seconds_a_reminder_for_sixty(
    twilio: Scripted,
) -> None:
    twilio.script = [LOSE, LOSE]
    queue(outgoing(person()), alert(person()))
    empty_all()
    leases = rows(
        "SELECT round(extract(epoch FROM lease_until - notifications.sent_at))::int"
        " FROM outbound_messages o JOIN notifications ON outbound_id = o.id ORDER BY priority"
    )
    assert leases == [(30,), (60,)]


def test_the_same_words_to_another_person_or_in_another_row_are_not_taken_for_it(
    twilio: Scripted,
) -> None:
    who = person()
    first, other = queue(outgoing(who), outgoing(person()))
    send_all()
    assert {outcome(first)[0], outcome(other)[0]} == {"ACCEPTED"}
    change("UPDATE outbound_messages SET accepted_at = accepted_at - interval '1 minute'")
    twilio.script = [LOSE]
    (lost,) = queue(outgoing(who))
    send_all()
    lease_over()
    empty_all()
    empty_all()
    assert outcome(lost) == ("ACCEPTED", None, 2)
    assert len(twilio.forms) == 3


def test_a_row_that_twilio_gave_up_meanwhile_is_settled_as_such(twilio: Scripted) -> None:
    twilio.script = [DROP]
    (row,) = queue(outgoing(person(), counts=True))
    empty_all()
    twilio.stored[0] |= {"status": "undelivered", "error_code": 63024}
    lease_over()
    empty_all()
    assert outcome(row) == ("FAILED", "63024", 1)
    assert rows("SELECT slot FROM notifications") == [(None,)]


def test_a_sender_that_was_held_up_beyond_its_lease_says_nothing_more(
    twilio: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    (row,) = queue(alert(person()))
    monkeypatch.setattr(sending, "CALL", timedelta(seconds=31))
    send_all()
    assert twilio.forms == []
    assert outcome(row)[1] == "OUT_OF_HAND"


def test_with_the_database_gone_after_the_send_the_row_is_settled_later(
    twilio: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "INSIST_S", 0.01)
    (row,) = queue(outgoing(person()))
    change(
        "CREATE FUNCTION cut() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        " PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW; END $$"
    )
    change(
        "CREATE TRIGGER cut BEFORE UPDATE ON outbound_messages FOR EACH ROW"
        " WHEN (NEW.status = 'ACCEPTED') EXECUTE FUNCTION cut()"
    )
    empty_all()
    assert outcome(row) == ("SENDING", None, 1)
    change("DROP TRIGGER cut ON outbound_messages")
    lease_over()
    empty_all()
    assert outcome(row) == ("ACCEPTED", None, 1)
    assert len(twilio.forms) == 1


def test_an_alert_of_which_nothing_is_reported_is_looked_up(twilio: Scripted) -> None:
    lost, silent, reminder = queue(alert(person()), alert(person()), outgoing(person()))
    send_all()
    change("UPDATE outbound_messages SET accepted_at = accepted_at - interval '2 minutes'")
    twilio.stored[0] |= {"status": "undelivered", "error_code": 63013}
    twilio.stored[2] |= {"status": "read"}
    empty_all()
    assert sorted([outcome(lost)[:2], outcome(silent)[:2]], key=str) == [
        ("ACCEPTED", None),
        ("FAILED", "63013"),
    ]
    assert outcome(reminder)[0] == "ACCEPTED"  # only emergencies are worth the call
    assert len(twilio.forms) == 3


def test_where_twilio_does_not_tell_of_an_alert_it_is_asked_again_later(twilio: Scripted) -> None:
    (row,) = queue(alert(person()))
    send_all()
    change("UPDATE outbound_messages SET accepted_at = accepted_at - interval '2 minutes'")
    twilio.is_blind = True
    empty_all()
    twilio.is_blind = False
    twilio.stored[0] |= {"status": "delivered"}
    empty_all()
    assert outcome(row)[0] == "ACCEPTED"  # looked up every two minutes
    lease_over()
    empty_all()
    assert outcome(row)[0] == "DELIVERED"


def test_a_row_that_never_arrives_at_twilio_fails_after_its_last_attempt(
    twilio: Scripted,
) -> None:
    twilio.fault_of = lambda _form: LOSE
    (row,) = queue(outgoing(person(), counts=True))
    for _ in range(8):
        empty_all()
        lease_over()
    assert outcome(row) == ("FAILED", "UNCONFIRMED", 5)
    assert rows("SELECT slot FROM notifications") == [(None,)]
