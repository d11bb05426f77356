"""The care of medicines: listed, chosen, paused, resumed, ended. Pure."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from app.conversation.bare import is_row_number, number_alone
from app.conversation.log import Log
from app.conversation.turn import Situation, SlotValue
from app.medications.dose import Medicine, MedicineEnded, MedicinePaused, MedicineResumed
from app.parsing.lexicon import Lexicon
from app.parsing.prescription import names_a_medicine
from app.text import Text, text

Slots = Mapping[str, SlotValue]

NONE_YET = text("You have told me no medicines yet.")
YOURS = text("Your medicines:")
WITH_TIMES = "{medicine}: {times}"
IN_LIST = "- {line}"
NUMBERED = "{number}. {line}"
"""Layouts: no letter in them but the placeholders'."""
DAYS = {"today": 1, "two": 2, "three": 3, "week": 7}
"""For how many local days, today included, a pause is."""
ASK_DOCTOR = text(
    "This is about my reminders only. Whether you take a medicine is for your doctor to say: "
    "please ask before you leave one out."
)


def listed(situation: Situation) -> tuple[Text, ...]:
    """List the medicines with how much and when, paused ones marked."""
    medicines = situation.medications.medicines
    if not medicines:
        return (NONE_YET,)
    lines = [Text(IN_LIST, (("line", _line(one, situation)),)) for one in medicines]
    return (_stacked(YOURS, *lines),)


def numbered(slots: Slots, situation: Situation) -> tuple[Text, ...]:
    """List the medicines that can be chosen, by number; nothing where one is chosen."""
    if slots.get("medicine") is not None:
        return ()
    rows = [
        Text(NUMBERED, (("line", _line(one, situation)), ("number", number)))
        for number, one in enumerate(situation.medications.medicines, start=1)
    ]
    return (_stacked(*rows),) if rows else (NONE_YET,)


def _stacked(above: Text, *below: Text) -> Text:
    whole = above
    for line in below:
        whole = Text("{above}\n{below}", (("above", whole), ("below", line)))
    return whole


def _line(medicine: Medicine, situation: Situation) -> Text:
    described = medicine.described
    if medicine.is_paused_at(situation.now):
        until = medicine.paused_until
        if until is None:
            return text("{medicine}: paused", medicine=described)
        day = until.astimezone(ZoneInfo(situation.person.zone))
        return text("{medicine}: paused until {day}", medicine=described, day=f"{day:%d/%m}")
    if not medicine.times:
        return text("{medicine}: no fixed times", medicine=described)
    return Text(WITH_TIMES, (("medicine", described), ("times", ", ".join(medicine.times))))


def only_one(slots: Slots, situation: Situation) -> Slots:
    """Choose the only medicine there is; nothing where there are several, or one is chosen."""
    medicines = situation.medications.medicines
    if slots.get("medicine") is not None or len(medicines) != 1:
        return {}
    return {"medicine": medicines[0].described, **medicine_slots(medicines[0])}


def medicine_slots(medicine: Medicine) -> Slots:
    """Give a medicine as the slots that its changes go by."""
    return {
        "medicine_id": str(medicine.medicine_id),
        "name": medicine.name,
        "called": medicine.called,
        "dosage": "",
    }


def medicine_meant(situation: Situation, lexicon: Lexicon) -> Medicine | None:
    """Find the medicine an answer names: by its number, its generic, or what it is called."""
    body = situation.message.body
    medicines = situation.medications.medicines
    if (number := number_alone(body)) is not None:
        fits = is_row_number(body) and 1 <= number <= len(medicines)
        return medicines[int(number) - 1] if fits else None
    return medicine_named(body, medicines, lexicon)


def medicine_named(
    words: str, medicines: tuple[Medicine, ...], lexicon: Lexicon
) -> Medicine | None:
    """Find the medicine that words name."""
    plain = " ".join(words.lower().split())
    called = (one for one in medicines if plain in {one.shown.lower(), one.described.lower()})
    generic = names_a_medicine(lexicon, words)
    named = (one for one in medicines if generic and one.name == generic)
    return next(called, None) or next(named, None)


def paused(slots: Slots, situation: Situation) -> Log:
    """Pause a medicine's reminders, for some days or until they are resumed."""
    days = DAYS.get(str(slots["pause"]))
    until = _midnight_after(days, situation) if days else None
    event = MedicinePaused(UUID(str(slots["medicine_id"])), until)
    medicine = str(slots["medicine"])
    if until is None:
        line = text(
            "Noted: I do not remind you of {medicine} until you tell me to.", medicine=medicine
        )
    else:
        line = text(
            "Noted: I remind you of {medicine} again from {day}.",
            medicine=medicine,
            day=f"{until:%d/%m}",
        )
    return Log((event,), (line,), (ASK_DOCTOR,))


def _midnight_after(days: int, situation: Situation) -> datetime:
    zone = ZoneInfo(situation.person.zone)
    day = situation.now.astimezone(zone).date() + timedelta(days=days)
    return datetime.combine(day, time(), zone)


def resumed(slots: Slots, _situation: Situation) -> Log:
    """Remind of a medicine again."""
    event = MedicineResumed(UUID(str(slots["medicine_id"])))
    medicine = str(slots["medicine"])
    return Log((event,), (text("Noted: I remind you of {medicine} again.", medicine=medicine),))


def ended(slots: Slots, _situation: Situation) -> Log:
    """End a medicine, as the person confirmed that a doctor did."""
    event = MedicineEnded(UUID(str(slots["medicine_id"])))
    medicine = str(slots["medicine"])
    line = text(
        "Noted: your doctor ended {medicine}. I do not remind you of it any more.",
        medicine=medicine,
    )
    return Log((event,), (line,))
