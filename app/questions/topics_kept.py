"""What a question is about, as JSON keeps it. Pure."""

from typing import Any

from app.parsing.topics import Topics


def topics_from(known: dict[str, Any] | None, text: str) -> Topics:
    """Read what a question is about; one of which nothing is known is like no other."""
    known = known or {}
    return Topics(
        asked=known.get("asked", ""),
        things=frozenset(known.get("things", ())),
        symptoms=frozenset(known.get("symptoms", ())),
        numbers=frozenset(known.get("numbers", ())),
        denied=known.get("denied", False),
        words=tuple(known.get("words", (text,))),
        language=known.get("language", ""),
    )


def topics_to(about: Topics) -> dict[str, Any]:
    """Write what a question is about."""
    return {
        "asked": about.asked,
        "things": sorted(about.things),
        "symptoms": sorted(about.symptoms),
        "numbers": sorted(about.numbers),
        "denied": about.denied,
        "words": list(about.words),
        "language": about.language,
    }
