"""A message heard as the answer to a reminder that waits. Pure.

A reminder is said outside of any turn, so no conversation stands at its question. Where nothing
else waits, and the message answers it, the turn begins as if one did.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from app.conversation.after_all import taken_after_all
from app.conversation.answers import answer_to, button_token, chosen, has_run_out, is_button
from app.conversation.course import MAX_SUSPENDED
from app.conversation.more_than_yes import VAGUE, is_more_than_yes
from app.conversation.not_yet import (
    not_yet_alone,
    says_both,
    says_not_yet,
    with_not_yet,
)
from app.conversation.reminders import doses_asked_about, doses_meant
from app.conversation.said_of_doses import is_of_insulin, may_be_of_meal, said_of_doses
from app.conversation.step import Ask, Choose, SlotType, asks_for
from app.conversation.steps import is_current
from app.conversation.turn import Node, Place
from app.messaging.outbox.outgoing import outbound_id
from app.parsing.meanings import (
    AnyMeaning,
    Asked,
    Command,
    Dose,
    Meal,
    Parsed,
)
from app.reminders.recipient import medicine_key

if TYPE_CHECKING:
    from app.conversation.flow import Flows
    from app.conversation.step import Question
    from app.conversation.turn import Situation
    from app.parsing.lexicon import Lexicon

FLOW = "reminder_answer"
HEARD = VAGUE | {Command.LATER, Command.THANKS, Command.GREETING}
"""Commands beside which a reminder can be answered; any other is obeyed."""


def with_reminder(
    situation: Situation, parsed: Parsed, lexicon: Lexicon, flows: Flows
) -> tuple[Situation, Parsed]:
    """Hear a message as the answer to a reminder, unless something else is told or answered.

    A word such as "taken" is of the doses reminded of, whatever question waits; a number or
    "later" only where none does. Tablets are "eaten" in most of our languages, so that a verb of
    eating alone is of them too.
    """
    if is_button(situation):
        return _tapped(situation, flows), parsed
    if not doses_meant(situation):
        return situation, taken_after_all(situation, parsed, lexicon)
    if _may_answer(situation, parsed, flows):
        situation, parsed = _heard(situation, parsed, lexicon, flows)
    return situation, with_not_yet(parsed, situation.message.body, flows)


def _heard(
    situation: Situation, parsed: Parsed, lexicon: Lexicon, flows: Flows
) -> tuple[Situation, Parsed]:
    waiting = _open_question(situation, flows)
    dose = said_of_doses(situation, lexicon, flows)
    if waiting is not None and answer_to(waiting, situation, parsed, lexicon):
        if dose is None or not _is_rather(dose, waiting, situation, parsed, lexicon):
            return situation, parsed
        return situation, replace(parsed, meanings=(dose,))
    dose = dose or _without_verb(situation, waiting, flows)
    if dose is not None:
        return situation, replace(parsed, meanings=(dose,))
    if waiting is not None or not doses_asked_about(situation):
        return situation, parsed
    return _asked(situation, parsed, lexicon, flows), parsed


def _is_rather(
    dose: Dose, waiting: Question, situation: Situation, parsed: Parsed, lexicon: Lexicon
) -> bool:
    """Say whether a verb counts and not the row: "after lunch not taken" is not "later"."""
    place = situation.node.place
    if place is not None and place.flow == FLOW:
        return True
    row = chosen(waiting, situation, lexicon) if isinstance(waiting, Choose) else None
    return is_more_than_yes(waiting, row, situation, parsed, dose)


def _without_verb(situation: Situation, waiting: Question | None, flows: Flows) -> Dose | None:
    """Read "not yet" alone, where nothing else was asked and nobody is in danger."""
    place = situation.node.place
    is_of_doses = waiting is None or (place is not None and place.flow == FLOW)
    if not is_of_doses or situation.emergency.open:
        return None
    return not_yet_alone(situation.message.body, flows)


def _tapped(situation: Situation, flows: Flows) -> Situation:
    """Stand at the reminder's question where a button under that very reminder was tapped.

    What waits goes on waiting. A tap under an earlier reminder means doses long dealt with: its
    token is nobody's any more, so that it is heard as an answer that came too late.
    """
    token = button_token(situation)
    if token not in _tokens(situation):
        return situation
    flow, node = flows.flows[FLOW], situation.node
    waiting = () if node.place is None or has_run_out(situation) else (node.place,)
    place = Place(FLOW, flow.version, flow.first)
    suspended = (*node.suspended, *waiting)[-MAX_SUSPENDED:]
    return replace(situation, node=Node(place, suspended, token))


def _tokens(situation: Situation) -> set[str]:
    """Name the reminders of the doses meant: the latest, and the first of those put off."""
    doses, patient_id = doses_meant(situation), situation.person.patient_id
    latest = {dose.reminder_id.hex for dose in doses if dose.reminder_id}
    if patient_id is None:
        return latest
    keys = (medicine_key(patient_id, dose.scheduled_time) for dose in doses)
    return latest | {outbound_id(key).hex for key in keys}


def _may_answer(situation: Situation, parsed: Parsed, flows: Flows) -> bool:
    body = situation.message.body
    heard = HEARD | {Command.HELP} if says_not_yet(body, flows) else HEARD
    if all(isinstance(m, Asked) and m.command in heard for m in parsed.meanings):
        return True
    is_several = len(doses_meant(situation)) > 1 and says_both(body, flows)
    eaten = all(_is_eaten(m, is_several=is_several) for m in parsed.meanings)
    return eaten and not is_of_insulin(situation)


def _is_eaten(meaning: AnyMeaning, *, is_several: bool) -> bool:
    """Say whether a verb of eating, with no word of what but "both", may be of tablets."""
    if not isinstance(meaning, Meal) or meaning.meal_type or meaning.foods:
        return False
    return meaning.bare or is_several


def _open_question(situation: Situation, flows: Flows) -> Question | None:
    place = situation.node.place
    if place is None or has_run_out(situation) or not is_current(place, flows):
        return None
    step = flows.step(place.flow, place.step)
    if not isinstance(step, Ask | Choose) or asks_for(step, SlotType.NOTHING):
        return None
    return step


def _asked(situation: Situation, parsed: Parsed, lexicon: Lexicon, flows: Flows) -> Situation:
    """Stand at the reminder's question where the message answers it, or may be meant to.

    A danger that was found after the reminder went out has its own questions.
    """
    sent_at = doses_asked_about(situation)[0].reminded_at
    if any(sent_at is None or event.opened_at > sent_at for event in situation.emergency.open):
        return situation
    flow = flows.flows[FLOW]
    question = flow.steps[flow.first]
    suspended = situation.node.suspended if not has_run_out(situation) else ()
    asked = replace(situation, node=Node(Place(FLOW, flow.version, flow.first), suspended))
    is_vague = any(isinstance(m, Asked) and m.command in VAGUE for m in parsed.meanings)
    is_answer = isinstance(question, Choose) and answer_to(question, asked, parsed, lexicon)
    is_unclear = not parsed.meanings and not parsed.question
    is_of_meal = is_unclear and may_be_of_meal(situation.message.body, lexicon)
    return asked if is_answer or is_vague or is_of_meal else situation
