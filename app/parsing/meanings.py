"""What a message can mean: the values that parsing hands on. Pure.

Every meaning says where in the text it stands (`spans`, half-open character offsets into the text
as received) and which rules made it (`rules`, in the order they fired).
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.parsing.units import Unit


class GlucoseState(StrEnum):
    """When a reading was taken, in the words of the data model."""

    MORNING_FASTING = "MORNING_FASTING"
    AFTER_BREAKFAST = "AFTER_BREAKFAST"
    BEFORE_LUNCH = "BEFORE_LUNCH"
    AFTER_LUNCH = "AFTER_LUNCH"
    BEFORE_DINNER = "BEFORE_DINNER"
    AFTER_DINNER = "AFTER_DINNER"
    BEDTIME = "BEDTIME"
    RANDOM = "RANDOM"


class Display(StrEnum):
    """What a meter shows in place of a number."""

    HI = "HI"
    LO = "LO"


class DoseStatus(StrEnum):
    """What a person says of a dose."""

    TAKEN = "TAKEN"
    SKIPPED = "SKIPPED"
    MISSED = "MISSED"


class Command(StrEnum):
    """What a person can ask the service for."""

    GREETING = "greeting"
    HELP = "help"
    MENU = "menu"
    STOP = "stop"
    START = "start"
    CANCEL = "cancel"
    YES = "yes"
    NO = "no"
    THANKS = "thanks"
    REPORT = "report"
    LANGUAGE = "language"
    MEDICINES = "medicines"
    APPOINTMENT = "appointment"
    DOCTOR_QUESTION = "doctor_question"
    CAREGIVER = "caregiver"
    SETTINGS = "settings"
    EXPORT = "export"
    DELETE = "delete"
    UNDO = "undo"
    BACK = "back"
    LATER = "later"


RED_FLAGS = frozenset(
    {
        "unconscious",
        "seizure",
        "cannot_swallow",
        "confusion",
        "chest_pain",
        "breathless",
        "one_sided_weakness",
        "fruity_breath",
        "deep_breathing",
    }
)

SYMPTOMS = RED_FLAGS | {
    "drowsy",
    "vomiting",
    "abdominal_pain",
    "shaky",
    "sweating",
    "dizzy",
    "hungry",
    "palpitations",
    "headache",
    "blurred_vision",
    "weak",
    "thirst",
    "frequent_urination",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What every meaning carries: where it stands and what made it."""

    spans: tuple[tuple[int, int], ...] = ()
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Glucose(Meaning):
    """A reading.

    Attributes:
        value_mg_dl: Unrounded; triage classifies on it. `app.parsing.as_json` writes one decimal.
        state: Null where nothing was said.
        recorded_at: Aware; None for "now".
        unit: The unit the number was said or taken in.
        correction: True where the message says that an earlier value was wrong.
        instead_of_mg_dl: The value that it says was wrong; None where it names none.
        bare: True for a number that stands alone, with no sugar word, unit or state beside it:
            where a question waits it answers the question instead.
    """

    value_mg_dl: float
    state: GlucoseState | None = None
    recorded_at: datetime | None = None
    unit: Unit = Unit.MG_DL
    correction: bool = False
    bare: bool = False
    instead_of_mg_dl: float | None = None


@dataclass(frozen=True, slots=True)
class GlucoseDisplay(Meaning):
    """The meter showed a word."""

    display: Display


@dataclass(frozen=True, slots=True)
class GlucoseDoubtful(Meaning):
    """A number said to be sugar that no meter shows in the person's unit without doubt."""

    value: float
    unit: Unit | None = None


@dataclass(frozen=True, slots=True)
class Food:
    """One food of a meal: a key of the food table, and how many usual portions."""

    food: str
    quantity: float | None


@dataclass(frozen=True, slots=True)
class Meal(Meaning):
    """A meal eaten.

    Attributes:
        bare: True for a verb of eating that names no food and no meal: where a reminder waits it
            may be of the medicine.
    """

    meal_type: str | None
    foods: tuple[Food, ...] = ()
    consumed_at: datetime | None = None
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Dose(Meaning):
    """A dose taken, skipped or missed; `name` is the generic, or None for "my medicine".

    Attributes:
        not_yet: True where it is still to be taken: said only of a dose that was reminded of, in
            whose place the parser alone hears one that was skipped.
    """

    name: str | None
    status: DoseStatus
    taken_at: datetime | None = None
    not_yet: bool = False


@dataclass(frozen=True, slots=True)
class Symptoms(Meaning):
    """Everything the person complains of, in alphabetical order."""

    symptoms: tuple[str, ...]

    @property
    def red_flag(self) -> bool:
        """Whether any of them is a red flag."""
        return not RED_FLAGS.isdisjoint(self.symptoms)


@dataclass(frozen=True, slots=True)
class Lab(Meaning):
    """A laboratory value."""

    marker: str
    value: float


@dataclass(frozen=True, slots=True)
class BloodPressure(Meaning):
    """A blood pressure in mmHg."""

    systolic: int
    diastolic: int


@dataclass(frozen=True, slots=True)
class Connect(Meaning):
    """A doctor's onboarding code, upper case."""

    code: str


@dataclass(frozen=True, slots=True)
class Asked(Meaning):
    """A command; `to` is the language asked for, with `Command.LANGUAGE` only."""

    command: Command
    to: str | None = None


class Alarm(StrEnum):
    """What a person cries out without a value or a complaint that has a name."""

    LOW = "low"
    HELP = "help"


@dataclass(frozen=True, slots=True)
class Plea(Meaning):
    """Danger told in words that are no reading and no symptom: the sugar is low, save him.

    The parser's public answer has no such kind: it is for triage, which must not pass over it.
    """

    alarm: Alarm


class HelpWord(StrEnum):
    """What a person says of help, in danger."""

    THERE = "there"
    """A doctor, an ambulance crew or a hospital has the patient."""
    UNSURE = "unsure"
    """One of them is named, or asked for, or still to come."""
    BETTER = "better"
    """The patient is awake, or better."""
    NONE = "none"
    """No help is there: a "no" to the question for it."""


AnyMeaning = (
    Glucose
    | GlucoseDisplay
    | GlucoseDoubtful
    | Meal
    | Dose
    | Symptoms
    | Lab
    | BloodPressure
    | Connect
    | Asked
    | Plea
)


@dataclass(frozen=True, slots=True)
class Message:
    """What the parser is given.

    Attributes:
        text: As the channel delivered it, any script, any length.
        received_at: Aware; "today", "now" and meals are read against it, in its own offset.
        language: The person's own language, or None when it is not known.
        unit: The person's meter.
    """

    text: str
    received_at: datetime
    language: str | None = None
    unit: Unit = Unit.MG_DL


@dataclass(frozen=True, slots=True)
class Parsed:
    """What the parser hands on; `meanings` stand in the order of the text.

    Attributes:
        language: The language the message seems to be in, or the person's.
        script: ISO 15924 code of most letters; `Zyyy` where there is none.
        subject: The family member named as the patient, or None.
        question: Whether the message asks something.
    """

    language: str
    script: str
    subject: str | None = None
    question: bool = False
    meanings: tuple[AnyMeaning, ...] = ()
