"""What is said in an emergency: fixed sentences, never generated. Pure.

Short, for people with little schooling, at most three actions each. Never here: food or drink for
someone drowsy, insulin in a low, a dose of a medicine, "stop your medicine", driving or sleeping
as a remedy, comfort after a danger sign, a diagnosis.
"""

from app.emergency import constants as c
from app.text import Text, text

UNCONSCIOUS = text(
    "This is an emergency. Call 112 or 108 (ambulance) now. Lay the person on one side, put "
    "nothing in the mouth and give no insulin. Give glucagon only if a doctor prescribed it and "
    "you know how."
)
DANGER_SIGNS = text(
    "Call 112 or 108 (ambulance) now. These can be signs of a serious emergency, whatever the "
    "sugar is. Do not drive and do not stay alone."
)
STILL_GO_NOW = text(
    "You told of a danger sign. This sugar value does not make it safe. Call 112 or 108 "
    "(ambulance) now if help is not with you yet."
)
SEE_A_DOCTOR = text(
    "You told of a danger sign before. If no doctor has seen you since, go to one today. If any "
    "sign is still there or comes back, call 112 or 108 (ambulance) now."
)
GO_UNLESS_HELPED = text(
    "Call 112 or 108 (ambulance) now, or have someone take the patient to a hospital, unless a "
    "doctor or an ambulance crew is there already."
)
HELP_IS_THERE = text(
    "Good that help is there. Do as the doctor says. If a danger sign comes or comes back, call "
    "112 or 108 (ambulance) and write here at once."
)

VERY_LOW = text("This is dangerously low sugar. Act now.")
LOW = text("This is low sugar. Treat it now.")
STILL_LOW = text("The sugar is still low. Treat it once more.")
MAYBE_LOW = text(
    "This may be low sugar. Test now and write the number. If you cannot test at once, treat it "
    "as a low."
)
KEEP_SAFE = text(
    "Sit down and do not drive. Take no insulin and no diabetes tablet during the low. Do not "
    "stay alone."
)
TEST_IN_15 = text("Wait 15 minutes, test again and write the number here.")
NOT_AWAKE = text("If not fully awake, or unable to swallow: nothing in the mouth, call 112 or 108.")
NOT_FIRST = text("Chocolate, milk sweets and roti work too slowly for this.")
NO_BETTER_LOW = text(
    "Call 112 or 108 (ambulance) now. Sit down and do not stay alone. Take fast glucose again "
    "only if fully awake and able to swallow; otherwise nothing in the mouth."
)
ALSO_GO_NOW = text(
    "The other signs that you told of can be dangerous too. Call 112 or 108 (ambulance), or have "
    "someone take you to a hospital now."
)
LOW_RISEN = text(
    "This value is not low. Eat a meal or a snack within the hour. It can fall again: test again "
    "after 15 minutes and write the number here."
)
LOW_OVER = text(
    "This value is not low. Eat a meal or a snack within the hour. Write here at once if you "
    "feel shaky or sweaty again."
)
LOW_CAN_RETURN = text(
    "With your medicines a low can come back for 24 hours. Test before sleeping and do not stay "
    "alone tonight."
)
LOW_THEN_HIGH = text(
    "The sugar was low and is high now. Take no extra medicine for it. Test again after 15 "
    "minutes and write the number here."
)
OLD_VALUE = text(
    "That value is from some time ago. How are you now? Please test now and write the number here."
)

HOSPITAL_NOW = text(
    "These can be signs of a dangerous sugar problem. Call 112 or 108 (ambulance), or have "
    "someone take you to a hospital now."
)
WATER_AND_INSULIN = text(
    "Drink water if fully awake. If insulin is prescribed to you, do not skip it."
)
INSULIN_ONLY = text(
    "Nothing in the mouth while drowsy. If insulin is prescribed, do not skip it: ask the doctor "
    "at the hospital."
)
WATER_AND_TEST = text("Test the sugar now and write the number here. Drink water if fully awake.")
TEST_ONLY = text("Nothing in the mouth while drowsy. Ask someone to test the sugar now.")

CRITICAL_HIGH = text(
    "This is a very high value. Wash and dry your hands, test again now and write the number "
    "here. If it is as high again or HI, or you feel ill: call 112 or 108, or go to a hospital."
)
DANGER_QUESTION = text(
    "Do you have vomiting, belly pain, sleepiness, fast deep breathing or breath that smells of "
    "fruit? Please answer now. If yes, call 112 or 108, or go to a hospital."
)
VERY_HIGH = text(
    "The sugar is very high. Call your doctor today. Drink water. If you have a ketone strip, "
    "test with it."
)
HIGH = text("The sugar is high. Drink water. Take your usual medicine as prescribed, never extra.")
KETONES = text("The sugar is above your target. Drink water, and test ketones if you have a strip.")
KETONES_DOCTOR = text(
    "If ketones show, call your doctor at once. With vomiting, belly pain or fast breathing, go "
    "to a hospital now."
)
TEST_IN_2_HOURS = text("Test again in 2 hours and write the number here.")
TEST_IN_2_TO_4_HOURS = text("Test again in 2 to 4 hours and write the number here.")
STILL_HIGH = text(
    "The sugar is still high. Drink water. Test again in 2 hours and write the number here."
)
HIGH_OVER = text(
    "The sugar has come down. Take your medicines as prescribed, never extra. Test again before "
    "your next meal."
)

WHOM_TO_CALL = text(
    "If someone is in danger, call 112 or 108 (ambulance) now. Then write here what is wrong, for "
    "example: sugar 45, or: not waking up."
)
TEST_NOW = text(
    "Please test your sugar now and write the number here. If you cannot test and feel worse, "
    "write that at once."
)
TEST_NOW_ILL = text(
    "Please test your sugar now and write the number here. If you cannot test, or feel worse: "
    "call 112 or 108, or go to a hospital."
)
WATCH = text(
    "Please sit down, test again after 15 minutes and write the number here. If you feel worse, "
    "write at once."
)
WITH_ITS_UNIT = text("Please also write the number once more with its unit: mg/dL or mmol/L.")


def fast_sugar(grams: str, spoons: int) -> Text:
    """Say what to take in a low: any fast sugar works."""
    return text(
        "Take {grams} g of fast sugar now: {spoons} teaspoons of glucose powder or sugar in "
        "water, or half a glass of fruit juice.",
        grams=grams,
        spoons=spoons,
    )


def pure_glucose(grams: str, spoons: int) -> Text:
    """Say what to take in a low on voglibose, acarbose or miglitol: nothing but glucose works.

    Source: Kalra; Diabetes Educators Calgary.
    """
    return text(
        "Take {grams} g of pure glucose now: {spoons} teaspoons of glucose powder in water, or "
        "{tablets} glucose tablets. Because of a medicine you take, only pure glucose works.",
        grams=grams,
        spoons=spoons,
        tablets=c.GLUCOSE_TABLETS,
    )


def glucose_or_sugar(grams: str, spoons: int) -> Text:
    """Say what to take in a low where the medicines are not known: glucose before any sugar."""
    return text(
        "Take {grams} g of glucose now: {spoons} teaspoons of glucose powder in water, or "
        "{tablets} glucose tablets. Only if you have none: sugar in water.",
        grams=grams,
        spoons=spoons,
        tablets=c.GLUCOSE_TABLETS,
    )
