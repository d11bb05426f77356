"""Words made fit for a wire."""

import pytest

from app.channels.words import cleaned, cut, joined, on_one_line


def test_what_no_row_and_no_xml_holds_is_taken_out() -> None:
    assert cleaned("a\x00b\x1fc\x7fd\ud800e\tf\ng") == "abcde\tf\ng"


@pytest.mark.parametrize(
    ("words", "made"),
    [
        ("one\n\ntwo", "one two"),
        ("a\tb", "a b"),
        ("a     b", "a b"),
        ("  a ", "a"),
        ("\u00a0\u2003", ""),  # spaces that are no ASCII spaces
    ],
)
def test_a_parameter_of_a_template_stands_on_one_line(words: str, made: str) -> None:
    assert on_one_line(words) == made


@pytest.mark.parametrize(
    ("words", "longest", "made"),
    [
        ("abc", 3, "abc"),
        ("abcd", 3, "ab…"),
        ("कि" * 3, 4, "कि…"),  # a consonant and its vowel are one letter: never parted
        ("👩‍👩‍👧" * 2, 6, "👩‍👩‍👧…"),  # five code points, one picture
    ],
)
def test_words_are_cut_between_letters(words: str, longest: int, made: str) -> None:
    assert cut(words, longest) == made


@pytest.mark.parametrize(
    ("lines", "longest", "made"),
    [
        ((), 9, ""),
        (("abc",), 9, "abc"),
        (("abcdef",), 4, "abc…"),
        (("ab", "cd", "ef"), 10, "ab; cd; ef"),
        (("ab", "cd", "efg"), 10, "ab; cd; +1"),
        (("ab", "cd", "efg"), 9, "ab; +2"),
        (("abcdef", "cd", "efg"), 9, "abcd…; +2"),
    ],
)
def test_lines_that_find_no_room_are_left_out_whole_and_counted(
    lines: tuple[str, ...], longest: int, made: str
) -> None:
    assert joined(lines, "; ", longest, lambda n: f"+{n}") == made
    assert len(made) <= longest
