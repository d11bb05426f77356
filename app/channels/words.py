"""Words as they go over a wire: without what no row, no XML and no template can hold."""

from itertools import accumulate

import regex

UNKEEPABLE = regex.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
"""Control characters but tab and newline, and lone surrogates: no row and no XML can hold them."""
_SPACES = regex.compile(r"\s+")


def cleaned(words: str) -> str:
    """Take out what no row and no XML can hold; the rest stays as it was written."""
    return UNKEEPABLE.sub("", words)


def on_one_line(words: str) -> str:
    """Make words fit for a template: no newline, no tab, no run of spaces."""
    return _SPACES.sub(" ", cleaned(words)).strip()


def cut(words: str, longest: int) -> str:
    """Shorten words to a length, between what a reader sees as letters."""
    if len(words) <= longest:
        return words
    letters = regex.findall(r"\X", words)
    kept = sum(end < longest for end in accumulate(map(len, letters)))
    return "".join(letters[:kept]) + "…"
