"""One turn: what comes first, what moves, and what must not."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.conversation.engine import take_turn
from app.conversation.load import flows
from app.conversation.turn import Node, Place, Situation, Turn
from app.emergency.event import EmergencyContinued, Level
from app.messaging.message import Source
from app.parsing.load import lexicon
from app.parsing.meanings import (
    Asked,
    Command,
    Display,
    Dose,
    DoseStatus,
    Glucose,
    GlucoseDisplay,
    GlucoseState,
    Meal,
    Parsed,
    Symptoms,
)
from app.parsing.units import Unit
from app.people.person import Role
from tests.conversation.world import (
    NEWCOMER,
    PATIENT,
    after,
    said,
    situation,
    taken,
    with_message,
)

FASTING = GlucoseState.MORNING_FASTING


def meaning(*meanings: object, subject: str | None = None) -> Parsed:
    return Parsed("en", "Latn", subject, meanings=meanings)  # type: ignore[arg-type]  # any of them


def at(flow: str, step: str, minutes: float = 60, **slots: str) -> Situation:
    now = situation()
    until = now.now + timedelta(minutes=minutes)
    return replace(now, node=Node(stood_at(flow, step, **slots), (), "a" * 32, until))


def stood_at(flow: str, step: str, **slots: str) -> Place:
    return Place(flow, flows().flows[flow].version, step, slots)


def sent(now: Situation, body: str, parsed: Parsed | None = None, **fields: object) -> Turn:
    return taken(with_message(now, body, **fields), parsed)


def events(turn: Turn) -> list[str]:
    return [type(event).__name__ for event in turn.events]


def stands(turn: Turn) -> str:
    place = turn.node.place
    return f"{place.flow}.{place.step}" if place else ""


def test_the_same_situation_comes_to_the_same_turn() -> None:
    now = with_message(situation(), "sugar 180 after lunch, took metformin")
    assert taken(now) == taken(now)


def test_a_language_that_is_not_offered_is_said_to_be_so() -> None:
    both = replace(flows(), languages={"en": "English", "hi": "हिन्दी"})
    now = with_message(situation(), "tamil")
    turn = take_turn(now, meaning(Asked(Command.LANGUAGE, "ta")), lexicon(), both)
    assert "I cannot write that language yet." in said(turn, "en")
    assert events(turn) == []


def test_every_prompt_has_a_new_token_and_an_end() -> None:
    first = sent(situation(), "menu")
    second = sent(after(with_message(situation(), "menu"), first), "language")
    assert first.node.wait_token != second.node.wait_token
    assert first.node.waits_until == situation().now + timedelta(hours=1)


def test_what_waits_silently_keeps_its_token() -> None:
    now = at("menu", "what")
    turn = sent(now, "48")
    assert turn.is_emergency
    assert (turn.node.wait_token, turn.node.waits_until) == ("a" * 32, now.node.waits_until)


def test_danger_is_said_before_anything_else() -> None:
    parsed = meaning(
        Glucose(48.0), Dose("metformin", DoseStatus.TAKEN), Asked(Command.LANGUAGE, "hi")
    )
    turn = sent(situation(), "…", parsed)
    assert turn.replies[0].msgid == "This is dangerously low sugar. Act now."
    assert events(turn) == ["EmergencyOpened", "ReadingLogged", "DoseLogged", "LanguageChosen"]


def test_a_number_answers_the_choice_that_waits() -> None:
    turn = sent(at("menu", "what"), "3")
    assert stands(turn) == "language.which"
    assert not turn.events


@pytest.mark.parametrize(("body", "value"), [("48", 48.0), ("260", 260.0), ("112", 112.0)])
def test_a_number_that_is_no_row_is_a_reading(body: str, value: float) -> None:
    turn = sent(at("onboarding", "type"), body)
    logged = [event for event in turn.events if type(event).__name__ == "ReadingLogged"]
    assert [event.value_mg_dl for event in logged] == [value]  # type: ignore[union-attr]  # as filtered


@pytest.mark.parametrize("body", ["7", "9", "10", "0", "१०"])
def test_a_small_number_that_is_no_row_is_a_wrong_answer(body: str) -> None:
    turn = sent(at("onboarding", "type"), body)
    assert not turn.events
    assert "answer with 1, 2 or 3" in said(turn, "en")


def test_two_to_a_choice_is_never_2_mmol_per_l() -> None:
    now = at("menu", "what")
    mmol = replace(now, person=replace(PATIENT, unit=Unit.MMOL_L))
    assert not sent(mmol, "2").is_emergency
    assert sent(mmol, "3.0").is_emergency


def test_an_answer_too_late_for_its_question_is_no_reading() -> None:
    now = at("menu", "what", minutes=-1)
    mmol = replace(now, person=replace(PATIENT, unit=Unit.MMOL_L))
    turn = sent(mmol, "2")
    assert not turn.events
    assert "answers an earlier question" in said(turn, "en")
    assert turn.node.place is None


def test_what_has_run_out_waits_no_more() -> None:
    assert stands(sent(at("menu", "what", minutes=-1), "fasting 118")) == ""


def test_a_changed_flow_is_left_at_its_next_wait() -> None:
    now = at("menu", "what")
    old = replace(now, node=replace(now.node, place=Place("menu", 0, "what")))
    gone = replace(now, node=replace(now.node, place=Place("gone", 1, "x")))
    moved = replace(now, node=replace(now.node, place=Place("menu", 1, "renamed")))
    for stale in (old, gone, moved):
        turn = sent(stale, "2")
        assert (stands(turn), turn.events) == ("", ())
        assert turn.replies
        assert events(sent(stale, "fasting 118")) == ["ReadingLogged"]


def test_a_button_of_an_earlier_question_does_nothing() -> None:
    turn = sent(at("menu", "what"), "Help", button_payload=f"{'b' * 32}:help")
    assert stands(turn) == "menu.what"
    assert "answers an earlier question" in said(turn, "en")


def test_a_button_of_the_question_answers_it() -> None:
    turn = sent(at("menu", "what"), "Something else", button_payload=f"{'a' * 32}:dose")
    assert "Just tell me what you took" in said(turn, "en")


def test_stop_is_obeyed_before_any_answer() -> None:
    turn = sent(at("onboarding", "name"), "stop")
    assert events(turn) == ["MessagesStopped"]
    assert stands(turn) == "onboarding.name"


def test_a_log_leaves_the_question_waiting_and_repeats_it_short() -> None:
    turn = sent(at("onboarding", "name"), "fasting 118")
    assert events(turn) == ["ReadingLogged"]
    assert stands(turn) == "onboarding.name"
    assert said(turn, "en").endswith("\nWhat is your name?")


def test_a_third_answer_of_no_use_brings_help_and_leaves_the_question() -> None:
    now = at("onboarding", "type")
    for misses in (1, 2):
        turn = sent(now, "blue")
        assert turn.node.place is not None
        assert turn.node.place.invalid_answers == misses
        now = after(now, turn)
    turn = sent(now, "blue")
    assert "You can write to me in your own words" in said(turn, "en")
    assert stands(turn) == ""


def test_before_consent_there_is_no_way_round_the_question() -> None:
    now = replace(at("onboarding", "agree", language="en"), person=NEWCOMER)
    turns = [sent(now, "blue")]
    for _ in range(3):
        now = after(now, turns[-1])
        turns.append(sent(now, "blue"))
    assert {stands(turn) for turn in turns} == {"onboarding.agree"}


def test_back_asks_the_question_before_once_more() -> None:
    now = at("onboarding", "unit", language="en", agreed="yes", name="Asha", type="type_2")
    turn = sent(now, "back")
    assert stands(turn) == "onboarding.type"
    assert "type" not in (turn.node.place or Place("", 0, "")).slots


def test_back_does_not_pass_what_is_final() -> None:
    turn = sent(at("onboarding", "name", language="en", agreed="yes"), "back")
    assert stands(turn) == "onboarding.name"
    assert "no question before" in said(turn, "en")


def test_back_without_a_question_says_so() -> None:
    assert "no question before" in said(sent(situation(), "back"), "en")


def test_cancel_goes_back_to_what_was_set_aside() -> None:
    now = at("onboarding", "name")
    menu = sent(now, "menu")
    turn = sent(after(now, menu), "cancel")
    assert stands(turn) == "onboarding.name"
    assert said(turn, "en") == "All right, we leave that.\nWhat is your name?"


def test_at_most_three_flows_are_set_aside_and_each_only_once() -> None:
    now = at("onboarding", "name")
    for body in ("menu", "language", "menu", "sugar 5.6", "language", "menu"):
        now = after(now, sent(now, body))
        waiting = [place.flow for place in now.node.suspended]
        assert len(waiting) <= 3
        assert len(set(waiting)) == len(waiting)


def test_a_flow_set_aside_that_changed_meanwhile_is_not_gone_back_to() -> None:
    now = at("menu", "what")
    aside = (
        stood_at("onboarding", "name"),
        Place("reading_state", 0, "when"),
    )
    turn = sent(replace(now, node=replace(now.node, suspended=aside)), "cancel")
    assert stands(turn) == "onboarding.name"


def test_several_meanings_are_one_well_ordered_answer() -> None:
    parsed = meaning(
        Dose("metformin", DoseStatus.MISSED), Glucose(212.0, GlucoseState.AFTER_LUNCH), Meal(None)
    )
    words = said(sent(situation(), "…", parsed), "en").split("\n")
    assert [line.split(",")[0].split(".")[0] for line in words] == [
        "Noted: sugar 212 mg/dL",
        "Noted: metformin missed",
        "Noted: breakfast",
        "That is above the aim after a meal: under 180 mg/dL",
        "A short walk helps",
        "Never take two doses together",
    ]


def test_a_caregivers_word_about_another_is_no_reading_of_the_sender() -> None:
    turn = sent(situation(), "…", meaning(Glucose(45.0, FASTING), subject="father"))
    assert turn.is_emergency
    assert turn.events == ()


def test_danger_signs_of_a_relative_alarm_from_the_patients_phone() -> None:
    turn = sent(situation(), "…", meaning(Symptoms(("unconscious",)), subject="father"))
    assert events(turn) == ["EmergencyOpened"]


def test_before_consent_nothing_is_recorded_whatever_is_told() -> None:
    parsed = meaning(
        Glucose(48.0, FASTING), Dose("insulin", DoseStatus.TAKEN), Symptoms(("seizure",))
    )
    turn = sent(situation(NEWCOMER), "…", parsed)
    assert turn.events == ()
    assert turn.is_emergency


def test_a_doctor_without_a_patient_is_told_honestly_and_keeps_the_language() -> None:
    doctor = situation(replace(NEWCOMER, role=Role.DOCTOR))
    assert "someone else" in said(sent(doctor, "blue"), "en")
    assert events(sent(doctor, "hindi")) == ["LanguageChosen"]
    assert stands(sent(doctor, "menu")) == ""


@pytest.mark.parametrize("source", [Source.WEBHOOK, Source.SPOOL])
def test_a_late_message_is_recorded_and_moves_nothing(source: Source) -> None:
    now = at("onboarding", "name")
    minutes = 20 if source is Source.WEBHOOK else 1
    late = with_message(now, "Asha", source=source)
    late = replace(
        late,
        message=replace(late.message, received_at=now.now - timedelta(minutes=minutes)),
    )
    turn = taken(late)
    assert turn.events == ()
    assert turn.node == now.node
    assert "reached me late" in said(turn, "en")
    assert events(taken(late, meaning(Glucose(118.0, FASTING)))) == ["ReadingLogged"]
    assert events(taken(late, meaning(Asked(Command.STOP)))) == ["MessagesStopped"]
    assert events(taken(late, meaning(Asked(Command.UNDO)))) == []


def test_late_danger_is_answered_and_not_asked_for_again() -> None:
    now = with_message(situation(), "chest pain", source=Source.SPOOL)
    turn = taken(now)
    assert turn.is_emergency
    assert "send it again" not in said(turn, "en")


def test_a_late_first_message_still_begins_the_conversation() -> None:
    now = with_message(situation(NEWCOMER), "hi", source=Source.SPOOL)
    assert stands(taken(now)) == "onboarding.language"


def test_hi_is_a_display_where_a_reading_was_asked_for() -> None:
    asked = at("doubtful_reading", "again")
    turn = sent(asked, "HI")
    assert turn.is_emergency
    assert not sent(situation(), "HI").is_emergency
    shown = sent(situation(), "…", meaning(GlucoseDisplay(Display.HI)))
    assert shown.is_emergency
    assert "ReadingLogged" not in events(shown)


def test_yes_to_the_question_for_danger_signs_is_not_shrugged_off() -> None:
    now = with_message(situation(), "sugar 420")
    now = after(now, taken(now))
    answered = sent(now, "yes")
    assert "Call 112 or 108" in said(answered, "en")
    (went_on,) = answered.events
    assert isinstance(went_on, EmergencyContinued)
    assert went_on.level is Level.P3
    assert "how you feel" in said(sent(now, "blue"), "en")


def test_a_photo_without_words_is_answered_and_counts_as_no_miss() -> None:
    turn = sent(at("onboarding", "name"), "", media_count=1)
    assert "cannot read photos" in said(turn, "en")
    assert stands(turn) == "onboarding.name"
    assert turn.node.place is not None
    assert turn.node.place.invalid_answers == 0


def test_a_complaint_that_is_no_danger_is_understood() -> None:
    now = with_message(situation(), "118 after breakfast")
    turn = sent(after(now, taken(now)), "…", meaning(Symptoms(("frequent_urination",))))
    assert "I understood how you feel" in said(turn, "en")


def test_help_to_a_newcomer_leads_to_the_beginning() -> None:
    for body in ("help", "hindi"):
        assert stands(sent(situation(NEWCOMER), body)) == "onboarding.language"
    for body in ("stop", "cancel"):
        assert stands(sent(situation(NEWCOMER), body)) == ""


def test_danger_found_by_an_answer_leaves_what_was_set_aside_waiting() -> None:
    now = at("onboarding", "type")
    now = after(with_message(now, "sugar 18.5"), sent(now, "sugar 18.5"))
    turn = sent(now, "1")
    assert turn.is_emergency
    assert stands(turn) == "onboarding.type"
    assert "Which type" not in said(turn, "en")


def test_a_question_of_the_person_is_passed_to_the_doctor() -> None:
    parsed = replace(meaning(), question=True)
    assert "ask your doctor" in said(sent(situation(), "can I eat mango?", parsed), "en")


def test_the_state_told_with_the_number_once_more_answers_the_question() -> None:
    now = with_message(situation(), "142")
    now = after(now, taken(now))
    turn = sent(now, "142 after breakfast")
    assert events(turn) == ["ReadingStateTold"]
    assert stands(turn) == ""


def test_a_correction_of_the_reading_asked_about_asks_on() -> None:
    now = with_message(situation(), "142")
    turn = sent(after(now, taken(now)), "sorry 124 tha")
    assert events(turn) == ["ReadingCorrected"]
    assert "When did you measure 124 mg/dL?" in said(turn, "en")


def test_undo_of_the_reading_asked_about_ends_the_question() -> None:
    now = with_message(situation(), "142")
    turn = sent(after(now, taken(now)), "undo")
    assert events(turn) == ["ReadingTakenBack"]
    assert stands(turn) == ""


def test_undo_goes_back_to_what_was_set_aside() -> None:
    now = with_message(situation(), "142")
    now = after(now, taken(now))
    aside = (stood_at("onboarding", "type"),)
    turn = sent(replace(now, node=replace(now.node, suspended=aside)), "undo")
    assert stands(turn) == "onboarding.type"
    assert "Which type of diabetes" in said(turn, "en")


def test_a_newer_reading_takes_the_place_of_the_question_for_an_older_one() -> None:
    now = with_message(situation(), "142")
    turn = sent(after(now, taken(now)), "151")
    assert "When did you measure 151 mg/dL?" in said(turn, "en")
    assert turn.node.suspended == ()
