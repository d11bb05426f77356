"""Which of the fixed sentences a row of the triage table says. Pure."""

from app.emergency import constants as c
from app.emergency import signs, texts
from app.emergency.finding import Finding, Known
from app.medications.classes import MedicineClass
from app.text import Text


def for_unconscious(_finding: Finding, _known: Known) -> tuple[Text, ...]:
    """Say what P0 says."""
    return (texts.UNCONSCIOUS,)


def for_danger_sign(finding: Finding, known: Known) -> tuple[Text, ...]:
    """Say what P0b says; a low measured beside it is treated while help comes (house)."""
    if not signs.is_low(finding, known):
        return (texts.DANGER_SIGNS,)
    treat = sugar(known, c.FIRST_SUGAR_G, c.FIRST_SUGAR_SPOONS)
    return (texts.DANGER_SIGNS, treat, texts.NOT_AWAKE)


def for_very_low(finding: Finding, known: Known) -> tuple[Text, ...]:
    """Say what P1 says."""
    treat = sugar(known, c.FIRST_SUGAR_G, c.FIRST_SUGAR_SPOONS)
    safe = (texts.KEEP_SAFE, texts.TEST_IN_15, texts.NOT_AWAKE)
    return (texts.VERY_LOW, treat, *safe, *_besides(finding, known))


def for_maybe_low(finding: Finding, known: Known) -> tuple[Text, ...]:
    """Say what P1 without a value says: test, and treat as a low what cannot be tested."""
    treat = sugar(known, c.FIRST_SUGAR_G, c.FIRST_SUGAR_SPOONS)
    safe = (texts.KEEP_SAFE, texts.NOT_AWAKE)
    return (texts.MAYBE_LOW, treat, *safe, *_besides(finding, known))


def for_low(finding: Finding, known: Known) -> tuple[Text, ...]:
    """Say what P2 and P2b say."""
    treat = sugar(known, c.LOW_SUGAR_G, c.LOW_SUGAR_SPOONS)
    return (texts.LOW, treat, texts.TEST_IN_15, texts.NOT_FIRST, *_besides(finding, known))


def for_ketoacidosis(finding: Finding, _known: Known) -> tuple[Text, ...]:
    """Say what P3 says; nothing of insulin where no value excludes a low."""
    is_drowsy = "drowsy" in finding.symptoms
    if finding.value_mg_dl is None and not finding.high_lately:
        return (texts.HOSPITAL_NOW, texts.TEST_ONLY if is_drowsy else texts.WATER_AND_TEST)
    return (texts.HOSPITAL_NOW, texts.INSULIN_ONLY if is_drowsy else texts.WATER_AND_INSULIN)


def for_critical(_finding: Finding, _known: Known) -> tuple[Text, ...]:
    """Say what P4 says."""
    return (texts.CRITICAL_HIGH,)


def for_very_high(_finding: Finding, _known: Known) -> tuple[Text, ...]:
    """Say what P5 says: the question first."""
    return (texts.DANGER_QUESTION, texts.VERY_HIGH)


def for_high(_finding: Finding, known: Known) -> tuple[Text, ...]:
    """Say what P6 says: the question first."""
    after = texts.LOW_THEN_HIGH if known.low_open else texts.TEST_IN_2_HOURS
    return (texts.DANGER_QUESTION, texts.HIGH, after)


def for_ketones(_finding: Finding, known: Known) -> tuple[Text, ...]:
    """Say what P7 says."""
    after = texts.LOW_THEN_HIGH if known.low_open else texts.TEST_IN_2_TO_4_HOURS
    return (texts.KETONES, after, texts.KETONES_DOCTOR)


def for_above_target(_finding: Finding, _known: Known) -> tuple[Text, ...]:
    """Say nothing: the line of P8 belongs to the reading's own answer."""
    return ()


def for_a_cry_for_help(_finding: Finding, _known: Known) -> tuple[Text, ...]:
    """Say whom to call, and what to write."""
    return (texts.WHOM_TO_CALL,)


def for_ill_unmeasured(_finding: Finding, _known: Known) -> tuple[Text, ...]:
    """Ask one who is ill for a value."""
    return (texts.TEST_NOW_ILL,)


def for_unwell_unmeasured(_finding: Finding, _known: Known) -> tuple[Text, ...]:
    """Ask one with complaints for a value."""
    return (texts.TEST_NOW,)


def for_unwell(_finding: Finding, _known: Known) -> tuple[Text, ...]:
    """Ask one with complaints at an ordinary value for another."""
    return (texts.WATCH,)


def sugar(known: Known, grams: str, spoons: int) -> Text:
    """Choose what to take in a low by what the person's medicines let through."""
    if known.classes is None:
        return texts.glucose_or_sugar(grams, spoons)
    if MedicineClass.ALPHA_GLUCOSIDASE_INHIBITOR in known.classes:
        return texts.pure_glucose(grams, spoons)
    return texts.fast_sugar(grams, spoons)


def _besides(finding: Finding, known: Known) -> tuple[Text, ...]:
    """Say what a low does not cover: signs of P3 beside it, and a unit to be told."""
    also = (texts.ALSO_GO_NOW,) if signs.is_ketoacidosis(finding, known) else ()
    unit = (texts.WITH_ITS_UNIT,) if finding.confirm_unit else ()
    return also + unit
