"""The wish to be reminded of a test at a time of the day, told without a question."""

from dataclasses import replace

import pytest

from app.conversation.turn import Situation
from app.glucose.checks.check import ChecksEnded, ChecksWanted
from tests.conversation.world import PATIENT, after, said, situation, taken, with_message


@pytest.mark.parametrize(
    ("told", "times"),
    [
        ("remind me to test sugar at 7", ("07:00",)),
        ("Remind me to check my sugar at 7 pm", ("19:00",)),
        ("remind me to test my sugar at 7 am and 7 pm", ("07:00", "19:00")),
        ("sugar test reminder 9 pm", ("21:00",)),
        ("subah 7 baje sugar check karne ki yaad dilana", ("07:00",)),
        ("सुबह 7 बजे शुगर जाँचने की याद दिलाना", ("07:00",)),
        ("காலை 7 மணிக்கு சுகர் டெஸ்ட் செய்ய நினைவூட்டுங்கள்", ("07:00",)),
        ("ఉదయం 7 గంటలకు షుగర్ టెస్ట్ చేసుకోమని గుర్తు చేయండి", ("07:00",)),
        ("সকাল 7টায় সুগার মাপার কথা মনে করাবেন", ("07:00",)),
        ("सकाळी 7 वाजता शुगर तपासायची आठवण करा", ("07:00",)),
        ("સવારે 7 વાગ્યે સુગર માપવાનું યાદ કરાવજો", ("07:00",)),
    ],
)
def test_a_wish_is_heard_in_every_language(told: str, times: tuple[str, ...]) -> None:
    turn = taken(with_message(situation(PATIENT), told))
    assert turn.events == (ChecksWanted(times),)
    assert ", ".join(times) in said(turn, "en")


@pytest.mark.parametrize(
    "told",
    [
        "remind me to test sugar in 2 hours",
        "remind me to test sugar tomorrow at 7",
        "remind me to test sugar",
        "sugar test 7 am 120",
        "meri maa ko subah 7 baje sugar check karne ki yaad dilana",
    ],
)
def test_anything_else_is_no_such_wish(told: str) -> None:
    turn = taken(with_message(situation(PATIENT), told))
    assert not any(isinstance(event, ChecksWanted) for event in turn.events)


def test_a_further_time_is_added_to_those_there_are() -> None:
    now = replace(situation(PATIENT), checks=("07:00",))
    turn = taken(with_message(now, "remind me to test sugar at 9 pm"))
    assert turn.events == (ChecksWanted(("07:00", "21:00")),)


def test_the_settings_ask_for_times_and_change_and_end_them() -> None:
    now, asked = in_settings(situation(PATIENT))
    assert "At what times shall I remind you" in asked
    turn = taken(with_message(now, "7 am and 9 pm"))
    assert turn.events == (ChecksWanted(("07:00", "21:00")),)
    assert "every day at 07:00, 21:00" in said(turn, "en")
    now, asked = in_settings(after(now, turn))
    assert "every day at 07:00, 21:00. What do you want" in asked
    assert taken(with_message(now, "2")).events == (ChecksEnded(),)


def in_settings(now: Situation) -> tuple[Situation, str]:
    """Go to the tests in the settings; give where one stands then, and what is asked there."""
    settings = with_message(now, "settings")
    chosen = with_message(after(settings, taken(settings)), "8")
    turn = taken(chosen)
    return after(chosen, turn), said(turn, "en")
