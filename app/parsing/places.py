"""Cities and countries, as people name them, and the IANA zones they lie in. Pure.

The names and what lies where are CLDR's, which Babel carries; only what CLDR does not name (short
names, and cities that are no zone's own) stands here.
"""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

import regex
from babel import Locale
from babel.core import get_global

from app.parsing.folding import exact
from app.parsing.indian_cities import NAMES as INDIAN_CITIES

USUAL = (
    *("Asia/Kolkata", "Asia/Dubai", "Asia/Riyadh", "Asia/Kuwait", "Asia/Qatar"),
    *("Asia/Muscat", "Asia/Singapore", "Europe/London", "America/New_York", "America/Toronto"),
)
"""Where most Indians live, at home and abroad: shown as rows (Ministry of External Affairs)."""

ALSO_CALLED: Mapping[str, str] = {
    "Asia/Kolkata": ", ".join(("new delhi", "bharat", *sorted(INDIAN_CITIES))),
    "Asia/Dubai": "uae, emirates, abu dhabi, sharjah, ajman, al ain, fujairah",
    "Asia/Riyadh": "saudi, ksa, jeddah, dammam, mecca, medina, khobar",
    "Asia/Kuwait": "kuwait city",
    "Asia/Qatar": "doha",
    "Asia/Muscat": "salalah, sohar",
    "Asia/Bahrain": "manama",
    "Asia/Kuala_Lumpur": "penang, johor",
    "Asia/Kathmandu": "kathmandu",
    "Europe/London": "uk, england, britain, great britain, scotland, wales, birmingham, "
    "manchester, leicester, glasgow, leeds",
    "Europe/Moscow": "saint petersburg",
    "Europe/Berlin": "munich, frankfurt, hamburg",
    "America/New_York": "nyc, ન્યૂ યોર્ક, ન્યુયોર્ક, নিউ ইয়র্ক, new jersey, boston, atlanta, "
    "philadelphia, miami, florida, virginia, north carolina, washington dc",
    "America/Chicago": "texas, houston, dallas, austin, illinois",
    "America/Denver": "colorado",
    "America/Los_Angeles": "california, san francisco, bay area, san jose, seattle, san diego, "
    "fremont, portland",
    "America/Toronto": "ontario, ottawa, brampton, mississauga, montreal",
    "America/Vancouver": "surrey, british columbia",
    "America/Edmonton": "calgary, alberta",
    "America/Winnipeg": "manitoba",
    "Australia/Sydney": "canberra",
    "Australia/Melbourne": "victoria",
    "Pacific/Auckland": "wellington, christchurch",
    "Africa/Johannesburg": "durban, cape town, pretoria",
    "Africa/Nairobi": "mombasa",
}
"""What people say for zones beside CLDR's names (house); these zones stand for those like them."""

COUNTRIES_CALLED: Mapping[str, str] = {
    **dict.fromkeys(("usa", "us", "america", "amerika"), "US"),
    **dict.fromkeys(("अमेरिका", "अमरीका", "আমেরিকা", "અમેરિકા", "அமெரிக்கா", "అమెరికా"), "US"),
    "nz": "NZ",
}

MOST = 10
"""A list on WhatsApp has ten rows at most."""
LONGEST_NAME = 20
"""Characters of a row, as of a label in the flows."""
_LONGEST_WORDS = 4
_LEAST_NAME = 4
_LONGEST_ENDING = 6
_VIRAMAS = "\u094d\u09cd\u0acd\u0bcd\u0c4d"
_WORD = regex.compile(r"[\p{L}\p{M}\u200c\u200d]+")


def zones_named(text: str, languages: Collection[str]) -> tuple[str, ...]:
    """Find the zones that a city or a country lies in; several where it is not clear which.

    Args:
        text: An answer to "where do you live", in whole sentences or not.
        languages: The languages whose names count.
    """
    known = tuple(sorted(languages))
    names = _names(known)
    found = [names[name] for name in _said(text, names, _stems(known))]
    if not found:
        return ()
    common = frozenset.intersection(*found)
    return _different(common or frozenset.union(*found))


def town_words() -> tuple[str, ...]:
    """List the towns of one word that people name: none is the spelling of something else."""
    zones = (zone.rpartition("/")[2] for zone in ALSO_CALLED)
    called = (name.strip() for names in ALSO_CALLED.values() for name in names.split(","))
    return tuple(name for name in (*zones, *called) if " " not in name)


