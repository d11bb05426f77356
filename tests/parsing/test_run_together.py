"""Words of the lists that are written as one."""

import pytest

from app.parsing.lexicon import Lexicon, narrowed
from app.parsing.load import lexicon
from app.parsing.run_together import parts_of


@pytest.fixture
def hindi() -> Lexicon:
    return narrowed(lexicon(), ("hi", "en"))


@pytest.mark.parametrize(
    ("key", "parts"),
    [
        ("raatkekhane", ("raat", "ke", "khane")),
        ("khalipetsugar", ("khalipet", "sugar")),
        ("dardnahihai", ("dard", "nahi", "hai")),
        ("dawainahili", ("dawai", "nahi", "li")),
    ],
)
def test_a_word_of_several_is_parted_into_the_fewest(
    hindi: Lexicon, key: str, parts: tuple[str, ...]
) -> None:
    assert parts_of(hindi, key) == parts


@pytest.mark.parametrize("key", ["vishwanath", "hyderabad", "dawanahili", "insurance", "kamre"])
def test_a_name_and_a_word_of_short_pieces_stay_whole(hindi: Lexicon, key: str) -> None:
    assert parts_of(hindi, key) == ()


def test_a_word_of_a_list_stays_whole(hindi: Lexicon) -> None:
    assert parts_of(hindi, "glucometer") == ()
