"""A name out of the words it is told in. Pure."""

from collections.abc import Iterable
from functools import cache

import regex

_NAME = regex.compile(r"[\p{L}\p{M}][\p{L}\p{M}\p{Zs}.'’\u200c\u200d-]{0,59}")


def name_in(body: str, wordings: Iterable[str]) -> str | None:
    """Find the name a message tells; None where it is no name.

    Args:
        body: The message.
        wordings: How a name is told in a sentence, `{}` for the name; the longest that fits wins.
    """
    words = _plain(body)
    words = told_in(words, wordings) or words
    return words if _NAME.fullmatch(words) else None


def told_in(body: str, wordings: Iterable[str]) -> str | None:
    """Give what stands in the place of `{}` in the longest wording that fits; None for none."""
    words = _plain(body)
    for wording in sorted(wordings, key=len, reverse=True):
        if match := _pattern(wording).fullmatch(words):
            return match["name"]
    return None


def _plain(body: str) -> str:
    return " ".join(body.split()).strip(" .!?।")


@cache
def _pattern(wording: str) -> regex.Pattern[str]:
    before, _, after = wording.partition("{}")
    told = rf"{regex.escape(before)}(?P<name>.+?){regex.escape(after)}"
    return regex.compile(told, flags=regex.IGNORECASE)
