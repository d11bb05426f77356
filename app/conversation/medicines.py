"""Medicines with their times, as they are told in a conversation. Pure."""

from collections.abc import Mapping
from uuid import UUID

from app.conversation.log import FollowUp
from app.conversation.turn import Situation, SlotValue
from app.medications.dose import MedicineScheduled
from app.medications.times import frequency_of
from app.parsing import prescription
from app.parsing.lexicon import Lexicon
from app.parsing.meanings import AnyMeaning, Asked, Command, Parsed

BETWEEN = ", "
"""Between the times of a slot, as they are shown."""


def medicine_told(lexicon: Lexicon, body: str) -> Mapping[str, SlotValue] | None:
    """Read a medicine as the slots of `add_medicine`; `times` is None where none was told."""
    told = prescription.prescription(lexicon, body)
    if told is None:
        return None
    return {
        "medicine": f"{told.called or told.name} {told.dosage}".strip(),
        "name": told.name,
        "called": told.called,
        "dosage": told.dosage,
        "times": BETWEEN.join(told.times) or None,
    }


def times_told(lexicon: Lexicon, body: str) -> str:
    """Read times of the day as a slot holds them; empty where there is none."""
    return BETWEEN.join(prescription.medicine_times(lexicon, body))


def told_unasked(situation: Situation, parsed: Parsed, lexicon: Lexicon) -> FollowUp | None:
    """Read a prescription that nobody asked for; None where the message is anything else."""
    body = situation.message.body
    is_own = situation.person.patient_id is not None and parsed.subject is None
    is_else = parsed.question or not all(_is_of_medicines(m) for m in parsed.meanings)
    if is_else or not is_own or situation.is_late:
        return None
    told = medicine_told(lexicon, body) if prescription.is_told_unasked(lexicon, body) else None
    return FollowUp("add_medicine", told) if told else None


def _is_of_medicines(meaning: AnyMeaning) -> bool:
    return isinstance(meaning, Asked) and meaning.command is Command.MEDICINES


def scheduled(slots: Mapping[str, SlotValue], situation: Situation) -> MedicineScheduled:
    """Give a medicine its times: the one of that name on the list, or a new one."""
    name = str(slots.get("name") or slots["medicine"])
    times = tuple(str(slots["times"]).split(BETWEEN))
    known = (m.medicine_id for m in situation.medications.medicines if m.name == name)
    chosen = UUID(str(slots["medicine_id"])) if slots.get("medicine_id") else None
    return MedicineScheduled(
        medicine_id=chosen or next(known, situation.new_id(f"medicine:{name}")),
        name=name,
        dosage=str(slots.get("dosage") or ""),
        frequency=frequency_of(times),
        times=times,
        called=str(slots.get("called") or ""),
    )
