"""Which language and script a message is in: script first, then the words' votes. Pure."""

from collections import Counter

import regex

from app.parsing.lexicon import Lexicon
from app.parsing.scene import Scene
from app.parsing.tokens import MAX_CHARACTERS

_SCRIPTS = (
    ("Latn", regex.compile(r"\p{Latin}")),
    ("Deva", regex.compile(r"\p{Devanagari}")),
    ("Taml", regex.compile(r"\p{Tamil}")),
    ("Telu", regex.compile(r"\p{Telugu}")),
    ("Beng", regex.compile(r"\p{Bengali}")),
    ("Gujr", regex.compile(r"\p{Gujarati}")),
)
_LETTER = regex.compile(r"\p{L}")
_BLOCKS = {0x0900: "Deva", 0x0980: "Beng", 0x0A80: "Gujr", 0x0B80: "Taml", 0x0C00: "Telu"}
UNKNOWN = "Zyyy"
_VOTES = 2


def script(text: str) -> str:
    """Give the ISO 15924 code of most letters, `Zyyy` where there is none."""
    considered = text[:MAX_CHARACTERS]
    if considered.isascii():
        return "Latn" if _LETTER.search(considered) else UNKNOWN
    counts = Counter(_script_of(char) for char in considered if char.isalpha())
    return max(counts, key=lambda code: counts[code]) if counts else UNKNOWN


def _script_of(char: str) -> str:
    point = ord(char)
    if 0x0900 <= point < 0x0D00:  # noqa: PLR2004 - the Brahmic blocks
        return _BLOCKS.get(point & 0xFF80, UNKNOWN)
    return "Latn" if point < 0x0250 else UNKNOWN  # noqa: PLR2004 - the Latin blocks


def language(lexicon: Lexicon, scene: Scene, written_in: str) -> str:
    """Give the language a message seems to be in, the person's own in doubt."""
    own = scene.message.language
    native = lexicon.script_locales.get(written_in, ())
    votes = Counter(
        code
        for piece in scene.pieces
        if len(piece.locales) == 1 and piece.kind == "word"
        for code in piece.locales
    )
    if written_in != "Latn":
        if not native:
            return own or _first(lexicon)
        return own if own in native else max(native, key=lambda code: votes[code])
    best = max(votes, key=lambda code: votes[code], default=None)
    if own is None:
        return best or _first(lexicon)
    return best if best and votes[best] >= _VOTES and not votes[own] else own


def _first(lexicon: Lexicon) -> str:
    latin = lexicon.script_locales.get("Latn", ())
    return (latin or tuple(lexicon.locales))[0]
