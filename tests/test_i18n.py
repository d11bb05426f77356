"""Sentences said in languages, and what happens where one is missing."""

from collections.abc import Iterator
from pathlib import Path
from timeit import timeit

import pytest
import regex
from prometheus_client import REGISTRY

from app import i18n
from app.text import Text, text, texts

HINDI = """\
msgid ""
msgstr ""
"Language: hi\\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\\n"
"Content-Type: text/plain; charset=utf-8\\n"

msgid "Hello {name}."
msgstr "नमस्ते {name}।"

msgid "fasting"
msgstr "खाली पेट"

msgid "{n} day"
msgid_plural "{n} days"
msgstr[0] "{n} दिन का"
msgstr[1] "{n} दिनों का"

#, fuzzy
msgid "Good night."
msgstr "शुभ रात्रि।"

msgid "Empty."
msgstr ""
"""
ENGLISH = """\
msgid ""
msgstr ""
"Language: en\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"Content-Type: text/plain; charset=utf-8\\n"

msgid "Good night."
msgstr "Good night!"
"""


@pytest.fixture
def two_languages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for language, catalog in (("hi", HINDI), ("en", ENGLISH)):
        folder = tmp_path / language / "LC_MESSAGES"
        folder.mkdir(parents=True)
        (folder / "messages.po").write_text(catalog, encoding="utf-8")
    monkeypatch.setattr(i18n, "LOCALES", tmp_path)
    forget()
    yield
    forget()


def forget() -> None:
    i18n.catalogs.cache_clear()
    i18n._sentences.cache_clear()  # noqa: SLF001 - the catalogs are another folder's now


def fallbacks(language: str) -> float:
    return (
        REGISTRY.get_sample_value("procare_render_fallbacks_total", {"language": language}) or 0.0
    )


@pytest.mark.usefixtures("two_languages")
class TestOfTwoLanguages:
    def test_a_sentence_is_said_in_the_persons_language(self) -> None:
        assert i18n.render(text("Hello {name}.", name="Asha"), "hi") == "नमस्ते Asha।"

    def test_a_sentence_in_a_sentence_is_said_in_the_same_language(self) -> None:
        assert i18n.render(text("Hello {name}.", name=text("fasting")), "hi") == "नमस्ते खाली पेट।"

    def test_numbers_are_in_ascii_digits(self) -> None:
        assert i18n.render(text("Hello {name}.", name=142), "hi") == "नमस्ते 142।"

    @pytest.mark.parametrize(
        ("count", "language", "said"),
        [
            (0, "hi", "0 दिन का"),
            (1, "hi", "1 दिन का"),
            (2, "hi", "2 दिनों का"),
            (1, "en", "1 day"),
            (2, "en", "2 days"),
        ],
    )
    def test_plurals_follow_the_language(self, count: int, language: str, said: str) -> None:
        assert i18n.render(texts("{n} day", "{n} days", count), language) == said

    @pytest.mark.parametrize("msgid", ["Good night.", "Empty.", "Nowhere."])
    def test_what_is_missing_is_said_in_english_and_counted(self, msgid: str) -> None:
        before = fallbacks("hi")
        english = {"Good night.": "Good night!"}.get(msgid, msgid)
        assert i18n.render(text(msgid), "hi") == english
        assert fallbacks("hi") == before + 1

    def test_a_language_that_is_missing_is_english(self) -> None:
        assert i18n.render(text("Good night."), "ta") == "Good night!"

    def test_a_layout_is_no_sentence_and_not_counted(self) -> None:
        before = fallbacks("hi")
        layout = Text("{a}\n{b}", (("a", 1), ("b", text("fasting"))))
        assert i18n.render(layout, "hi") == "1\nखाली पेट"
        assert fallbacks("hi") == before

    def test_what_a_person_wrote_is_not_a_format(self) -> None:
        assert i18n.render(text("Hello {name}.", name="{x} {0}"), "hi") == "नमस्ते {x} {0}।"

    def test_languages_are_those_with_a_catalog(self) -> None:
        assert i18n.languages() == ("en", "hi")

    def test_updating_keeps_translations_and_drops_what_nobody_says(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        said_now = i18n.read_catalog(i18n.LOCALES / "hi" / "LC_MESSAGES" / "messages.po")
        said_now.delete("fasting")
        said_now.add("Brand new.")
        monkeypatch.setattr(i18n, "template", lambda: said_now)
        i18n.update_catalogs()
        forget()
        hindi, english = i18n.catalogs()["hi"], i18n.catalogs()["en"]
        assert hindi["Hello {name}."].string == "नमस्ते {name}।"
        assert "fasting" not in hindi
        assert hindi["Brand new."].string == ""
        assert english["Brand new."].string == "Brand new."


def test_the_deployments_sentences_are_gathered_from_code_and_flows() -> None:
    said_now = i18n.template()
    assert "Do you agree that I keep this?" in said_now
    assert "This is dangerously low sugar. Act now." in said_now
    assert not any(str(message.id).startswith("SELECT") for message in said_now)


def test_a_language_is_named_in_its_own_words() -> None:
    assert i18n.name_in("hi", "hi") == "हिन्दी"
    assert i18n.name_in("hi", "en") == "Hindi"


def test_rendering_takes_less_than_20_microseconds() -> None:
    sentence = text("Noted: sugar {value}, {state}.", value="126 mg/dL", state=text("fasting"))
    i18n.render(sentence, "hi")
    assert timeit(lambda: i18n.render(sentence, "hi"), number=2000) / 2000 < 20e-6


NAMES = {"HbA1c", *"1234"}
"""Sentences that are the same in every language."""


def test_hindi_is_written_in_devanagari_and_ascii_digits() -> None:
    for message in i18n.catalogs()["hi"]:
        if message.id and message.id not in NAMES:
            assert regex.search(r"\p{Devanagari}", str(message.string)), message.id
        assert not regex.search(r"[०-९]", str(message.string)), message.id