def place_name(zone: str, language: str) -> str:
    """Name the place whose clock a zone is, short enough for a row: the country, else the city."""
    territory = str(get_global("zone_territories").get(zone))
    country: str = Locale.parse(language).territories.get(territory, "")
    is_one = len(get_global("territory_zones").get(territory, ())) == 1
    if is_one and 0 < len(country) <= LONGEST_NAME:
        return country
    return _city(zone, language)[:LONGEST_NAME]


def is_of_india(address: str) -> bool:
    """Say whether a WhatsApp address is an Indian one: by its number, or the country it names."""
    _, _, sender = address.rpartition(":")
    return sender.startswith(("+91", "IN."))


def _city(zone: str, language: str) -> str:
    named = Locale.parse(language).time_zones.get(zone, {}).get("city")
    return str(named or zone.rpartition("/")[2].replace("_", " "))


def _said(text: str, names: Collection[str], stems: Mapping[str, str]) -> Iterator[str]:
    """List the names in a text, the longest at each word."""
    words = [exact(word) for word in _WORD.findall(text)]
    at = 0
    while at < len(words):
        ends = range(min(at + _LONGEST_WORDS, len(words)), at, -1)
        end = next((end for end in ends if " ".join(words[at:end]) in names), None)
        name = " ".join(words[at:end]) if end else _before_an_ending(words[at], stems)
        if name:
            yield name
        at = end or at + 1


def _before_an_ending(word: str, stems: Mapping[str, str]) -> str:
    """Find the name that a word of an Indian script begins with: "சென்னையில்", "in Chennai"."""
    if word.isascii():
        return ""
    shortest = max(_LEAST_NAME, len(word) - _LONGEST_ENDING)
    begun = (word[:length] for length in range(len(word) - 1, shortest - 1, -1))
    return next((stems[one] for one in begun if one in stems), "")


def _different(zones: Collection[str]) -> tuple[str, ...]:
    """Keep one zone of each clock, the better known; at most ten."""
    kept: dict[tuple[object, ...], str] = {}
    for zone in sorted(zones, key=_rank):
        kept.setdefault(_clock(zone), zone)
    return tuple(list(kept.values())[:MOST])


def _rank(zone: str) -> tuple[bool, bool, str]:
    on_windows = zone in _on_windows()
    return zone not in ALSO_CALLED, not on_windows, zone


@cache
def _territories() -> dict[str, tuple[str, ...]]:
    """List the zones of each country, without what is no place."""
    listed = get_global("territory_zones").items()
    return {country: tuple(z for z in zones if "Etc/" not in z) for country, zones in listed}


@cache
def _on_windows() -> frozenset[str]:
    return frozenset(get_global("windows_zone_mapping").values())


@cache
def _clock(zone: str) -> tuple[object, ...]:
    """Tell clocks apart by how far they are from UTC in winter and in summer."""
    at = (datetime(2026, month, 1, tzinfo=ZoneInfo(zone)) for month in (1, 7))
    return tuple(one.utcoffset() for one in at)


@cache
def _names(languages: tuple[str, ...]) -> dict[str, frozenset[str]]:
    """Gather every name with its zones; a city's name counts for the city, not a country's."""
    countries: dict[str, frozenset[str]] = {}
    cities: dict[str, frozenset[str]] = {}
    territories = _territories()
    for territory, zones in territories.items():
        for language in languages:
            country = Locale.parse(language).territories.get(territory, "")
            countries[_key(country)] = frozenset(zones)
            cities |= {_key(_city(zone, language)): frozenset({zone}) for zone in zones}
    for name, territory in COUNTRIES_CALLED.items():
        countries[name] = frozenset(territories[territory])
    for zone, called in ALSO_CALLED.items():
        cities |= {_key(name): frozenset({zone}) for name in called.split(",")}
    named = cities | countries
    return {name: zones for name, zones in named.items() if name}


@cache
def _stems(languages: tuple[str, ...]) -> dict[str, str]:
    """Give what a name of one word begins with before an ending, to the name."""
    words = [name for name in _names(languages) if not name.isascii() and " " not in name]
    stems = {name.rstrip(_VIRAMAS): name for name in words}
    return {stem: name for stem, name in stems.items() if len(stem) >= _LEAST_NAME}


def _key(name: str) -> str:
    return " ".join(exact(word) for word in _WORD.findall(name))
