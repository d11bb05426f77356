"""The webhook of status reports: forward only, whatever comes, however often and in what order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import permutations
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from prometheus_client import REGISTRY
from werkzeug.test import TestResponse

from app import clock, create_app, db
from app.cli.demo import seed
from app.config import Config, use
from app.delivery import jobs
from app.messaging.outbox.outgoing import Priority, Purpose
from tests.delivery.scripted import DROP, Scripted, serving
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
from tests.settings import ACCOUNT, OURS, PUBLIC_URL, new_sid, signed
from tests.web.calls import rows

STATUS = "/whatsapp/status"
MOMENTS = (
    "SELECT accepted_at IS NOT NULL, delivered_at IS NOT NULL, read_at IS NOT NULL"
    " FROM outbound_messages"
)


@pytest.fixture
def twilio() -> Iterator[Scripted]:
    with serving() as scripted:
        yield scripted


@pytest.fixture
def web(settings: Config, twilio: Scripted) -> FlaskClient:
    made = replace(settings, twilio_api_url=twilio.url)
    use(made)
    with db.transaction() as connection:
        seed(connection)
    return create_app(made).test_client()


def report(
    web: FlaskClient, sid: str, status: str, *, row: UUID | str | None = None, **fields: str
) -> TestResponse:
    """Post a status report as Twilio does, signed over the address with its query."""
    form = {
        "MessageSid": sid,
        "MessageStatus": status,
        "AccountSid": ACCOUNT,
        "From": f"whatsapp:{OURS}",
        "To": "whatsapp:+919999999998",
        "ChannelPrefix": "whatsapp",
        **fields,
    }
    path = STATUS if row is None else f"{STATUS}?o={row}"
    return web.post(path, data=form, headers=signed(form, url=PUBLIC_URL + path))


def sent_row(**changed: object) -> tuple[UUID, str]:
    """Send one row; give its id and Twilio's."""
    (row,) = queue(outgoing(person(), counts=True, **changed))
    send_all()
    sids = rows(f"SELECT sid FROM outbound_messages WHERE id = '{row}'")  # noqa: S608 - our own id
    return row, str(sids[0][0])


def test_an_unsigned_report_and_one_for_another_account_are_refused(web: FlaskClient) -> None:
    assert web.post(STATUS, data={"MessageSid": new_sid()}).status_code == 403
    assert report(web, new_sid(), "sent", AccountSid="AC" + "9" * 32).status_code == 403


def test_a_signature_over_another_query_is_refused(web: FlaskClient) -> None:
    form = {"MessageSid": new_sid(), "MessageStatus": "sent", "AccountSid": ACCOUNT}
    headers = signed(form, url=f"{PUBLIC_URL}{STATUS}?o=1")
    assert web.post(f"{STATUS}?o=2", data=form, headers=headers).status_code == 403


def test_a_report_without_a_message_is_refused(web: FlaskClient) -> None:
    assert report(web, "nonsense", "sent").status_code == 400


def test_a_message_goes_from_accepted_to_read(web: FlaskClient) -> None:
    row, sid = sent_row()
    for word, status, moments in (
        ("queued", "ACCEPTED", (True, False, False)),
        ("sent", "SENT", (True, False, False)),
        ("delivered", "DELIVERED", (True, True, False)),
        ("read", "READ", (True, True, True)),
    ):
        assert report(web, sid, word, row=row).status_code == 204
        assert outcome(row)[0] == status
        assert rows(MOMENTS) == [moments]
    assert rows("SELECT is_read, read_at IS NOT NULL FROM notifications") == [(True, True)]


@pytest.mark.parametrize("order", list(permutations(("sent", "delivered", "read"))))
def test_reports_in_any_order_end_as_read(web: FlaskClient, order: tuple[str, ...]) -> None:
    row, sid = sent_row()
    for word in (*order, *order):
        report(web, sid, word, row=row)
    assert outcome(row)[0] == "READ"
    assert rows(MOMENTS) == [(True, True, True)]


