"""How the steps of a flow hang together: what is refused."""

import pytest

from app.conversation.flow import Flows
from app.conversation.flow_check import faults_of
from app.conversation.grammar import read_flow

DEFAULTS = {"media": "No photos.", "silence": "24 hours"}
OTHER = 'version = 1\ngiven = { name = "text" }\n\n[[steps]]\nid = "x"\nend = "{name}"\n'


def step(step_id: str, body: str) -> str:
    return f'\n[[steps]]\nid = "{step_id}"\n{body}\n'


def ask(step_id: str, slot: str, extra: str = "") -> str:
    return step(
        step_id, f'ask = "What?"\ntype = "name"\nslot = "{slot}"\ninvalid = "No."\n{extra}'.rstrip()
    )


def faults(*steps: str, other: str = OTHER) -> list[tuple[int, str]]:
    flow = read_flow("f", "bot_flows/f.toml", "version = 1\n" + "".join(steps), DEFAULTS)
    callee = read_flow("other", "bot_flows/other.toml", other, DEFAULTS)
    return list(faults_of(flow, Flows({"f": flow, "other": callee})))


def test_a_sound_flow_has_no_faults() -> None:
    assert not faults(ask("a", "name"), step("b", 'call = "other"'), step("c", 'end = "{name}"'))


END = step("b", 'end = ""')
CASES = [
    ((step("a", 'say = "x"\nnext = "z"'), END), 3, "`a` leads to `z`, which is no step"),
    ((ask("a", "s"), step("c", 'branch = "s"\ncases = { k = "z" }'), END), 10, "leads to `z`"),
    ((step("a", 'say = "x"\nnext = "c"'), END, step("c", 'end = ""')), 8, "leads to `b`"),
    ((step("a", 'say = "x"\nnext = "a"'),), 3, "`a` comes back to itself without waiting"),
    ((step("a", 'say = "x"'), step("c", 'say = "y"\nnext = "a"')), 3, "without waiting"),
    ((step("a", 'end = "{name}"'),), 3, "`a` uses `name` before it is set"),
    ((step("a", 'do = "give_name"'), END), 3, "`a` uses `name` before it is set"),
    ((step("a", 'branch = "s"\ncases = { x = "b" }'), END), 3, "`a` uses `s` before it is set"),
    ((step("a", 'call = "nowhere"'), END), 3, "calls `nowhere`, which is no flow"),
    ((step("a", 'call = "other"'), END), 3, "`a` uses `name` before it is set"),
]


@pytest.mark.parametrize(("steps", "line", "what"), CASES)
def test_a_fault_names_its_line(steps: tuple[str, ...], line: int, what: str) -> None:
    found = faults(*steps)
    assert any(at == line and what in fault for at, fault in found), found


def test_a_slot_set_on_one_way_only_is_not_set() -> None:
    found = faults(
        ask("a", "one"),
        step("b", 'branch = "one"\ncases = { x = "d" }'),
        ask("c", "two"),
        step("d", 'end = "{two}"'),
    )
    assert [fault for _, fault in found] == ["`d` uses `two` before it is set"]


def test_a_loop_with_a_question_in_it_is_fine() -> None:
    assert not faults(
        ask("a", "one"),
        step("b", 'branch = "one"\ncases = { x = "c" }\nnext = "a"'),
        step("c", 'end = ""'),
    )


def test_flows_that_call_each_other_for_ever_are_refused() -> None:
    other = 'version = 1\n\n[[steps]]\nid = "x"\ncall = "f"\n\n[[steps]]\nid = "y"\nend = ""\n'
    found = faults(step("a", 'call = "other"'), step("b", 'end = ""'), other=other)
    assert found == [(3, "`a` calls `other`, which comes back to `f`")]
