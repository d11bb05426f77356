"""Whether sentences fit: their translations, their placeholders, their lengths. Pure."""

from collections.abc import Callable, Iterator, Mapping, Sequence

import regex

from app.conversation.contents import placeholders, sentences
from app.conversation.flow import Flow
from app.conversation.flow_check import Fault
from app.conversation.step import Choose, Option

LONGEST_LABEL = 20
"""Characters of a WhatsApp button (Twilio, Meta)."""
MOST_ROWS = 10
"""Rows of a WhatsApp list (Twilio, Meta)."""
LONGEST_TEXT = 1000
"""Characters of a text with its rows (house; a WhatsApp body takes 1,024 with buttons)."""

Translations = Mapping[str, Callable[[str], str | None]]
"""By language, what gives the translation of a sentence, or None."""


def wording_faults(flow: Flow, spoken: Translations) -> Iterator[Fault]:
    """List what is wrong with what a flow says, in every language."""
    for step in flow.steps.values():
        for sentence in dict.fromkeys(sentences(step)):
            for language, translated in spoken.items():
                for fault in sentence_faults(sentence, translated(sentence), language):
                    yield step.line, fault
        if isinstance(step, Choose):
            yield from ((step.line, fault) for fault in _row_faults(step, spoken))


def sentence_faults(sentence: str, said: str | None, language: str) -> Iterator[str]:
    """List what is wrong with one sentence in one language."""
    if not said:
        yield f"no {language} for {sentence!r}"
    elif placeholders(said) != placeholders(sentence):
        yield f"other placeholders in {language} for {sentence!r}"
    elif numbers_in(said) != numbers_in(sentence):
        yield f"other numbers in {language} for {sentence!r}"
    elif len(said) > LONGEST_TEXT:
        yield f"over {LONGEST_TEXT} characters in {language}: {sentence!r}"


def numbers_in(sentence: str) -> list[str]:
    """List the numbers of a sentence, ASCII digits only: 112 must not become 12, nor ११२."""
    return sorted(regex.findall(r"[0-9]+(?:[.][0-9]+)?", sentence))


def _row_faults(step: Choose, spoken: Translations) -> Iterator[str]:
    if len(step.options) > MOST_ROWS:
        yield f"more than {MOST_ROWS} rows"
    for language, translated in spoken.items():
        labels = [_label(row, translated) for row in step.options]
        for label in labels:
            if len(label) > LONGEST_LABEL:
                yield f"over {LONGEST_LABEL} characters in {language}: {label!r}"
        if _length(translated(step.sentence) or "", labels) > LONGEST_TEXT:
            yield f"over {LONGEST_TEXT} characters in {language}, with its rows"


def _label(row: Option, translated: Callable[[str], str | None]) -> str:
    return row.label if row.is_name else translated(row.label) or row.label


def _length(question: str, labels: Sequence[str]) -> int:
    return len(question) + sum(len(f"\n{n}. {label}") for n, label in enumerate(labels, start=1))
