"""When each row of the triage table applies. Pure.

Every predicate takes a `Finding` and what is `Known`; glucose is in mg/dL, unrounded.
"""

from app.emergency import constants as c
from app.emergency.finding import Finding, Known
from app.glucose.target import POST_MEAL, target_of
from app.medications.classes import MedicineClass
from app.parsing.meanings import Alarm

UNCONSCIOUS = frozenset({"unconscious", "seizure", "cannot_swallow", "confusion"})
HEART_OR_BRAIN = frozenset({"chest_pain", "one_sided_weakness", "breathless"})
ACID_BREATH = frozenset({"fruity_breath", "deep_breathing"})
ILL = frozenset({"vomiting", "abdominal_pain", "drowsy"})
CLEAR_SIGNS_OF_A_LOW = frozenset({"shaky", "sweating"})
SIGNS_OF_A_LOW = CLEAR_SIGNS_OF_A_LOW | {
    "dizzy",
    "hungry",
    "palpitations",
    "headache",
    "blurred_vision",
    "weak",
}


def is_unconscious(finding: Finding, known: Known) -> bool:
    """P0: a sign of an altered mind; drowsiness in a low is one (level 3, ADA; house)."""
    return not UNCONSCIOUS.isdisjoint(finding.symptoms) or (
        "drowsy" in finding.symptoms and is_any_low(finding, known)
    )


def has_danger_sign(finding: Finding, _known: Known | None = None) -> bool:
    """P0b: a sign of heart or brain."""
    return not HEART_OR_BRAIN.isdisjoint(finding.symptoms)


def is_very_low(finding: Finding, _known: Known | None = None) -> bool:
    """P1 by value."""
    return finding.value_mg_dl is not None and finding.value_mg_dl < c.VERY_LOW_BELOW


def is_maybe_low(finding: Finding, known: Known) -> bool:
    """P1 without a value (house): signs of a low in one who is prone to lows, or is in one.

    Shaking or sweating, or any two signs; any one sign while a low is being treated. Who says that
    the sugar is low is taken at their word, whatever the medicines.
    """
    if finding.alarm is Alarm.LOW:
        return True
    if finding.value_mg_dl is not None or not ACID_BREATH.isdisjoint(finding.symptoms):
        return False
    signs = finding.symptoms & SIGNS_OF_A_LOW
    if known.low_open:
        return bool(signs) or "drowsy" in finding.symptoms
    is_clear = len(signs) > 1 or not CLEAR_SIGNS_OF_A_LOW.isdisjoint(signs)
    return is_clear and known.lows_likely


def is_low(finding: Finding, _known: Known | None = None) -> bool:
    """P2."""
    return finding.value_mg_dl is not None and finding.value_mg_dl < c.LOW_BELOW


def is_low_by_symptoms(finding: Finding, known: Known) -> bool:
    """P2b."""
    if finding.value_mg_dl is None or not known.lows_likely:
        return False
    has_signs = not (SIGNS_OF_A_LOW | {"drowsy"}).isdisjoint(finding.symptoms)
    return has_signs and finding.value_mg_dl < c.LOW_WITH_SYMPTOMS_BELOW


def is_any_low(finding: Finding, known: Known) -> bool:
    """Say whether any of P1, P2 and P2b applies."""
    return (
        is_low(finding, known) or is_maybe_low(finding, known) or is_low_by_symptoms(finding, known)
    )


def is_ketoacidosis(finding: Finding, known: Known) -> bool:
    """P3; drowsiness without a value in one prone to lows too, who may be in one (house)."""
    if not ACID_BREATH.isdisjoint(finding.symptoms):
        return True
    if ILL.isdisjoint(finding.symptoms):
        return False
    at_any_value = known.may_be_type_1 or known.may_take(MedicineClass.GLIFLOZIN)
    drowsy_unmeasured = "drowsy" in finding.symptoms and finding.value_mg_dl is None
    return (
        at_any_value
        or finding.high_lately
        or _is_above(finding, c.KETONES_ABOVE)
        or (drowsy_unmeasured and known.lows_likely)
    )


def is_critically_high(finding: Finding, _known: Known | None = None) -> bool:
    """P4."""
    return _is_from(finding, c.CRITICAL_HIGH_FROM)


def is_very_high(finding: Finding, _known: Known | None = None) -> bool:
    """P5."""
    return _is_from(finding, c.VERY_HIGH_FROM)


def is_high(finding: Finding, _known: Known | None = None) -> bool:
    """P6."""
    return _is_from(finding, c.HIGH_FROM)


def needs_ketones_followed(finding: Finding, known: Known) -> bool:
    """P7 with an event: on insulin or a gliflozin, type 1, or the second such value in a row."""
    return needs_ketone_advice(finding, known) and (
        known.may_be_type_1
        or known.may_take(MedicineClass.INSULIN)
        or known.may_take(MedicineClass.GLIFLOZIN)
        or known.high_before
    )


def needs_ketone_advice(finding: Finding, _known: Known | None = None) -> bool:
    """P7."""
    return _is_above(finding, c.KETONES_ABOVE)


def is_above_target(finding: Finding, _known: Known | None = None) -> bool:
    """P8: above the target of its state, of a meal's where it has none."""
    return _is_from(finding, (target_of(finding.state) or POST_MEAL).high)


def is_ill_unmeasured(finding: Finding, _known: Known | None = None) -> bool:
    """No row: ill, and no value to tell how gravely."""
    return finding.value_mg_dl is None and not ILL.isdisjoint(finding.symptoms)


def is_unwell_unmeasured(finding: Finding, _known: Known | None = None) -> bool:
    """No row: any other complaint without a value."""
    return finding.value_mg_dl is None and bool(finding.symptoms)


def calls_for_help(finding: Finding, _known: Known | None = None) -> bool:
    """No row: a cry for help that says nothing else."""
    return finding.alarm is Alarm.HELP


def is_unwell(finding: Finding, _known: Known | None = None) -> bool:
    """No row: signs of a low, or illness, at a value that explains neither."""
    return not (SIGNS_OF_A_LOW | ILL).isdisjoint(finding.symptoms)


def _is_from(finding: Finding, least_mg_dl: float) -> bool:
    return finding.value_mg_dl is not None and finding.value_mg_dl >= least_mg_dl


def _is_above(finding: Finding, bound_mg_dl: float) -> bool:
    return finding.value_mg_dl is not None and finding.value_mg_dl > bound_mg_dl
