"""The real Twilio client against a Twilio on the loopback that goes wrong in every way."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from time import monotonic

import pytest

from app import clock
from app.channels import http
from app.channels.base import TemplateCall, Words
from app.channels.whatsapp import WhatsApp
from app.embedded.server import free_port
from app.errors import DeliveryError
from tests.delivery.scripted import DROP, GARBLE, HANG, LOSE, NAMELESS, Scripted, serving
from tests.settings import ACCOUNT, OURS, TOKEN

ASHA = "whatsapp:+919999999998"
CALLBACK = "https://procare.test/whatsapp/status?o=1"


@pytest.fixture
def twilio() -> Iterator[Scripted]:
    with serving() as scripted:
        yield scripted


@pytest.fixture
def whatsapp(twilio: Scripted, monkeypatch: pytest.MonkeyPatch) -> WhatsApp:
    monkeypatch.setattr(http, "READ_S", 0.5)
    return WhatsApp(ACCOUNT, TOKEN, f"whatsapp:{OURS}", twilio.url)


def fault_of(whatsapp: WhatsApp) -> DeliveryError:
    with pytest.raises(DeliveryError) as told:
        whatsapp.send(ASHA, Words("hi"), callback_url=CALLBACK)
    return told.value


@pytest.mark.parametrize(
    ("does", "meant", "stored"),
    [
        (63016, ("63016", False, False), 0),  # outside the window: a template may get through
        (21610, ("21610", True, False), 0),  # opted out
        (63024, ("63024", True, False), 0),  # not on WhatsApp
        (63018, ("63018", False, False), 0),  # too fast
        (20429, ("20429", False, False), 0),
        (20003, ("20003", False, False), 0),  # our token is wrong: nothing wrong with the message
        (20500, ("20500", False, True), 0),  # Twilio's page: the message may have been sent
        (DROP, ("ConnectionError", False, True), 1),
        (LOSE, ("ConnectionError", False, True), 0),
        (HANG, ("ReadTimeout", False, True), 1),
        (GARBLE, ("GARBLED", False, True), 1),
        (NAMELESS, ("NO_SID", False, True), 1),
    ],
)
def test_every_way_to_fail_says_what_it_means(
    whatsapp: WhatsApp,
    twilio: Scripted,
    does: str | int,
    meant: tuple[str, bool, bool],
    stored: int,
) -> None:
    """Meant are the code, whether it is permanent, and whether it is uncertain."""
    twilio.script = [does]
    fault = fault_of(whatsapp)
    assert (fault.code, fault.permanent, fault.uncertain) == meant
    assert len(twilio.stored) == stored


def test_where_nobody_listens_nothing_was_sent() -> None:
    nowhere = WhatsApp(ACCOUNT, TOKEN, f"whatsapp:{OURS}", f"http://127.0.0.1:{free_port()}")
    fault = fault_of(nowhere)
    assert (fault.code, fault.permanent, fault.uncertain) == ("NO_CONNECTION", False, False)


def test_a_silent_twilio_is_waited_for_no_longer_than_the_time_out(
    whatsapp: WhatsApp, twilio: Scripted
) -> None:
    twilio.script = [HANG]
    began = monotonic()
    fault_of(whatsapp)
    assert monotonic() - began < 2


def test_each_thread_gets_the_answer_to_its_own_message(
    whatsapp: WhatsApp, twilio: Scripted
) -> None:
    def send(number: int) -> tuple[str, str]:
        return whatsapp.send(ASHA, Words(f"{number}"), callback_url=CALLBACK).sid, f"{number}"

    with ThreadPoolExecutor(16) as pool:
        answers = set(pool.map(send, range(300)))
    assert answers == {(str(one["sid"]), one["body"]) for one in twilio.stored}


def test_the_whole_message_reaches_twilio(whatsapp: WhatsApp, twilio: Scripted) -> None:
    whatsapp.send(ASHA, Words("नमस्ते"), callback_url=CALLBACK, valid_for_s=900)
    assert twilio.forms == [
        {
            "To": ASHA,
            "From": f"whatsapp:{OURS}",
            "Body": "नमस्ते",
            "StatusCallback": CALLBACK,
            "ValidityPeriod": "900",
        }
    ]


@pytest.mark.parametrize(("asked", "sent"), [(-5, "1"), (40_000, "36000")])
def test_twilio_is_asked_for_no_validity_that_it_refuses(
    whatsapp: WhatsApp, twilio: Scripted, asked: int, sent: str
) -> None:
    whatsapp.send(ASHA, Words("hi"), callback_url=CALLBACK, valid_for_s=asked)
    assert twilio.forms[0]["ValidityPeriod"] == sent


def test_a_template_goes_out_without_words(whatsapp: WhatsApp, twilio: Scripted) -> None:
    call = TemplateCall("HX" + "1" * 32, ("आशा", "08:00"))
    whatsapp.send(ASHA, call, callback_url=CALLBACK)
    (form,) = twilio.forms
    assert "Body" not in form
    assert form["ContentSid"] == "HX" + "1" * 32
    assert json.loads(form["ContentVariables"]) == {"1": "आशा", "2": "08:00"}


def test_an_answer_to_a_webhook_is_not_taken_for_a_message_of_ours(
    whatsapp: WhatsApp, twilio: Scripted
) -> None:
    twilio.store({"To": ASHA, "From": f"whatsapp:{OURS}", "Body": "hi"}, direction="outbound-reply")
    assert whatsapp.find(ASHA, clock.now() - timedelta(minutes=1)) == []


def test_what_people_wrote_is_listed_in_its_order(whatsapp: WhatsApp, twilio: Scripted) -> None:
    now = clock.now().replace(microsecond=0)
    ours = f"whatsapp:{OURS}"
    later = twilio.heard_from(ASHA, ours, "sugar 48", now)
    first = twilio.heard_from("whatsapp:IN.1234", ours, "hello\x00", now - timedelta(minutes=5))
    listed = whatsapp.received_since(now - timedelta(hours=1))
    assert [(one.sid, one.address, one.phone_number, one.body) for one in listed] == [
        (first, "whatsapp:IN.1234", None, "hello"),
        (later, ASHA, "+919999999998", "sugar 48"),
    ]
    assert listed[1].received_at == now


def test_without_a_loopback_the_address_is_twilios_own() -> None:
    assert http.PooledHttp(1).address("https://api.twilio.com/x?y=1") == (
        "https://api.twilio.com/x?y=1"
    )


def test_a_loopback_takes_scheme_host_and_the_paths_beginning() -> None:
    client = http.PooledHttp(1, "http://127.0.0.1:8000/simulator/twilio/")
    assert client.address("https://api.twilio.com/2010-04-01/x.json?y=1") == (
        "http://127.0.0.1:8000/simulator/twilio/2010-04-01/x.json?y=1"
    )
