"""Medicines with their times, as people write them; times by hand from the usual ones."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.parsing.load import lexicon
from app.parsing.prescription import Prescription, is_told_unasked, medicine_times, prescription


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (
            "glycomet 500 subah shaam",
            Prescription("metformin", "500", ("08:00", "18:00"), called="glycomet"),
        ),
        (
            "ग्लाइकोमेट 500 सुबह शाम",
            Prescription("metformin", "500", ("08:00", "18:00"), called="ग्लाइकोमेट"),
        ),
        (
            "मेटफॉर्मिन ५०० रोज दुपारी १ वाजता",
            Prescription("metformin", "500", ("13:00",), called="मेटफॉर्मिन"),
        ),
        (
            "metformin 500 mg, 8 am and 8:30 pm",
            Prescription("metformin", "500 mg", ("08:00", "20:30")),
        ),
        (
            "subah 8 baje aur raat 9 baje insulin 10 units",
            Prescription("insulin", "10 units", ("08:00", "21:00")),
        ),
        (
            "amaryl 1mg sone se pehle",
            Prescription("glimepiride", "1mg", ("22:00",), called="amaryl"),
        ),
        ("glimepiride 2mg before breakfast", Prescription("glimepiride", "2mg", ("08:00",))),
        (
            "glycomet 500 1-0-1",
            Prescription("metformin", "500", ("08:00", "20:00"), called="glycomet"),
        ),
        ("glycomet BD", Prescription("metformin", "", ("08:00", "20:00"), called="glycomet")),
        ("metformin sr 500 raat", Prescription("metformin", "sr 500", ("20:00",))),
        (
            "500 mg glycomet subah",
            Prescription("metformin", "500 mg", ("08:00",), called="glycomet"),
        ),
        # Other amounts at other times stay as they were told.
        (
            "insulin subah 10 unit raat 8 unit",
            Prescription("insulin", "subah 10 unit raat 8 unit", ("08:00", "20:00")),
        ),
        ("metformin", Prescription("metformin")),
        ("Combiflam 1 tablet subah", Prescription("combiflam", "1 tablet", ("08:00",))),
        ("vitamin d3 60000", Prescription("vitamin d3")),
        ("raat 12 baje metformin", Prescription("metformin", "", ("00:00",))),
    ],
)
def test_a_medicine_is_read_with_how_much_and_when(said: str, expected: Prescription) -> None:
    assert prescription(lexicon(), said) == expected


@pytest.mark.parametrize("said", ["metformin le li", "metformin nahi li", "500", "subah", ""])
def test_what_names_no_medicine_or_tells_a_dose_is_none(said: str) -> None:
    assert prescription(lexicon(), said) is None


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("8 am and 8 pm", ("08:00", "20:00")),
        ("20", ("20:00",)),
        ("8, 14, 20", ("08:00", "14:00", "20:00")),
        ("subah aur raat 9 baje", ("08:00", "21:00")),
        ("8 baje subah 9 baje raat", ("08:00", "21:00")),
        ("सुबह ८ बजे और रात ९ बजे", ("08:00", "21:00")),
        ("before breakfast and after dinner", ("08:00", "20:00")),
        ("nashte ke baad aur raat ke khane ke baad", ("08:00", "20:00")),
        ("dopahar ke khane ke baad", ("13:00",)),
        ("at bedtime", ("22:00",)),
        ("subah, dopahar, raat", ("08:00", "13:00", "20:00")),
        ("half past 8", ("08:30",)),
        ("7.30 am", ("07:30",)),
        ("12 pm", ("12:00",)),
        ("1-1-1", ("08:00", "13:00", "20:00")),
        ("tds", ("08:00", "13:00", "20:00")),
        ("kuch nahi", ()),
        ("25:30", ()),
        ("sugar 500", ()),
    ],
)
def test_times_are_read_as_they_are_said(said: str, expected: tuple[str, ...]) -> None:
    assert medicine_times(lexicon(), said) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("glycomet 500 subah shaam yaad dilana", True),
        ("remind me to take glycomet at 8 am", True),
        ("glycomet 500", False),
        ("walk subah shaam", False),
        ("aaj subah glycomet 500", False),
        ("glycomet 500 kab leni hai subah", False),
        ("subah glycomet le li", False),
    ],
)
def test_only_a_known_medicine_with_times_and_no_day_is_told_unasked(
    said: str, expected: bool
) -> None:
    assert is_told_unasked(lexicon(), said) is expected


@given(st.times().filter(lambda at: at.minute % 5 == 0))
def test_every_time_by_the_24_hour_clock_is_read_back(at: time) -> None:
    assert medicine_times(lexicon(), f"{at:%H:%M}") == (f"{at:%H:%M}",)


@given(st.text(max_size=60))
def test_no_words_are_too_strange(said: str) -> None:
    told = prescription(lexicon(), said)
    assert told is None or told.name
    assert all(time.fromisoformat(each) for each in medicine_times(lexicon(), said))
