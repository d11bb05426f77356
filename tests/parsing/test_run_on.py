"""A denial where a meal, a complaint or a measurement and a medicine are told in one breath."""

from datetime import datetime

import pytest

from app.parsing.load import lexicon
from app.parsing.meanings import Dose, DoseStatus, Glucose, Message, Symptoms
from app.parsing.parse import parse

NOW = datetime.fromisoformat("2026-05-10T21:40:00+05:30")

TAKEN = [
    ("khana nahi khaya metformin li", "hi"),
    ("metformin li khana nahi khaya", "hi"),
    ("नाश्ता नहीं किया दवाई ली", "hi"),
    ("sugar check nahi ki dawai le li", "hi"),
    ("metformin bina khana khaye li", "hi"),
    ("chakkar nahi aaya metformin li", "hi"),
    ("jevan nahi kela metformin ghetli", "mr"),
    ("गोळी घेतली जेवलो नाही", "mr"),
    ("nasto nathi karyo dava lidhi", "gu"),
    ("દવા લીધી નાસ્તો નથી કર્યો", "gu"),
    ("bhat khaini oshudh kheyechi", "bn"),
    ("ওষুধ খেয়েছি ভাত খাইনি", "bn"),
    ("saapidala maathirai potten", "ta"),
    ("மாத்திரை போட்டேன் சாப்பிடல", "ta"),
    ("annam tinaledu mandu vesukunnanu", "te"),
    ("మందు వేసుకున్నాను అన్నం తినలేదు", "te"),
    ("no breakfast took my tablet", "en"),
    ("took my tablet without food", "en"),
    ("took metformin skipped breakfast", "en"),
]

SKIPPED = [
    ("khana khaya metformin nahi li", "hi"),
    ("maine nahi metformin li", "hi"),
    ("dawai li hi nahi", "hi"),
    ("goli nahi ghetli jevan kela", "mr"),
    ("nasto karyo dava nathi lidhi", "gu"),
    ("bhat kheyechi oshudh khaini", "bn"),
    ("saapten maathirai podala", "ta"),
    ("annam tinnanu mandu vesukoledu", "te"),
    ("ate lunch didnt take metformin", "en"),
]

LASTING = [
    ("seene ka dard nahi ja raha", "hi"),
    ("सीने का दर्द बंद नहीं हो रहा", "hi"),
    ("chhati ka dard jata nahi", "hi"),
    ("छातीत दुखणं थांबत नाही", "mr"),
    ("chhatit dukhne kami hot nahi", "mr"),
    ("chhati no dukhavo jato nathi", "gu"),
    ("છાતીનો દુખાવો બંધ નથી થતો", "gu"),
    ("ఛాతీ నొప్పి తగ్గడం లేదు", "te"),
    ("nenju vali pogala", "ta"),
    ("buke betha komche na", "bn"),
    ("chest pain is not going", "en"),
]


def statuses(text: str, language: str) -> list[DoseStatus]:
    meanings = parse(lexicon(), Message(text, NOW, language)).meanings
    return [one.status for one in meanings if isinstance(one, Dose)]


@pytest.mark.parametrize(("text", "language"), TAKEN)
def test_a_dose_is_taken_where_something_else_is_denied(text: str, language: str) -> None:
    assert statuses(text, language) == [DoseStatus.TAKEN]


@pytest.mark.parametrize(("text", "language"), SKIPPED)
def test_a_dose_is_left_out_where_it_is_what_is_denied(text: str, language: str) -> None:
    assert statuses(text, language) == [DoseStatus.SKIPPED]


@pytest.mark.parametrize(("text", "language"), LASTING)
def test_a_pain_that_does_not_end_is_told_and_not_denied(text: str, language: str) -> None:
    (meaning,) = parse(lexicon(), Message(text, NOW, language)).meanings

    assert isinstance(meaning, Symptoms)
    assert meaning.symptoms == ("chest_pain",)


@pytest.mark.parametrize(
    ("text", "language"), [("sugar 250 dawai li", "hi"), ("sugar 250 medicine not taken", "en")]
)
def test_a_reading_stays_one_before_a_medicine_of_no_name(text: str, language: str) -> None:
    meanings = parse(lexicon(), Message(text, NOW, language)).meanings

    assert [one.value_mg_dl for one in meanings if isinstance(one, Glucose)] == [250]
