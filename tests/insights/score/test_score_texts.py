"""A health score in words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.i18n import render
from app.insights.score.inputs import Inputs
from app.insights.score.score import Band, Score, score
from app.insights.score.score_texts import told, told_to_the_person
from app.people.tables import LANGUAGES
from tests.insights.score.test_score import NOW, WITH_DOSES

TWO_LOWS = replace(WITH_DOSES, from_54_to_70=2, taken=17, taken_late=3)
"""20 of 28 doses are 71.4 percent. M = 100 · (17 + 2.25 + 4) / 33 = 70.4545, G = 75.88:
(37.94 + 17.6136 + 15) / .90 = 78.3929."""


def to_others(inputs: Inputs, language: str = "en") -> str:
    return render(told(score(inputs), inputs), language)


def to_the_person(inputs: Inputs, language: str = "en") -> str:
    return render(told_to_the_person(score(inputs), inputs), language)


def test_a_score_is_told_with_what_it_is_made_of() -> None:
    assert to_others(TWO_LOWS) == (
        "Health score 78 of 100: watch. Low readings: 2. Doses taken: 71 %."
    )


def test_very_high_readings_are_told_where_there_are_any() -> None:
    assert "Very high readings: 3." in to_others(replace(TWO_LOWS, above_250=3))


def test_without_doses_nothing_is_said_of_them() -> None:
    assert "Doses" not in to_others(replace(WITH_DOSES, doses_due=0, taken=0))


def test_of_few_readings_it_is_a_first_estimate() -> None:
    assert to_others(replace(TWO_LOWS, readings=9)).endswith(
        "This is a first estimate, from few tests."
    )


def test_where_too_little_is_known_no_number_is_told() -> None:
    assert to_others(Inputs(NOW)) == "Health score: not enough tests yet."
    assert to_the_person(Inputs(NOW)) == "Health score: not enough tests yet."


def test_a_number_never_stands_in_a_better_band_than_the_score() -> None:
    assert "79 of 100: watch" in render(told(Score(79.99, Band.WATCH), TWO_LOWS), "en")


@pytest.mark.parametrize(
    ("inputs", "last"),
    [
        (WITH_DOSES, "Doses taken: 100 %."),
        (TWO_LOWS, "Each test and each dose helps."),
        (replace(TWO_LOWS, below_54_lately=1), "Please talk about it with your doctor."),
        (replace(TWO_LOWS, critical_lately=1), "Please talk about it with your doctor."),
    ],
)
def test_the_person_hears_what_helps_in_place_of_a_verdict(inputs: Inputs, last: str) -> None:
    assert to_the_person(inputs).endswith(last)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_tells_the_number_and_the_share(language: str) -> None:
    said = to_the_person(TWO_LOWS, language)
    assert "78" in said
    assert "71 %" in said
