"""What caregivers and doctors are told of an emergency: fixed sentences, never generated. Pure.

For family with little schooling: what happened, what we said to the patient, what to do, at most
three actions. What `texts.py` never says is never said here.
"""

from dataclasses import dataclass, replace

from app.emergency.event import Level
from app.text import Text, text

ANYONE = text("the person you care for")
ANY_PATIENT = text("your patient")
FOR_A_DOCTOR = text("You are told this as the doctor. Please call the patient if you can.")

GO_AND_CALL = text(
    "Call now, or go there. If no ambulance is on its way, call 112 or 108. If not fully awake: "
    "nothing in the mouth and no insulin."
)
TO_HOSPITAL = text(
    "Call now, or go there. Get to a hospital together, or call 112 or 108 (ambulance). Stay "
    "together until help is there."
)
SAID_AMBULANCE = text("We said: call 112 or 108 (ambulance) now.")
SAID_HOSPITAL = text("We said: call 112 or 108 (ambulance), or go to a hospital now.")
SAID_TREAT = text("We said: take fast glucose now, wait 15 minutes, test again.")
HELP_TREAT = text(
    "Call now, or go there. If fully awake: see that the glucose is taken. If not fully awake: "
    "nothing in the mouth, call 112 or 108."
)


@dataclass(frozen=True, slots=True)
class Wording:
    """One alert in its parts.

    Attributes:
        happened: In plain words, naming the patient as `{name}`, without a value.
        said: What the patient was told.
        to_do: What a caregiver should do.
    """

    happened: Text
    said: Text
    to_do: Text


VERY_LOW = Wording(
    text("Dangerously low sugar, or signs of it: {name} needs help now."), SAID_TREAT, HELP_TREAT
)
LOW = Wording(
    text("Low sugar: {name} was told how to treat it."),
    SAID_TREAT,
    text(
        "Call now, and stay in touch until the sugar has come up. If not fully awake: nothing in "
        "the mouth, call 112 or 108."
    ),
)
OF_LEVEL = {
    Level.P0: Wording(
        text("Emergency: {name} may be unconscious, confused, having a fit or unable to swallow."),
        SAID_AMBULANCE,
        GO_AND_CALL,
    ),
    Level.P0B: Wording(
        text(
            "Emergency: danger signs were told of {name}, such as chest pain, weakness on one side "
            "or trouble breathing."
        ),
        SAID_AMBULANCE,
        text(
            "Call now, or go there. If no ambulance is on its way, call 112 or 108. Stay together "
            "until help is there."
        ),
    ),
    Level.P1: VERY_LOW,
    Level.P2: LOW,
    Level.P2B: LOW,
    Level.P3: Wording(
        text(
            "Danger: {name} may have a dangerous sugar problem. Signs such as vomiting, belly "
            "pain, sleepiness or fast deep breathing were told."
        ),
        SAID_HOSPITAL,
        TO_HOSPITAL,
    ),
    Level.P4: Wording(
        text("Extremely high sugar, or HI on the meter: {name}."),
        text("We said: wash and dry the hands and test again now."),
        text(
            "Call now, and see that the test is done again. If it is as high again or HI, or there "
            "is illness: call 112 or 108, or get to a hospital together."
        ),
    ),
    Level.P5: Wording(
        text("Very high sugar: {name}."),
        text("We said: drink water and call the doctor today."),
        text(
            "Call now, and ask about vomiting, belly pain, sleepiness and fast breathing. If there "
            "is any: 112, 108 or a hospital now. If not: help to call the doctor today."
        ),
    ),
    Level.P6: Wording(
        text("High sugar for the second time in 24 hours: {name}."),
        text("We said: drink water, take the usual medicine as prescribed, never extra."),
        text(
            "Call, and ask about vomiting, belly pain, sleepiness and fast breathing. If there is "
            "any: 112, 108 or a hospital now. If not: see that the test is done again."
        ),
    ),
}
STILL_LOW = Wording(
    text("For 30 minutes the sugar of {name} has been low and has not come up."),
    SAID_TREAT,
    HELP_TREAT,
)
NO_BETTER_LOW = Wording(
    text("The low sugar of {name} does not come up with treatment."), SAID_AMBULANCE, GO_AND_CALL
)
NO_BETTER_HIGH = Wording(
    text("The sugar of {name} is extremely high again."), SAID_HOSPITAL, TO_HOSPITAL
)
SILENT_LOW = Wording(
    text("No answer from {name} after a low sugar."),
    text("We asked for a new test."),
    text(
        "Call now, or go there. Help to test the sugar again. If not fully awake: nothing in the "
        "mouth, call 112 or 108."
    ),
)
LOST_LOW = Wording(
    text("Still no answer from {name} after a low sugar."),
    text("We said: test now; if that is not possible or anything is wrong, call 112 or 108."),
    text(
        "Go there now, or send someone. If nobody can get there, call 112 or 108. If not fully "
        "awake: nothing in the mouth."
    ),
)
SILENT = Wording(
    text("No answer from {name} since our warning."),
    text("We asked how it is and whether help is there."),
    GO_AND_CALL,
)
NOT_ASKED = Wording(
    text("Our question to {name} after a warning does not arrive on WhatsApp."),
    text("So we do not know how it is now."),
    GO_AND_CALL,
)
"""Of a patient whom the follow-up of an emergency does not reach; what to do is its row's."""
MISSED = {
    Level.P7: Wording(
        text("For more than 4 hours we have not heard that {name} took the insulin that was due."),
        text("We said: test now, follow the written plan, call the doctor."),
        text(
            "Call now, and help to test the sugar and to call the doctor. With vomiting, belly "
            "pain, sleepiness or fast breathing: 112, 108 or a hospital now."
        ),
    ),
    Level.P8: Wording(
        text("We have not heard that {name} took the last three doses of a medicine."),
        text("We said: never two doses together, the next one at its usual time."),
        text("Call, and ask why. If it has run out, or makes ill: help to ask the doctor."),
    ),
}
"""Of missed doses: of insulin, and of others."""

TAKEN_AGAIN = text("{name} has now told us of a dose taken.")
LOW_OVER = text("The low sugar of {name} is over.")
LOW_CAN_RETURN = text("It can come back within 24 hours: please stay in touch.")
HIGH_OVER = text("The sugar of {name} has come down.")
HELP_IS_THERE = text(
    "From the phone of {name} we were told that help is there: a doctor, an ambulance crew or a "
    "hospital. Please call, and stay in touch."
)

HELP_IS_THERE_TOLD = text(
    "Someone who cares for {name} told us that help is there: a doctor, an ambulance crew or a "
    "hospital. Please call, and stay in touch."
)
PATIENT_TOLD = text("{name} told me that you may be in danger.")
SOMEONE = text("Someone who cares for you")


def named(sentence: Text, name: str | Text) -> Text:
    """Put the patient's name into a sentence that has a place for it."""
    return replace(sentence, params=(("name", name),))


def last_value(value: str) -> Text:
    """Say the last value, as the patient's meter shows it."""
    return text("Last sugar value: {value}.", value=value)
