"""What a `do` step about medicines and their doses has happen. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from app.conversation import care
from app.conversation.came_of import Outcome, Slots, came_of
from app.conversation.log import Log
from app.conversation.medicines import scheduled
from app.conversation.reminders import reminder_answered
from app.conversation.skipped import reason_told, skipped_slots
from app.conversation.step import Action, Do
from app.conversation.turn import Situation

NO_REASON: Slots = {"doses": "", "skipped": "", "wish": ""}
"""What is asked about where no reason is."""


def _medicine(_step: Do, slots: Slots, situation: Situation) -> Outcome:
    return Outcome((scheduled(slots, situation),))


def _reminder(_step: Do, slots: Slots, situation: Situation) -> Outcome:
    came = came_of(reminder_answered(str(slots["answer"]), situation))
    why = skipped_slots(came.events, situation) if not situation.emergency.open else {}
    return replace(came, slots={**NO_REASON, **why, "asks_why": "yes" if why else "no"})


def _list(_step: Do, _slots: Slots, situation: Situation) -> Outcome:
    lines = care.listed(situation)
    return Outcome(
        said=lines, slots={"has_any": "yes" if situation.medications.medicines else "no"}
    )


def _number(_step: Do, slots: Slots, situation: Situation) -> Outcome:
    only = care.only_one(slots, situation)
    return Outcome(slots=only) if only else Outcome(said=care.numbered(slots, situation))


def _care(
    act: Callable[[Slots, Situation], Log],
) -> Callable[[Do, Slots, Situation], Outcome]:
    def done(_step: Do, slots: Slots, situation: Situation) -> Outcome:
        return came_of(act(slots, situation))

    return done


OF_MEDICINES: Mapping[Action, Callable[[Do, Slots, Situation], Outcome]] = {
    Action.SCHEDULE_MEDICINE: _medicine,
    Action.ANSWER_REMINDER: _reminder,
    Action.TELL_REASON: _care(reason_told),
    Action.LIST_MEDICINES: _list,
    Action.NUMBER_MEDICINES: _number,
    Action.PAUSE_MEDICINE: _care(care.paused),
    Action.RESUME_MEDICINE: _care(care.resumed),
    Action.END_MEDICINE: _care(care.ended),
}
