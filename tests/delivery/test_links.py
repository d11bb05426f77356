"""Addresses of files: ours, and for some hours."""

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import pytest

from app.delivery.links import GOOD_FOR, is_good, media_url

NOW = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)
ROW, OTHER = UUID(int=1), UUID(int=2)
ADDRESS = urlsplit(media_url("https://procare.test", "a token", ROW, NOW))
UNTIL = int(parse_qs(ADDRESS.query)["until"][0])
SIGNED = parse_qs(ADDRESS.query)["signature"][0]


def test_an_address_names_the_row_and_no_secret() -> None:
    assert ADDRESS.path == f"/media/{ROW}"
    assert "token" not in ADDRESS.geturl()
    assert datetime.fromtimestamp(UNTIL, UTC) == NOW + GOOD_FOR


def test_our_own_address_is_good_also_while_the_token_is_changed() -> None:
    assert is_good(["a token"], ROW, UNTIL, SIGNED, NOW)
    assert is_good(["a new token", "a token"], ROW, UNTIL, SIGNED, NOW)


@pytest.mark.parametrize(
    ("tokens", "row", "until", "signed", "now"),
    [
        (["another"], ROW, UNTIL, SIGNED, NOW),
        ([], ROW, UNTIL, SIGNED, NOW),
        (["a token"], OTHER, UNTIL, SIGNED, NOW),
        (["a token"], ROW, UNTIL + 1, SIGNED, NOW),
        (["a token"], ROW, UNTIL, SIGNED[:-1], NOW),
        (["a token"], ROW, UNTIL, "", NOW),
        (["a token"], ROW, UNTIL, SIGNED, NOW + GOOD_FOR),
        (["a token"], ROW, UNTIL, SIGNED, NOW + GOOD_FOR + timedelta(days=1)),
    ],
)
def test_any_other_address_is_not(
    tokens: list[str], row: UUID, until: int, signed: str, now: datetime
) -> None:
    assert not is_good(tokens, row, until, signed, now)
