"""Templates filled in as WhatsApp takes them."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from app.channels.base import TemplateCall
from app.delivery.filling import LONGEST_OF, call, lines_of, longest_of
from app.delivery.templates import Template, read_templates
from app.text import Text, text
from tests.delivery.test_templates import READ, SID, written

ALERT = (text("{name} has a low sugar."), text("It is {value}.", value=48, name="Another"))
DIGEST = {("DIGEST", language): Template(SID, ("lines",)) for language in ("en", "hi")}


def test_parameters_stand_in_their_places_on_one_line_and_the_first_text_goes_first() -> None:
    told = (text("{name} has a low sugar.", name="Asha\nDevi    Rao\t"), ALERT[1])
    filled = call(READ, "EMERGENCY_ALERT", "en", told)
    assert filled == TemplateCall(SID, ("Asha Devi Rao", "48"))


def test_a_language_without_a_template_is_told_in_english() -> None:
    told = (text("{name}: {value}", name="आशा", value=48),)
    assert call(READ, "EMERGENCY_ALERT", "hi", told) == TemplateCall(SID, ("आशा", "48"))


def test_a_purpose_without_a_template_and_a_place_without_words_give_none() -> None:
    assert call(READ, "MEDICATION_REMINDER", "en", ALERT) is None
    assert call(READ, "EMERGENCY_ALERT", "en", (text("{name}", name="Asha"),)) is None
    assert call(READ, "EMERGENCY_ALERT", "en", (text("{name}", name=" \n", value=48),)) is None


def test_a_text_inside_a_text_is_said_in_the_language_of_the_template() -> None:
    read = {("EMERGENCY_ALERT", "en"): Template(SID, ("who",))}
    inside = text("{name}!", name="Asha")
    assert call(read, "EMERGENCY_ALERT", "en", (text("{who}", who=inside),)) == TemplateCall(
        SID, ("Asha!",)
    )


def test_buttons_bring_the_row_back_and_stand_only_under_what_is_said_whole(
    tmp_path: Path,
) -> None:
    path = written(
        tmp_path,
        f'[MEDICATION_REMINDER.en]\nsid = "{SID}"\nvariables = ["medicines", "row"]\n'
        "buttons = true\n",
    )
    read, row = read_templates(path), UUID(int=7)
    reminder = text("Time for {medicines}.", medicines="metformin")
    whole = call(read, "MEDICATION_REMINDER", "en", (reminder,), row)
    assert whole == TemplateCall(SID, ("metformin", row.hex), has_buttons=True)
    more = call(read, "MEDICATION_REMINDER", "en", (reminder, text("Test first.")), row)
    assert more == TemplateCall(SID, ("metformin", row.hex))
    assert call(read, "MEDICATION_REMINDER", "en", (reminder,)) is None


def test_lines_are_every_text_but_the_first_on_one_line_each() -> None:
    told = (text("Yesterday:"), text("{name}:\nall  well", name="Asha"), text("{n} pills", n=2))
    assert call(DIGEST, "DIGEST", "en", told) == TemplateCall(SID, ("Asha: all well • 2 pills",))


def test_lines_that_find_no_room_are_counted_in_the_persons_language() -> None:
    told = (text("Yesterday:"), *(text("{line}", line=letter * 300) for letter in "abcd"))
    kept = f"{'a' * 300} • {'b' * 300} • "
    assert call(DIGEST, "DIGEST", "en", told) == TemplateCall(SID, (f"{kept}and 2 more",))
    assert call(DIGEST, "DIGEST", "hi", told) == TemplateCall(SID, (f"{kept}साथ में 2 और",))
    longest = LONGEST_OF["lines"]
    one = call(DIGEST, "DIGEST", "en", (told[0], text("{line}", line="a" * 900)))
    assert one == TemplateCall(SID, (f"{'a' * (longest - 1)}…",))


def test_a_digest_of_nobody_is_no_template() -> None:
    assert call(DIGEST, "DIGEST", "en", (text("Yesterday:"),)) is None


def test_no_parameter_is_longer_than_its_place() -> None:
    told = (text("{name} has a low sugar: {value}.", name="n" * 300, value="v" * 300),)
    filled = call(READ, "EMERGENCY_ALERT", "en", told)
    assert filled is not None
    assert [len(each) for each in filled.variables] == [longest_of("name"), longest_of("value")]


def test_a_text_that_has_a_short_form_is_said_by_it() -> None:
    short = text("Low: {values}.", values="1×")
    whole = Text("{told}", (("short", short), ("told", "Low: 62 mg/dL")))
    lines = lines_of([whole, text("Nothing heard yet.")], "en", 700)
    assert lines == "Low: 1×. • Nothing heard yet."
