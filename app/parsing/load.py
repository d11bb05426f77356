"""Reading the word lists of `locales/`: the parser's only effect."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import Any

import tomli

from app.errors import LexiconError
from app.parsing.building import Builder, lexicon_of
from app.parsing.concepts import REQUIRED
from app.parsing.folding import exact
from app.parsing.help_came import BORROWED, SECTION
from app.parsing.lexicon import Lexicon, Locale, Words
from app.parsing.meanings import Command
from app.parsing.places import town_words
from app.parsing.topics import SECTIONS

LOCALES = Path(__file__).resolve().parents[2] / "locales"
_WORD_FILES = ("lexicon", "times", "negation", "commands", "symptoms", "foods", "meals")
_COUNTED = ("foods.", "portions.", "sizes.size")
_UNCOUNTED = "portions.some"
_ALSO_TOLD = frozenset({Command.LATER, Command.MEDICINES, Command.YES, Command.NO})
"""Commands whose words stand in much else that is told."""
_PHRASED = frozenset(" |?*-")
"""What stands in a form of several words."""


@cache
def lexicon() -> Lexicon:
    """Read the word lists of the deployment, once."""
    return read(LOCALES)


def warm_up() -> None:
    """Make the indices of every language now: strange words are looked for in all of them."""
    for words in lexicon().words:
        _ = words.known


def read(folder: Path) -> Lexicon:
    """Read the word lists of a folder, one language a sub-folder with a `meta.toml`.

    Raises:
        LexiconError: A list is not TOML, or a language does not name a concept.
    """
    faults: list[str] = []
    homes = [meta.parent for meta in sorted(folder.glob("*/meta.toml"))]
    words = [_words(home, faults) for home in homes]
    help_words = [_help_words(home, faults) for home in homes]
    question_words = [
        _question_words(one.locale, home, faults) for one, home in zip(words, homes, strict=True)
    ]
    medicines = _toml(folder / "medicines.toml", faults).get("medicines", {})
    if not words:
        faults.append(f"{folder}: no language: no sub-folder with a meta.toml")
    if faults:
        raise LexiconError("\n".join(faults))
    return replace(
        lexicon_of(words, medicines),
        help_words=lexicon_of(help_words, {}),
        question_words=lexicon_of(question_words, {}),
    )


def _toml(path: Path, faults: list[str]) -> dict[str, Any]:
    try:
        return tomli.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        faults.append(f"{path}: is missing")
    except tomli.TOMLDecodeError as error:
        faults.append(f"{path}: {error}")
    return {}


def _words(folder: Path, faults: list[str]) -> Words:
    """Read a language's lists; what is made of them is made when the language is first heard."""
    locale = _locale(folder, faults)
    concepts = _concepts(folder, faults)
    numbers = _toml(folder / "numbers.toml", faults)
    competitors = _toml(folder / "competitors.toml", faults)
    return Words(locale, partial(_indices, locale, concepts, numbers, competitors))


def _help_words(folder: Path, faults: list[str]) -> Words:
    """Read what tells of help in a language; one without such a list is asked instead."""
    concepts = {
        name: phrases for name, phrases in _concepts(folder, []).items() if name in BORROWED
    }
    concepts |= _sections(folder / "help_came.toml", (SECTION,), faults)
    return Words(_locale(folder, []), partial(_indices, _locale(folder, []), concepts, {}, {}))


def _question_words(locale: Locale, folder: Path, faults: list[str]) -> Words:
    """Read what is asked in a language; without such a list only the same words are alike."""
    concepts = _sections(folder / "questions.toml", SECTIONS, faults)
    return Words(locale, partial(_indices, locale, concepts, {}, {}))


def _sections(path: Path, sections: Sequence[str], faults: list[str]) -> dict[str, list[str]]:
    """Read the lists of a file that a language may do without."""
    told = _toml(path, faults) if path.exists() else {}
    return {
        f"{section}.{name}": phrases
        for section in sections
        for name, phrases in told.get(section, {}).items()
    }


