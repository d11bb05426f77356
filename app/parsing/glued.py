"""Endings written at a word, taken off again: at numbers, verbs and nouns. Pure."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from app.parsing.folding import exact
from app.parsing.lexicon import Lexicon, Words, forms, knows
from app.parsing.tokens import Token

_LEAST_NUMBER = 2
_LEAST_VERB = 3
_NUMBERS = frozenset({"digit", "teens", "tens", "share"})


def unglued(lexicon: Lexicon, text: str, cut: Sequence[Token]) -> list[Token]:
    """Part every word from the ending of its language that is written at it.

    Args:
        lexicon: The words of the languages heard.
        text: The message as received.
        cut: Its tokens.
    """
    if not any(token.kind == "word" and ending_of(lexicon, token.key) for token in cut):
        return list(cut)
    return [part for token in cut for part in _parted(lexicon, text, token)]


def _parted(lexicon: Lexicon, text: str, token: Token) -> Iterator[Token]:
    ending = ending_of(lexicon, token.key) if token.kind == "word" else ""
    at = _cut_at(text, token, ending) if ending else token.end
    yield token if at == token.end else token._replace(end=at, key=exact(text[token.start : at]))
    if at < token.end:
        yield token._replace(start=at, key=ending)


def _cut_at(text: str, token: Token, ending: str) -> int:
    places = range(token.end - 1, token.start, -1)
    return next((at for at in places if exact(text[at : token.end]) == ending), token.end)


@lru_cache(maxsize=65536)
def ending_of(lexicon: Lexicon, key: str) -> str:
    """Give the ending written at a number word, a verb or a noun, empty where there is none."""
    if lexicon.is_common(key) or any(key in words.known for words in lexicon.words):
        return ""
    for words in lexicon.words:
        for ending in words.locale.glued:
            if _counts(words, key.removesuffix(ending), key):
                return ending
        for ending in words.locale.parted:
            if _says(words, key.removesuffix(ending), key):
                return ending
    return postposition(lexicon, key)


@lru_cache(maxsize=65536)
def postposition(lexicon: Lexicon, key: str) -> str:
    """Give the longest postposition written at a known word, of whatever language the word is."""
    if lexicon.is_common(key) or any(key in words.known for words in lexicon.words):
        return ""
    endings = {end for w in lexicon.words for end in w.locale.postpositions if key.endswith(end)}
    for ending in sorted(endings, key=len, reverse=True):
        rest = key.removesuffix(ending)
        if len(rest) >= _LEAST_VERB and any(knows(words, rest) for words in lexicon.words):
            return ending
    return ""


def _counts(words: Words, number: str, key: str) -> bool:
    """Whether what stands before the ending is a number word, exactly as listed."""
    if number == key or len(number) < _LEAST_NUMBER:
        return False
    found = words.atoms.get(number)
    return found is not None and found.kind in _NUMBERS


def _says(words: Words, verb: str, key: str) -> bool:
    """Whether what stands before the ending is known, and the ending no part of a known word."""
    if verb == key or len(verb) < _LEAST_VERB:
        return False
    known = {form for form in forms(words, verb) if form in words.known}
    return bool(known) and known.issuperset(form for form in forms(words, key) if form != key)
