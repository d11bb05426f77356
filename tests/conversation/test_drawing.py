"""Flows as pictures: every step in a box with its words, every way to where it leads."""

from __future__ import annotations

from xml.etree.ElementTree import Element, fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.conversation.drawing import draw
from app.conversation.drawing.boxes import WIDTH
from app.conversation.drawing.measure import ems, wrapped
from app.conversation.flow import Flow
from app.conversation.grammar import read_flow
from app.conversation.load import flows
from app.i18n import languages, render
from app.text import Text

SVG = "{http://www.w3.org/2000/svg}"
WAITS = {"media": "No photos.", "silence": "24 hours"}
FLOW = """
version = 1
given = { number = "text" }

[[steps]]
id = "what"
choose = "What is {number}?"
again = "What?"
options = [
  { id = "a", label = "First <&", command = "yes" },
  { id = "b", label = "Second", next = "aside" },
  { id = "c", label = "Third", next = "last" },
]
slot = "meant"
invalid = "Please answer 1 to 3."
silence = "30 minutes"
gives_way = true
final = true

[[steps]]
id = "words"
ask = "Your name?"
type = "name"
slot = "name"
skippable = true
if_unknown = true
invalid = "Only your name."

[[steps]]
id = "act"
do = "give_consent"
with = { version = "2026-11" }
next = "way"

[[steps]]
id = "aside"
say = "Hello."
next = "last"

[[steps]]
id = "way"
branch = "meant"
cases = { b = "other" }

[[steps]]
id = "last"
end = "Over."

[[steps]]
id = "other"
call = "another"
"""


def as_is(sentence: str) -> str:
    return sentence


def flow(source: str = FLOW) -> Flow:
    return read_flow("example", "bot_flows/example.toml", source, WAITS)


def parsed(picture: str) -> Element:
    return fromstring(picture)  # noqa: S314 - our own


def told(picture: str) -> list[str]:
    """List the words of a picture, line by line."""
    return [words.text or "" for words in parsed(picture).iter(f"{SVG}text")]


def boxes(picture: str) -> list[Element]:
    wide = parsed(picture).iter(f"{SVG}rect")
    return [box for box in wide if box.get("width") == str(WIDTH)]


def test_every_step_is_a_box_with_its_words_and_what_its_wait_does() -> None:
    words = told(draw(flow(), as_is))
    assert len(boxes(draw(flow(), as_is))) == 7
    assert {
        "1 what · asks for one of these",
        "What is {number}?",
        "First <& (or: YES)",
        "Kept as {meant}",
        "Asked once more: “What?”",
        "Not understood: “Please answer 1 to 3.”",
        "Silence: left after 30 min",
        "Dropped when anything else is told",
        "Once answered, BACK does not come here",
        "2 words · asks for name",
        "Passed over where it is known already",
        "May be left out",
        "Silence: left after 24 h",
        "3 act · does: give consent",
        "version: 2026-11",
        "4 aside · says",
        "5 way · goes on by {meant}",
        "anything else",
        "6 last · says, and is over",
        "7 other · goes through “another”, then on",
        "Begins with: {number}",
        "Photo or voice note: “No photos.”",
    } <= set(words)


def test_each_way_is_a_line_or_names_the_number_of_its_step() -> None:
    words = told(draw(flow(), as_is))
    assert words.count("→ 4 aside") == 1
    assert words.count("→ 6 last") == 2  # of the third row, and of the step aside
    assert words.count("→ 7 other") == 1
    lines = list(parsed(draw(flow(), as_is)).iter(f"{SVG}path"))
    assert len(lines) == 1 + 6 + 1  # the arrow's head, a line to each box but the first, one to 6


def test_a_row_that_is_too_broad_has_its_command_below_and_then_loses_its_targets_name() -> None:
    long_id = "a_step_with_quite_a_long_name_indeed"
    broad = FLOW.replace("aside", long_id).replace(
        'label = "First <&"', 'label = "WWWWWWWWWWWWWWWWWWWW"'
    )
    words = told(draw(flow(broad.replace('command = "yes"', 'command = "medicines"')), as_is))
    assert "is also: MEDICINES" in " ".join(words)
    assert words[words.index("Second") + 1] == "→ 4"


def test_a_command_that_is_the_label_itself_is_not_said_twice() -> None:
    assert "Yes" in told(draw(flow(FLOW.replace("First <&", "Yes")), as_is))


def test_a_step_that_only_a_loop_leads_to_is_drawn_all_the_same() -> None:
    source = """
version = 1
[[steps]]
id = "first"
choose = "Which?"
options = [{ id = "on", label = "On", next = "third" }, { id = "off", label = "Off", next = "end" }]
slot = "which"
invalid = "1 or 2."
[[steps]]
id = "end"
end = ""
[[steps]]
id = "third"
choose = "Which now?"
options = [{ id = "back", label = "Back", next = "second" }]
slot = "now"
invalid = "1."
next = "end"
[[steps]]
id = "second"
say = "Again."
next = "third"
"""
    picture = draw(flow(source), as_is)
    assert len(boxes(picture)) == 4
    assert "2 end · is over" in told(picture)


def test_the_same_flow_comes_to_the_same_picture() -> None:
    assert draw(flow(), as_is) == draw(flow(), as_is)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("name", flows().flows)
def test_no_two_boxes_of_a_flow_overlap_and_all_stand_on_the_sheet(
    name: str, language: str
) -> None:
    picture = draw(flows().flows[name], lambda sentence: render(Text(sentence), language))
    sheet = parsed(picture)
    areas = [_area(box) for box in boxes(picture)]
    for number, (left, top, right, bottom) in enumerate(areas):
        assert 0 < left < right < int(sheet.attrib["width"])
        assert 0 < top < bottom < int(sheet.attrib["height"])
        for other in areas[:number]:
            assert right <= other[0] or other[2] <= left or bottom <= other[1] or other[3] <= top


def _area(box: Element) -> tuple[int, int, int, int]:
    left, top, width, height = (int(box.attrib[name]) for name in ("x", "y", "width", "height"))
    return left, top, left + width, top + height


@given(st.text(alphabet=st.sampled_from("abcWil. 1कखिাதிతగુ👍\n"), max_size=120))
def test_breaking_lines_loses_no_word_and_keeps_to_the_width(words: str) -> None:
    lines = wrapped(words, 150, 15)
    assert " ".join(lines).split() == words.split()
    assert all(ems(line) <= 10 or " " not in line for line in lines)


def test_letters_of_indian_scripts_are_taken_for_broader_than_english_ones() -> None:
    assert ems("") == ems("\u094d") == 0  # a mark stands above or below its letter
    assert all(ems(letter) > ems("a") for letter in ("क", "কি", "கி", "గ", "ગ", "👍"))
