"""Words of the lists that are written as one: "raatkekhane", "khanekebaad". Pure."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any

from app.parsing.folding import exact
from app.parsing.language import is_known
from app.parsing.lexicon import Lexicon
from app.parsing.tokens import Token

_LETTERS = range(8, 40)
"""Shorter words are too easily others; longer ones bound the work."""
_LEAST_PART = 2
_MOST_PHRASES = 3
_MOST_PARTS = 6
_MOST_WAYS = 100
_USUAL_PART = 3.5

Parts = tuple[str, ...]


def spaced(lexicon: Lexicon, text: str, cut: Sequence[Token]) -> list[Token]:
    """Part every word of no list that is several of them, one of which is a longer phrase.

    Args:
        lexicon: The words of the languages heard.
        text: The message as received.
        cut: Its tokens.
    """
    if not any(token.kind == "word" and parts_of(lexicon, token.key) for token in cut):
        return list(cut)
    return [part for token in cut for part in _spaced(lexicon, text, token)]


def _spaced(lexicon: Lexicon, text: str, token: Token) -> Iterator[Token]:
    parts = parts_of(lexicon, token.key) if token.kind == "word" else ()
    start = token.start
    if not parts or len(exact(text[start : token.end])) != token.end - start:
        yield token
        return
    for key in parts:
        yield token._replace(start=start, end=start + len(key), key=key)
        start += len(key)


@lru_cache(maxsize=65536)
def parts_of(lexicon: Lexicon, key: str) -> Parts:
    """Give the words that one word of no list is made of, or nothing."""
    if len(key) not in _LETTERS or lexicon.is_common(key) or is_known(lexicon, key):
        return ()
    found = [ways for words in lexicon.words if (ways := _best(words.phrases, key))]
    return min(found, key=len, default=())


def _best(root: Any, key: str) -> Parts:
    """Give the fewest words that make up one, where some belong together or none is short."""
    ways = list(islice(_taken(root, root, key, ((),)), _MOST_WAYS))
    least = min(ways, key=lambda said: (_size(said), len(said)), default=())
    sure = len(least) < _size(least) or _size(least) * _USUAL_PART <= len(key)
    return tuple(part for phrase in least for part in phrase) if sure else ()


def _size(said: tuple[Parts, ...]) -> int:
    return sum(map(len, said))


def _taken(
    root: Any, branch: Any, rest: str, said: tuple[Parts, ...]
) -> Iterator[tuple[Parts, ...]]:
    *before, last = said
    if len(said) > _MOST_PHRASES or len(last) > _MOST_PARTS:
        return
    if last and "" in branch:
        yield from (said,) if not rest else _taken(root, root, rest, (*said, ()))
    for length in range(len(rest), _LEAST_PART - 1, -1):
        if rest[:length] in branch:
            onward = (*before, (*last, rest[:length]))
            yield from _taken(root, branch[rest[:length]], rest[length:], onward)
