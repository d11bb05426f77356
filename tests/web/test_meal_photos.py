"""A photo with a caption that tells a meal: the meal says where its photo lies."""

from __future__ import annotations

from flask.testing import FlaskClient

from tests.settings import ACCOUNT, new_sid
from tests.web.calls import rows, say

MEDIA = "ME" + "b" * 32
PHOTOS = "SELECT photo_url FROM meals ORDER BY created_at"


def send_photo(service: FlaskClient, caption: str, kind: str = "image/jpeg") -> str:
    """Send a photo with a caption, and give where the channel keeps it."""
    sid = new_sid()
    address = f"https://api.twilio.com/2010-04-01/Accounts/{ACCOUNT}/Messages/{sid}/Media/{MEDIA}"
    say(service, caption, sid=sid, NumMedia="1", MediaUrl0=address, MediaContentType0=kind)
    return address


def test_a_meal_told_under_a_photo_has_the_photo(service: FlaskClient) -> None:
    address = send_photo(service, "ate 2 roti and dal")
    assert rows(PHOTOS) == [(address,)]


def test_a_meal_without_a_photo_has_none(service: FlaskClient) -> None:
    send_photo(service, "ate 2 roti and dal", kind="audio/ogg")
    say(service, "ate 2 idli yesterday at 9 pm")
    assert rows(PHOTOS) == [(None,), (None,)]
