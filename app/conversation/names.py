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
    """Give what stands in the place of `{}` in the wording that says most; None for none.

    `a|b` in a wording is either word, and `c?` may be missing.
    """
    words = _plain(body)
    fits = (match["name"] for one in wordings if (match := _pattern(one).fullmatch(words)))
    return min(fits, key=len, default=None)


def is_told(body: str, wordings: Iterable[str]) -> bool:
    """Say whether a message is one of some wordings, whole; none of them has a `{}`."""
    words = f"{_plain(body)} "
    return any(_whole(one).fullmatch(words) for one in wordings)


def _plain(body: str) -> str:
    return " ".join(body.split()).strip(" .!?।")


@cache
def _pattern(wording: str) -> regex.Pattern[str]:
    before, _, after = wording.partition("{}")
    ahead = "".join(_word(word, "", " ") for word in before.split())
    behind = "".join(_word(word, " ", "") for word in after.split())
    return regex.compile(f"{ahead}(?P<name>.+?){behind}", flags=regex.IGNORECASE)


@cache
def _whole(wording: str) -> regex.Pattern[str]:
    words = "".join(_word(word, "", " ") for word in wording.split())
    return regex.compile(words, flags=regex.IGNORECASE)


def _word(word: str, before: str, after: str) -> str:
    """Write a word of a wording as a pattern, with the space on its side."""
    told = "|".join(regex.escape(way) for way in word.rstrip("?").split("|"))
    return f"(?:{before}(?:{told}){after}){'?' * word.endswith('?')}"
