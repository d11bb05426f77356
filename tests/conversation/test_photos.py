"""Where a photo lies: at the channel, under the message it came with, and nowhere else."""

from __future__ import annotations

import pytest

from app.conversation.photos import photo_url
from app.messaging.message import InboundMessage
from tests.conversation.world import ADDRESS, BEGIN
from tests.settings import ACCOUNT

SID, MEDIA = "SM" + "1" * 32, "ME" + "a" * 32
OURS = f"https://api.twilio.com/2010-04-01/Accounts/{ACCOUNT}/Messages/{SID}/Media/{MEDIA}"
FORM = {"AccountSid": ACCOUNT, "MediaUrl0": OURS, "MediaContentType0": "image/jpeg"}


def found(changed: dict[str, str] | None = None, *, media_count: int = 1) -> str | None:
    told = {**FORM, **(changed or {})}
    message = InboundMessage(SID, ADDRESS, "", BEGIN, media_count=media_count, form=told)
    return photo_url(message)


def test_a_photo_lies_where_the_channel_keeps_it() -> None:
    assert found() == OURS


@pytest.mark.parametrize(
    "address",
    [
        f"https://evil.example/2010-04-01/Accounts/{ACCOUNT}/Messages/{SID}/Media/{MEDIA}",
        f"http://169.254.169.254/Media/{MEDIA}?x=",
        f"https://api.twilio.com@evil.example/Messages/MM0/Media/{MEDIA}",
    ],
)
def test_of_a_forged_address_only_the_photos_id_is_taken(address: str) -> None:
    assert found({"MediaUrl0": address}) == OURS


@pytest.mark.parametrize(
    "changed",
    [
        {"MediaContentType0": "audio/ogg"},
        {"MediaContentType0": "text/html"},
        {"MediaUrl0": "https://api.twilio.com/Media/ME12"},
        {"MediaUrl0": ""},
        {"AccountSid": "../AC1"},
    ],
)
def test_what_is_no_photo_has_no_address(changed: dict[str, str]) -> None:
    assert found(changed) is None


def test_a_message_without_media_has_no_photo() -> None:
    assert found(media_count=0) is None
