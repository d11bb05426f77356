"""Where everything stands: found by hand from the sheet's measures, and nothing on anything."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.glucose.history.history import PastReading
from app.insights.week.layout import layout
from app.insights.week.load import fonts
from app.insights.week.marks import Kind, Mark
from app.insights.week.sheet import PLOT, SHEET, Area, Line, Shape, x_of, y_of
from app.insights.week.writing import SMALLEST, Pen
from app.parsing.meanings import GlucoseState
from app.parsing.units import Unit
from tests.insights.week.drawn import AFTER_LUNCH, FASTING, LANGUAGES, laid_out, lines, read, words

UNITS = (Unit.MG_DL, Unit.MMOL_L)
LEGEND_TOP = 742
"""Below it stand the marks that the legend explains."""
USUAL = [
    read(118, FASTING, hour=7),
    read(141, FASTING, hour=7, minute=15),
    read(58, hour=3),
    read(243, AFTER_LUNCH, hour=15),
]


def shapes(items: object) -> list[Shape]:
    assert isinstance(items, tuple)
    return [item for item in items if isinstance(item, Shape) and item.y < LEGEND_TOP]


def values_written(readings: list[PastReading], unit: Unit = Unit.MG_DL) -> list[str]:
    """List what is written on the plot itself."""
    inside = [line for line in lines(laid_out(readings, unit=unit)) if PLOT.holds(line.box)]
    return [line.words for line in inside]


@pytest.mark.parametrize(
    ("hour", "x"), [(0, 88 + 14), (6, 102 + 146), (12, 102 + 292), (24, 700 - 14)]
)
def test_an_hour_stands_at_its_part_of_the_day(hour: float, x: int) -> None:
    """The plot is from 88 to 700, 14 pixels are left on each side: 584 are the day."""
    assert x_of(hour) == x


@pytest.mark.parametrize(
    ("value", "top", "y"),
    [
        (40, 300, 618),  # 632 - 14
        (300, 300, 186),  # 172 + 14
        (170, 300, 402),  # half way: 618 - 432 / 2
        (105, 300, 510),  # a quarter: 618 - 432 / 4
        (320, 600, 402),
        (30, 300, 618),
        (700, 600, 186),
    ],
)
def test_a_value_stands_at_its_part_of_the_scale_or_at_its_end(
    value: float, top: float, y: int
) -> None:
    assert y_of(value, top) == y


def test_the_targets_are_shaded_from_limit_to_limit() -> None:
    after, before = [item for item in laid_out(USUAL) if isinstance(item, Area)][:2]
    assert (after.box.top, after.box.bottom) == (y_of(180, 300), y_of(70, 300))
    assert (before.box.top, before.box.bottom) == (y_of(130, 300), y_of(80, 300))


def test_every_kind_of_mark_has_a_shape_of_its_own_in_the_legend() -> None:
    legend = [item for item in laid_out([]) if isinstance(item, Shape) and item.y >= LEGEND_TOP]
    assert [shape.kind for shape in legend] == list(Kind)


def test_what_is_out_of_range_has_its_value_beside_it_in_the_persons_unit() -> None:
    assert sorted(values_written(USUAL)) == ["141", "243", "58"]
    assert sorted(values_written(USUAL, Unit.MMOL_L)) == ["13.5", "3.2", "7.8"]


def test_of_many_values_at_one_place_the_gravest_is_written() -> None:
    crowd = [read(value, hour=3) for value in (60, 61, 62, 63, 44, 64, 65, 66)]
    assert values_written([*crowd, *crowd, *crowd])[0] == "44"


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_words_leave_the_picture_or_lie_on_others(language: str, unit: Unit) -> None:
    written = lines(laid_out(USUAL, language, unit))
    for line in written:
        assert SHEET.holds(line.box), line.words
    for one, other in combinations(written, 2):
        assert not one.box.touches(other.box), (one.words, other.words)


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_words_are_large_enough_to_read(language: str) -> None:
    sizes = {line.words: line.style.size for line in lines(laid_out(USUAL, language))}
    assert min(sizes.values()) >= 22, sizes


def test_words_of_any_length_stay_in_the_picture() -> None:
    long = replace(words("ta"), in_range="சரியான அளவுக்குள் இருந்தவை", title="என் சுகர் அளவுகள் " * 2)
    for item in lines(layout([], long, Pen(fonts(), "ta"))):
        assert SHEET.holds(item.box), item.words
        assert item.style.size >= SMALLEST


TIMES = st.tuples(st.integers(0, 23), st.integers(0, 59))
READINGS = st.builds(
    lambda value, state, at, days: read(value, state, at[0], at[1], days),
    st.floats(40, 600),
    st.sampled_from(GlucoseState),
    TIMES,
    st.integers(0, 6),
)


@given(st.lists(READINGS, max_size=40), st.sampled_from(UNITS))
def test_whatever_was_read_every_mark_is_on_the_plot_and_no_value_on_a_graver_mark(
    readings: list[PastReading], unit: Unit
) -> None:
    items = laid_out(readings, unit=unit)
    marked = shapes(items)
    assert len(marked) == len(readings)
    assert all(PLOT.grown(2).holds(shape.box) for shape in marked)
    written = lines(items)
    assert all(SHEET.holds(line.box) for line in written)
    assert not [pair for pair in combinations(written, 2) if pair[0].box.touches(pair[1].box)]
    graver = [shape for shape in marked if shape.kind is not Kind.IN_RANGE]
    beside = [line for line in written if PLOT.holds(line.box)]
    assert not [1 for line in beside for shape in graver if line.box.touches(shape.box)]


def test_two_hundred_readings_are_smaller_marks_and_all_there() -> None:
    many = [read(60 + n, hour=n % 24, minute=n % 60, days_ago=n % 7) for n in range(200)]
    marked = shapes(laid_out(many))
    assert len(marked) == 200
    assert {shape.radius for shape in marked} == {8}
    assert {shape.radius for shape in shapes(laid_out(many[:60]))} == {12}


def test_a_week_without_readings_is_drawn_without_marks() -> None:
    items = laid_out([])
    assert shapes(items) == []
    assert any(isinstance(item, Line) for item in items)


def test_a_mark_in_the_middle_of_a_crowd_is_hidden_by_none_that_is_less_grave() -> None:
    kinds = [shape.kind for shape in shapes(laid_out([*USUAL, read(100, hour=3)]))]
    assert kinds == sorted(kinds, key=[Kind.IN_RANGE, Kind.ABOVE, Kind.BELOW].index)
    assert Mark(3, 58, Kind.BELOW).kind is kinds[-1]
