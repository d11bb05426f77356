"""One key for the many spellings of a word, in any of the scripts. Pure."""

import unicodedata
from functools import lru_cache
from itertools import groupby

import regex

_IGNORED = dict.fromkeys(
    [*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF, 0xFE0F]
)
_NUKTA = dict.fromkeys([0x093C, 0x09BC, 0x0ABC, 0x0B3C, 0x0C3C])
_NASAL = regex.compile(r"[\u0901\u0981\u0A81]|[ङञणनमঙঞণনমઙઞણનમ][\u094D\u09CD\u0ACD](?=[क-मক-মક-મ])")
_NASAL_SIGN = {0x0900: "\u0902", 0x0980: "\u0982", 0x0A80: "\u0a82"}
_LONG_RUN = regex.compile(r"(\p{L})\1{2,}")

# The Brahmic blocks share one layout: the same row means the same sound in each of them.
_VOWELS = dict(
    zip(
        range(0x05, 0x15),
        ["a", "aa", "i", "i", "u", "u", "ri", "l", "a", "e", "e", "ai", "o", "o", "o", "au"],
        strict=True,
    )
)
_VOWELS[0x72] = "a"
_CONSONANTS = dict(
    zip(
        range(0x15, 0x3A),
        [
            *[
                "k",
                "k",
                "g",
                "g",
                "n",
                "ch",
                "ch",
                "j",
                "j",
                "n",
                "t",
                "t",
                "d",
                "d",
                "n",
                "t",
                "t",
                "d",
                "d",
                "n",
                "n",
                "p",
                "p",
                "b",
                "b",
                "m",
                "y",
                "r",
                "r",
                "l",
                "l",
                "l",
                "v",
                "s",
                "s",
                "s",
                "h",
            ]
        ],
        strict=False,
    )
)
_NUKTA_ROW = dict(zip(range(0x58, 0x60), ["k", "k", "g", "j", "r", "r", "p", "y"], strict=True))
_SIGNS = dict(
    zip(
        range(0x3E, 0x4D),
        ["aa", "i", "i", "u", "u", "ri", "ri", "a", "e", "e", "ai", "o", "o", "o", "au"],
        strict=True,
    )
)
_VIRAMA = 0x4D
_BRAHMIC = range(0x0900, 0x0D80)
_NASALS = (0x01, 0x02)
_SCHWA = "@"

_LETTERS = str.maketrans(
    {"q": "k", "w": "v", "z": "j", "f": "p", "x": "ks", "c": "k", "y": "i", "e": "i", "o": "u"}
)
_BREATH = regex.compile(r"(?<=[bcçdgjkpstrl])h+|h+$")
_DIPHTHONG = regex.compile(r"a+i|i+a(?=i)")
_NASAL_BEFORE = regex.compile(r"m(?=[bcçdgjkpst])")
_DELETED = regex.compile(r"(?r)(?<=[aiueo@][^aiueo@])@(?=[^aiueo@][aiueo@])")


@lru_cache(maxsize=32768)
def exact(word: str) -> str:
    """Give the key of a word as written: case, marks that do not sound and joiners taken away."""
    key = word.lower() if word.isascii() else _native(word)
    if "'" in key:
        key = key.removesuffix("'s").replace("'", "")
    return _LONG_RUN.sub(r"\1", key) or word


def _native(word: str) -> str:
    bare = unicodedata.normalize("NFKD", word).translate(_IGNORED).translate(_NUKTA)
    bare = bare.replace("\u2019", "'").replace("\u02bc", "'").casefold()
    if bare[:1] < "\u0250":
        bare = "".join(c for c in bare if not unicodedata.combining(c))
    return _NASAL.sub(
        lambda m: _NASAL_SIGN[ord(m[0][0]) & 0xFF80], unicodedata.normalize("NFC", bare)
    )


def is_brahmic(word: str) -> bool:
    """Whether the word is in one of the scripts that share the Brahmic layout."""
    return bool(word) and ord(word[0]) in _BRAHMIC


@lru_cache(maxsize=65536)
def folded(word: str, replace: tuple[tuple[str, str], ...] = ()) -> str:
    """Give the key that the usual romanised spellings of a word share.

    Args:
        word: Latin letters, lower case, or anything else, which is kept.
        replace: Further pairs of a language's own, applied last.
    """
    key = word.replace("ch", "\u00e7")
    if "h" in key:
        key = _BREATH.sub("", key)
    key = key.replace("aa", "a").translate(_LETTERS)
    if "ai" in key or "ia" in key:
        key = _DIPHTHONG.sub("i", key)
    key = squeezed(key.replace("au", "u"))
    if "m" in key:
        key = _NASAL_BEFORE.sub("n", key)
    for old, new in replace:
        key = key.replace(old, new)
    return key


def squeezed(word: str) -> str:
    """Write every doubled letter of a word once: what people double most easily by mistake."""
    return "".join(letter for letter, _ in groupby(word))


@lru_cache(maxsize=16384)
def levelled(word: str, replace: tuple[tuple[str, str], ...]) -> str:
    """Give the key that the usual native spellings of a word share, by pairs of its language."""
    for old, new in replace:
        word = word.replace(old, new)
    return word


def spellings(
    word: str,
    *,
    keeps_final: bool = False,
    drops_final: bool = True,
    final_nasal: str = "",
    inherent: tuple[str, ...] = ("a",),
) -> frozenset[str]:
    """Spell a Brahmic word in Latin letters, the unwritten vowel kept and dropped.

    Args:
        word: A word in native script, as `exact` gives it.
        keeps_final: Whether the vowel at the end may be heard as well.
        drops_final: Whether it may be unheard.
        final_nasal: How the nasal sign is heard at the end, where it is.
        inherent: How the unwritten vowel is written in Latin letters.
    """
    sounds = _sounds(word)
    if final_nasal and len(word) > 1 and ord(word[-1]) & 0x7F in _NASALS:
        sounds += final_nasal
    ends = {sounds} if keeps_final else set()
    if drops_final:
        ends.add(sounds.removesuffix(_SCHWA))
    both = {end for whole in ends for end in (whole, _drop_inner(whole))}
    return frozenset(one.replace(_SCHWA, vowel) for one in both for vowel in inherent)


def _drop_inner(sounds: str) -> str:
    while (unheard := _DELETED.search(sounds)) is not None:
        sounds = sounds[: unheard.start()] + sounds[unheard.end() :]
    return sounds


def _sounds(word: str) -> str:
    out: list[str] = []
    for char in word:
        row = ord(char) & 0x7F
        if row in _SIGNS or row == _VIRAMA:
            if out and out[-1] == _SCHWA:
                out.pop()
            out.append(_SIGNS.get(row, ""))
        elif row in _CONSONANTS or row in _NUKTA_ROW:
            out += [_CONSONANTS.get(row) or _NUKTA_ROW.get(row, ""), _SCHWA]
        else:
            out.append("n" if row in _NASALS else _VOWELS.get(row, ""))
    if out and out[-1] == "n" and len(word) > 1 and ord(word[-1]) & 0x7F in _NASALS:
        out.pop()
    return "".join(out)
