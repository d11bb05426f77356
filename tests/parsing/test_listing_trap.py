"""A form listed exactly hides every stem it begins with: what is lost so is meant to be."""

from collections.abc import Iterator

import pytest

from app.parsing.lexicon import ANY_ENDING, STEM, Words
from app.parsing.load import lexicon

_GRAVE = ("symptoms", "signs", "body", "alarms", "doses", "negation")
"""What must not be lost: complaints, doses, and that something is denied."""

_SAYS_MORE = {
    "doses": (
        *("asks.question", "meals.talk", "meals.not_eaten", "meals.without_last"),
        *("words.eat", "words.fasting", "words.after_last", "words.post_meal", "words.unit_mg"),
        *("signs.cannot", "symptoms.cannot_swallow"),
    ),
    "signs": ("symptoms.", "negation.", "doses.", "foods."),
    "symptoms": ("signs.",),
}
"""Concepts of an exact form beside which nothing of a section is lost: it says more, or other."""

_INTENDED = {
    "bn": {"torkary", "চক্কর"},
    "mr": {"tallele", "तोंडली", "tondli", "dhapate", "डोसा", "डोसे"},
    "te": {"levagaane", "levagane", "nidralevagane", "లేవగానే", "నిద్రలేవగానే", "padipoindi"}
    | {"అయిపోయింది", "ఎత్తు"},
}
"""Ordinary words that only begin as a complaint does: vegetables, laps, a dosa, waking, height."""


def _concepts(words: Words, key: str) -> frozenset[str]:
    if key not in words.phrases:
        return frozenset()
    branch = words.phrases[key]
    return branch[""].concepts if "" in branch else frozenset()


def _hidden(words: Words, key: str) -> Iterator[str]:
    """List the grave concepts of the stems of a form that it does not name itself."""
    own = _concepts(words, key)
    stems = {words.stems[key[:n]] for n in STEM if n <= len(key) and key[:n] in words.stems}
    for concept in sorted(frozenset().union(*(_concepts(words, stem) for stem in stems)) - own):
        section = concept.partition(".")[0]
        more = (f"{section}.", *_SAYS_MORE.get(section, ()))
        if own and section in _GRAVE and not any(one.startswith(more) for one in own):
            yield concept


@pytest.mark.parametrize("words", lexicon().words, ids=lambda words: words.locale.code)
def test_no_exact_form_hides_a_complaint_or_a_dose_of_a_stem(words: Words) -> None:
    exact = {key for key in words.known if not key.endswith(ANY_ENDING)}
    hiding = {key: list(_hidden(words, key)) for key in sorted(exact)}
    intended = _INTENDED.get(words.locale.code, set())
    assert {k: lost for k, lost in hiding.items() if lost and k not in intended} == {}


def test_the_lint_sees_a_form_that_hides_a_stem() -> None:
    telugu = next(words for words in lexicon().words if words.locale.code == "te")
    assert list(_hidden(telugu, "ఎత్తు")) == ["signs.move"]
