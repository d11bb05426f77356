"""What a step says and what it reads. Pure."""

from collections.abc import Mapping

import regex

from app.conversation.step import Action, Ask, Branch, Call, Choose, Do, End, Say, Step

_PLACEHOLDER = regex.compile(r"\{(\w+)\}")
_NEEDED: Mapping[Action, frozenset[str]] = {
    Action.WANT_CHECKS: frozenset({"times"}),
    Action.CHOOSE_LANGUAGE: frozenset({"language"}),
    Action.GIVE_NAME: frozenset({"name"}),
    Action.GIVE_DIABETES_TYPE: frozenset({"type"}),
    Action.CHOOSE_UNIT: frozenset({"unit"}),
    Action.TELL_STATE: frozenset({"when", "reading_id", "recorded_at", "mg_dl"}),
    Action.LOG_AS_MMOL: frozenset({"number"}),
    Action.LOG_TENTH: frozenset({"number"}),
    Action.SCHEDULE_MEDICINE: frozenset({"medicine", "times"}),
    Action.ANSWER_REMINDER: frozenset({"answer"}),
    Action.TELL_REASON: frozenset({"doses", "reason"}),
    Action.TELL_REPORT: frozenset({"period"}),
    Action.PAUSE_MEDICINE: frozenset({"medicine", "pause"}),
    Action.RESUME_MEDICINE: frozenset({"medicine"}),
    Action.END_MEDICINE: frozenset({"medicine"}),
    Action.TELL_AMOUNT: frozenset({"meal_id", "food", "amount"}),
    Action.OFFER_TEST: frozenset({"meal_id"}),
    Action.WANT_TEST: frozenset({"meal_id", "test_at"}),
    Action.CHOOSE_ZONE: frozenset({"place"}),
    Action.TELL_YEAR: frozenset({"year"}),
    Action.TELL_HBA1C: frozenset({"hba1c"}),
    Action.CHOOSE_QUIET_HOURS: frozenset({"quiet"}),
    Action.CHOOSE_OTHERS_A_DAY: frozenset({"others"}),
    Action.CHOOSE_DIGEST_TIME: frozenset({"digest"}),
    Action.CONNECT_DOCTOR: frozenset({"doctor_id"}),
    Action.NAME_DOCTOR: frozenset({"doctors", "doctor_id"}),
    Action.LOOK_UP_QUESTION: frozenset({"question", "doctor_id"}),
    Action.PUT_QUESTION: frozenset({"question", "doctor_id"}),
    Action.DISCONNECT_DOCTOR: frozenset({"doctor_id"}),
    Action.NAME_CAREGIVER: frozenset({"caregivers", "caregiver_id"}),
    Action.ALLOW_CAREGIVER: frozenset({"caregiver_id", "may"}),
    Action.END_CAREGIVER: frozenset({"caregiver_id"}),
    Action.INVITE_CAREGIVER: frozenset({"phone", "patient_is", "may"}),
    Action.ACCEPT_INVITATION: frozenset({"invitation_id", "name"}),
    Action.NAME_PATIENT: frozenset({"cared_for", "patient_id"}),
    Action.LEAVE_PATIENT: frozenset({"patient_id"}),
}
"""The slots that an action reads."""
_SET: Mapping[Action, frozenset[str]] = {
    Action.KNOW_SETTINGS: frozenset(
        {"who", "language_now", "unit_now", "place_now", "others_now", "quiet_now", "digest_now"}
        | {"checks_now", "fasting_like", "after_meal_like"}
    ),
    Action.WANT_CHECKS: frozenset({"checks_now"}),
    Action.LIST_PLACES: frozenset({"places", "place_now", "abroad"}),
    Action.CHOOSE_ZONE: frozenset({"place_now"}),
    Action.CHOOSE_QUIET_HOURS: frozenset({"quiet_now"}),
    Action.CHOOSE_OTHERS_A_DAY: frozenset({"others_now"}),
    Action.LIST_MEDICINES: frozenset({"has_any"}),
    Action.ANSWER_REMINDER: frozenset({"asks_why", "doses", "skipped", "wish"}),
    Action.LIST_DOCTORS: frozenset({"doctors", "has_doctors"}),
    Action.NAME_DOCTOR: frozenset({"doctor"}),
    Action.LIST_CAREGIVERS: frozenset({"caregivers", "has_caregivers"}),
    Action.NAME_CAREGIVER: frozenset({"caregiver"}),
    Action.INVITE_CAREGIVER: frozenset({"invited", "link"}),
    Action.LIST_PATIENTS: frozenset({"cared_for", "has_patients"}),
    Action.NAME_PATIENT: frozenset({"patient"}),
    Action.TAKE_ONLY_DOCTOR: frozenset({"has_choice", "doctor_id", "doctor"}),
    Action.PUT_QUESTION: frozenset({"is_put"}),
    Action.LOOK_UP_QUESTION: frozenset({"is_known", "earlier_answer", "answered_on"}),
    Action.KNOW_DANGER: frozenset({"in_danger"}),
}
"""The slots that an action sets."""


def slots_set(step: Step) -> frozenset[str]:
    """Name the slots that a step sets: a question its own, an action what it finds out."""
    match step:
        case Ask(wait=wait) | Choose(wait=wait):
            return frozenset({wait.slot})
        case Do(action=action):
            return _SET.get(action, frozenset())
        case _:
            return frozenset()


def slots_used(step: Step) -> frozenset[str]:
    """Name the slots that a step reads: the placeholders of its sentences, what it goes by."""
    match step:
        case Do(action=action):
            return _NEEDED.get(action, frozenset())
        case Branch(slot=slot):
            return frozenset({slot})
        case Call():
            return frozenset()
        case Choose(rows=str(rows)):
            return frozenset(placeholders(" ".join(sentences(step)))) | {rows}
        case _:
            return frozenset(placeholders(" ".join(sentences(step))))


def sentences(step: Step) -> tuple[str, ...]:
    """List what a step can say, in English."""
    match step:
        case Say(sentence=sentence) | End(sentence=sentence):
            return (sentence,) if sentence else ()
        case Ask(sentence=sentence, wait=wait):
            return (sentence, wait.again or sentence, wait.invalid, wait.media)
        case Choose(sentence=sentence, wait=wait, options=options):
            labels = (row.label for row in options if not row.is_name)
            return (sentence, wait.again or sentence, wait.invalid, wait.media, *labels)
        case _:
            return ()


def placeholders(sentence: str) -> set[str]:
    """Name the placeholders of a sentence."""
    return set(_PLACEHOLDER.findall(sentence))
