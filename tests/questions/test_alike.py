"""Questions that are the same are found across languages, and no others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.questions.alike import alike, similarity
from tests.questions.pairs import FILES, about, score

LEAST_PRECISION, LEAST_RECALL = 0.95, 0.6
LEAST_PAIRS = 200
words = st.lists(st.text(max_size=8), max_size=6)


@pytest.mark.parametrize("file", [path.stem for path in FILES])
def test_hardly_any_other_question_is_taken_for_the_same(file: str) -> None:
    measured = score(file)
    assert measured.right + measured.missed >= LEAST_PAIRS
    assert measured.precision >= LEAST_PRECISION
    assert measured.recall >= LEAST_RECALL


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("can i eat mango", "மாம்பழம் சாப்பிடலாமா"),
        ("metformin khane se pehle ya baad", "should i take glycomet before or after food?"),
        ("sugar kitni baar check karni chahiye", "सुगर कितनी बार चेक करूं"),
    ],
)
def test_the_same_question_in_two_languages_is_one(one: str, other: str) -> None:
    assert alike(about(one), about(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("can i eat mango", "can i eat banana"),
        ("can i eat mango", "how much mango can i eat"),
        ("can i stop metformin", "can i stop glimepiride"),
        ("can i stop metformin", "i missed my metformin what to do"),
        ("can i take 500 metformin", "can i take 1000 metformin"),
        ("can i walk with foot pain", "can i walk with chest pain"),
        ("when should i take insulin", "where should i take insulin"),
        ("sugar ke liye kya khau", "sugar ke liye kya na khau"),
    ],
)
def test_what_differs_in_one_thing_is_another_question(one: str, other: str) -> None:
    assert not alike(about(one), about(other))


def test_the_same_words_are_the_same_question_though_nothing_of_it_is_understood() -> None:
    asked = "my nephew told me about the blue lotus tea of ladakh"
    assert alike(about(asked), about(f"{asked}!!"))
    assert not alike(about(asked), about("my nephew went away from ladakh on a blue bus"))


def test_similarity_is_the_share_of_trigrams_in_common() -> None:
    """`cat` is "  c", " ca", "cat", "at "; with `car` it shares the first two of six in all."""
    assert similarity(["cat"], ["cat"]) == 1
    assert similarity(["cat"], ["car"]) == pytest.approx(2 / 6)
    assert similarity([], ["cat"]) == 0


@given(words, words)
def test_similarity_does_not_ask_who_came_first(one: list[str], other: list[str]) -> None:
    assert similarity(one, other) == similarity(other, one)
    assert 0 <= similarity(one, other) <= 1
