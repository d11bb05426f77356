"""Sentences before they are in a language. Pure.

Code that decides what to say makes a `Text`; `app.i18n` renders it where it is said. The msgid is
the English sentence; Babel extracts it from calls of `text` and `texts` and from `bot_flows/`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

LINES = "{above}\n{below}"
SENTENCES = "{above} {below}"
"""Layouts: no letter in them but the placeholders', so no language has its own."""


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence, or several, still without a language.

    Attributes:
        msgid: The English text with `{name}` placeholders.
        params: What the placeholders stand for, sorted by name; a `Text` in them is rendered too.
        plural: The English plural, or None where the sentence does not count anything.
        count: What is counted; None without a plural.
    """

    msgid: str
    params: tuple[tuple[str, str | int | float | Text], ...] = ()
    plural: str | None = None
    count: int | None = None

    def to_json(self) -> dict[str, Any]:
        """Give the text as plain JSON values, for a row."""
        params = {k: v.to_json() if isinstance(v, Text) else v for k, v in self.params}
        whole: dict[str, Any] = {"msgid": self.msgid, "params": params}
        if self.plural is not None:
            whole |= {"plural": self.plural, "count": self.count}
        return whole

    @classmethod
    def from_json(cls, whole: dict[str, Any]) -> Text:
        """Read back what `to_json` gave."""
        params = {
            k: cls.from_json(v) if isinstance(v, dict) else v for k, v in whole["params"].items()
        }
        return cls(
            whole["msgid"], tuple(sorted(params.items())), whole.get("plural"), whole.get("count")
        )


def text(msgid: str, /, **params: str | int | float | Text) -> Text:
    """Make a text from its English sentence and what its placeholders stand for."""
    return Text(msgid, tuple(sorted(params.items())))


def stacked(above: Text, *below: Text) -> Text:
    """Put texts under one another as one, a line each."""
    whole = above
    for line in below:
        whole = Text(LINES, (("above", whole), ("below", line)))
    return whole


def in_a_row(first: Text, *rest: Text) -> Text:
    """Put sentences behind one another as one text, on one line."""
    whole = first
    for sentence in rest:
        whole = Text(SENTENCES, (("above", whole), ("below", sentence)))
    return whole


def texts(one: str, many: str, count: int, /, **params: str | int | float | Text) -> Text:
    """Make a text that counts: `one` and `many` are its English forms, `{n}` is the count."""
    return Text(one, tuple(sorted({**params, "n": count}.items())), many, count)
