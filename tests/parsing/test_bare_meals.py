"""A verb of eating alone may be of a medicine; what names food, its amount or others is not."""

from datetime import datetime

import pytest

from app.parsing.load import lexicon
from app.parsing.meanings import Meal, Message
from app.parsing.parse import parse

NOW = datetime.fromisoformat("2026-11-20T08:30:00+05:30")


def meals(language: str, words: str) -> list[Meal]:
    meanings = parse(lexicon(), Message(words, NOW, language)).meanings
    return [one for one in meanings if isinstance(one, Meal)]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "ate it"),
        ("hi", "kha li"),
        ("hi", "खा लिया"),
        ("hi", "khane ke baad kha li"),
        ("hi", "8 baje kha li"),
        ("bn", "খেয়েছি"),
        ("bn", "খাবার পরে খেয়েছি"),
        ("ta", "சாப்பிட்டேன்"),
        ("ta", "sapten anna"),
        ("te", "తిన్నాను"),
        ("mr", "खाल्ली"),
        ("gu", "ખાધી"),
    ],
)
def test_a_verb_of_eating_alone_is_bare(language: str, words: str) -> None:
    assert [meal.bare for meal in meals(language, words)] == [True]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "ate too much"),
        ("en", "had food"),
        ("en", "ate out"),
        ("hi", "khana kha liya"),
        ("hi", "nashta kha liya"),
        ("hi", "roti kha li"),
        ("hi", "momos kha liye"),
        ("hi", "bahut kha liya"),
        ("hi", "bahar kha liya"),
        ("hi", "mummy ne kha li"),
        ("bn", "ভাত খেয়েছি"),
        ("ta", "சாப்பாடு சாப்பிட்டேன்"),
        ("ta", "nalla sapten"),
        ("te", "టిఫిన్ తిన్నాను"),
        ("te", "భోజనం చేశాను"),
        ("mr", "जेवलो"),
        ("mr", "जेवून घेतलं"),
        ("gu", "જમી લીધું"),
        ("gu", "નાસ્તો ખાધો"),
    ],
)
def test_food_a_meal_its_amount_or_somebody_else_is_not_bare(language: str, words: str) -> None:
    assert [meal.bare for meal in meals(language, words)] == [False]
