"""Letters of seven scripts: all there, and joined as their scripts want it."""

from __future__ import annotations

import pytest
from uharfbuzz import OTNameIdPredefined

from app.insights.week.box import Box
from app.insights.week.letters import Style, ink_box, inked, shaped
from app.insights.week.load import fonts
from tests.insights.week.drawn import LANGUAGES, laid_out, lines, read

NOT_THERE = 0
"""The glyph that stands for a letter a font does not have."""


def style(language: str, size: int = 28) -> Style:
    return Style(fonts().regular, language, size)


def glyphs(words: str, language: str) -> list[int]:
    return [glyph.number for glyph in shaped(words, style(language))]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_fonts_have_every_letter_of_the_picture(language: str) -> None:
    for line in lines(laid_out([read(62), read(240)], language)):
        numbers = [glyph.number for glyph in shaped(line.words, line.style)]
        assert NOT_THERE not in numbers, line.words


def test_a_letter_that_the_font_lacks_would_be_seen() -> None:
    assert NOT_THERE in glyphs("\U0010fffd", "en")


@pytest.mark.parametrize(
    ("language", "letters"),
    [("hi", "क्ष"), ("mr", "ज्ञ"), ("bn", "ক্ষ"), ("gu", "ક્ષ"), ("ta", "க்ஷ"), ("te", "క్ష")],
)
def test_a_conjunct_of_three_letters_is_one_glyph(language: str, letters: str) -> None:
    assert len(letters) == 3
    (joined,) = glyphs(letters, language)
    assert joined not in [number for letter in letters for number in glyphs(letter, language)]


@pytest.mark.parametrize(
    ("language", "letters"),
    [("hi", "कि"), ("mr", "दि"), ("bn", "কি"), ("gu", "કિ"), ("ta", "கெ"), ("bn", "কে")],
)
def test_a_vowel_written_before_its_consonant_is_drawn_before_it(
    language: str, letters: str
) -> None:
    consonant = glyphs(letters[0], language)[0]
    assert glyphs(letters, language)[-1] == consonant
    assert glyphs(letters, language)[0] != consonant


def test_a_vowel_of_two_parts_stands_on_both_sides() -> None:
    assert len(glyphs("கொ", "ta")) == 3
    assert len(glyphs("কো", "bn")) == 3


def test_latin_words_before_indian_ones_do_not_keep_them_from_joining() -> None:
    assert glyphs("mg/dL क्ष", "hi")[-1] == glyphs("क्ष", "hi")[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_ink_lies_outside_of_what_was_measured(language: str) -> None:
    for line in lines(laid_out([read(62)], language)):
        measured, drawn = ink_box(line.words, line.style), inked(line.words, line.style).box
        assert measured.holds(drawn), line.words
        assert drawn.width >= measured.width - 2


def test_ink_is_told_from_the_top_row_by_row() -> None:
    ink = inked("L", style("en", 100))
    assert len(ink.darkness) == ink.box.width * ink.box.height
    rows = [
        ink.darkness[row * ink.box.width : (row + 1) * ink.box.width]
        for row in range(ink.box.height)
    ]
    assert sum(rows[-2]) > 2 * sum(rows[1])


def test_words_without_ink_take_no_room() -> None:
    assert ink_box(" ", style("en")) == Box(0, 0, 0, 0)


def test_the_fonts_are_free_to_use_and_hand_on() -> None:
    for font in fonts():
        assert "SIL Open Font License" in font.face.get_name(OTNameIdPredefined.LICENSE)
