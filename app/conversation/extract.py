"""What Babel asks for the sentences: of the flows, and of the code that makes texts. Pure."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import IO, Any

from babel.messages.extract import extract_python as babel_python

from app.conversation.lines import read_lines
from app.conversation.source import read_toml

Found = tuple[int, str | None, Any, list[str]]

SENTENCES = ("say", "ask", "choose", "end", "again", "invalid", "media")
"""The keys of a step or an interrupt that hold what is said."""


def extract_flow(
    file: IO[bytes],
    keywords: Collection[str],  # noqa: ARG001 - Babel gives them to every extractor
    tags: Collection[str],  # noqa: ARG001 - as above
    options: Mapping[str, Any],  # noqa: ARG001 - as above
) -> Iterator[Found]:
    """Yield every sentence of a flow's file with its line."""
    source = file.read().decode("utf-8")
    name = getattr(file, "name", "flow")
    whole = read_toml(name, source)
    lines = read_lines(name, source)
    if media := whole.get("waits", {}).get("media"):
        yield 1, None, media, []
    tables = whole.get("steps") or whole.get("interrupts") or []
    for number, table in enumerate(tables):
        for sentence, key in _said(table):
            yield lines.of(number, key), None, sentence, []


def _said(table: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key in SENTENCES:
        if table.get(key):
            yield table[key], key
    options = table.get("options")
    for option in options if isinstance(options, list) else []:
        yield option["label"], "options"


def extract_python(file: IO[bytes], keywords: Any, tags: Any, options: Any) -> Iterable[Any]:
    """Yield the sentences of a Python file that makes texts; SQL's `text` is another's."""
    if b"from app.text import" not in file.read():
        return ()
    file.seek(0)
    return babel_python(file, keywords, tags, options)
