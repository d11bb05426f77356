"""Which value of a message is asked about. Pure."""

from app.conversation.turn import Situation, SlotValue
from app.emergency.doubt import Doubt, doubt_about
from app.emergency.gather import measured_in
from app.parsing.meanings import Glucose, GlucoseDisplay, GlucoseDoubtful, Parsed
from app.parsing.units import shown


def doubt_to_ask(parsed: Parsed, situation: Situation) -> dict[str, SlotValue] | None:
    """Find the first value in doubt, as the slots of `doubtful_reading`; None where all are plain.

    Nobody is asked whose values are not kept.
    """
    if situation.person.patient_id is None or parsed.subject is not None:
        return None
    unit = situation.person.unit
    for measured in measured_in(parsed.meanings):
        doubt = doubt_about(measured, unit)
        if doubt is not None:
            return _slots(doubt, measured, situation)
    return None


def _slots(
    doubt: Doubt, measured: Glucose | GlucoseDisplay | GlucoseDoubtful, situation: Situation
) -> dict[str, SlotValue]:
    if isinstance(measured, GlucoseDisplay):
        return {"kind": str(doubt), "number": str(measured.display), "tenth": ""}
    if isinstance(measured, Glucose):
        said = shown(measured.value_mg_dl, situation.person.unit)
        return {"kind": str(doubt), "number": said, "tenth": ""}
    tenth = f"{measured.value / 10:g}"
    return {"kind": str(doubt), "number": f"{measured.value:g}", "tenth": tenth}
