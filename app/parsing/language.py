"""Which languages and which script a message is in: script first, then the words' votes. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

import regex

from app.parsing.glued import postposition
from app.parsing.lexicon import ENGLISH, Lexicon, knows, misdoubled, narrowed
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
    counts: dict[str, int] = {}
    for char, times in Counter(filter(str.isalpha, considered)).items():
        written = _script_of(char)
        counts[written] = counts.get(written, 0) + times
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
    codes = [code for code in dict.fromkeys((own, ENGLISH)) if code in lexicon.codes]
    codes += [code for code in _by_script(lexicon, keys, codes) if code not in codes]
    heard = narrowed(lexicon, tuple(codes or lexicon.codes[:1]))
    strange = [key for key in keys if not is_known(heard, key)]
    if not strange:
        return heard
    best, votes = _most_voted(lexicon, strange, keys, codes)
    if not votes or (votes < _VOTES and not _is_sure(lexicon, heard, strange, keys)):
        return heard
    return narrowed(lexicon, (*heard.codes, best))


def _is_sure(lexicon: Lexicon, heard: Lexicon, strange: Sequence[str], keys: Sequence[str]) -> bool:
    """Whether one strange word is enough: as listed, where no other tells of a language heard."""
    is_listed = any(any(_listing(lexicon, key)) for key in strange)
    return is_listed and not any(_tells(heard, key) for key in keys)


def _by_script(lexicon: Lexicon, keys: Sequence[str], codes: Sequence[str]) -> list[str]:
    """List a language for every native script that none of the languages so far is written in."""
    found: list[str] = []
    for written in dict.fromkeys(_script_of(key[0]) for key in keys if not key.isascii()):
        native = [w for w in lexicon.words if w.locale.script == written and written != LATIN]
        if native and not any(words.locale.code in codes for words in native):
            votes = {words.locale.code: sum(knows(words, key) for key in keys) for words in native}
            found.append(max(votes, key=lambda code: votes[code]))
    return found


def _most_voted(
    lexicon: Lexicon, strange: Sequence[str], keys: Sequence[str], codes: Sequence[str]
) -> tuple[str, int]:
    """Name the language that knows most of the strange words, and how many.

    Exact ones count twice; of equal languages the one with most words of the message as listed
    is taken, and of those the one that most people speak.
    """
    here = _summed(_knowing(lexicon, key) for key in strange)
    exact = _summed(_listing(lexicon, key) for key in strange)
    heard = _summed(_listing(lexicon, key) for key in keys)
    most, best, votes = (0, 0, 0.0), "", 0
    for n, code in enumerate(lexicon.codes):
        weight = (here[n] + exact[n], heard[n], lexicon.words[n].locale.speakers)
        if here[n] and weight > most and code not in codes:
            most, best, votes = weight, code, here[n]
    return best, votes


def _summed(told: Iterable[tuple[bool, ...]]) -> list[int]:
    """Count by language."""
    return list(map(sum, zip(*told, strict=True)))


@lru_cache(maxsize=65536)
def _knowing(lexicon: Lexicon, key: str) -> tuple[bool, ...]:
    """Tell of each language whether it knows a word."""
    return tuple(knows(words, key) for words in lexicon.words)


@lru_cache(maxsize=65536)
def _listing(lexicon: Lexicon, key: str) -> tuple[bool, ...]:
    """Tell of each language whether a word stands in its lists as it is written."""
    return tuple(key in words.known for words in lexicon.words)


@lru_cache(maxsize=65536)
def is_known(lexicon: Lexicon, key: str) -> bool:
    """Whether a word is one of the lists or a medicine, as written or with an ending."""
    listed = key in lexicon.medicines or any(knows(words, key) for words in lexicon.words)
    return listed or bool(postposition(lexicon, key)) or any(misdoubled(lexicon, key))


@lru_cache(maxsize=65536)
def _tells(heard: Lexicon, key: str) -> bool:
    """Whether a word is one of a language other than English, and no English one."""
    knowing = [words.locale.code for words in heard.words if knows(words, key)]
    return bool(knowing) and ENGLISH not in knowing


def language(lexicon: Lexicon, own: str | None, keys: Sequence[str], written_in: str) -> str:
    """Name the language of a message, the person's own in doubt."""
    told = [_only(lexicon, key) for key in keys]
    native = [w.locale.code for w in lexicon.words if w.locale.script == written_in]
    own = own or lexicon.own
    if written_in != LATIN:
        if not native:
            return own or lexicon.codes[0]
        return own if own in native else max(native, key=told.count)
    if own == ENGLISH:  # English words stand in every language
        told = [code for code in told if code != ENGLISH]
    best = max(lexicon.codes, key=told.count)
    if own is None:
        return best if best in told else ENGLISH
    return best if told.count(best) >= _VOTES and own not in told else own


@lru_cache(maxsize=65536)
def _only(lexicon: Lexicon, key: str) -> str:
    """Name the only language that knows a word; empty where none or several do."""
    knowing = [words.locale.code for words in lexicon.words if knows(words, key)]
    return knowing[0] if len(knowing) == 1 else ""
