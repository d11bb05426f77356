"""`python -m app.parsing < messages.jsonl > meanings.jsonl`: one JSON object a line in, one out."""

import argparse
import json
import sys
from datetime import datetime
from typing import Any, TextIO

from app.parsing.as_json import as_json, explain
from app.parsing.lexicon import Lexicon
from app.parsing.load import lexicon
from app.parsing.meanings import Message
from app.parsing.parse import parse
from app.parsing.units import Unit


def main() -> None:
    """Parse standard input, line by line, to standard output."""
    arguments = argparse.ArgumentParser(prog="python -m app.parsing", description=__doc__)
    arguments.add_argument("--explain", action="store_true", help="say what made each meaning")
    said = arguments.parse_args()
    sys.stdin.reconfigure(encoding="utf-8", errors="surrogateescape")  # type: ignore[union-attr]  # a text stream, always
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # as above
    run(sys.stdin, sys.stdout, explained=said.explain)


def run(lines: TextIO, out: TextIO, *, explained: bool = False) -> None:
    """Answer every line with a line, in order; a bad one with its error."""
    words = lexicon()
    for line in lines:
        if line.strip():
            answer = _answer(words, line, explained=explained)
            out.write(
                json.dumps(answer, ensure_ascii=False).encode("utf-8", "replace").decode() + "\n"
            )
            out.flush()


def _answer(words: Lexicon, line: str, *, explained: bool) -> dict[str, Any]:
    try:
        message = message_of(json.loads(line))
    except (ValueError, KeyError, TypeError) as error:
        return {"error": f"{type(error).__name__}: {error}"}
    parsed = parse(words, message)
    return explain(parsed, message.text) if explained else as_json(parsed)


def message_of(fields: Any) -> Message:
    """Read a message from the fields of a line.

    Raises:
        ValueError: A field is missing or is not what the contract says.
    """
    if not isinstance(fields, dict):
        raise ValueError("not a JSON object")  # noqa: TRY004 - one error for whatever is wrong with a line
    text, received = fields.get("text"), fields.get("received_at")
    if not isinstance(text, str) or not isinstance(received, str):
        raise ValueError("text and received_at are needed, both strings")  # noqa: TRY004 - as above
    received_at = datetime.fromisoformat(received)
    if received_at.tzinfo is None:
        raise ValueError("received_at needs an offset")
    language = fields.get("language")
    if language is not None and not isinstance(language, str):
        raise ValueError("language is a string or null")
    return Message(text, received_at, language, Unit(fields.get("unit") or Unit.MG_DL))


if __name__ == "__main__":
    main()
