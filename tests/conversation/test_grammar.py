"""A flow's file: what it becomes, and what is refused with file and line."""

from datetime import timedelta

import pytest

from app.conversation.flow import Flow
from app.conversation.grammar import read_flow
from app.conversation.interrupts import read_interrupts
from app.conversation.step import Ask, Branch, Choose, Do, End, Say, SlotType
from app.errors import FlowError
from app.parsing.meanings import Command

DEFAULTS = {"media": "No photos.", "silence": "24 hours"}

WHOLE = """\
version = 3
given = { kind = "text" }

[[steps]]
id = "hello"
say = "Hello."

[[steps]]
id = "name"
ask = "Your name?"
type = "name"
slot = "name"
invalid = "Only the name."
silence = "90 minutes"
skippable = true

[[steps]]
id = "sure"
choose = "Sure, {name}?"
again = "Sure?"
options = [
  { id = "yes", label = "Yes", command = "yes" },
  { id = "no", label = "No", next = "name" },
]
slot = "sure"
invalid = "1 or 2."
media = "Not here."
final = true

[[steps]]
id = "keep"
do = "give_name"

[[steps]]
id = "which"
branch = "kind"
cases = { a = "name" }

[[steps]]
id = "bye"
end = "Bye."
"""


def read(source: str) -> Flow:
    return read_flow("greet", "bot_flows/greet.toml", source, DEFAULTS)


def test_a_flow_is_read_as_written() -> None:
    flow = read(WHOLE)
    assert (flow.name, flow.version, flow.given) == ("greet", 3, {"kind": SlotType.TEXT})
    assert list(flow.steps) == ["hello", "name", "sure", "keep", "which", "bye"]
    assert isinstance(flow.steps["hello"], Say)
    assert isinstance(flow.steps["keep"], Do)
    assert isinstance(flow.steps["which"], Branch)
    assert flow.steps["bye"] == End(id="bye", line=39, next=None, sentence="Bye.")


def test_steps_follow_one_another_unless_said_otherwise() -> None:
    flow = read(WHOLE)
    assert [step.next for step in flow.steps.values()] == [
        "name", "sure", "keep", "which", "bye", None,
    ]  # fmt: skip


def test_a_wait_says_what_happens_on_media_and_on_silence() -> None:
    name, sure = read(WHOLE).steps["name"], read(WHOLE).steps["sure"]
    assert isinstance(name, Ask)
    assert isinstance(sure, Choose)
    assert (name.wait.media, name.wait.silence) == ("No photos.", timedelta(minutes=90))
    assert (sure.wait.media, sure.wait.silence) == ("Not here.", timedelta(hours=24))
    assert sure.wait.is_final
    assert sure.options[0].command is Command.YES
    assert sure.options[1].next == "name"


def changed(old: str, new: str) -> str:
    assert old in WHOLE
    return WHOLE.replace(old, new, 1)


ROWS = WHOLE[WHOLE.index("options = [") : WHOLE.index("\n]\n") + 2]
REFUSED = [
    (changed("version = 3", "version = 'x'"), 1, "`version` must be given, as int"),
    (changed("version = 3", "version = 3\ncolour = 1"), 2, "unknown key `colour`"),
    (changed('"text"', '"date"'), 2, "slot `kind` is of no known type: 'date'"),
    (changed('say = "Hello."', 'say = "Hello."\nvoice = 1'), 7, "unknown key `voice`"),
    (changed('say = "Hello."', "say = 5"), 6, "`say` must be given, as str"),
    (changed('say = "Hello."', ""), 5, "a step is one of: say, ask, choose, do, branch, call, end"),
    (changed('say = "Hello."', 'say = "a"\nend = "b"'), 5, "a step is one of"),
    (changed('type = "name"', 'type = "age"'), 11, "`type` is 'age', not one of"),
    (changed('invalid = "Only the name."\n', ""), 8, "`invalid` must be given, as str"),
    (changed("90 minutes", "a while"), 14, "`silence` is 'a while', not like '24 hours'"),
    (changed("skippable = true", "skippable = 1"), 15, "`skippable` must be given, as bool"),
    (changed('command = "yes"', 'command = "aye"'), 21, "`options` is 'aye', not one of"),
    (changed('label = "Yes", ', ""), 21, "a row is like"),
    (changed(ROWS, "options = []"), 21, "`options` must be given, as list"),
    (changed('do = "give_name"', 'do = "sing"'), 32, "`do` is 'sing', not one of"),
    (changed('id = "sure"', 'id = "name"'), 17, "a second step `name`"),
    (changed('id = "bye"\n', ""), 39, "`id` must be given, as str"),
    (changed("[[steps]]", "[[step]]"), 1, "unknown key `step`"),
    (changed('"Hello."', '"Hello.'), 6, "Illegal character"),
    ("version = 1\n", 1, "no [[steps]]"),
]


@pytest.mark.parametrize(("source", "line", "what"), REFUSED)
def test_what_is_not_fit_is_refused_with_file_and_line(source: str, line: int, what: str) -> None:
    with pytest.raises(FlowError) as refused:
        read(source)
    said = str(refused.value)
    assert what in said
    place = said.partition(": ")[0]
    assert place == f"bot_flows/greet.toml:{line}", said


def test_a_wait_without_defaults_must_say_everything() -> None:
    with pytest.raises(FlowError, match=r"greet\.toml:8: `media` is said neither here nor in"):
        read_flow("greet", "bot_flows/greet.toml", WHOLE, {})


GLOBAL = """\
[waits]
media = "No photos."
silence = "1 hours"

[[interrupts]]
id = "stop"
commands = ["stop"]
always = true
say = "Stopped."

[[interrupts]]
id = "menu"
commands = ["menu", "settings"]
enter = "menu"
"""


def test_interrupts_keep_their_order() -> None:
    interrupts, defaults = read_interrupts("bot_flows/_global.toml", GLOBAL)
    assert [(row.id, row.line, row.always) for row in interrupts] == [
        ("stop", 5, True),
        ("menu", 11, False),
    ]
    assert interrupts[1].commands == (Command.MENU, Command.SETTINGS)
    assert defaults == {"media": "No photos.", "silence": "1 hours"}


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ('enter = "menu"', 'goto = "menu"', 14, "unknown key `goto`"),
        ('"settings"', '"sing"', 13, "`commands` is 'sing'"),
        ("[waits]", "[wait]", 1, "unknown key `wait`"),
    ],
)
def test_interrupts_are_refused_with_their_line(old: str, new: str, line: int, what: str) -> None:
    with pytest.raises(FlowError) as refused:
        read_interrupts("bot_flows/_global.toml", GLOBAL.replace(old, new))
    assert f"bot_flows/_global.toml:{line}: {what}" in str(refused.value)
