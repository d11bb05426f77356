"""Files that messages bring: asked for by chat, sent with their address, fetched once and again."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from uuid import UUID
from zipfile import ZipFile

import pytest
from flask.testing import FlaskClient
from PIL import Image
from werkzeug.test import TestResponse

from app import clock
from app.delivery.claiming import Ready, claim
from app.delivery.links import media_url
from app.messaging.outbox.outgoing import Priority
from tests.reminders.patients import change
from tests.settings import PUBLIC_URL, TOKEN
from tests.web.calls import rows, say


def asked(service: FlaskClient) -> str:
    """Tell this and that, ask for a copy, and give the path of the file that goes out."""
    for said in ("english", "fasting 126", "ate 2 roti", "took metformin"):
        say(service, said)
    assert "I send you the file" in say(service, "export my data")
    return brought().removeprefix(PUBLIC_URL)


def brought() -> str:
    """Give the address of the file that goes out next."""
    ready = claim(Priority.WHENEVER)
    assert isinstance(ready, Ready)
    (words,) = ready.ways
    address = str(getattr(words, "media_url", ""))
    assert address.startswith(f"{PUBLIC_URL}/media/")
    return address


def sheets(answer: TestResponse) -> dict[str, str]:
    with ZipFile(BytesIO(answer.data)) as file:
        return {name: file.read(name).decode() for name in file.namelist()}


def test_the_file_holds_what_was_told_and_nothing_of_others(service: FlaskClient) -> None:
    say(service, "hello", sender="+919812345678")
    answer = service.get(asked(service))
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == 'attachment; filename="procare.xlsx"'
    assert answer.headers["Cache-Control"] == "no-store"
    whole = "".join(sheets(answer).values())
    for told in (
        "Asha",
        "126",
        "MORNING_FASTING",
        "roti",
        "metformin",
        "took metformin",
        "Dr. Demo",
    ):
        assert told in whole
    assert "9812345678" not in whole


def test_a_head_is_answered_as_twilio_asks_for_it(service: FlaskClient) -> None:
    answer = service.head(asked(service))
    assert answer.status_code == 200
    assert answer.content_type.endswith("spreadsheetml.sheet")


@pytest.mark.parametrize(
    ("known", "other"),
    [
        ("signature=", "signature=0"),
        ("until=", "until=9"),
        ("until=", "until=x"),
        ("signature=", "signature=%C3%A9"),
        ("?", "?nothing="),
    ],
)
def test_another_address_leads_nowhere(service: FlaskClient, known: str, other: str) -> None:
    assert service.get(asked(service).replace(known, other)).status_code == 404


def test_an_old_address_leads_nowhere(service: FlaskClient) -> None:
    asked(service)
    ((row_id,),) = rows("SELECT id FROM outbound_messages WHERE media = 'export'")
    assert isinstance(row_id, UUID)
    old = media_url("", TOKEN, row_id, clock.now() - timedelta(hours=7))
    assert service.get(old).status_code == 404


def test_a_message_without_a_file_has_no_address(service: FlaskClient) -> None:
    say(service, "sugar 45")
    ((row_id,),) = rows("SELECT id FROM outbound_messages WHERE purpose = 'EMERGENCY_ANSWER'")
    assert isinstance(row_id, UUID)
    assert service.get(media_url("", TOKEN, row_id, clock.now())).status_code == 404


def test_who_left_has_no_file_any_more(service: FlaskClient) -> None:
    path = asked(service)
    for said in ("delete my data", "yes", "2"):
        say(service, said)
    assert service.get(path).status_code == 404


def test_a_chart_is_brought_as_a_picture_without_a_name(service: FlaskClient) -> None:
    for said in ("english", "fasting 126", "after lunch 240"):
        say(service, said)
    assert "The picture follows" in say(service, "chart")
    answer = service.get(brought().removeprefix(PUBLIC_URL))
    assert (answer.status_code, answer.content_type) == (200, "image/png")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="procare.png"'
    assert answer.headers["Cache-Control"] == "no-store"
    with Image.open(BytesIO(answer.data)) as picture:
        assert (picture.format, picture.size) == ("PNG", (720, 900))
    assert b"Asha" not in answer.data


def test_a_picture_is_of_the_week_its_message_speaks_of(service: FlaskClient) -> None:
    for said in ("english", "fasting 126"):
        say(service, said)
    say(service, "chart")
    path = brought().removeprefix(PUBLIC_URL)
    at_once = service.get(path).data
    say(service, "after lunch 240")
    assert service.get(path).data == at_once
    change("UPDATE glucose_readings SET recorded_at = recorded_at - interval '8 days'")
    assert service.get(path).data != at_once


def test_a_picture_of_somebody_who_left_leads_nowhere(service: FlaskClient) -> None:
    for said in ("english", "fasting 126", "chart"):
        say(service, said)
    path = brought().removeprefix(PUBLIC_URL)
    for said in ("delete my data", "yes", "2"):
        say(service, said)
    assert service.get(path).status_code == 404
