"""What is said in an emergency, in every language, held against what must never be said.

By key words of each language and by numbers: a clinician who speaks it has to read it all the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
import regex

from app import i18n
from app.conversation import misses
from app.emergency import alert_texts, follow_up_texts, texts
from app.emergency.alert_texts import Wording
from app.emergency.missed import texts as missed_texts
from app.medications.reply import NEVER_DOUBLE
from app.text import Text
from tests.emergency.test_texts import ALL as TO_THE_PATIENT

NEVER = {
    "hi": "बंद कर|छोड़ दें|दोगुन|डबल|यूनिट|ज़्यादा इंसुलिन|इंसुलिन ज़्यादा|इंसुलिन बढ़|ख़ुराक बढ़|ख़ुराक घट|आप ठीक हैं|"
    "चिंता न|घबराएँ|सुरक्षित हैं|सो जाएँ|गाड़ी चलाकर|दिल का दौरा|हार्ट अटैक|लकवा|स्ट्रोक|कोमा|कीटोएसिडोसिस|शहद",
    "mr": "बंद करा|सोडून द्या|दुप्पट|डबल|युनिट|इन्सुलिन वाढव|जास्त इन्सुलिन|डोस वाढव|डोस कमी|तुम्ही ठीक|"
    "काळजी करू|घाबरू|सुरक्षित आह|झोपा|झोपून जा|गाडी चालवत|हार्ट अटॅक|हृदयविकार|स्ट्रोक|पक्षाघात|लकवा|कोमा|मध",
    "gu": "બંધ કર|છોડી દો|બમણ|ડબલ|યુનિટ|ઇન્સ્યુલિન વધાર|વધારે ઇન્સ્યુલિન|ડોઝ વધાર|ડોઝ ઘટાડ|તમે ઠીક|ચિંતા ન|"
    "ગભરા|સલામત છો|સૂઈ જાઓ|ગાડી ચલાવીને|હાર્ટ એટેક|સ્ટ્રોક|લકવો|કોમા|મધ",
    "ta": "நிறுத்துங்கள்|விட்டுவிடுங்கள்|இரட்டிப்பு|டபுள்|யூனிட்|இன்சுலினை அதிக|அதிக இன்சுலின்|கூடுதல் இன்சுலின்|"
    "நன்றாக இருக்கிறீர்கள்|கவலைப்பட|பயப்பட|பாதுகாப்பாக இருக்க|தூங்குங்கள்|ஓட்டிக்கொண்டு|மாரடைப்பு|ஹார்ட் அட்டாக்|"
    "பக்கவாதம்|ஸ்ட்ரோக்|கோமா|தேன்",
    "te": "ఆపండి|ఆపేయండి|మానేయండి|రెట్టింపు|డబుల్|యూనిట్|ఇన్సులిన్ పెంచ|ఎక్కువ ఇన్సులిన్|డోసు పెంచ|డోసు తగ్గించ|"
    "బాగానే ఉన్నారు|భయం లేదు|భయపడ|కంగారు|ఆందోళన|సురక్షితంగా|నిద్రపోండి|గుండెపోటు|హార్ట్ ఎటాక్|పక్షవాతం|"
    "స్ట్రోక్|కోమా|తేనె",
    "bn": "বন্ধ কর|ছেড়ে দিন|দ্বিগুণ|ডবল|ইউনিট|ইনসুলিন বাড়|বেশি ইনসুলিন|আপনি ভালো|আপনি ঠিক|চিন্তা করবেন|"
    "ভয় পাবেন|ভয়ের কিছু|নিরাপদ|ঘুমিয়ে পড়|ঘুমিয়ে নিন|গাড়ি চালিয়ে|হার্ট অ্যাটাক|স্ট্রোক|পক্ষাঘাত|কোমা|মধু",
}
"""Stop a medicine, leave one out, double, units, more insulin; you are fine, do not worry; sleep,
or drive there; names of illnesses; honey."""
DENIED = {
    "hi": r"(?<![\p{L}\p{M}])न(?![\p{L}\p{M}])|नहीं",
    "mr": "नका|नाही",
    "gu": "નહીં|ન ",
    "ta": "கூடாது|இல்லை",
    "te": "కండి|వద్దు",
    "bn": "না|নয়",
}
INSULIN = {
    "hi": "इंसुलिन",
    "mr": "इन्सुलिन",
    "gu": "ઇન્સ્યુલિન",
    "ta": "இன்சுலி",
    "te": "ఇన్సులిన్",
    "bn": "ইনসুলিন",
}
DRIVING = {"hi": "चलाएँ", "mr": "चालव", "gu": "ચલાવ", "ta": "ஓட்ட", "te": "నడప|నడుపు", "bn": "চালা"}
MOUTH = {"hi": "मुँह", "mr": "तोंडात", "gu": "મોઢામાં", "ta": "வாயில்", "te": "నోట్లో", "bn": "মুখে"}
BY_MOUTH = {
    "hi": "पिएँ|पीएँ|पिलाएँ|खाएँ|खा लें|खिलाएँ|चम्मच|चीनी|मीठा|रस",
    "mr": "प्या|पाजा|खा|जेवा|चमचे|साखर|रस",
    "gu": "પીઓ|પીવડાવ|ખાઓ|જમો|ખવડાવ|ચમચી|ખાંડ|રસ",
    "ta": "குடியுங்கள்|குடிக்க|சாப்பிடு|கரண்டி|ஸ்பூன்|சீனி|ஜூஸ்",
    "te": "తాగండి|తాగించ|తినండి|తినిపించ|చెంచా|స్పూన్|చక్కెర|జ్యూస్",
    "bn": "জল খান|খেয়ে|খাওয়া|চামচ|চিনি|রস",
}
FOR_THE_NOT_AWAKE = (
    texts.UNCONSCIOUS,
    texts.STILL_GO_NOW,
    texts.GO_UNLESS_HELPED,
    texts.DANGER_SIGNS,
    texts.HOSPITAL_NOW,
    texts.INSULIN_ONLY,
    texts.TEST_ONLY,
    texts.NOT_AWAKE,
    texts.WHOM_TO_CALL,
    alert_texts.GO_AND_CALL,
)
OTHERS = (
    misses.GO_NOW,
    misses.NO_SIGNS,
    misses.IN_WORDS,
    NEVER_DOUBLE,
    missed_texts.insulin_missed("insulin", "08:00"),
    *missed_texts.three_missed("metformin"),
    follow_up_texts.not_reached("Meera"),
    alert_texts.last_value("62 mg/dL"),
)


def of_modules() -> Iterator[Text]:
    for module in (alert_texts, follow_up_texts):
        for one in vars(module).values():
            several = one.values() if isinstance(one, dict) else (one,)
            for each in several:
                if isinstance(each, Wording):
                    yield from (each.happened, each.said, each.to_do)
                elif isinstance(each, Text):
                    yield each


SENTENCES = tuple(
    dict.fromkeys(one.msgid for one in (*TO_THE_PATIENT.values(), *of_modules(), *OTHERS))
)
LANGUAGES = sorted(NEVER)


def said_in(language: str, sentence: str) -> str:
    found = i18n.catalogs()[language].get(sentence)
    assert found is not None, sentence
    assert isinstance(found.string, str)
    assert found.string, sentence
    return found.string


def holds(said: str, words: str) -> list[str]:
    """List the words that stand in it, each from where a word begins."""
    found: list[str] = regex.findall(rf"(?<![\p{{L}}\p{{M}}])(?:{words})", said)
    return found


def sentences_with(said: str, words: str) -> list[str]:
    return [part for part in regex.split(r"[.।]\s", said) if holds(part, words)]


def numbers(said: str) -> Counter[str]:
    return Counter(regex.findall(r"\p{Nd}+", said))


def test_every_language_that_is_spoken_is_held() -> None:
    assert set(i18n.catalogs()) == {"en", *LANGUAGES}
    assert len(SENTENCES) > 90


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_language_says_what_must_never_be_said(language: str) -> None:
    assert {
        sentence: words
        for sentence in SENTENCES
        if "mmol/L" not in sentence  # which asks for the unit of a value
        and (words := holds(said_in(language, sentence), NEVER[language]))
    } == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_the_numbers_of_its_sentence_and_no_others(language: str) -> None:
    said = {sentence: numbers(said_in(language, sentence)) for sentence in SENTENCES}
    assert [sentence for sentence in SENTENCES if said[sentence] != numbers(sentence)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_insulin_is_named_where_it_is_named_in_english_and_nowhere_else(language: str) -> None:
    naming = [s for s in SENTENCES if holds(said_in(language, s), INSULIN[language])]
    assert naming == [s for s in SENTENCES if "insulin" in s]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "sentence", [s for s in SENTENCES if regex.search("no insulin|do not skip", s)]
)
def test_no_insulin_in_a_low_is_denied_in_the_sentence_that_names_it(
    language: str, sentence: str
) -> None:
    naming = sentences_with(said_in(language, sentence), INSULIN[language])
    assert naming
    assert all(regex.search(DENIED[language], part) for part in naming)


@pytest.mark.parametrize("language", LANGUAGES)
def test_driving_is_only_named_to_be_denied(language: str) -> None:
    driving = {s: sentences_with(said_in(language, s), DRIVING[language]) for s in SENTENCES}
    named = [s for s, parts in driving.items() if parts]
    assert [s for s in SENTENCES if "not drive" in s] == named
    for parts in driving.values():
        assert all(regex.search(DENIED[language], part) for part in parts)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("sentence", [s for s in SENTENCES if "othing in the mouth" in s])
def test_nothing_in_the_mouth_is_said_as_a_denial(language: str, sentence: str) -> None:
    naming = sentences_with(said_in(language, sentence), MOUTH[language])
    assert naming
    assert all(regex.search(DENIED[language], part) for part in naming)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("one", FOR_THE_NOT_AWAKE)
def test_the_not_awake_are_given_no_food_and_no_drink(language: str, one: Text) -> None:
    assert holds(said_in(language, one.msgid), BY_MOUTH[language]) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("words", [texts.fast_sugar("15", 3).msgid, texts.HOSPITAL_NOW.msgid])
def test_the_key_words_are_words_of_the_language(language: str, words: str) -> None:
    """The words of food do stand in what treats a low, so that they would be found elsewhere."""
    found = holds(said_in(language, words), BY_MOUTH[language])
    assert bool(found) is ("{spoons}" in words)
