"""The concepts that rules speak of; every language folder names each of them. Pure."""

from app.parsing.meanings import SYMPTOMS, Command

WORDS = (
    "sugar device show unit_mg unit_mmol high low display_hi display_lo "
    "fasting post_meal pre_meal bedtime random breakfast lunch dinner snack food eat "
    "after_last after_next before_last before_next "
    "blood_pressure hba1c "
    "correction up_to or and but but_after_verb copula filler"
).split()
TIMES = (
    "today yesterday day_before_yesterday tomorrow morning noon evening night am pm clock at "
    "half_past quarter_past quarter_to hour minute day longer ago now"
).split()
NEGATION = "deny_next deny_last".split()
DOSES = "medicine unit taken take skipped missed future prescribed".split()
PEOPLE = (
    "father mother wife husband son daughter grandfather grandmother brother sister uncle aunt "
    "agent for"
).split()
ASKS = "question judgement hypothetical in_language".split()
COUNTS = "noun before_number food".split()
BODY = (
    "chest breath mouth head belly limb side face speech sight heart urine awake"
).split()
SIGNS = (
    "pain tremble difficulty cannot deep fast fruity numb droop slur blur move swallow often "
    "respond recognise"
).split()

REQUIRED: tuple[str, ...] = (
    *(f"words.{name}" for name in WORDS),
    *(f"times.{name}" for name in TIMES),
    *(f"negation.{name}" for name in NEGATION),
    *(f"doses.{name}" for name in DOSES),
    *(f"people.{name}" for name in PEOPLE),
    *(f"asks.{name}" for name in ASKS),
    *(f"counts.{name}" for name in COUNTS),
    *(f"body.{name}" for name in BODY),
    *(f"signs.{name}" for name in SIGNS),
    *(f"symptoms.{name}" for name in sorted(SYMPTOMS)),
    *(f"commands.{command}" for command in Command),
    *(f"requests.{command}" for command in Command),
)
"""Every concept a language must name, `file section.word`; a language without one names it empty."""
