"""The labelled questions as pairs: those of one table are alike, all others are not."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import combinations
from typing import NamedTuple

from app.parsing.load import lexicon
from app.parsing.meanings import Message
from app.parsing.parse import parse
from app.parsing.topics import Topics, topics
from app.questions.alike import alike
from tests.parsing.corpus import CORPUS

FILES = sorted((CORPUS / "questions").glob("*.toml"))
NOON = datetime(2026, 11, 22, 6, 30, tzinfo=UTC)


class Question(NamedTuple):
    """A labelled question, and what it is about."""

    table: str
    text: str
    about: Topics


def about(text: str, language: str | None = None) -> Topics:
    message = Message(text, NOON, language)
    return topics(lexicon(), message, parse(lexicon(), message).language)


def questions(file: str) -> Iterator[Question]:
    path = next(one for one in FILES if one.stem == file)
    for table, by_language in tomllib.loads(path.read_text(encoding="utf-8")).items():
        for language, texts in by_language.items():
            yield from (Question(table, text, about(text, language)) for text in texts)


@dataclass
class Score:
    """How well `alike` tells the pairs of a file apart."""

    right: int = 0
    false: int = 0
    missed: int = 0
    pairs: int = 0

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.false)

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed)


def score(file: str) -> Score:
    counted = Score()
    for one, other in combinations(questions(file), 2):
        counted.pairs += 1
        said, is_so = alike(one.about, other.about), one.table == other.table
        counted.right += said and is_so
        counted.false += said and not is_so
        counted.missed += is_so and not said
    return counted
