"""How many tablets when: counts beside parts of the day are no hours of the night."""

import pytest

from app.parsing.load import lexicon
from app.parsing.prescription import clock_times, medicine_times, prescription

MORNING_NIGHT = ("08:00", "20:00")
THRICE = ("08:00", "13:00", "20:00")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("1-0-1", MORNING_NIGHT),
        ("१-०-१", MORNING_NIGHT),
        ("1 – 0 – 1", MORNING_NIGHT),
        ("1+0+1", MORNING_NIGHT),
        ("1 0 1", MORNING_NIGHT),
        ("1/2-0-1", MORNING_NIGHT),
        ("½-0-½", MORNING_NIGHT),
        ("1-1-1", THRICE),
        ("0-0-1", ("20:00",)),
        ("0-1-0", ("13:00",)),
        ("1-0-1-0", ("08:00", "18:00")),
        ("1-1-1-1", ("08:00", "13:00", "18:00", "20:00")),
        ("0-0-0", ()),
    ],
)
def test_the_notation_of_prescriptions_is_read(said: str, expected: tuple[str, ...]) -> None:
    assert medicine_times(lexicon(), said) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("one in the morning one at night", MORNING_NIGHT),
        ("1 morning 1 night", MORNING_NIGHT),
        ("subah ek raat ek", MORNING_NIGHT),
        ("1 subah 1 raat", MORNING_NIGHT),
        ("सुबह एक रात को एक", MORNING_NIGHT),
        ("subah 1 dopahar 0 raat 1", MORNING_NIGHT),
        ("0 subah 1 raat", ("20:00",)),
        ("subah ek dopahar ek raat ek", THRICE),
        ("nashte ke baad 1 raat ko 1", MORNING_NIGHT),
        ("সকালে একটা রাতে একটা", MORNING_NIGHT),
        ("সকালে ১টা রাতে ১টা", MORNING_NIGHT),
        ("sokale ekta rate ekta", MORNING_NIGHT),
        ("காலை ஒன்று இரவு ஒன்று", MORNING_NIGHT),
        ("kaalai onnu iravu onnu", MORNING_NIGHT),
        ("ఉదయం ఒకటి రాత్రి ఒకటి", MORNING_NIGHT),
        ("udayam okati ratri okati", MORNING_NIGHT),
        ("सकाळी एक रात्री एक", MORNING_NIGHT),
        ("sakali ek ratri ek", MORNING_NIGHT),
        ("સવારે એક રાત્રે એક", MORNING_NIGHT),
        ("savare ek rate ek", MORNING_NIGHT),
    ],
)
def test_how_many_beside_a_part_of_the_day_is_no_hour(said: str, expected: tuple[str, ...]) -> None:
    assert medicine_times(lexicon(), said) == expected
    told = prescription(lexicon(), f"glycomet 500 {said}")
    assert told is not None
    assert told.times == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("raat 1 baje", ("01:00",)),
        ("রাত ১টায়", ("01:00",)),
        ("1 am", ("01:00",)),
        ("দুপুর একটা", ("13:00",)),
        ("dopahar 2", ("14:00",)),
        ("সকাল ৮টা রাত ৯টা", ("08:00", "21:00")),
        ("subah 8 raat 9", ("08:00", "21:00")),
    ],
)
def test_an_hour_said_stays_an_hour(said: str, expected: tuple[str, ...]) -> None:
    assert medicine_times(lexicon(), said) == expected


def test_beside_a_time_that_is_not_of_a_medicine_nothing_is_counted() -> None:
    assert clock_times(lexicon(), "raat ek") == ("01:00",)
