"""Every message of the corpora means what a hand wrote down."""

from pathlib import Path

import pytest

from app.parsing.as_json import as_json
from app.parsing.load import LOCALES, lexicon
from app.parsing.meanings import Glucose, Message
from app.parsing.parse import parse
from app.parsing.units import Unit
from tests.parsing.corpus import CORPUS, Case, cases

ALL = [case for path in sorted(CORPUS.glob("*.toml")) for case in cases(path)]


@pytest.mark.parametrize("case", ALL, ids=lambda case: f"{case.language} {case.unit} {case.text}")
def test_a_message_means_what_a_person_says_it_means(case: Case) -> None:
    message = Message(case.text, case.received_at, case.language, Unit(case.unit))

    parsed = parse(lexicon(), message)

    assert as_json(parsed)["meanings"] == case.expected
    corrected = any(one.correction for one in parsed.meanings if isinstance(one, Glucose))
    assert corrected is case.correction


def test_each_language_has_a_hundred_and_fifty_messages() -> None:
    languages = sorted(path.parent.name for path in _folders())

    assert all(len(cases(CORPUS / f"{code}.toml")) >= 150 for code in languages)


def _folders() -> list[Path]:
    return [
        path
        for path in LOCALES.glob("*/meta.toml")
        if (CORPUS / f"{path.parent.name}.toml").exists()
    ]
