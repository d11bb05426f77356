"""Every number in every form: spelled from the word lists, it is heard as itself."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.parsing.speaking import heard_in, number_in, values_of
from tests.parsing.spelling import NATIVE_ZERO, in_digits, said, spelled, tamil, values

LANGUAGES = sorted(NATIVE_ZERO)
SUGAR = {
    "en": "sugar", "hi": "शुगर", "mr": "शुगर", "gu": "સુગર", "bn": "সুগার",
    "ta": "சுகர்", "te": "షుగర్",
}  # fmt: skip
NUMBERS = st.integers(0, 999)
PICKED = st.integers(0, 10**6)


def one_of(ways: list[str], picked: int) -> str:
    return ways[picked % len(ways)]


def expected(value: float) -> list[tuple[str, float]]:
    """What the contract makes of a number said to be sugar, on a mg/dL meter."""
    return [("glucose" if 20 <= value <= 600 else "doubtful", value)]


def asks(heard: list[tuple[str, float]], value: float) -> bool:
    """Whether a number is at most asked about."""
    return heard in ([], [("doubtful", value)])


def says_more(language: str, words: str) -> bool:
    """Whether a number word is an ordinary word too, or names an hour: "at two" in one word."""
    number = number_in(language, words)
    return number is not None and (number.weak or bool(number.concepts))


@pytest.mark.parametrize("language", LANGUAGES)
@settings(max_examples=100)
@given(number=NUMBERS, picked=PICKED)
def test_words_in_the_own_script_are_that_number(language: str, number: int, picked: int) -> None:
    way = one_of(spelled(language, number, latin=language == "en"), picked)
    heard = heard_in(language, f"{SUGAR[language]} {way}")

    assert values_of(language, way) == (number,)
    assert heard == expected(number) or (asks(heard, number) and says_more(language, way))


@pytest.mark.parametrize("language", LANGUAGES)
@settings(max_examples=100)
@given(number=NUMBERS, picked=PICKED)
def test_romanised_words_are_that_number_or_asked_about(
    language: str, number: int, picked: int
) -> None:
    way = one_of(spelled(language, number, latin=True), picked)
    found = values_of(language, way) or ()
    heard = heard_in(language, f"sugar {way}")

    assert number in found
    if len(found) > 1:
        assert [kind for kind, _ in heard if kind != "doubtful"] == []
    else:
        assert heard == expected(number) or (asks(heard, number) and says_more(language, way))


@pytest.mark.parametrize("language", LANGUAGES)
@settings(max_examples=100)
@given(picked=PICKED, latin=st.booleans())
def test_a_fraction_of_its_own_is_its_value(language: str, picked: int, *, latin: bool) -> None:
    shares = [
        (value, word)
        for value in values(language, "share")
        for word in said(language, "share", value, latin=latin or language == "en")
    ]
    value, word = shares[picked % len(shares)]

    assert values_of(language, word) == (value,)


@pytest.mark.parametrize("language", [one for one in LANGUAGES if values(one, "plus")])
@settings(max_examples=100)
@given(number=st.integers(3, 99), picked=PICKED)
def test_a_quarter_more_or_less_is_added_to_what_follows(
    language: str, number: int, picked: int
) -> None:
    more = values(language, "plus")[picked % 3]
    word = one_of(said(language, "plus", more, latin=False), picked // 3)
    whole = one_of(spelled(language, number, latin=False), picked // 7)

    assert values_of(language, f"{word} {whole}") == (number + more,)


@pytest.mark.parametrize("language", [one for one in LANGUAGES if values(one, "plus")])
@settings(max_examples=100)
@given(hundreds=st.integers(3, 9), picked=PICKED)
def test_a_quarter_before_hundreds_is_a_quarter_of_a_hundred(
    language: str, hundreds: int, picked: int
) -> None:
    more = values(language, "plus")[picked % 3]
    word = one_of(said(language, "plus", more, latin=False), picked // 3)
    whole = one_of(spelled(language, hundreds * 100, latin=False), picked // 7)

    assert values_of(language, f"{word} {whole}") == (100 * (hundreds + more),)


@pytest.mark.parametrize("language", LANGUAGES)
@settings(max_examples=100)
@given(whole=st.integers(1, 99), tenth=st.integers(0, 9), picked=PICKED)
def test_a_point_in_words_is_a_point(language: str, whole: int, tenth: int, picked: int) -> None:
    latin = language == "en"
    parts = [
        one_of(spelled(language, whole, latin=latin), picked),
        one_of(said(language, "point", latin=latin), picked),
        one_of(spelled(language, tenth, latin=latin), picked),
    ]

    assert values_of(language, " ".join(parts)) == pytest.approx((whole + tenth / 10,))


@pytest.mark.parametrize("language", LANGUAGES)
@settings(max_examples=100)
@given(number=st.integers(100, 999), picked=PICKED)
def test_three_digits_dictated_are_one_number(language: str, number: int, picked: int) -> None:
    latin = language == "en"
    words = [one_of(spelled(language, int(one), latin=latin), picked) for one in str(number)]

    assert values_of(language, " ".join(words)) == (number,)
    assert heard_in(language, f"{SUGAR[language]} {' '.join(words)}") == expected(number)


@pytest.mark.parametrize("language", LANGUAGES)
@settings(max_examples=100)
@given(number=NUMBERS.filter(lambda number: number > 100 and number % 100 >= 10), picked=PICKED)
def test_the_hundred_may_be_left_unsaid(language: str, number: int, picked: int) -> None:
    latin = language == "en"
    hundreds = one_of(spelled(language, number // 100, latin=latin), picked)
    rest = one_of(spelled(language, number % 100, latin=latin), picked)

    assert values_of(language, f"{hundreds} {rest}") == (number,)


@pytest.mark.parametrize("language", LANGUAGES)
@settings(max_examples=100)
@given(number=NUMBERS)
def test_digits_of_any_script_are_that_number(language: str, number: int) -> None:
    for zero in {"0", "０", NATIVE_ZERO[language]}:
        written = in_digits(str(number), zero)
        spaced = " ".join(written)

        assert heard_in(language, f"{SUGAR[language]} {written}") == expected(number)
        if len(written) == 3:
            assert heard_in(language, f"{SUGAR[language]} {spaced}") == expected(number)


@pytest.mark.parametrize("language", LANGUAGES)
@settings(max_examples=100)
@given(tenths=st.integers(1, 999), mark=st.sampled_from(".,·"))
def test_a_decimal_has_a_point_or_a_comma(language: str, tenths: int, mark: str) -> None:
    written = f"{tenths / 10:.1f}".replace(".", mark)
    for zero in {"0", NATIVE_ZERO[language]}:
        heard = heard_in(language, f"{SUGAR[language]} {in_digits(written, zero)}")

        assert heard == expected(tenths / 10)


@pytest.mark.parametrize("language", LANGUAGES)
@settings(max_examples=100)
@given(number=st.one_of(st.integers(1000, 9999), st.integers(100_000, 9_999_999)))
def test_the_commas_of_an_indian_grouping_are_no_decimals(language: str, number: int) -> None:
    thousands, rest = divmod(number, 1000)
    lakhs, thousands = divmod(thousands, 100)
    written = f"{lakhs},{thousands:02},{rest:03}" if lakhs else f"{thousands},{rest:03}"

    assert values_of(language, written) == (number,)
    assert heard_in(language, f"{SUGAR[language]} {written}") == [("doubtful", number)]


@settings(max_examples=100)
@given(number=NUMBERS)
def test_the_old_signs_of_tamil_are_that_number(number: int) -> None:
    assert values_of("ta", tamil(number)) == (number,)
    assert heard_in("ta", f"சுகர் {tamil(number)}") == expected(number)
