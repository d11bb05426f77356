"""The loopback Twilio, asked by Twilio's own client over real HTTP."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from json import loads
from pathlib import Path
from typing import Any

import pytest
import requests
from twilio.base.exceptions import TwilioException, TwilioRestException

from app import clock, create_app
from app.simulator.twilio import content, exchange, spec
from app.simulator.twilio.message import Direction
from tests.settings import ACCOUNT, OURS, PATIENT, TOKEN, settings
from tests.simulator.twilio.conftest import FROM, TEMPLATE, TO, Loopback, a_message, settle

MESSAGES = f"/simulator/twilio/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
OTHERS = "AC" + "1" * 32


def refusal(twilio: Loopback, **wanted: Any) -> TwilioRestException:
    with pytest.raises(TwilioRestException) as refused:
        twilio.send(**wanted)
    return refused.value


def post(twilio: Loopback, form: Mapping[str, str], path: str = MESSAGES) -> requests.Response:
    return requests.post(f"{twilio.address}{path}", data=form, auth=(ACCOUNT, TOKEN), timeout=5)


def test_a_message_is_created_fetched_and_at_last_read(twilio: Loopback) -> None:
    before = clock.now().replace(microsecond=0)
    sent = twilio.send(body="दवा लीजिए & पानी < 2")
    assert (sent.status, sent.direction, sent.error_code) == ("queued", "outbound-api", None)
    assert before <= sent.date_created <= clock.now()
    assert sent.date_sent is None
    settle()
    fetched = twilio.client().messages(sent.sid).fetch()
    assert (fetched.body, fetched.to, fetched.from_) == ("दवा लीजिए & पानी < 2", TO, FROM)
    assert fetched.status == "read"
    assert before <= fetched.date_sent <= fetched.date_updated


def test_a_message_has_every_field_of_twilios_and_none_of_ours(twilio: Loopback) -> None:
    answer = post(twilio, {"To": TO, "From": FROM, "Body": "hi"})
    schemas = loads(spec.FILE.read_bytes())["components"]["schemas"]
    assert answer.status_code == 201
    assert answer.json().keys() == schemas["api.v2010.account.message"]["properties"].keys()
    assert answer.json()["status"] in schemas["message_enum_status"]["enum"]
    assert answer.json()["direction"] in schemas["message_enum_direction"]["enum"]


def test_a_deleted_message_is_gone_from_the_api_and_stays_on_the_phone(twilio: Loopback) -> None:
    sent = twilio.send()
    settle()
    assert twilio.client().messages(sent.sid).delete()
    for gone in (
        twilio.client().messages(sent.sid).fetch,
        twilio.client().messages(sent.sid).delete,
    ):
        with pytest.raises(TwilioRestException) as refused:
            gone()
        assert (refused.value.status, refused.value.code) == (404, 20404)
    assert sent.sid not in [one.sid for one in twilio.client().messages.list()]
    (kept,) = [one for one in exchange.since(twilio.folder) if one.message.sid == sent.sid]
    assert kept.deleted


def test_a_message_on_its_way_is_not_deleted(twilio: Loopback) -> None:
    waiting = a_message(Direction.API, clock.now())
    exchange.keep(twilio.folder, waiting)
    with pytest.raises(TwilioRestException) as refused:
        twilio.client().messages(waiting.sid).delete()
    assert (refused.value.status, refused.value.code) == (409, 20009)


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ({"to": "nonsense"}, 21211),
        ({"to": PATIENT}, 21211),  # an SMS's address
        ({"to": "whatsapp:+0123456789"}, 21211),
        ({"to": ""}, 21604),
        ({"from_": ""}, 21603),
        ({"from_": "whatsapp:+15550001111"}, 63007),
        ({"from_": OURS}, 63007),
        ({"body": ""}, 21619),
        ({"body": "a" * 1601}, 21617),
        ({"content_sid": TEMPLATE, "content_variables": "1=08:00"}, 21656),
        ({"content_sid": TEMPLATE, "content_variables": "[]"}, 21656),
        ({"content_sid": TEMPLATE, "content_variables": '{"1": 8}'}, 21656),
        ({"content_sid": TEMPLATE, "content_variables": '{"1": ""}'}, 21656),
        ({"content_sid": TEMPLATE, "content_variables": '{"1": "a\\nb"}'}, 21656),
        ({"content_sid": TEMPLATE, "content_variables": '{"1": "a     b"}'}, 21656),
        ({"content_retention": "banana"}, 20001),
        ({"status_callback": "nowhere"}, 20001),
    ],
)
def test_what_twilio_refuses_is_refused_with_its_code_and_not_kept(
    twilio: Loopback, wanted: dict[str, str], code: int
) -> None:
    refused = refusal(twilio, **wanted)
    assert (refused.status, refused.code) == (400, code)
    assert [one.direction for one in twilio.client().messages.list()] == ["inbound"]


def test_a_parameter_that_twilio_does_not_know_is_refused_by_name(twilio: Loopback) -> None:
    answer = post(twilio, {"To": TO, "From": FROM, "Body": "hi", "Boddy": "hi"})
    assert answer.status_code == 400
    error = answer.json()
    assert error.keys() == {"code", "message", "more_info", "status"}
    assert (error["code"], error["status"]) == (20001, 400)
    assert "Boddy" in error["message"]
    assert error["more_info"] == "https://www.twilio.com/docs/errors/20001"


def test_the_longest_body_and_an_address_without_a_number_pass(twilio: Loopback) -> None:
    assert twilio.send(body="a" * 1600).status == "queued"
    assert twilio.send(to="whatsapp:IN.1a2B", content_sid=TEMPLATE, body="").status == "queued"


def test_a_wrong_token_is_no_entry(twilio: Loopback) -> None:
    client = twilio.client(token="wrong")
    with pytest.raises(TwilioRestException) as refused:
        client.messages.create(to=TO, from_=FROM, body="hi")
    assert (refused.value.status, refused.value.code) == (401, 20003)
    with pytest.raises(TwilioException, match="HTTP 401"):  # a list tells no code
        client.messages.list()


@pytest.mark.parametrize(
    ("auth", "account", "code"),
    [
        (None, ACCOUNT, 20003),
        ((ACCOUNT, "wrong"), ACCOUNT, 20003),
        ((OTHERS, TOKEN), OTHERS, 20003),
        ((ACCOUNT, TOKEN), OTHERS, 20404),
    ],
)
def test_only_the_accounts_own_secret_opens_its_messages(
    twilio: Loopback, auth: tuple[str, str] | None, account: str, code: int
) -> None:
    address = f"{twilio.address}{MESSAGES.replace(ACCOUNT, account)}"
    answer = requests.get(address, auth=auth, timeout=5)
    assert answer.json()["code"] == code


def test_a_bearers_token_is_no_entry(twilio: Loopback) -> None:
    headers = {"Authorization": f"Bearer {TOKEN}"}
    answer = requests.get(f"{twilio.address}{MESSAGES}", headers=headers, timeout=5)
    assert answer.status_code == 401


def test_free_text_to_who_has_not_written_for_a_day_is_refused_and_a_template_passes(
    loopback: Loopback,
) -> None:
    assert refusal(loopback).code == 63016
    assert loopback.send(body="", content_sid=TEMPLATE).status == "queued"


def test_the_window_is_open_for_less_than_24_hours(loopback: Loopback) -> None:
    heard = clock.now() - timedelta(hours=24)
    exchange.keep(loopback.folder, a_message(Direction.INBOUND, heard))
    assert refusal(loopback).code == 63016
    almost = clock.now() - timedelta(hours=23, minutes=59)
    exchange.keep(loopback.folder, a_message(Direction.INBOUND, almost))
    assert loopback.send().status == "queued"


def test_a_template_is_shown_with_its_parameters(twilio: Loopback) -> None:
    content.register(twilio.config, {TEMPLATE: "Time for {{2}}: it is {{1}}."})
    variables = '{"1": "08:00", "2": "मेटफॉर्मिन"}'
    sent = twilio.send(body="", content_sid=TEMPLATE, content_variables=variables)
    assert sent.body == "Time for मेटफॉर्मिन: it is 08:00."


def test_production_has_none_of_it(tmp_path: Path) -> None:
    service = create_app(settings(spool_dir=tmp_path, PROCARE_ENV="production")).test_client()
    for path in (MESSAGES, "/simulator/twilio/faults", "/simulator/twilio/templates"):
        assert service.get(path, auth=(ACCOUNT, TOKEN)).status_code == 404
        assert service.post(path, auth=(ACCOUNT, TOKEN)).status_code == 404


def kept_at(twilio: Loopback, *moments: datetime) -> list[str]:
    """Keep an inbound message of each moment; their ids."""
    messages = [a_message(Direction.INBOUND, moment) for moment in moments]
    for message in messages:
        exchange.keep(twilio.folder, message)
    return [message.sid for message in messages]


def test_messages_are_listed_newest_first_a_page_at_a_time_and_back(loopback: Loopback) -> None:
    began = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
    sids = kept_at(loopback, *(began + timedelta(minutes=n) for n in range(7)))
    newest_first = sids[::-1]
    messages = loopback.client().messages
    assert [one.sid for one in messages.list(page_size=3)] == newest_first
    assert [one.sid for one in messages.list(limit=2)] == newest_first[:2]
    first = messages.page(page_size=3)
    second = first.next_page()
    third = second.next_page()
    assert third.next_page() is None
    assert [one.sid for one in third] == newest_first[6:]
    assert [one.sid for one in third.previous_page()] == newest_first[3:6]
    assert [one.sid for one in second.previous_page()] == newest_first[:3]
    assert first.previous_page() is None


def test_messages_are_listed_by_address_and_moment(twilio: Loopback) -> None:
    sent = twilio.send(body="", to="whatsapp:+919876543210", content_sid=TEMPLATE)
    messages = twilio.client().messages
    assert [one.sid for one in messages.list(to="whatsapp:+919876543210")] == [sent.sid]
    assert [one.direction for one in messages.list(from_=TO)] == ["inbound"]
    assert [one.direction for one in messages.list(to=FROM)] == ["inbound"]
    assert messages.list(to=FROM, from_=FROM) == []


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        # Kept at 23:59:59.9 of the 20th, at noon and at 23:59:59 of the 21st, at 0:00 of the 22nd.
        ({"date_sent": "2026-11-21"}, [2, 1]),
        ({"date_sent_after": "2026-11-21"}, [3, 2, 1]),
        ({"date_sent_before": "2026-11-21"}, [2, 1, 0]),
        ({"date_sent": datetime(2026, 11, 21, 12, tzinfo=UTC)}, [1]),
        ({"date_sent_after": datetime(2026, 11, 20, 23, 59, 59, tzinfo=UTC)}, [3, 2, 1, 0]),
        ({"date_sent_before": datetime(2026, 11, 20, 23, 59, 59, tzinfo=UTC)}, [0]),
        ({"date_sent_after": "2026-11-21", "date_sent_before": "2026-11-21"}, [2, 1]),
        ({"date_sent_after": "Sat, 21 Nov 2026 17:30:01 +0530"}, [3, 2]),
    ],
)
def test_a_moment_in_a_list_is_its_second_or_its_utc_day(
    loopback: Loopback, asked: dict[str, Any], found: list[int]
) -> None:
    day = datetime(2026, 11, 21, tzinfo=UTC)
    last_second = timedelta(hours=23, minutes=59, seconds=59)
    sids = kept_at(
        loopback,
        day - timedelta(seconds=0.1),
        day + timedelta(hours=12),
        day + last_second,
        day + timedelta(days=1),
    )
    listed = loopback.client().messages.list(**asked)
    assert [one.sid for one in listed] == [sids[n] for n in found]


@pytest.mark.parametrize(
    "query", ["DateSent=soon", "PageSize=0", "PageSize=1001", "Page=-1", "PageToken=PASM1"]
)
def test_a_list_of_nonsense_is_refused(twilio: Loopback, query: str) -> None:
    address = f"{twilio.address}{MESSAGES}?{query}"
    answer = requests.get(address, auth=(ACCOUNT, TOKEN), timeout=5)
    assert answer.status_code == 400
    assert query.split("=", maxsplit=1)[0] in answer.json()["message"]


def test_a_message_that_was_not_yet_sent_is_listed_by_when_it_was_made(twilio: Loopback) -> None:
    now = clock.now()
    sent = twilio.send()
    after = twilio.client().messages.list(to=TO, date_sent_after=now)
    assert [one.sid for one in after] == [sent.sid]
