"""Years, quiet times and what passes a question over, in several wordings."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from app.conversation.about_person import at_night, year_told
from app.conversation.load import flows
from app.conversation.step import Ask
from app.parsing.lexicon import heard_from
from app.parsing.load import lexicon
from app.parsing.prescription import clock_span

NOW = datetime(2026, 3, 20, 8, 30, tzinfo=ZoneInfo("Asia/Kolkata"))


@pytest.mark.parametrize(
    ("said", "year"),
    [
        ("2015", 2015),
        ("since 2015", 2015),
        ("२०१५", 2015),
        ("2015 se hai", 2015),
        ("15/03/2015", 2015),
        ("10 years ago", 2016),
        ("10 yrs", 2016),
        ("5 saal se", 2021),
        ("5 साल से", 2021),
        ("paanch saal pehle", 2021),
        ("10", 2016),
        ("6 months ago", 2025),
        ("2 mahine pehle", 2026),
        ("last year", 2025),
        ("is saal", 2026),
        ("2030", None),
        ("1890", None),
        ("45", None),
        ("long ago", None),
        ("2010 or 2012", None),
        ("3 times", None),
    ],
)
def test_a_year_is_told_as_such_or_as_how_long_ago(said: str, year: int | None) -> None:
    step = flows().flows["onboarding"].steps["year"]
    assert isinstance(step, Ask)
    assert year_told(heard_from(lexicon(), "hi"), said, step.words, NOW) == year


@pytest.mark.parametrize(
    ("said", "span"),
    [
        ("raat 10 se subah 6", ("22:00", "06:00")),
        ("रात 10 बजे से सुबह 6 बजे तक", ("22:00", "06:00")),
        ("10 pm to 6 am", ("22:00", "06:00")),
        ("from 9:30 pm till 6:30 am", ("21:30", "06:30")),
        ("22:00-07:00", ("22:00", "07:00")),
        ("subah 6 se raat 10", ("06:00", "22:00")),
        ("8 pm", None),
        ("at night", None),
        ("10pm 10pm", None),
        ("8, 9 and 10", None),
    ],
)
def test_a_span_is_read_in_the_order_it_is_told(said: str, span: tuple[str, str] | None) -> None:
    assert clock_span(heard_from(lexicon(), "hi"), said) == span


@pytest.mark.parametrize(
    ("told", "meant"),
    [
        (("10:00", "06:00"), ("22:00", "06:00")),
        (("09:30", "05:00"), ("21:30", "05:00")),
        (("22:00", "06:00"), ("22:00", "06:00")),
        (("13:00", "15:00"), ("13:00", "15:00")),
        (("06:00", "22:00"), ("06:00", "22:00")),
    ],
)
def test_ten_to_six_is_meant_for_the_night(told: tuple[str, str], meant: tuple[str, str]) -> None:
    assert at_night(*told) == meant
