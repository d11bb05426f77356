"""Faults asked for over HTTP: each makes the real client fail as Twilio would."""

from __future__ import annotations

from typing import Any

import pytest
import requests
from twilio.base.exceptions import TwilioRestException

from app import create_app
from app.clock import monotonic
from app.simulator.twilio import faults
from tests.settings import ACCOUNT, TOKEN
from tests.simulator.twilio.conftest import FROM, TEMPLATE, TO, Loopback


def ask(twilio: Loopback, wanted: Any, **headers: str) -> requests.Response:
    return requests.post(
        f"{twilio.address}/simulator/twilio/faults", json=wanted, headers=headers, timeout=5
    )


def bodies(twilio: Loopback) -> list[str]:
    return [one.body for one in twilio.client().messages.list(to=TO)]


def test_faults_are_asked_for_told_and_cleared(twilio: Loopback) -> None:
    address = f"{twilio.address}/simulator/twilio/faults"
    assert requests.get(address, timeout=5).json()["errors"] == 0
    assert ask(twilio, {"errors": 2}).json()["errors"] == 2
    assert ask(twilio, {"latency_ms": 5}).json()["errors"] == 2
    assert requests.get(address, timeout=5).json()["latency_ms"] == 5
    assert requests.delete(address, timeout=5).json()["errors"] == 0
    assert faults.current(twilio.folder) == faults.NONE


@pytest.mark.parametrize(
    ("code", "status"), [(20429, 429), (20500, 500), (63016, 400), (21610, 400), (20003, 401)]
)
def test_the_next_sends_are_refused_with_the_code_asked_for(
    twilio: Loopback, code: int, status: int
) -> None:
    ask(twilio, {"errors": 2, "error_code": code})
    for _ in range(2):
        with pytest.raises(TwilioRestException) as refused:
            twilio.send()
        assert (refused.value.status, refused.value.code) == (status, code)
    assert bodies(twilio) == []
    assert twilio.send().status == "queued"


def test_a_slow_twilio_takes_its_time(twilio: Loopback) -> None:
    ask(twilio, {"latency_ms": 200})
    began = monotonic()
    twilio.send()
    assert monotonic() - began >= 0.2


def test_a_dropped_answer_leaves_one_message_that_the_client_does_not_know_of(
    twilio: Loopback,
) -> None:
    ask(twilio, {"drops": 1})
    with pytest.raises(requests.ConnectionError):
        twilio.send(body="dropped")
    assert bodies(twilio) == ["dropped"]
    twilio.send(body="heard")
    assert bodies(twilio) == ["heard", "dropped"]


def test_a_server_that_hides_its_socket_breaks_the_answer_off(twilio: Loopback) -> None:
    ask(twilio, {"drops": 1})
    answer = (
        create_app(twilio.config)
        .test_client()
        .post(
            f"/simulator/twilio/2010-04-01/Accounts/{ACCOUNT}/Messages.json",
            data={"To": TO, "From": FROM, "Body": "dropped"},
            auth=(ACCOUNT, TOKEN),
        )
    )
    assert (answer.headers["Content-Length"], answer.data) == ("1", b"")
    assert bodies(twilio) == ["dropped"]


def test_a_hanging_answer_leaves_one_message_that_the_client_gave_up_on(twilio: Loopback) -> None:
    ask(twilio, {"hangs": 1, "hang_ms": 600})
    with pytest.raises(requests.ReadTimeout):
        twilio.client(timeout=0.2).messages.create(to=TO, from_=FROM, body="hung")
    assert bodies(twilio) == ["hung"]
    assert twilio.send(body="", content_sid=TEMPLATE).status == "queued"


@pytest.mark.parametrize(
    ("wanted", "reason"),
    [
        ([], "JSON object"),
        ({"banana": 1}, "There is no fault banana; there are errors, "),
        ({"errors": "2"}, "errors is no int"),
        ({"errors": True}, "errors is no int"),
        ({"errors_late": 1}, "errors_late is no bool"),
        ({"errors": -1}, "errors is not from 0 to"),
        ({"latency_ms": 100_000}, "latency_ms is not from 0 to 99999"),
    ],
)
def test_what_is_no_fault_is_refused_with_a_reason(
    twilio: Loopback, wanted: Any, reason: str
) -> None:
    answer = ask(twilio, wanted)
    assert answer.status_code == 400
    assert reason in answer.json()["fault"]
    assert faults.current(twilio.folder) == faults.NONE


def test_the_script_of_another_page_may_not_ask(twilio: Loopback) -> None:
    assert ask(twilio, {"errors": 1}, Origin="https://elsewhere.test").status_code == 403
    assert ask(twilio, {"errors": 1}, Origin=twilio.address).status_code == 200
    form = requests.post(f"{twilio.address}/simulator/twilio/faults", data={"errors": 1}, timeout=5)
    assert form.status_code == 415
