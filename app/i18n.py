"""Sentences into languages: the catalogs, read once.

A sentence missing in a person's language is said in English, and counted: a silent fall back is a
fault that nobody sees.
"""

import tomllib
from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from gettext import c2py
from pathlib import Path

import regex
from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from app import log, metrics
from app.text import Text

LOCALES = Path(__file__).resolve().parents[1] / "locales"
ENGLISH = "en"
_KEYWORDS = {"text": None, "texts": (1, 2)}
_LAYOUT = regex.compile(r"(?:\{\w+\}|[^\p{L}{}])*")


@dataclass(frozen=True, slots=True)
class Sentences:
    """One language's sentences, ready to be said.

    Attributes:
        forms: By msgid, the forms of each sentence: one, or one for each plural of the language.
        plural: Which form a count takes.
    """

    forms: Mapping[str, tuple[str, ...]]
    plural: Callable[[int], int]


def render(text: Text, language: str) -> str:
    """Say a text in a language, or in English where the language cannot say this sentence."""
    try:
        return _rendered(text, language)
    except Exception as fault:
        if language == ENGLISH:
            raise
        # Whatever is wrong with a language: what to do in danger is said all the same.
        log.error("sentence_unfit", fault, field=language)
        metrics.RENDER_FALLBACKS.labels(language=language).inc()
        return _rendered(text, ENGLISH)


def _rendered(text: Text, language: str) -> str:
    sentence = _sentence(text, language)
    if not text.params:
        return sentence
    return sentence.format_map(
        {k: render(v, language) if isinstance(v, Text) else v for k, v in text.params}
    )


def languages() -> tuple[str, ...]:
    """List the languages that have a catalog."""
    return tuple(catalogs())


@cache
def catalogs() -> dict[str, Catalog]:
    """Read every catalog of the deployment, once, by language code."""
    paths = sorted(LOCALES.glob("*/LC_MESSAGES/messages.po"))
    return {path.parents[1].name: read_catalog(path) for path in paths}


def read_catalog(path: Path) -> Catalog:
    """Read one catalog; the folder above it names the language."""
    with path.open("rb") as file:
        return read_po(file, locale=path.parents[1].name, abort_invalid=True)


def sentence_counts() -> dict[str, int]:
    """Count the sentences that each language can say."""
    return {language: len(spoken.forms) for language, spoken in _sentences().items()}


@cache
def name_in(language: str, spoken: str) -> str:
    """Give a language's name in another, or in itself, as its speakers write it."""
    return Locale.parse(language).get_language_name(spoken) or language


def _sentence(text: Text, language: str) -> str:
    for spoken in (language, ENGLISH):
        forms = _sentences().get(spoken, _NOTHING).forms.get(text.msgid)
        if forms is not None:
            return _form(forms, text.count, spoken)
        if _is_layout(text.msgid):
            return text.msgid
        metrics.RENDER_FALLBACKS.labels(language=spoken).inc()
    return text.msgid if text.plural is None or text.count == 1 else text.plural


def _form(forms: tuple[str, ...], count: int | None, language: str) -> str:
    return forms[0] if count is None else forms[_sentences()[language].plural(count)]


@cache
def _is_layout(msgid: str) -> bool:
    """Say whether a msgid has no letter but its placeholders': it is the same in every language."""
    return _LAYOUT.fullmatch(msgid) is not None


@cache
def _sentences() -> dict[str, Sentences]:
    return {language: compiled(catalog) for language, catalog in catalogs().items()}


def compiled(catalog: Catalog) -> Sentences:
    """Make a catalog ready: only sentences that are translated and not in doubt."""
    messages = [message for message in catalog if message.id and not message.fuzzy]
    forms = {_msgid(message): _forms(message) for message in messages}
    spoken = {msgid: form for msgid, form in forms.items() if all(form)}
    return Sentences(spoken, c2py(catalog.plural_expr))


def _msgid(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _forms(message: Message) -> tuple[str, ...]:
    said = message.string or ""
    return (said,) if isinstance(said, str) else tuple(said)


def template() -> Catalog:
    """Gather every sentence that the code and the flows say now."""
    root = LOCALES.parent
    babel = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["babel"]
    methods = [(one["pattern"], babel["extractors"][one["method"]]) for one in babel["mappings"]]
    found = Catalog()
    for file, _line, msgid, _comments, _context in extract_from_dir(
        root, methods, keywords=_KEYWORDS
    ):
        found.add(msgid, locations=[(file, 1)])
    return found


def update_catalogs() -> None:
    """Bring every catalog up to the sentences said now; new ones wait for a translator.

    English is the sentence itself. Nothing is guessed from sentences that look alike.
    """
    said_now = template()
    for language, catalog in catalogs().items():
        created_at = catalog.creation_date
        catalog.update(deepcopy(said_now), no_fuzzy_matching=True)
        catalog.creation_date = created_at
        for message in catalog if language == ENGLISH else ():
            message.string = message.id or message.string
        catalog.obsolete.clear()
        with (LOCALES / language / "LC_MESSAGES" / "messages.po").open("wb") as file:
            write_po(file, catalog, width=100, sort_by_file=True, include_lineno=False)


_NOTHING = Sentences({}, lambda _count: 0)
