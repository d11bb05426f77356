"""Which languages and which script a message is in: script first, then the words' votes. Pure."""

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

import regex

from app.parsing.glued import postposition
from app.parsing.lexicon import ENGLISH, Lexicon, Words, knows, narrowed
from app.parsing.tokens import MAX_CHARACTERS, Token

_LETTER = regex.compile(r"\p{L}")
_BLOCKS = {0x0900: "Deva", 0x0980: "Beng", 0x0A80: "Gujr", 0x0B80: "Taml", 0x0C00: "Telu"}
LATIN = "Latn"
UNKNOWN = "Zyyy"
_VOTES = 2


def script(text: str) -> str:
    """Give the ISO 15924 code of most letters, `Zyyy` where there is none."""
    considered = text[:MAX_CHARACTERS]
    if considered.isascii():
        return LATIN if _LETTER.search(considered) else UNKNOWN
    counts = Counter(_script_of(char) for char in considered if char.isalpha())
    return max(counts, key=lambda code: counts[code]) if counts else UNKNOWN


def _script_of(char: str) -> str:
    point = ord(char)
    if 0x0900 <= point < 0x0D00:  # noqa: PLR2004 - the Brahmic blocks
        return _BLOCKS.get(point & 0xFF80, UNKNOWN)
    return LATIN if point < 0x0250 else UNKNOWN  # noqa: PLR2004 - the Latin blocks


def heard_in(lexicon: Lexicon, own: str | None, cut: Sequence[Token]) -> Lexicon:
    """Keep the languages a message can be in: the person's own, English, and what its words say.

    The person's own counts most. Another is added for a script the own language is not written
    in, and for words that neither the own language nor English knows.
    """
    keys = [token.key for token in cut if token.kind == "word"]
    own = own or lexicon.own
    codes = [code for code in (own, ENGLISH) if code in lexicon.codes]
    codes += [code for code in _by_script(lexicon, keys, codes) if code not in codes]
    heard = narrowed(lexicon, tuple(codes or lexicon.codes[:1]))
    strange = [key for key in keys if not _known(heard, key)]
    if not strange:
        return heard
    best, votes = _most_voted(lexicon, strange, keys, codes)
    if votes >= (_VOTES if any(_tells(heard, key) for key in keys) else 1):
        return narrowed(lexicon, (*heard.codes, best))
    return heard


def _by_script(lexicon: Lexicon, keys: Sequence[str], codes: Sequence[str]) -> list[str]:
    """List a language for every native script that none of the languages so far is written in."""
    found = []
    for written in dict.fromkeys(_script_of(key[0]) for key in keys):
        native = [w for w in lexicon.words if w.locale.script == written and written != LATIN]
        if native and not any(words.locale.code in codes for words in native):
            votes = {words.locale.code: sum(knows(words, key) for key in keys) for words in native}
            found.append(max(votes, key=lambda code: votes[code]))
    return found


def _most_voted(
    lexicon: Lexicon, strange: Sequence[str], keys: Sequence[str], codes: Sequence[str]
) -> tuple[str, int]:
    """Name the language that knows most of the strange words, and how many.

    Exact ones count twice; of equal languages the one with most words of the message as listed.
    """
    others = [words for words in lexicon.words if words.locale.code not in codes]
    votes = {words.locale.code: sum(knows(words, key) for key in strange) for words in others}
    exact = {words.locale.code: sum(key in words.known for key in strange) for words in others}
    listed = {words.locale.code: sum(key in words.known for key in keys) for words in others}
    best = max(votes, key=lambda code: (votes[code] + exact[code], listed[code]), default="")
    return best, votes.get(best, 0)


@lru_cache(maxsize=65536)
def _known(lexicon: Lexicon, key: str) -> bool:
    listed = key in lexicon.medicines or any(knows(words, key) for words in lexicon.words)
    return listed or bool(postposition(lexicon, key))


@lru_cache(maxsize=65536)
def _tells(heard: Lexicon, key: str) -> bool:
    """Whether a word is one of a language other than English, and no English one."""
    knowing = [words.locale.code for words in heard.words if knows(words, key)]
    return bool(knowing) and ENGLISH not in knowing


def language(lexicon: Lexicon, own: str | None, keys: Sequence[str], written_in: str) -> str:
    """Name the language of a message, the person's own in doubt."""
    votes = {words.locale.code: _votes(lexicon, words, keys) for words in lexicon.words}
    native = [w.locale.code for w in lexicon.words if w.locale.script == written_in]
    own = own or lexicon.own
    if written_in != LATIN:
        if not native:
            return own or lexicon.codes[0]
        return own if own in native else max(native, key=lambda code: votes[code])
    best = max(votes, key=lambda code: votes[code])
    if own is None:
        return best if votes[best] else ENGLISH
    return best if votes[best] >= _VOTES and not votes.get(own) else own


def _votes(lexicon: Lexicon, words: Words, keys: Sequence[str]) -> int:
    """Count the words that only this language knows."""
    others = [other for other in lexicon.words if other is not words]
    return sum(knows(words, key) and not any(knows(other, key) for other in others) for key in keys)
