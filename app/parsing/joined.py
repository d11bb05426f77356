"""Numbers whose words are written as one: taken apart again. Pure."""

from collections.abc import Iterator
from functools import lru_cache

from app.parsing.folding import is_brahmic, spellings
from app.parsing.lexicon import Atom, Lexicon, Words, atom
from app.parsing.numbers import compose

LETTERS = range(7, 40)
"""Shorter words are numbers of the lists, or no numbers; longer ones bound the work."""
_LEAST_PART = 3
_MOST_PARTS = 4
_OPENS = frozenset({"tens", "hundreds", "hundred"})
_ELIDED = ("", "u", "i", "a")
"""What the end of a part may have lost before a vowel."""


@lru_cache(maxsize=65536)
def number_atoms(lexicon: Lexicon, key: str) -> tuple[Atom, ...]:
    """List what a word adds to a number: one atom, several of a joined one, or none."""
    single = atom(lexicon, key)
    if single is not None:
        return (single,)
    if len(key) not in LETTERS or lexicon.is_common(key):
        return ()
    found = (_parted(words, key) for words in lexicon.words if words.locale.joins)
    return next((parts for parts in found if parts), ())


def _parted(words: Words, key: str) -> tuple[Atom, ...]:
    if key in words.known:
        return ()
    spelled = sorted(spellings(key, keeps_final=True)) if is_brahmic(key) else [key]
    for one in spelled:
        for parts in _parts(words, words.locale.fold(one), _MOST_PARTS):
            if len(parts) > 1 and parts[0].kind in _OPENS and _is_whole(parts):
                return parts
    return ()


def _parts(words: Words, rest: str, most: int) -> Iterator[tuple[Atom, ...]]:
    """Take number words off the front of a fold in every way, the longest first."""
    if not rest:
        yield ()
    if not rest or not most:
        return
    for length in range(len(rest), _LEAST_PART - 1, -1):
        for lost in _ELIDED:
            found = words.fold_atoms.get(rest[:length] + lost)
            if found is None:
                continue
            for others in _parts(words, rest[length:], most - 1):
                yield (found, *others)


def _is_whole(parts: tuple[Atom, ...]) -> bool:
    made = compose(parts)
    return made is not None and made.length == len(parts)
