"""What holds whatever people write, wherever they stand."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.conversation.course import MAX_STEPS, MAX_SUSPENDED, Course
from app.conversation.load import flows
from app.conversation.offered import offered
from app.conversation.step import Ask, Choose, SlotType
from app.conversation.steps import enter, onward, run
from app.conversation.turn import Place, SlotValue
from app.i18n import render
from tests.conversation.waits import SLOTS, WAITS, standing
from tests.conversation.world import after, situation, taken, with_message

TOLD: dict[SlotType, SlotValue] = {
    SlotType.YEAR: 2015,
    SlotType.HBA1C: 7.2,
    SlotType.CLOCK_SPAN: "22:00–06:00",
}
SAID = st.one_of(
    st.text(max_size=40),
    st.integers(-5, 2500).map(str),
    st.floats(0, 40).map(lambda value: f"{value:.1f}"),
    st.sampled_from(
        ["yes", "नहीं", "menu", "language", "help", "cancel", "back", "stop", "undo", "later",
         "fasting 126", "sugar 5.6", "sugar 48", "HI", "took metformin", "papa ki sugar 212",
         "2 roti dal", "lunch", "metformin", "did i take it?", "stop metformin", "my medicines",
         "khane ke baad 212, metformin le li", "chest pain", "galat tha, 118 tha", ""]
    ),
)  # fmt: skip


@pytest.mark.parametrize(("flow", "step"), WAITS)
@given(said=st.lists(SAID, min_size=1, max_size=6))
def test_no_conversation_raises_falls_silent_or_piles_up(
    flow: str, step: str, said: list[str]
) -> None:
    now = standing(flow, step)
    for body in said:
        sent = with_message(now, body)
        turn = taken(sent)
        assert turn.replies, body
        assert all(
            render(reply, language).strip() for reply in turn.replies for language in ("en", "hi")
        )
        assert len(turn.node.suspended) <= MAX_SUSPENDED
        assert (turn.node.place is None) == (turn.node.wait_token is None)
        now = after(sent, turn)


@pytest.mark.parametrize("flow", list(flows().flows))
@given(data=st.data())
def test_every_flow_ends_whatever_rows_are_chosen(flow: str, data: st.DataObject) -> None:
    now = situation()
    course = run(enter(Course(), flows(), flow, dict(SLOTS)), flows(), now)
    for _ in range(20):
        if course.place is None:
            return
        step = flows().step(course.place.flow, course.place.step)
        assert isinstance(step, Ask | Choose)
        course = answered(course, step, data)
        assert course.steps <= MAX_STEPS
    pytest.fail("20 answers did not end it")


def answered(course: Course, step: Ask | Choose, data: st.DataObject) -> Course:
    place = course.place
    assert place is not None
    step = offered(step, place)
    value: SlotValue = TOLD.get(step.type, "Asha") if isinstance(step, Ask) else None
    leads = step.next
    if isinstance(step, Choose):
        row = data.draw(st.sampled_from(step.options))
        leads, value = row.next or step.next, row.id
    there = replace(
        course, place=replace(place, slots={**place.slots, step.wait.slot: value}), steps=0
    )
    return run(onward(there, leads, flows()), flows(), situation())


def test_a_turn_runs_at_most_50_steps() -> None:
    course = replace(Course(), place=Place("help", 1, "examples"), steps=MAX_STEPS)
    assert run(course, flows(), situation()).place is None
