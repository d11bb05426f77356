"""What is handed to Babel."""

from io import BytesIO

from app.conversation.extract import extract_flow, extract_python

FLOW = b"""\
version = 1

[[steps]]
id = "a"
choose = "Sure?"
options = [{ id = "yes", label = "Yes" }]
slot = "s"
invalid = "1 only."

[[steps]]
id = "b"
do = "give_name"
"""
GLOBAL = b"""\
[waits]
media = "No photos."

[[interrupts]]
id = "stop"
commands = ["stop"]
say = "Stopped."
"""


def said(source: bytes) -> list[tuple[int, str]]:
    return [(line, msgid) for line, _, msgid, _ in extract_flow(BytesIO(source), (), (), {})]


def test_every_sentence_of_a_flow_is_found_with_its_line() -> None:
    assert said(FLOW) == [(5, "Sure?"), (8, "1 only."), (6, "Yes")]


def test_interrupts_and_what_waits_say_by_default_are_found() -> None:
    assert said(GLOBAL) == [(1, "No photos."), (7, "Stopped.")]


def test_rows_that_are_listed_elsewhere_are_no_sentences() -> None:
    assert said(FLOW.replace(b'[{ id = "yes", label = "Yes" }]', b'"languages"')) == [
        (5, "Sure?"),
        (8, "1 only."),
    ]


def python(source: bytes) -> list[object]:
    found = extract_python(BytesIO(source), {"text": None}, (), {})
    return [one[2][0] for one in found]


def test_texts_of_the_code_are_found() -> None:
    assert python(b'from app.text import text\nHELLO = text("Hello {name}", name=1)\n') == [
        "Hello {name}"
    ]


def test_sql_is_no_sentence() -> None:
    assert python(b'from sqlalchemy import text\nQ = text("SELECT 1")\n') == []
