"""A list of messages as Twilio's API gives it: filters, pages and their addresses. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlencode

import regex

from app.simulator.twilio.message import Kept
from app.simulator.twilio.wire import message, messages_path

FILTERS = ("To", "From", "DateSent", "DateSent<", "DateSent>", "PageSize")
DAY = regex.compile(r"\d{4}-\d\d-\d\d")
TOKEN = regex.compile(r"(P[AB])((?:SM|MM)[0-9a-fA-F]{32})")
MOST = 1000
A_DAY, A_SECOND = timedelta(days=1), timedelta(seconds=1)


class BadQueryError(ValueError):
    """A parameter of the list is not what it can be; the reason is a sentence."""


@dataclass(frozen=True, slots=True)
class Query:
    """What is to be listed.

    Attributes:
        recipient: Only to this address; None for all.
        sender: Only from this address.
        since: Only sent at this moment, or made where not yet sent, or later.
        until: Only before this moment.
        size: How many to a page.
        page: Its number, from 0; for show.
        older_than: Only those before this message.
        newer_than: Only those after this message, nearest first.
    """

    recipient: str | None
    sender: str | None
    since: datetime | None
    until: datetime | None
    size: int
    page: int = 0
    older_than: str | None = None
    newer_than: str | None = None


def query_of(asked: Mapping[str, str]) -> Query:
    """Read a list's parameters.

    Raises:
        BadQueryError: One of them is not what it can be.
    """
    exactly, latest, earliest = (_span(asked, f"DateSent{sign}") for sign in ("", "<", ">"))
    newer, older = _token(asked.get("PageToken", ""))
    return Query(
        recipient=asked.get("To") or None,
        sender=asked.get("From") or None,
        since=max(filter(None, [exactly and exactly[0], earliest and earliest[0]]), default=None),
        until=min(filter(None, [exactly and exactly[1], latest and latest[1]]), default=None),
        size=_number(asked, "PageSize", otherwise=50, least=1),
        page=_number(asked, "Page", otherwise=0, least=0),
        older_than=older,
        newer_than=newer,
    )


def page_of(
    found: Sequence[Kept], query: Query, asked: Mapping[str, str], account: str
) -> dict[str, Any]:
    """Write a page of messages.

    Args:
        found: The page's messages, newest first, and one more where there is a next page.
        query: What was asked for.
        asked: Likewise, in the caller's words.
        account: Whose messages.
    """
    shown = found[: query.size]
    has_next = len(found) > query.size or query.newer_than is not None
    start = query.page * query.size
    return {
        "end": start + max(0, len(shown) - 1),
        "first_page_uri": _uri(asked, account, 0),
        "next_page_uri": _uri(asked, account, query.page + 1, f"PA{shown[-1].message.sid}")
        if shown and has_next
        else None,
        "page": query.page,
        "page_size": query.size,
        "previous_page_uri": _uri(asked, account, query.page - 1, f"PB{shown[0].message.sid}")
        if shown and query.page
        else None,
        "start": start,
        "uri": _uri(asked, account, query.page),
        "messages": [message(kept, account) for kept in shown],
    }


def _uri(asked: Mapping[str, str], account: str, page: int, token: str | None = None) -> str:
    fields = {name: asked[name] for name in FILTERS if asked.get(name)} | {"Page": str(page)}
    if token:
        fields["PageToken"] = token
    return f"{messages_path(account)}.json?{urlencode(fields)}"


def _span(asked: Mapping[str, str], name: str) -> tuple[datetime, datetime] | None:
    """Give the second, or the UTC day, that a parameter names: from, included, and until."""
    words = asked.get(name)
    if not words:
        return None
    begin = _moment(name, words).replace(microsecond=0)
    return begin, begin + (A_DAY if DAY.fullmatch(words) else A_SECOND)


def _moment(name: str, words: str) -> datetime:
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            moment = read(words)
        except ValueError:
            continue
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    raise BadQueryError(f"{name} is no date")


def _number(asked: Mapping[str, str], name: str, *, otherwise: int, least: int) -> int:
    words = asked.get(name) or str(otherwise)
    if not (words.isascii() and words.isdigit() and least <= int(words) <= MOST):
        raise BadQueryError(f"{name} is not from {least} to {MOST}")
    return int(words)


def _token(words: str) -> tuple[str | None, str | None]:
    """Read a page's token: the message it comes before, or the one it comes after, or neither."""
    if not words:
        return None, None
    match = TOKEN.fullmatch(words)
    if match is None:
        raise BadQueryError("PageToken is none of ours")
    return (match[2], None) if match[1] == "PB" else (None, match[2])
