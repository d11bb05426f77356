"""The steps of a conversation as values. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from app.parsing.meanings import Command


class SlotType(StrEnum):
    """What a slot can hold; `TEXT` is only given by who enters a flow, never asked for."""

    TEXT = "text"
    CHOICE = "choice"
    NAME = "name"
    READING = "reading"
    NOTHING = "nothing"
    MEDICINE = "medicine"
    CLOCK_TIMES = "clock_times"
    CLOCK_TIME = "clock_time"
    CLOCK_SPAN = "clock_span"
    YEAR = "year"
    HBA1C = "hba1c"
    KNOWN_MEDICINE = "known_medicine"
    QUESTION = "question"
    PHONE = "phone"


class Action(StrEnum):
    """What a `do` step can have happen."""

    CHOOSE_LANGUAGE = "choose_language"
    GIVE_CONSENT = "give_consent"
    GIVE_NAME = "give_name"
    GIVE_DIABETES_TYPE = "give_diabetes_type"
    CHOOSE_UNIT = "choose_unit"
    TELL_STATE = "tell_state"
    LOG_AS_MMOL = "log_as_mmol"
    LOG_TENTH = "log_tenth"
    SCHEDULE_MEDICINE = "schedule_medicine"
    ANSWER_REMINDER = "answer_reminder"
    TELL_REASON = "tell_reason"
    TELL_REPORT = "tell_report"
    LIST_MEDICINES = "list_medicines"
    NUMBER_MEDICINES = "number_medicines"
    PAUSE_MEDICINE = "pause_medicine"
    RESUME_MEDICINE = "resume_medicine"
    END_MEDICINE = "end_medicine"
    TELL_AMOUNT = "tell_amount"
    OFFER_TEST = "offer_test"
    WANT_TEST = "want_test"
    KNOW_SETTINGS = "know_settings"
    WANT_CHECKS = "want_checks"
    END_CHECKS = "end_checks"
    LIST_PLACES = "list_places"
    CHOOSE_ZONE = "choose_zone"
    TELL_YEAR = "tell_year"
    TELL_HBA1C = "tell_hba1c"
    CHOOSE_QUIET_HOURS = "choose_quiet_hours"
    CHOOSE_OTHERS_A_DAY = "choose_others_a_day"
    CHOOSE_DIGEST_TIME = "choose_digest_time"
    CONNECT_DOCTOR = "connect_doctor"
    END_DANGER = "end_danger"
    KEEP_DANGER = "keep_danger"
    LIST_DOCTORS = "list_doctors"
    NAME_DOCTOR = "name_doctor"
    DISCONNECT_DOCTOR = "disconnect_doctor"
    LIST_CAREGIVERS = "list_caregivers"
    NAME_CAREGIVER = "name_caregiver"
    ALLOW_CAREGIVER = "allow_caregiver"
    END_CAREGIVER = "end_caregiver"
    INVITE_CAREGIVER = "invite_caregiver"
    ACCEPT_INVITATION = "accept_invitation"
    LIST_PATIENTS = "list_patients"
    NAME_PATIENT = "name_patient"
    LEAVE_PATIENT = "leave_patient"
    KNOW_DANGER = "know_danger"
    FORGET_PERSON = "forget_person"
    SEND_EXPORT = "send_export"
    TAKE_ONLY_DOCTOR = "take_only_doctor"
    LOOK_UP_QUESTION = "look_up_question"
    PUT_QUESTION = "put_question"


@dataclass(frozen=True, slots=True)
class Wait:
    """What a question does until it is answered.

    Attributes:
        slot: Where the answer goes.
        invalid: Said to an answer that cannot be used, the first two times.
        media: Said to a picture or a voice note without words.
        silence: How long the question stays open; then the flow is left.
        again: The short form of the question, for asking once more; None for the whole of it.
        gives_way: The question is dropped as soon as anything else is understood.
        is_final: Once answered, "back" does not come here again, nor before it.
    """

    slot: str
    invalid: str
    media: str
    silence: timedelta
    again: str | None = None
    gives_way: bool = False
    is_final: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseStep:
    """What every step has; `next` is None where the flow is over."""

    id: str
    line: int
    next: str | None = None


@dataclass(frozen=True, slots=True)
class Say(BaseStep):
    """Say a sentence and go on."""

    sentence: str


@dataclass(frozen=True, slots=True)
class Ask(BaseStep):
    """Ask for something said in the person's own words.

    Attributes:
        wordings: The sentences it may be told in, in all languages, with `{}` for it.
        words: Words and sentences that an answer is known by, in all languages, by what they mean.
        if_unknown: It is passed over where its slot holds something already.
    """

    sentence: str
    type: SlotType
    wait: Wait
    skippable: bool = False
    wordings: tuple[str, ...] = ()
    if_unknown: bool = False
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Option:
    """One row of a choice.

    Attributes:
        next: Where this row leads; None for the step's own `next`.
        command: A command that means the same answer.
        is_name: The label is a name, written the same in every language.
        labels: Every wording that counts as this row, in all languages.
    """

    id: str
    label: str
    next: str | None = None
    command: Command | None = None
    is_name: bool = False
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Choose(BaseStep):
    """Ask for one of a few rows.

    Attributes:
        listing: Names rows that are known only when the flows are read.
        reads_state: A reading's state in the person's own words is an answer too.
        rows: The slot that holds the rows, where they depend on the person; `options` come after.
        reads_place: The name of a city or a country is an answer too.
    """

    sentence: str
    options: tuple[Option, ...]
    wait: Wait
    listing: str | None = None
    reads_state: bool = False
    rows: str | None = None
    reads_place: bool = False


@dataclass(frozen=True, slots=True)
class Do(BaseStep):
    """Have something happen; `given` are constants of the file."""

    action: Action
    given: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Branch(BaseStep):
    """Go on by what a slot holds; `next` is for what no case names."""

    slot: str
    cases: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Call(BaseStep):
    """Go through another flow and come back."""

    flow: str


@dataclass(frozen=True, slots=True)
class End(BaseStep):
    """The flow is over; the sentence may be empty."""

    sentence: str


Step = Say | Ask | Choose | Do | Branch | Call | End
Question = Ask | Choose


def asks_for(question: Question | None, kind: SlotType) -> bool:
    """Say whether a question asks for a kind of words; a choice asks for rows."""
    return isinstance(question, Ask) and question.type is kind
