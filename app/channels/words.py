"""Words as they go over a wire: without what no row, no XML and no template can hold."""

from collections.abc import Callable, Sequence
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


def joined(lines: Sequence[str], between: str, longest: int, more: Callable[[int], str]) -> str:
    """Join as many whole lines as there is room for, the first of them in any case.

    Args:
        lines: In the order of their weight.
        between: What stands between two.
        longest: Letters of the whole.
        more: Says how many lines are left out.
    """
    for kept in range(len(lines), 1, -1):
        left_out = (more(len(lines) - kept),) if kept < len(lines) else ()
        whole = between.join((*lines[:kept], *left_out))
        if len(whole) <= longest:
            return whole
    end = f"{between}{more(len(lines) - 1)}" if len(lines) > 1 else ""
    return cut(lines[0], longest - len(end)) + end if lines else ""
