"""What is answered to "did I take it?", from the day's doses as they are kept. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from app.conversation.care import NONE_YET, medicine_named
from app.conversation.log import Log, joined
from app.conversation.told import time_in_words
from app.conversation.turn import Situation
from app.medications import asked
from app.medications.dose import AnsweredDose, LogStatus, Medicine
from app.parsing.lexicon import Lexicon
from app.parsing.meanings import Dose, DoseStatus, Message
from app.parsing.parse import parse
from app.parsing.prescription import names_a_medicine
from app.text import Text

MOST_WORDS = 4
"""A question of more words is about more than whether a dose was taken (house)."""


@dataclass(frozen=True, slots=True)
class _Doses:
    """One medicine's doses, as far as they are kept for the answer.

    Attributes:
        taken: Of the person's day.
        skipped: Of the day, told as not taken; a missed one may only be untold.
        untold: When those of the day were due that nobody told of.
        ahead: When those are due that are left of the day.
        last: When the last one before the day was taken; None for none known.
    """

    taken: list[AnsweredDose]
    skipped: list[AnsweredDose]
    untold: list[datetime]
    ahead: list[datetime]
    last: datetime | None

    @property
    def is_settled(self) -> bool:
        """Whether each dose that was due is told of, one at least."""
        return bool(self.taken or self.skipped) and not self.untold


def taken_today(words: str, situation: Situation, lexicon: Lexicon) -> Log | None:
    """Answer from the day's doses whether a medicine was taken; None where none is meant."""
    medicines = situation.medications.medicines
    named = medicine_named(words, medicines, lexicon)
    generic = names_a_medicine(lexicon, words)
    if named is None and generic is None:
        return None
    if named is None and generic:
        return Log(noted=(asked.nothing_told(words),), advice=(asked.NOT_SURE,))
    meant = (named,) if named else medicines
    return joined(_answer(one, situation) for one in meant) if meant else Log(noted=(NONE_YET,))


def asked_by_mark(situation: Situation, lexicon: Lexicon) -> str | None:
    """Give the medicine of "metformin li?": a short report of a dose taken, but for its mark."""
    told = situation.message.body.replace("?", " ")
    if told == situation.message.body or len(told.split()) > MOST_WORDS:
        return None
    read = parse(lexicon, Message(told, situation.now, situation.person.language))
    dose = read.meanings[0] if len(read.meanings) == 1 and not read.question else None
    if not isinstance(dose, Dose) or dose.status is not DoseStatus.TAKEN or not dose.spans:
        return None
    first, last = dose.spans[0]
    return told[first:last]


def _answer(medicine: Medicine, situation: Situation) -> Log:
    doses, zone = _doses(medicine, situation), ZoneInfo(situation.person.zone)
    name = medicine.shown
    lines = _of_told(name, doses, zone) + _of_untold(name, doses, zone)
    if doses.last is not None and not doses.taken:
        lines.append(asked.last_taken(name, time_in_words(situation, doses.last)))
    if doses.ahead:
        lines.append(asked.next_due(name, _times(doses.ahead[:1], zone)))
    return Log(noted=tuple(lines), advice=() if doses.is_settled else (asked.NOT_SURE,))


def _of_told(name: str, doses: _Doses, zone: ZoneInfo) -> list[Text]:
    lines = []
    if doses.taken:
        lines.append(asked.taken(name, _times((dose.at for dose in doses.taken), zone)))
    if doses.skipped:
        due = _times((dose.scheduled_time for dose in doses.skipped), zone)
        is_all = not doses.taken and not doses.untold
        lines.append(asked.skipped(name) if is_all else asked.one_skipped(name, due))
    return lines


def _of_untold(name: str, doses: _Doses, zone: ZoneInfo) -> list[Text]:
    if doses.untold:
        return [asked.untold(name, _times(doses.untold, zone))]
    return [] if doses.is_settled else [asked.nothing_told(name)]


def _times(moments: Iterable[datetime], zone: ZoneInfo) -> str:
    return ", ".join(f"{at.astimezone(zone):%H:%M}" for at in moments)


def _doses(medicine: Medicine, situation: Situation) -> _Doses:
    known, now, zone = situation.medications, situation.now, ZoneInfo(situation.person.zone)

    def is_today(at: datetime) -> bool:
        return at.astimezone(zone).date() == now.astimezone(zone).date()

    own = [dose for dose in known.answered if dose.medicine_id == medicine.medicine_id]
    ours = [dose for dose in own if is_today(dose.at)]
    made = (one for one in known.pending if one.medicine_id == medicine.medicine_id)
    pending = [one.scheduled_time for one in made if is_today(one.scheduled_time)]
    missed = [dose.scheduled_time for dose in ours if dose.status is LogStatus.MISSED]
    before = [dose.at for dose in own if dose.is_taken and dose not in ours]
    return _Doses(
        taken=[dose for dose in ours if dose.is_taken],
        skipped=[dose for dose in ours if dose.status is LogStatus.SKIPPED],
        untold=sorted([*missed, *(at for at in pending if at <= now)]),
        ahead=sorted(at for at in pending if at > now),
        last=max(before, default=None),
    )
