"""A test of sugar that a person asks to be reminded of, without a question. Pure."""

from app.conversation.flow import Flows
from app.conversation.log import Log
from app.conversation.medicines import BETWEEN
from app.conversation.names import told_in
from app.conversation.turn import Situation
from app.glucose.checks.check import ChecksWanted
from app.parsing.lexicon import Lexicon
from app.parsing.meanings import Parsed
from app.parsing.prescription import daily_times
from app.text import text


def checks_told(situation: Situation, parsed: Parsed, lexicon: Lexicon, flows: Flows) -> Log | None:
    """Read the wish to be reminded of a test at times of the day; None for any other message.

    The times told are added to those there are.
    """
    is_own = situation.person.patient_id is not None and parsed.subject is None
    if not is_own or parsed.meanings or situation.is_late:
        return None
    words = told_in(situation.message.body, flows.wordings.get("checks_wanted", ()))
    told = daily_times(lexicon, words) if words else ()
    if not told:
        return None
    times = tuple(sorted({*situation.checks, *told}))
    return Log(
        (ChecksWanted(times),),
        (
            text(
                "Noted. I remind you to test your sugar every day at {checks_now}. "
                "To change or stop it, write SETTINGS.",
                checks_now=BETWEEN.join(times),
            ),
        ),
    )
