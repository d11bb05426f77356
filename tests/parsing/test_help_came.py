"""What people write when help has come, or has not, in danger."""

import pytest

from app.parsing.help_came import help_came
from app.parsing.lexicon import heard_from
from app.parsing.load import LOCALES, lexicon
from app.parsing.meanings import HelpWord

THERE = {
    "en": [
        "we are in the hospital",
        "We're in hospital",
        "I am in hospital now",
        "he is in the hospital",
        "He's in ICU",
        "reached hospital",
        "we have reached the hospital",
        "she is admitted",
        "the ambulance is here",
        "ambulance has come",
        "doctor is here",
        "doctor is with us",
        "the doctor has seen him",
        "I am with the doctor",
        "Doctor came and checked him",
    ],
    "hi": [
        "hum hospital me hai",
        "hospital mein hain",
        "aspatal pahunch gaye",
        "hospital pohoch gaye hain",
        "papa hospital me bharti hai",
        "unko admit kar liya",
        "ambulance aa gayi",
        "ambulance aa gayi hai",
        "doctor aa gaye",
        "doctor ke paas hain",
        "doctor ne dekh liya",
        "हम अस्पताल में हैं",
        "हॉस्पिटल पहुँच गए",
        "एम्बुलेंस आ गई है",
        "डॉक्टर के पास हूँ",
        "डॉक्टर ने देख लिया",
    ],
    "mr": [
        "आम्ही हॉस्पिटलमध्ये आहोत",
        "रुग्णालयात पोहोचलो",
        "डॉक्टर आले",
        "रुग्णवाहिका आली आहे",
        "त्यांना ॲडमिट केलं",
        "amhi hospital madhe ahot",
        "hospitalmadhe pohochlo",
        "doctor aale",
        "ambulance aali",
        "doctoranni tapasle",
    ],
    "gu": [
        "અમે હોસ્પિટલમાં છીએ",
        "હોસ્પિટલ પહોંચી ગયા",
        "ડોક્ટર આવી ગયા",
        "એમ્બ્યુલન્સ આવી ગઈ",
        "ડોક્ટર પાસે છું",
        "ame hospital ma chie",
        "hospital pahochi gaya",
        "doctor aavi gaya",
        "ambulance aavi gai che",
        "doctor pase chu",
    ],
    "ta": [
        "நாங்க ஆஸ்பத்திரில இருக்கோம்",
        "மருத்துவமனையில் இருக்கிறோம்",
        "ஆம்புலன்ஸ் வந்துடுச்சு",
        "டாக்டர் வந்துட்டார்",
        "டாக்டர் பார்த்துட்டார்",
        "hospitalla irukkom",
        "hospital la irukom",
        "ambulance vandhuduchu",
        "doctor vandhutaru",
        "doctor parthutaru",
    ],
    "te": [
        "మేము ఆసుపత్రిలో ఉన్నాము",
        "హాస్పిటల్ లో ఉన్నాం",
        "అంబులెన్స్ వచ్చింది",
        "డాక్టర్ వచ్చారు",
        "డాక్టర్ చూశారు",
        "hospital lo unnamu",
        "hospitallo unnam",
        "ambulance vachindi",
        "doctor vacharu",
        "doctor daggara unnanu",
    ],
    "bn": [
        "আমরা হাসপাতালে আছি",
        "হাসপাতালে পৌঁছে গেছি",
        "অ্যাম্বুলেন্স এসে গেছে",
        "ডাক্তার এসেছেন",
        "ডাক্তার দেখেছেন",
        "amra haspatale achi",
        "hospitale achi",
        "ambulance eseche",
        "daktar esechen",
        "daktar dekhechen",
    ],
}
UNSURE = {
    "en": [
        "not in hospital yet",
        "we are not in the hospital",
        "We aren't in hospital",
        "ambulance is not here yet",
        "ambulance is coming",
        "ambulance has not come",
        "going to hospital",
        "on the way to the hospital",
        "should we go to hospital",
        "are we in the hospital?",
        "we were in hospital yesterday",
        "call ambulance",
        "no doctor is here",
        "if the doctor has come I will tell you",
        "we will reach hospital in 10 minutes",
        "hospital",
        "he is in hospital? no",
    ],
    "hi": [
        "abhi hospital nahi pahunche",
        "hospital nahi pahunche hain",
        "hum hospital me nahi hain",
        "hospital ja rahe hain",
        "ambulance aa rahi hai",
        "ambulance abhi nahi aayi",
        "ambulance aa gayi kya",
        "ambulance bulai hai",
        "doctor ke paas ja rahe hain",
        "kal hospital me hain",
        "hospital me hain nahi",
        "doctor nahi hai",
        "अस्पताल जा रहे हैं",
        "अभी अस्पताल नहीं पहुंचे",
        "एम्बुलेंस नहीं आई",
        "डॉक्टर कहाँ हैं",
    ],
    "mr": [
        "हॉस्पिटलला जात आहोत",
        "डॉक्टर आले नाहीत",
        "ambulance yet aahe",
        "ambulance aali nahi",
        "hospital madhe nahi ahot",
        "doctor aale ka",
        "doctor yetil",
        "doctor yeil",
    ],
    "gu": [
        "હોસ્પિટલ જઈએ છીએ",
        "ડોક્ટર આવ્યા નથી",
        "ambulance haji aavi nathi",
        "ambulance aave che",
        "hospital ma nathi",
        "doctor aavi gaya ke nahi",
        "doctor aave che",
        "doctor aavshe",
    ],
    "ta": [
        "ஆஸ்பத்திரிக்கு போறோம்",
        "ஆம்புலன்ஸ் இன்னும் வரல",
        "ambulance varala",
        "ambulance innum varala",
        "doctor illa",
        "hospital ku porom",
        "hospitalla illa",
        "doctor varuvaru",
        "ambulance vandhutu iruku",
    ],
    "te": [
        "ఆసుపత్రికి వెళ్తున్నాం",
        "అంబులెన్స్ ఇంకా రాలేదు",
        "ambulance raaledu",
        "ambulance vastundi",
        "hospital lo lemu",
        "doctor leru",
        "doctor vastaru",
        "doctor vastunnaru",
    ],
    "bn": [
        "হাসপাতালে যাচ্ছি",
        "অ্যাম্বুলেন্স আসেনি",
        "ambulance ekhono aseni",
        "ambulance asche",
        "hospitale nei",
        "daktar eseche ki",
        "daktar aschen",
        "daktar asben",
    ],
}
BETTER = {
    "en": ["he is awake now", "better now", "I am fine", "she is ok now"],
    "hi": ["ab theek hai", "hosh aa gaya", "ab behtar hai", "अब ठीक हैं", "होश आ गया"],
    "mr": ["आता बरे वाटते", "ata bara aahe", "शुद्धीवर आले"],
    "gu": ["હવે સારું છે", "have saru che", "ભાનમાં આવ્યા"],
    "ta": ["இப்போ நல்லா இருக்காரு", "ippo nalla irukaru", "paravaillai"],
    "te": ["ఇప్పుడు బాగుంది", "ippudu bagunnaru", "స్పృహలోకి వచ్చారు"],
    "bn": ["এখন ভালো আছে", "ekhon bhalo ache", "জ্ঞান ফিরেছে"],
}
NOTHING = ["142", "metformin", "2 roti", "thank you", "khana", "xyz", ""]


