"""The rows of a question that depend on the person: kept in a slot from the turn they were found.

Pure. The names stand in the slot as the person reads them, so that an answer means the row it was
given to, whatever has changed since.
"""

import json
from collections.abc import Iterable
from dataclasses import replace

from app.conversation.step import Choose, Option, Question
from app.conversation.turn import Place


def as_rows(rows: Iterable[tuple[str, str]]) -> str:
    """Write rows, each an id and its name, as a slot holds them."""
    return json.dumps([list(row) for row in rows], ensure_ascii=False)


def offered(question: Question, place: Place) -> Question:
    """Give a question its rows, where they are kept in a slot; those of its file come after."""
    if not isinstance(question, Choose) or question.rows is None:
        return question
    rows = json.loads(str(place.slots.get(question.rows) or "[]"))
    options = (Option(row_id, name, is_name=True, labels=(name,)) for row_id, name in rows)
    return replace(question, options=(*options, *question.options))
