"""What a person has set, as it is shown and as it is changed. Pure."""

from collections.abc import Mapping

from babel import Locale

from app.conversation.about_person import BETWEEN
from app.conversation.medicines import BETWEEN as BETWEEN_TIMES
from app.conversation.offered import as_rows
from app.conversation.turn import Situation, SlotValue
from app.parsing.places import USUAL, place_name
from app.parsing.units import Unit, shown
from app.people.person import MOST_OTHERS_A_DAY, Person, QuietHours, Role

FASTING_LIKE, AFTER_MEAL_LIKE = 126.0, 180.0
"""mg/dL; the values of the examples, which mean nothing (house)."""
STEPS = {"fewer": -1, "same": 0, "more": 1}
OFFERS_DIGEST = "caregiver"


def settings_now(situation: Situation) -> Mapping[str, SlotValue]:
    """Give what is set, as slots that sentences show; `who` says which settings there are."""
    person = situation.asker
    return {
        "who": _who(person),
        "language_now": Locale.parse(person.language).get_language_name() or person.language,
        "unit_now": str(person.unit),
        "place_now": place_name(person.zone, person.language),
        "others_now": str(person.others_a_day),
        "quiet_now": as_span(person.quiet),
        "digest_now": person.digest_at or "",
        "checks_now": BETWEEN_TIMES.join(situation.checks),
        "fasting_like": like(FASTING_LIKE, person.unit),
        "after_meal_like": like(AFTER_MEAL_LIKE, person.unit),
    }


def _who(person: Person) -> str:
    if person.patient_id is not None:
        return "patient"
    return OFFERS_DIGEST if person.role is Role.CAREGIVER else "other"


def like(value_mg_dl: float, unit: Unit) -> str:
    """Write the number of an example as the person's meter shows it, without its unit."""
    return shown(value_mg_dl, unit)


def places_offered(person: Person) -> Mapping[str, SlotValue]:
    """Give the usual places as rows, and the one whose clock counts now."""
    rows = ((zone, place_name(zone, person.language)) for zone in USUAL)
    return {"places": as_rows(rows), "place_now": place_name(person.zone, person.language)}


def as_span(quiet: QuietHours) -> str:
    """Write quiet hours as they are shown, and as a slot holds them."""
    return f"{quiet.since}{BETWEEN}{quiet.until}"


def quiet_hours(span: str) -> QuietHours:
    """Read quiet hours as a slot holds them."""
    since, _, until = span.partition(BETWEEN)
    return QuietHours(since, until)


def others_wanted(person: Person, wish: str) -> int:
    """Give how many messages a day are wanted after "fewer", "same" or "more"."""
    return min(max(person.others_a_day + STEPS[wish], 0), MOST_OTHERS_A_DAY)