def test_a_late_sent_does_not_take_back_a_delivered(web: FlaskClient) -> None:
    row, sid = sent_row()
    report(web, sid, "delivered", row=row)
    report(web, sid, "sent", row=row)
    report(web, sid, "undelivered", row=row, ErrorCode="63024")
    assert outcome(row) == ("DELIVERED", None, 1)


@pytest.mark.parametrize("word", ["partially_delivered", "banana", ""])
def test_a_word_that_is_new_is_counted_and_changes_nothing(web: FlaskClient, word: str) -> None:
    def count() -> float:
        name = "procare_status_reports_total"
        return REGISTRY.get_sample_value(name, {"status": "unknown"}) or 0

    row, sid = sent_row()
    before = count()
    assert report(web, sid, word, row=row).status_code == 204
    assert outcome(row)[0] == "ACCEPTED"
    assert count() == before + 1


@pytest.mark.parametrize("word", ["failed", "undelivered"])
def test_a_failure_for_good_ends_the_row_frees_its_slot_and_marks_the_person(
    web: FlaskClient, word: str
) -> None:
    row, sid = sent_row()
    assert report(web, sid, word, row=row, ErrorCode="63024").status_code == 204
    assert outcome(row) == ("FAILED", "63024", 1)
    assert rows("SELECT slot FROM notifications") == [(None,)]
    assert rows("SELECT count(*) FROM users WHERE unreachable_since IS NOT NULL") == [(1,)]


def test_outside_the_window_it_waits_for_a_template_and_late_reports_change_nothing(
    web: FlaskClient, twilio: Scripted
) -> None:
    row, sid = sent_row()
    for _ in range(2):
        report(web, sid, "undelivered", row=row, ErrorCode="63016")
        report(web, sid, "sent", row=row)
        assert outcome(row) == ("PENDING", "63016", 1)
    send_all()
    assert outcome(row) == ("FAILED", "NO_TEMPLATE", 2)
    assert len(twilio.forms) == 1


def test_an_alert_that_twilio_gave_up_is_sent_again(web: FlaskClient, twilio: Scripted) -> None:
    (row,) = queue(alert(person()))
    send_all()
    report(web, str(twilio.stored[0]["sid"]), "failed", row=row)
    assert outcome(row) == ("PENDING", "FAILED", 1)
    due_now()
    send_all()
    assert outcome(row) == ("ACCEPTED", None, 2)
    assert len(twilio.forms) == 2


def test_too_fast_is_sent_again_later_without_counting(web: FlaskClient) -> None:
    row, sid = sent_row()
    report(web, sid, "failed", row=row, ErrorCode="63018")
    assert outcome(row) == ("PENDING", "63018", 0)
    assert rows("SELECT next_attempt_at > now() + interval '20 s' FROM outbound_messages") == [
        (True,)
    ]


def test_a_report_settles_a_row_of_which_nobody_knew(web: FlaskClient, twilio: Scripted) -> None:
    twilio.script = [DROP]
    (row,) = queue(outgoing(person(), counts=True))
    send_all()
    assert outcome(row)[0] == "SENDING"
    sid = str(twilio.stored[0]["sid"])
    report(web, sid, "sent", row=row)
    assert outcome(row)[0] == "SENT"
    assert rows("SELECT sid, lease_until FROM outbound_messages") == [(sid, None)]
    lease_over()
    empty_all()
    assert len(twilio.forms) == 1


def test_a_report_that_comes_before_we_know_the_message_is_taken_up_when_we_do(
    web: FlaskClient, twilio: Scripted
) -> None:
    twilio.script = [DROP]
    (row,) = queue(outgoing(person(), counts=True))
    send_all()
    sid = str(twilio.stored[0]["sid"])
    assert report(web, sid, "delivered").status_code == 204  # without our id
    assert report(web, sid, "sent").status_code == 204
    assert rows("SELECT status::text FROM parked_statuses ORDER BY 1") == [
        ("DELIVERED",),
        ("SENT",),
    ]
    lease_over()
    empty_all()
    assert outcome(row)[0] == "DELIVERED"
    assert rows("SELECT * FROM parked_statuses") == []


