"""Number words as others spell them: AI4Bharat's indic-numtowords, and ICU's spell-out rules.

ICU has rules for four of the languages; for the others it spells English without a word about it.
"""

from unicodedata import normalize

import pytest
from icu4py.messageformat import MessageFormat
from indic_numtowords import num2words

from tests.parsing.speaking import values_of

ALL = range(1000)
INDIAN = ("bn", "gu", "hi", "mr", "ta", "te")
IN_ICU = ("en", "gu", "hi", "ta")
NOT_SPOKEN = {
    "একাদশ": "Sanskrit, of a class or a day of the moon: the eleventh, never eleven",
    "দ্বাদশ": "as above: the twelfth",
    "ত্রয়োদশ": "as above: the thirteenth",
    "दहाशे": "ten hundreds are one thousand; made by the oracle for a quarter less than those",
}
"""Words of the oracles that are no number words of the language, with the reason."""
_NOT_SPOKEN = {normalize("NFC", word) for word in NOT_SPOKEN}


def is_spoken(words: str) -> bool:
    """Whether people count with all of the words."""
    return _NOT_SPOKEN.isdisjoint(normalize("NFC", words).split())


def misread(language: str, spelled: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """List the numbers that do not come back as themselves."""
    return [(n, words) for n, words in spelled if values_of(language, words) != (float(n),)]


@pytest.mark.parametrize("language", INDIAN)
def test_every_number_is_read_as_indic_numtowords_spells_it(language: str) -> None:
    spelled = [(n, words) for n in ALL for words in num2words(n, lang=language, variations=True)]

    assert misread(language, [(n, words) for n, words in spelled if is_spoken(words)]) == []


@pytest.mark.parametrize("language", IN_ICU)
def test_every_number_is_read_as_icu_spells_it(language: str) -> None:
    spell_out = MessageFormat("{n, spellout}", language)

    assert misread(language, [(n, spell_out.format({"n": n})) for n in ALL]) == []


def test_no_word_is_excepted_that_the_oracles_do_not_use() -> None:
    used = {
        normalize("NFC", word)
        for language in INDIAN
        for n in ALL
        for words in num2words(n, lang=language, variations=True)
        for word in words.split()
    }

    assert used >= _NOT_SPOKEN


@pytest.mark.parametrize(
    ("words", "expected"),
    [("forty-five", 45), ("one-hundred forty-five", 145), ("two hundred and sixty-one", 261)],
)
def test_the_words_of_a_number_may_be_hyphenated(words: str, expected: float) -> None:
    assert values_of("en", words) == (expected,)


@pytest.mark.parametrize("words", ["two-three", "five-twenty", "forty - five", "forty-"])
def test_a_hyphen_between_two_numbers_makes_no_third(words: str) -> None:
    assert values_of("en", words) is None
