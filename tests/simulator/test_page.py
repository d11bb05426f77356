"""The simulator's page and its door: who may send, and what."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from app import clock, create_app
from app.cli import demo as demo_people
from app.config import Config, config, use
from app.embedded.server import HOST, free_port
from app.simulator import page
from app.simulator.twilio import exchange
from app.simulator.twilio.database import folder
from app.simulator.twilio.message import Direction, Message, Status
from app.simulator.twilio.sending import new_sid
from tests.settings import OURS, PATIENT, PUBLIC_URL
from tests.settings import settings as make_settings

TYPED = {"number": PATIENT, "body": "sugar 120"}


def test_production_has_no_simulator(tmp_path: Path) -> None:
    service = create_app(make_settings(spool_dir=tmp_path, PROCARE_ENV="production")).test_client()
    for path in (
        "",
        "/events",
        "/people/x",
        "/understood/x",
        "/media/x",
        "/send",
        "/static/page.js",
    ):
        assert service.get(f"/simulator{path}").status_code == 404
    for path in ("/send", "/clock"):
        assert service.post(f"/simulator{path}", json=TYPED).status_code == 404


def test_the_page_loads_nothing_from_elsewhere_and_is_framed_by_nobody(
    service: FlaskClient,
) -> None:
    answer = service.get("/simulator")
    assert answer.status_code == 200
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'self';")
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert "<style" not in answer.text
    assert answer.text.count("<script") == answer.text.count('<script type="module" src=')


def test_the_numbers_of_the_phones_are_those_of_the_demo_people() -> None:
    demo = (demo_people.DEMO_PATIENT, demo_people.DEMO_CAREGIVER, demo_people.DEMO_DOCTOR)
    assert tuple(number for _, number in page.PHONES) == demo


@pytest.mark.parametrize("door", ["send", "clock"])
@pytest.mark.parametrize("origin", ["https://elsewhere.test", "null", "http://127.0.0.1:1"])
def test_the_script_of_another_page_may_not_send(
    service: FlaskClient, door: str, origin: str
) -> None:
    answer = service.post(f"/simulator/{door}", json=TYPED, headers={"Origin": origin})
    assert answer.status_code == 403
    assert answer.json == {"fault": "Only the simulator's own page may send."}


def test_a_name_of_somebody_elses_that_leads_here_may_not_send(service: FlaskClient) -> None:
    headers = {"Host": "elsewhere.test:8000", "Origin": "http://elsewhere.test:8000"}
    assert service.post("/simulator/send", json=TYPED, headers=headers).status_code == 403


@pytest.mark.parametrize(
    ("host", "origin"),
    [
        ("localhost:8000", "http://localhost:8000"),
        ("[::1]:8000", "http://[::1]:8000"),
        ("elsewhere.test", PUBLIC_URL),
    ],
)
def test_the_page_may_send_under_each_name_of_this_service(
    service: FlaskClient, host: str, origin: str
) -> None:
    headers = {"Host": host, "Origin": origin}
    # An empty message gets past the door, and no further.
    assert service.post("/simulator/send", json={}, headers=headers).status_code == 400


@pytest.mark.parametrize("mimetype", ["text/plain", "application/x-www-form-urlencoded"])
def test_a_body_that_is_no_json_is_refused(service: FlaskClient, mimetype: str) -> None:
    answer = service.post("/simulator/send", data='{"body": "hi"}', content_type=mimetype)
    assert answer.status_code == 415


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({}, "number"),
        ([], "number"),
        ({"number": "919999999998", "body": "hi"}, "number"),
        ({"number": "+919999999998\n", "body": "hi"}, "number"),
        ({"number": ["+919999999998"], "body": "hi"}, "number"),
        ({"number": PATIENT}, "1 to 4096"),
        ({"number": PATIENT, "body": " \n"}, "1 to 4096"),
        ({"number": PATIENT, "body": "a" * 4097}, "1 to 4096"),
        ({"number": PATIENT, "body": "\ud83d"}, "half a character"),
    ],
)
def test_what_no_phone_can_send_is_refused_with_a_reason(
    service: FlaskClient, fields: object, fault: str
) -> None:
    answer = service.post("/simulator/send", json=fields)
    assert answer.status_code == 400
    assert answer.json is not None
    assert fault in answer.json["fault"]


def test_a_server_that_does_not_answer_is_told_and_the_words_are_explained_all_the_same(
    service: FlaskClient, settings: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    nowhere = f"http://{HOST}:{free_port()}"
    use(replace(settings, public_url=nowhere))
    monkeypatch.setenv("HTTP_PROXY", "http://proxy.test")  # which knows nothing of this machine
    answer = service.post("/simulator/send", json=TYPED)
    assert answer.status_code == 200
    assert answer.json is not None
    assert answer.json["fault"] == f"The server is away: nothing answers at {nowhere}."
    assert answer.json["status"] is None
    (reading,) = answer.json["understood"]["meanings"]
    assert (reading["value_mg_dl"], reading["words"]) == (120, ["120"])


def test_what_a_phone_sent_is_explained_later_too(service: FlaskClient) -> None:
    sid = (service.post("/simulator/send", json=TYPED).json or {})["sid"]
    told = service.get(f"/simulator/understood/{sid}").json
    assert told is not None
    (reading,) = told["understood"]["meanings"]
    assert reading["value_mg_dl"] == 120


def test_only_what_a_phone_sent_is_explained(service: FlaskClient) -> None:
    ours = exchange.keep(
        folder(config()),
        Message(
            sid=new_sid(),
            direction=Direction.API,
            sender=f"whatsapp:{OURS}",
            recipient=f"whatsapp:{PATIENT}",
            body="sugar 120",
            status=Status.QUEUED,
            created_at=clock.now(),
        ),
    )
    for sid in (ours.message.sid, new_sid()):
        assert service.get(f"/simulator/understood/{sid}").status_code == 404


@pytest.mark.parametrize(
    "fields", [{}, [], {"minutes": 0}, {"minutes": -5}, {"minutes": 1441}, {"minutes": True}]
)
def test_the_clock_moves_on_by_a_day_at_most(service: FlaskClient, fields: object) -> None:
    assert service.post("/simulator/clock", json=fields).status_code == 400


def test_a_clock_that_no_file_moves_stands_still(service: FlaskClient) -> None:
    answer = service.post("/simulator/clock", json={"minutes": 5})
    assert answer.status_code == 409
    assert "CLOCK_OFFSET_FILE" in (answer.json or {})["fault"]
    assert 'data-movable="false"' in service.get("/simulator").text


def test_what_is_asked_of_the_clock_adds_up(service: FlaskClient, tmp_path: Path) -> None:
    clock.follow(tmp_path / "simulator" / "clock")
    try:
        service.post("/simulator/clock", json={"minutes": 5})
        answer = service.post("/simulator/clock", json={"minutes": 60}).json or {}
        assert (answer["offset_s"], answer["wanted_s"]) == (0, 65 * 60)
        morning = service.post("/simulator/clock", json={"to": "tomorrow"}).json or {}
        assert 65 * 60 < morning["wanted_s"] <= 65 * 60 + 32 * 3600
        assert 'data-movable="true"' in service.get("/simulator").text
    finally:
        clock.follow(None)