def test_a_failure_that_overtakes_our_record_is_parked_and_then_counts(
    web: FlaskClient, twilio: Scripted
) -> None:
    twilio.script = [DROP]
    (row,) = queue(outgoing(person(), counts=True))
    send_all()
    report(web, str(twilio.stored[0]["sid"]), "failed", row=row, ErrorCode="63013")
    assert outcome(row)[0] == "SENDING"
    lease_over()
    empty_all()
    assert outcome(row) == ("FAILED", "63013", 1)
    assert rows("SELECT slot FROM notifications") == [(None,)]


def test_a_parked_report_whose_message_became_known_is_taken_up_by_the_clock(
    web: FlaskClient,
) -> None:
    row, _ = sent_row()
    late = new_sid()
    report(web, late, "read")
    change("UPDATE outbound_messages SET sid = :sid", sid=late)
    jobs.take_up_parked(clock.now())
    jobs.take_up_parked(clock.now())
    assert outcome(row)[0] == "READ"


def test_a_parked_report_of_a_message_that_never_became_known_is_forgotten(
    web: FlaskClient,
) -> None:
    report(web, new_sid(), "read")
    jobs.take_up_parked(clock.now())
    assert rows("SELECT count(*) FROM parked_statuses") == [(1,)]
    jobs.take_up_parked(clock.now() + timedelta(days=2))
    assert rows("SELECT count(*) FROM parked_statuses") == [(0,)]


@pytest.mark.parametrize("named", ["", "nonsense", "00000000-0000-0000-0000-000000000000"])
def test_an_address_that_names_no_row_of_ours_goes_by_the_message(
    web: FlaskClient, named: str
) -> None:
    row, sid = sent_row()
    assert report(web, sid, "sent", row=named).status_code == 204
    assert outcome(row)[0] == "SENT"


def answer(**changed: object) -> UUID:
    """Queue what says an emergency's answer again, due in half a minute."""
    later = clock.now() + timedelta(seconds=30)
    made = {"purpose": Purpose.EMERGENCY_ANSWER, "priority": Priority.EMERGENCY, "due_at": later}
    (row,) = queue(outgoing(person(), **made | changed))
    return row


@pytest.mark.parametrize("word", ["sent", "delivered", "read"])
def test_an_answer_that_arrived_in_the_webhooks_own_answer_is_not_sent_again(
    web: FlaskClient, twilio: Scripted, word: str
) -> None:
    row = answer()
    sid = new_sid()
    report(web, sid, "queued", row=row)
    assert outcome(row) == ("PENDING", None, 0)
    for later in (word, "read", "failed"):
        report(web, sid, later, row=row)
    assert outcome(row) == ("CANCELLED", "CONFIRMED", 0)
    due_now()
    send_all()
    assert twilio.forms == []


def test_an_answer_that_nobody_confirmed_is_sent(web: FlaskClient, twilio: Scripted) -> None:
    row = answer()
    report(web, new_sid(), "queued", row=row)
    send_all()
    assert twilio.forms == []
    due_now()  # half a minute later
    send_all()
    assert outcome(row)[0] == "ACCEPTED"


def test_an_answer_that_failed_in_the_webhooks_own_answer_is_sent_at_once(
    web: FlaskClient, twilio: Scripted
) -> None:
    row = answer()
    report(web, new_sid(), "failed", row=row, ErrorCode="63005")
    send_all()
    assert outcome(row)[0] == "ACCEPTED"
    assert len(twilio.forms) == 1


def test_a_confirmation_that_comes_after_it_was_sent_again_counts_as_arrived(
    web: FlaskClient,
) -> None:
    row = answer(due_at=clock.now())
    send_all()
    report(web, new_sid(), "delivered", row=row)
    assert outcome(row)[0] == "DELIVERED"


def test_with_the_database_away_twilio_is_told_so(web: FlaskClient, settings: Config) -> None:
    use(replace(settings, database_url="postgresql+psycopg://nobody@127.0.0.1:1/nothing"))
    assert report(web, new_sid(), "sent").status_code == 503
    use(settings)
