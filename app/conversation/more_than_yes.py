"""Whether "yes, taken" answers the question that waits, or tells of the dose. Pure."""

from app.conversation.about_person import says_any
from app.conversation.step import Choose, Question
from app.conversation.turn import Situation
from app.parsing.meanings import Asked, Command, Dose, DoseStatus, Parsed

VAGUE = frozenset({Command.YES, Command.NO})
"""What may be meant for a reminder, but does not say what became of the dose: it is asked."""
OWN_VERBS = frozenset({"help_came", "medicines"})
"""Flows whose questions are answered with the verbs of doses too."""
TAKEN = ("taken",)
"""A verb of doses that the parser passes over beside "yes"; "yes, done" is only a yes."""


def is_more_than_yes(
    question: Question, row: str | None, situation: Situation, parsed: Parsed, dose: Dose
) -> bool:
    """Say whether a dose is told behind the "yes" or "no" that would answer a question.

    Args:
        question: What waits.
        row: The row of it that the message chooses; None where it is no choice.
        situation: Where the message is heard.
        parsed: The message as the parser alone has it.
        dose: The message as it is read beside the name of a medicine.
    """
    place = situation.node.place
    if not isinstance(question, Choose) or place is None or place.flow in OWN_VERBS:
        return False
    is_vague = any(one.id == row and one.command in VAGUE for one in question.options)
    is_yes = any(isinstance(m, Asked) and m.command in VAGUE for m in parsed.meanings)
    is_only_that = is_yes and not says_any(situation.message.body, TAKEN)
    is_taken = dose.status is DoseStatus.TAKEN
    return is_vague and not is_only_that and (is_taken or question.wait.gives_way)
