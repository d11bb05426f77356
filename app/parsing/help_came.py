"""Whether a message tells that help has come, read only while someone is in danger. Pure.

Heard by word lists of their own, so that nothing of them changes what any other message means.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from app.parsing.lexicon import ENGLISH, Lexicon, denies
from app.parsing.meanings import HelpWord
from app.parsing.phrases import Said, phrases
from app.parsing.tokens import Token, tokens

SECTION = "came"
DENIALS = frozenset({"negation.deny_next", "negation.deny_last"})
BORROWED = DENIALS | {
    "doses.future",
    "times.yesterday",
    "times.day_before_yesterday",
    "times.tomorrow",
    "asks.question",
    "words.but",
}
"""Lists of other words that leave in doubt whether help is there, beside `came.unsure`."""
_THERE, _BETTER, _NAMED = (f"{SECTION}.{name}" for name in ("there", "better", "named"))
_UNSURE = BORROWED | {f"{SECTION}.unsure"}


class Help(NamedTuple):
    """What a message tells of help, and where in its text it says that help is there."""

    word: HelpWord
    spans: tuple[tuple[int, int], ...] = ()


def help_came(lexicon: Lexicon, text: str) -> Help | None:
    """Say what a message tells of help; None where it tells nothing of it.

    Only words that leave no doubt are `THERE`: a denial, a question, or anything that is still to
    come makes them `UNSURE`.

    Args:
        lexicon: With the lists of help in `help_words`.
        text: As the channel delivered it.
    """
    words = lexicon.help_words
    if words is None:
        return None
    cut = tokens(text)
    said = list(phrases(words, cut))
    concepts = frozenset[str]().union(*(one.of.concepts for one in said))
    if _THERE in concepts and not _is_unsure(replace(words, own=lexicon.own), cut, said):
        there = (one for one in said if _THERE in one.of.concepts)
        return Help(
            HelpWord.THERE, tuple((cut[one.first].start, cut[one.last - 1].end) for one in there)
        )
    if not concepts.isdisjoint({_THERE, _NAMED}):
        return Help(HelpWord.UNSURE)
    return Help(HelpWord.BETTER) if _BETTER in concepts else None


def _is_unsure(words: Lexicon, cut: Sequence[Token], said: Sequence[Said]) -> bool:
    """Say whether a word outside of what tells of help leaves it in doubt.

    A denial counts in any language, other words in those of the message, the person's own and
    English, from which all borrow; an English word is not taken for one of the person's own.
    """
    there = [one for one in said if _THERE in one.of.concepts]
    of = frozenset({ENGLISH}).union(*(one.of.locales for one in there))
    doubts = [one for one in said if _is_doubt(words, cut, one, of)]
    denied = any(_denies(words, token, of) for token in cut if not _within(token, cut, there))
    return denied or any(not one.is_inside(there) for one in doubts)


def _is_doubt(words: Lexicon, cut: Sequence[Token], one: Said, of: frozenset[str]) -> bool:
    if one.of.concepts.isdisjoint(_UNSURE):
        return False
    if not one.of.concepts.isdisjoint(DENIALS) or not one.of.locales.isdisjoint(of):
        return True
    english = next((each for each in words.words if each.locale.code == ENGLISH), None)
    is_english = english and all(token.key in english.known for token in cut[one.first : one.last])
    return words.own in one.of.locales and not is_english


def _within(token: Token, cut: Sequence[Token], others: Sequence[Said]) -> bool:
    return any(token in cut[one.first : one.last] for one in others)


def _denies(words: Lexicon, token: Token, of: frozenset[str]) -> bool:
    """Say whether a word ends as a denied verb does, or is a question mark."""
    if token.kind == "mark":
        return "?" in token.key
    heard = (one for one in words.words if one.locale.code in of or one.locale.code == words.own)
    return any(one.locale.denials and denies(one, token.key) for one in heard)