def written(lists: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(language, text) for language, texts in lists.items() for text in texts]


def told(language: str, text: str) -> HelpWord | None:
    found = help_came(heard_from(lexicon(), language), text)
    return found.word if found else None


@pytest.mark.parametrize(("language", "text"), written(THERE))
def test_help_that_is_there_is_heard(language: str, text: str) -> None:
    assert told(language, text) is HelpWord.THERE


@pytest.mark.parametrize(("language", "text"), written(UNSURE))
def test_help_denied_to_come_or_only_named_is_never_there(language: str, text: str) -> None:
    assert told(language, text) is HelpWord.UNSURE


@pytest.mark.parametrize(("language", "text"), written(BETTER))
def test_being_better_is_no_help(language: str, text: str) -> None:
    assert told(language, text) is HelpWord.BETTER


@pytest.mark.parametrize("text", NOTHING)
def test_what_tells_nothing_of_help_is_not_heard_as_any(text: str) -> None:
    assert told("en", text) is None


def test_it_is_said_where_the_text_tells_of_help() -> None:
    found = help_came(lexicon(), "thanks, doctor is here now")

    assert found is not None
    assert found.spans == ((8, 22),)


def test_every_language_that_is_understood_has_words_for_help() -> None:
    languages = {path.parent.name for path in LOCALES.glob("*/meta.toml")}

    assert {path.parent.name for path in LOCALES.glob("*/help_came.toml")} == languages


def test_without_lists_of_help_nothing_is_heard() -> None:
    assert help_came(lexicon().help_words, "we are in the hospital") is None  # type: ignore[arg-type]  # they are there
