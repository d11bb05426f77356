"""Cutting a message: the shapes of numbers in every script."""

import pytest

from app.parsing.tokens import tokens


@pytest.mark.parametrize(
    ("text", "kind", "values"),
    [
        ("140", "number", (140,)),
        ("१४०", "number", (140,)),
        ("௱௮௰", "number", (180,)),
        ("௧௮௦", "number", (180,)),
        ("2½", "number", (2.5,)),
        ("½", "number", (0.5,)),
        ("5.8", "number", (5.8,)),
        ("5,8", "number", (5.8,)),
        ("1,20,000", "number", (120000,)),
        ("18O", "number", (180,)),
        ("1 8 0", "number", (180,)),
        ("1️⃣8️⃣0️⃣", "number", (180,)),
        ("8:30", "clock", (8, 30)),
        ("120/80", "ratio", (120, 80)),
        ("128, 174"[:3], "number", (128,)),
        ("128,174", "ratio", (128, 174)),
        ("12/03/2026", "date", ()),
        ("2026-03-12", "date", ()),
        ("98765 43210", "phone", ()),
        ("+91 98765 43210", "phone", ()),
        ("DOC-ABC123", "code", ()),
        ("²", "mark", ()),
    ],
)
def test_a_shape_is_one_token(text: str, kind: str, values: tuple[float, ...]) -> None:
    first, *rest = tokens(text)

    assert (first.kind, first.values) == (kind, values)
    assert all(one.kind == "mark" for one in rest)


def test_letters_and_digits_part() -> None:
    assert [one.key for one in tokens("sugar180mg/dl")] == ["sugar", "180", "mg", "/", "dl"]


def test_composed_and_decomposed_letters_are_one_word() -> None:
    composed, decomposed = tokens("ड़ \u0921\u093c")

    assert composed.key == decomposed.key
    assert [one.key for one in tokens("ড় \u09a1\u09bc")] == ["ড"] * 2