def _indices(
    locale: Locale,
    concepts: dict[str, list[str]],
    numbers: dict[str, Any],
    competitors: dict[str, list[str]],
) -> dict[str, Any]:
    builder = Builder(locale)
    for name, phrases in concepts.items():
        builder.add_phrases(name, phrases)
        if name.startswith(_COUNTED) and name != _UNCOUNTED:
            builder.add_phrases("counts.food", phrases)
    _add_numbers(builder, numbers)
    builder.add_weak(competitors.get("weak_numbers", ()))
    builder.add_common(" ".join(competitors.get("common", ())).split())
    builder.add_common(_order_words(concepts))
    builder.add_common(town_words())
    builder.add_phrases("other", competitors.get("phrases", ()))
    return builder.indices()


def _locale(folder: Path, faults: list[str]) -> Locale:
    meta = _toml(folder / "meta.toml", faults)
    fold = meta.get("fold", {})
    if not meta.get("script"):
        faults.append(f"{folder / 'meta.toml'}: script is missing")
    return Locale(
        code=folder.name,
        script=meta.get("script", ""),
        speakers=float(meta.get("speakers_millions", 0)),
        folds="fold" in meta,
        replace=tuple((old, new) for old, new in fold.get("replace", ())),
        keeps_final=bool(fold.get("keeps_final")),
        final_nasal=fold.get("final_nasal", ""),
        joins=bool(meta.get("joins_numbers")),
        denials=tuple(meta.get("denials", ())),
        first=tuple((old, new) for old, new in fold.get("first", ())),
        native=tuple((old, new) for old, new in fold.get("native", ())),
        endings=tuple(meta.get("endings", ())),
        least_stem=fold.get("least_stem", 0),
        inherent=tuple(fold.get("inherent", ("a",))),
        glued=tuple(map(exact, meta.get("glued", ()))),
        parted=tuple(map(exact, meta.get("parted", ()))),
        postpositions=tuple(map(exact, meta.get("postpositions", ()))),
    )


def _concepts(folder: Path, faults: list[str]) -> dict[str, list[str]]:
    found = {
        f"{section}.{concept}": _forms(phrases)
        for file in _WORD_FILES
        for section, concepts in _toml(folder / f"{file}.toml", faults).items()
        for concept, phrases in concepts.items()
    }
    faults += [f"{folder}: the concept {name} is missing" for name in REQUIRED if name not in found]
    return found


def _order_words(concepts: Mapping[str, list[str]]) -> list[str]:
    """List the words that are nothing but a command: "menu" is no spelling of a fish."""
    told = {f"commands.{name}" for name in _ALSO_TOLD}
    orders = (
        forms
        for name, forms in concepts.items()
        if name.startswith(("commands.", "languages.")) and name not in told
    )
    return [form for forms in orders for form in forms if _PHRASED.isdisjoint(form)]


def _forms(phrases: list[str] | Mapping[str, list[str]]) -> list[str]:
    """Take a plain list, or the lists of `native` and `roman` forms together."""
    if isinstance(phrases, Mapping):
        return [form for forms in phrases.values() for form in forms]
    return phrases


def _add_numbers(builder: Builder, numbers: dict[str, Any]) -> None:
    for value, words in numbers.get("values", {}).items():
        builder.add_number(_kind(int(value)), float(value), words.split())
    for kind in ("hundred", "thousand", "hundreds", "plus", "share", "point", "and"):
        for value, words in numbers.get(kind, {}).items():
            builder.add_number(kind, float(value), words.split())


def _kind(value: int) -> str:
    if value < 10:  # noqa: PLR2004 - digits end at nine
        return "digit"
    return "tens" if value >= 20 and value % 10 == 0 else "teens"  # noqa: PLR2004 - decimal system
