"""What every channel keeps to, whichever it is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from io import StringIO

import pytest

from app import clock
from app.channels.base import Channel, TemplateCall, Words
from app.channels.console import Console
from app.channels.whatsapp import WhatsApp
from tests.delivery.scripted import serving
from tests.settings import ACCOUNT, OURS, TOKEN

ASHA, RAVI = "whatsapp:+919999999998", "whatsapp:+919999999997"
CALLBACK = "https://procare.test/whatsapp/status?o=1"
A_MINUTE = timedelta(minutes=1)


@pytest.fixture(params=["console", "whatsapp"])
def channel(request: pytest.FixtureRequest) -> Iterator[Channel]:
    if request.param == "console":
        yield Console(StringIO())
        return
    with serving() as twilio:
        yield WhatsApp(ACCOUNT, TOKEN, f"whatsapp:{OURS}", twilio.url)


def test_what_is_sent_has_an_id_and_is_found_by_address_and_words(channel: Channel) -> None:
    before = clock.now() - A_MINUTE
    sid = channel.send(ASHA, Words("Take your tablet."), callback_url=CALLBACK).sid
    assert sid.startswith("SM")
    assert len(sid) == 34
    assert [one.sid for one in channel.find(ASHA, before)] == [sid]
    assert [one.sid for one in channel.find(ASHA, before, "Take your tablet.")] == [sid]


def test_what_is_sent_is_found_under_no_other_address_words_or_time(channel: Channel) -> None:
    channel.send(ASHA, Words("Take your tablet."), callback_url=CALLBACK)
    now = clock.now()
    assert channel.find(RAVI, now - A_MINUTE) == []
    assert channel.find(ASHA, now - A_MINUTE, "Take two tablets.") == []
    assert channel.find(ASHA, now + A_MINUTE) == []


def test_the_latest_is_found_first(channel: Channel) -> None:
    sids = [channel.send(ASHA, Words(words), callback_url=CALLBACK).sid for words in ("1", "2")]
    assert [one.sid for one in channel.find(ASHA, clock.now() - A_MINUTE)] == sids[::-1]


def test_control_characters_go_out_on_no_channel(channel: Channel) -> None:
    channel.send(ASHA, Words("Take\x00 one\x07.\nNow."), callback_url=CALLBACK)
    (sent,) = channel.find(ASHA, clock.now() - A_MINUTE)
    assert sent.body == "Take one.\nNow."


def test_a_template_is_sent_like_words(channel: Channel) -> None:
    call = TemplateCall("HX" + "1" * 32, ("Asha", "08:00"))
    sid = channel.send(ASHA, call, callback_url=CALLBACK, valid_for_s=900).sid
    assert [one.sid for one in channel.find(ASHA, clock.now() - A_MINUTE)] == [sid]


def test_where_nobody_wrote_nothing_was_received(channel: Channel) -> None:
    channel.send(ASHA, Words("Take your tablet."), callback_url=CALLBACK)
    assert channel.received_since(clock.now() - A_MINUTE) == []
