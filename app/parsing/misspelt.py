"""Names of foods and medicines that are nearly spelled as they are listed. Pure."""

from collections.abc import Mapping
from functools import lru_cache

from rapidfuzz import fuzz, process

from app.parsing.folding import folded, is_brahmic, spellings
from app.parsing.lexicon import ANY_ENDING, Lexicon

FUZZY_LENGTH = 6
"""Shorter words are too easily others."""

_SCORE = 85
_NO_FOOD: frozenset[str] = frozenset()


def nearest(fold: str, names: Mapping[str, str]) -> str | None:
    """Find what the nearest of some folded names with the same first letter stands for."""
    near = [name for name in names if name[0] == fold[0] and len(name) >= FUZZY_LENGTH]
    hit = process.extractOne(fold, near, scorer=fuzz.ratio, score_cutoff=_SCORE)
    return names[hit[0]] if hit else None


@lru_cache(maxsize=32768)
def nearly_food(lexicon: Lexicon, key: str) -> frozenset[str]:
    """Give the concepts of the food that a word of no list is nearly spelled as."""
    if lexicon.is_common(key) or not key[0].isalpha():
        return _NO_FOOD
    for fold in sorted(_folds(key)):
        if len(fold) >= FUZZY_LENGTH and (name := nearest(fold, _names(lexicon))):
            return frozenset({name, "counts.food"})
    return _NO_FOOD


@lru_cache(maxsize=64)
def _names(lexicon: Lexicon) -> dict[str, str]:
    """Fold every name of one word to its food."""
    return {
        fold: food
        for words in lexicon.words
        for key, food in words.foods.items()
        for fold in _folds(key.removesuffix(ANY_ENDING))
    }


def _folds(key: str) -> set[str]:
    spelled = spellings(key, keeps_final=False) if is_brahmic(key) else {key}
    return {fold for one in spelled if (fold := folded(one))}
