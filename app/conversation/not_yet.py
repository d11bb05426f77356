"""What is said of doses that were reminded of, beside the verbs that the parser knows. Pure."""

from dataclasses import replace

from app.conversation.about_person import says_any, says_only
from app.conversation.flow import Flows
from app.parsing.meanings import AnyMeaning, Dose, DoseStatus, Parsed

NOT_YET = Dose(None, DoseStatus.SKIPPED, not_yet=True)


def says_not_yet(body: str, flows: Flows) -> bool:
    """Say whether a message has the word that makes "not taken" one still to be taken."""
    return says_any(body, flows.wordings.get("not_yet", ()))


def with_not_yet(parsed: Parsed, body: str, flows: Flows) -> Parsed:
    """Hear the doses not taken as still to be taken, where the message says so."""
    if not says_not_yet(body, flows):
        return parsed
    return replace(parsed, meanings=tuple(_still_to_take(m) for m in parsed.meanings))


def _still_to_take(meaning: AnyMeaning) -> AnyMeaning:
    if isinstance(meaning, Dose) and meaning.status is DoseStatus.SKIPPED:
        return replace(meaning, not_yet=True)
    return meaning


def not_yet_alone(body: str, flows: Flows) -> Dose | None:
    """Read "not yet" with no verb beside it."""
    return NOT_YET if _is_all(body, "not_yet_alone", flows) else None


def not_eaten(body: str, flows: Flows) -> Dose | None:
    """Read a denied verb of eating that is of tablets only where they are asked about."""
    return Dose(None, DoseStatus.SKIPPED) if _is_all(body, "not_eaten", flows) else None


def _is_all(body: str, told: str, flows: Flows) -> bool:
    """Say whether a message is a saying of a list, perhaps with "yet" beside it."""
    sayings, yet = flows.wordings.get(told, ()), flows.wordings.get("not_yet", ())
    return says_any(body, sayings) and says_only(body, (*sayings, *yet))


def says_both(body: str, flows: Flows) -> bool:
    """Say whether a message speaks of several as a whole: "both", "all of them"."""
    return says_any(body, flows.wordings.get("both", ()))
