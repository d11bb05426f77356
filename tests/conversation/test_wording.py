"""Sentences, rows and catalogs: what does not fit."""

import pytest
from babel.messages.catalog import Catalog

from app.conversation.catalog_check import catalog_faults
from app.conversation.grammar import read_flow
from app.conversation.wording import wording_faults

SOURCE = """\
version = 1

[[steps]]
id = "a"
choose = "Sure, {name}?"
options = [{ id = "yes", label = "Yes" }]
slot = "s"
invalid = "1 only."
media = "No photos."
silence = "1 hours"

[[steps]]
id = "b"
end = "Bye."
"""
HINDI = {
    "Sure, {name}?": "पक्का, {name}?",
    "Yes": "हाँ",
    "1 only.": "सिर्फ़ 1",
    "No photos.": "फ़ोटो नहीं",
    "Bye.": "फिर मिलेंगे",
}


def faults(said: dict[str, str], source: str = SOURCE) -> list[tuple[int, str]]:
    flow = read_flow("f", "bot_flows/f.toml", source, {})
    return list(wording_faults(flow, {"en": lambda msgid: msgid, "hi": said.get}))


def test_a_flow_said_in_every_language_has_no_faults() -> None:
    assert not faults(HINDI)


@pytest.mark.parametrize(
    ("said", "line", "what"),
    [
        ({"Bye.": ""}, 12, "no hi for 'Bye.'"),
        ({"Sure, {name}?": "पक्का, {naam}?"}, 3, "other placeholders in hi"),
        ({"Yes": "ह" * 21}, 3, "over 20 characters in hi"),
        ({"1 only.": "सिर्फ़ 2"}, 3, "other numbers in hi for '1 only.'"),
        ({"1 only.": "सिर्फ़ १"}, 3, "other numbers in hi for '1 only.'"),
        ({"Bye.": "ह" * 1001}, 12, "over 1000 characters in hi"),
        ({"Sure, {name}?": "{name}" + "ह" * 990}, 3, "over 1000 characters in hi, with its rows"),
    ],
)
def test_a_sentence_that_does_not_fit_is_named(said: dict[str, str], line: int, what: str) -> None:
    found = faults({**HINDI, **said})
    assert [(at, fault[: len(what)]) for at, fault in found] == [(line, what)]


def test_more_rows_than_a_list_has_are_named() -> None:
    rows = ", ".join(f'{{ id = "r{n}", label = "Yes" }}' for n in range(11))
    source = SOURCE.replace('{ id = "yes", label = "Yes" }', rows)
    assert (3, "more than 10 rows") in faults(HINDI, source)


def catalog(**said: str) -> Catalog:
    made = Catalog(locale="hi")
    for msgid, string in said.items():
        made.add(msgid, string)
    return made


def test_a_catalog_that_holds_what_is_said_has_no_faults() -> None:
    now = catalog(Yes="", No="")
    assert not list(catalog_faults("hi", catalog(Yes="हाँ", No="नहीं"), now))


def test_a_stale_missing_or_doubtful_sentence_is_named() -> None:
    now = catalog(Yes="", No="", Help="", Menu="")
    held = catalog(Yes="हाँ", No="", Help="{x}", Old="पुराना")
    held.add("Menu", "मेनू", flags=["fuzzy"])
    assert list(catalog_faults("hi", held, now)) == [
        "hi: nobody says 'Old' any more",
        "hi: no hi for 'No'",
        "hi: other placeholders in hi for 'Help'",
        "hi: in doubt: 'Menu'",
    ]


def test_a_sentence_that_is_not_in_the_catalog_is_named() -> None:
    assert list(catalog_faults("hi", catalog(), catalog(Yes=""))) == [
        "hi: the catalog does not know 'Yes'"
    ]


def test_every_plural_form_is_looked_at() -> None:
    now = Catalog(locale="en")
    now.add(("{n} day", "{n} days"))
    held = Catalog(locale="hi")
    held.add(("{n} day", "{n} days"), ("{n} दिन", "दिन"))
    assert list(catalog_faults("hi", held, now)) == ["hi: other placeholders in hi for '{n} days'"]
