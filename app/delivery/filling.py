"""What stands in the places of a template: clean, on one line, no longer than WhatsApp takes.

A place is a parameter of the row's texts, by its name; two have a meaning of their own. `row` is
the id of the outbox's row, which a tap on a button brings back. `lines` is every text of the row
but the first, each on one line: so a digest of any number of patients becomes one template. A text
that has a parameter `short` is said by that there: no template names a reading.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from app import metrics
from app.channels.base import TemplateCall
from app.channels.words import cut, joined, on_one_line
from app.delivery.templates import Template, Templates
from app.i18n import ENGLISH, render
from app.questions.question import LONGEST_ANSWER
from app.text import Text, text

ROW, LINES = "row", "lines"
BETWEEN = " • "
LONGEST_OF: Mapping[str, int] = {
    "name": 100,
    "medicines": 600,
    "answer": LONGEST_ANSWER,
    LINES: 700,
}
LONGEST = 200
"""Letters of a parameter, so that all of a template stays within WhatsApp's 1024 (house)."""


def call(
    read: Templates,
    purpose: str,
    language: str,
    texts: tuple[Text, ...],
    outbound_id: UUID | None = None,
) -> TemplateCall | None:
    """Fill in the template of a purpose, in English where the language has none.

    Args:
        read: The deployment's.
        purpose: Of the row, as are the others.
        language: The person's.
        texts: What is to be said; a template says the first of them, buttons or not, and those
            behind it where it has a place for lines.
        outbound_id: Brought back by a tap on a button.

    Returns:
        None where there is no template, or one of its places cannot be filled.
    """
    for spoken in (language, ENGLISH):
        template = read.get((purpose, spoken))
        if template:
            own = {LINES: lines_of(texts[1:], spoken, LONGEST_OF[LINES])}
            own |= {} if outbound_id is None else {ROW: outbound_id.hex}
            return _filled(template, spoken, texts, own)
        metrics.RENDER_FALLBACKS.labels(language=spoken).inc()
    return None


def lines_of(texts: Sequence[Text], language: str, longest: int) -> str:
    """Say texts as one line, as many as there is room for, and how many more there are."""
    lines = [on_one_line(render(_short(each), language)) for each in texts]
    return joined([line for line in lines if line], BETWEEN, longest, lambda n: more(n, language))


def _short(whole: Text) -> Text:
    short = dict(whole.params).get("short")
    return short if isinstance(short, Text) else whole


def more(n: int, language: str) -> str:
    """Say how many are left out."""
    return render(text("and {n} more", n=n), language)


def longest_of(name: str) -> int:
    """Say how long what stands in a place can be."""
    return LONGEST_OF.get(name, LONGEST)


def _filled(
    template: Template, language: str, texts: tuple[Text, ...], own: Mapping[str, str]
) -> TemplateCall | None:
    said = {name: value for each in reversed(texts) for name, value in each.params}
    known = said | dict(own)
    told = [_told(name, known.get(name, ""), language) for name in template.variables]
    has_buttons = template.has_buttons and len(texts) == 1
    return TemplateCall(template.sid, tuple(told), has_buttons) if all(told) else None


def _told(name: str, value: str | float | Text, language: str) -> str:
    """WhatsApp refuses a parameter that holds a newline, a tab or a run of spaces, or nothing."""
    said = on_one_line(render(value, language) if isinstance(value, Text) else str(value))
    if len(said) > longest_of(name):
        metrics.FALLBACKS.labels("parameter_cut").inc()
    return cut(said, longest_of(name))
