"""Questions as sentences: the rows numbered, the slots filled in. Pure."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from app.conversation.step import Ask, Choose, Option
from app.conversation.turn import Place
from app.text import Text, stacked

ROW = "{number}. {label}"
NUMBERS = "{numbers}"
"""Layouts: no letter in them but the placeholders', so no language has its own."""


def filled(sentence: str, place: Place) -> Text:
    """Make a flow's sentence a text, its placeholders filled from the slots."""
    params = {slot: value for slot, value in place.slots.items() if f"{{{slot}}}" in sentence}
    return Text(sentence, tuple(sorted((k, str(v)) for k, v in params.items())))


def prompt(step: Ask | Choose, place: Place) -> Text:
    """Write the whole question with its rows."""
    return _with_rows(step, filled(step.sentence, place))


def prompt_again(step: Ask | Choose, place: Place) -> Text:
    """Write the question once more, short where it has a short form."""
    return _with_rows(step, filled(step.wait.again or step.sentence, place))


def _with_rows(step: Ask | Choose, question: Text) -> Text:
    if isinstance(step, Ask):
        return question
    return stacked(question, *_lines(step.options))


def _lines(options: Sequence[Option]) -> Iterator[Text]:
    """Write the rows, a line each; those that are their own number share one: 1, 2, 3."""
    numbered = enumerate(options, start=1)
    for is_number, rows in groupby(numbered, lambda row: row[1].label == str(row[0])):
        if is_number:
            numbers = ", ".join(str(number) for number, _ in rows)
            yield Text(NUMBERS, (("numbers", numbers),))
        else:
            yield from (_row(number, option) for number, option in rows)


def _row(number: int, option: Option) -> Text:
    label = option.label if option.is_name else Text(option.label)
    return Text(ROW, (("label", label), ("number", number)))
