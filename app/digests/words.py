"""Words of others, and sentences, laid out in a digest. Pure."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from app.text import Text

LONGEST_NAME, LONGEST_REASON = 40, 60
_HIDDEN = regex.compile(r"(?![\u200c\u200d\s])[\p{Cc}\p{Cf}]")
"""What no reader sees, or what turns a line around; the joiners of Indian scripts stay."""


def one_line(words: str, longest: int) -> str:
    """Make a person's words fit to stand inside a line of ours; empty where nothing is left."""
    line = " ".join(_HIDDEN.sub("", words).split())
    letters = regex.findall(r"\X", line)
    if len(letters) <= longest:
        return line
    return "".join(letters[: longest - 1]).rstrip() + "…"


def laid_out(between: str, texts: Sequence[Text], short: Text | None = None) -> Text:
    """Put texts together as one; the same in every language.

    Args:
        between: What stands between two: no letters.
        texts: At least one.
        short: What a template says instead, which names no reading.
    """
    places = {f"p{number}": each for number, each in enumerate(texts)}
    msgid = between.join(f"{{{place}}}" for place in places)
    kept = places if short is None else {**places, "short": short}
    return Text(msgid, tuple(sorted(kept.items())))
