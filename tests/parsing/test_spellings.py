"""Words in their own script, spelled as they come; quarters of joined hundreds."""

from datetime import datetime

import pytest

from app.parsing.lexicon import Atom
from app.parsing.load import lexicon
from app.parsing.meanings import Glucose, Message
from app.parsing.numbers import Composed, compose
from app.parsing.parse import parse

NOW = datetime.fromisoformat("2026-05-10T12:30:00+05:30")


@pytest.mark.parametrize("said", ["જમ્યા પછી પાંચસો વીસ", "જમ્યા પછિ પાચસો વિસ", "જમ્યા પછી પાંચશો વીશ"])
def test_letters_written_one_for_the_other_are_one_word(said: str) -> None:
    (reading,) = parse(lexicon(), Message(said, NOW, "gu")).meanings

    assert isinstance(reading, Glucose)
    assert (reading.value_mg_dl, reading.state) == (520, "AFTER_LUNCH")


def test_a_word_as_listed_stands_before_one_that_is_only_alike() -> None:
    parsed = parse(lexicon(), Message("માં 140", NOW, "gu"))

    assert parsed.subject is None


@pytest.mark.parametrize(("share", "value"), [(0.25, 225), (0.5, 250), (-0.25, 175)])
def test_a_share_before_joined_hundreds_is_one_of_a_hundred(share: float, value: float) -> None:
    atoms = [Atom("plus", (share,)), Atom("hundreds", (200,))]

    assert compose(atoms) == Composed(2, (value,))
