"""Places by name: CLDR's own names in every language, short names, countries of several clocks."""

from zoneinfo import ZoneInfo

import pytest

from app.parsing.places import (
    ALSO_CALLED,
    LONGEST_NAME,
    MOST,
    USUAL,
    is_of_india,
    place_name,
    zones_named,
)

LANGUAGES = ("en", "hi", "ta", "te", "bn", "mr", "gu")


@pytest.mark.parametrize(
    ("said", "zone"),
    [
        ("Dubai", "Asia/Dubai"),
        ("main dubai mein rehta hun", "Asia/Dubai"),
        ("Abu Dhabi, UAE", "Asia/Dubai"),
        ("I live in London", "Europe/London"),
        ("singapore", "Asia/Singapore"),
        ("New York", "America/New_York"),
        ("usa, california", "America/Los_Angeles"),
        ("Sydney Australia", "Australia/Sydney"),
        ("Doha", "Asia/Qatar"),
        ("Mumbai", "Asia/Kolkata"),
        ("दुबई", "Asia/Dubai"),
        ("துபாய்", "Asia/Dubai"),
        ("লন্ডন", "Europe/London"),
    ],
)
def test_a_place_with_one_clock_is_found(said: str, zone: str) -> None:
    assert zones_named(said, LANGUAGES) == (zone,)


@pytest.mark.parametrize("said", ["asdf", "", "yes", "126", "main yahan rehta hun"])
def test_what_names_no_place_finds_none(said: str) -> None:
    assert zones_named(said, LANGUAGES) == ()


@pytest.mark.parametrize(
    ("said", "among"),
    [
        ("USA", {"America/New_York", "America/Chicago", "America/Los_Angeles"}),
        ("Canada", {"America/Toronto", "America/Vancouver"}),
        ("Australia", {"Australia/Sydney", "Australia/Perth"}),
        ("Russia", {"Europe/Moscow"}),
    ],
)
def test_a_country_of_several_clocks_gives_one_zone_a_clock(said: str, among: set[str]) -> None:
    zones = zones_named(said, LANGUAGES)
    assert among <= set(zones)
    assert 1 < len(zones) <= MOST


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_usual_places_have_different_names_that_fit_a_row(language: str) -> None:
    names = [place_name(zone, language) for zone in USUAL]
    assert len(set(names)) == len(USUAL) <= MOST
    assert all(0 < len(name) <= LONGEST_NAME for name in names)
    assert all(zones_named(name, LANGUAGES) for name in names)


@pytest.mark.parametrize(
    "said",
    [
        "சென்னை", "நான் சென்னையில் இருக்கேன்", "கோயம்புத்தூர்ல", "மதுரையில வீடு", "சேலத்துல", "திருச்சி",
        "హైదరాబాద్", "విజయవాడలో ఉంటాను", "వైజాగ్‌లో", "గుంటూరు", "వరంగల్", "ముంబైలో",
        "কলকাতা", "আমি কলকাতায় থাকি", "শিলিগুড়িতে", "হাওড়ায়", "আসানসোল", "মুম্বাইতে",
        "पटना", "मैं लखनऊ में रहता हूँ", "पुण्यात राहतो", "मुंबईत", "नागपूरला", "ठाणे",
        "અમદાવાદ", "સુરતમાં રહું છું", "રાજકોટ", "વડોદરામાં",
        "Coimbatore", "vizag", "siliguri", "indore", "new delhi", "Warangal lo untanu",
    ],
)  # fmt: skip
def test_a_city_of_india_is_found_in_every_script(said: str) -> None:
    assert zones_named(said, LANGUAGES) == ("Asia/Kolkata",)


@pytest.mark.parametrize(
    ("said", "zone"), [("துபாயில் இருக்கேன்", "Asia/Dubai"), ("লন্ডনে থাকি", "Europe/London")]
)
def test_a_city_abroad_is_found_before_an_ending(said: str, zone: str) -> None:
    assert zones_named(said, LANGUAGES) == (zone,)


def test_every_zone_named_is_one() -> None:
    assert all(ZoneInfo(zone).key == zone for zone in (*USUAL, *ALSO_CALLED))


@pytest.mark.parametrize(
    ("address", "is_indian"),
    [
        ("whatsapp:+919812345678", True),
        ("whatsapp:IN.1234", True),
        ("whatsapp:+971501234567", False),
        ("whatsapp:US.1234", False),
        ("whatsapp:INX.1", False),
    ],
)
def test_an_indian_address_is_known_by_its_number_or_country(address: str, is_indian: bool) -> None:
    assert is_of_india(address) is is_indian
