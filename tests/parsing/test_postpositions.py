"""Words written at the word they stand behind: where they are cut off, and where not."""

from app.parsing.glued import unglued
from app.parsing.lexicon import narrowed
from app.parsing.load import lexicon
from app.parsing.tokens import tokens


def pieces_of(text: str) -> list[str]:
    heard = narrowed(lexicon(), ("mr", "en"))
    return [text[token.start : token.end] for token in unglued(heard, text, tokens(text))]


def test_a_postposition_is_cut_off_a_known_word() -> None:
    assert pieces_of("जेवणानंतर 180") == ["जेवणा", "नंतर", "180"]
    assert pieces_of("jevnanantar 180") == ["jevna", "nantar", "180"]


def test_a_word_of_another_language_may_stand_before_it() -> None:
    assert pieces_of("Dinnerpurvi 140") == ["Dinner", "purvi", "140"]


def test_a_word_of_the_lists_stays_whole() -> None:
    assert pieces_of("कलिंगडावर") == ["कलिंगडा", "वर"]
    assert pieces_of("barobar") == ["barobar"]


def test_what_is_left_must_be_a_word() -> None:
    assert pieces_of("gandhavar xqzvnantar") == ["gandhavar", "xqzvnantar"]


def test_a_language_without_postpositions_cuts_nothing() -> None:
    heard = narrowed(lexicon(), ("en",))
    text = "dinnernantar 140"

    assert unglued(heard, text, tokens(text)) == tokens(text)
