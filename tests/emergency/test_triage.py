"""The triage table of the clinical rules, row by row and at every boundary."""

from datetime import timedelta

import pytest

from app.emergency import texts
from app.emergency.event import EmergencyStatus, EmergencyType, Level
from app.emergency.finding import Finding, Known
from app.emergency.triage import Verdict, triage
from app.medications.classes import MedicineClass
from app.parsing.meanings import GlucoseState
from app.parsing.units import Unit, to_mg_dl
from app.people.person import DiabetesType
from app.text import Text

LOW, HIGH = EmergencyType.HYPOGLYCEMIA, EmergencyType.HYPERGLYCEMIA
UNKNOWN = Known()
METFORMIN = Known(DiabetesType.TYPE_2, frozenset())
INSULIN = Known(DiabetesType.TYPE_2, frozenset({MedicineClass.INSULIN}))
SULFONYLUREA = Known(DiabetesType.TYPE_2, frozenset({MedicineClass.SULFONYLUREA}))
GLIFLOZIN = Known(DiabetesType.TYPE_2, frozenset({MedicineClass.GLIFLOZIN}))
VOGLIBOSE = Known(DiabetesType.TYPE_2, frozenset({MedicineClass.ALPHA_GLUCOSIDASE_INHIBITOR}))
TYPE_1 = Known(DiabetesType.TYPE_1, frozenset({MedicineClass.INSULIN}))


def judged(value: float | None, symptoms: str = "", known: Known = METFORMIN) -> Verdict:
    return triage(Finding(value, frozenset(symptoms.split())), known)


@pytest.mark.parametrize(
    ("value", "level", "event"),
    [
        (0.0, Level.P1, LOW),  # LO
        (20, Level.P1, LOW),
        (39, Level.P1, LOW),
        (40, Level.P1, LOW),
        (53, Level.P1, LOW),
        (53.99, Level.P1, LOW),
        (54, Level.P2, LOW),
        (69, Level.P2, LOW),
        (69.5, Level.P2, LOW),
        (69.99, Level.P2, LOW),
        (70, None, None),
        (79, None, None),
        (80, None, None),
        (179.9, None, None),
        (180, Level.P8, None),
        (240, Level.P8, None),
        (240.1, Level.P7, None),
        (241, Level.P7, None),
        (299.9, Level.P7, None),
        (300, Level.P6, HIGH),
        (399.9, Level.P6, HIGH),
        (400, Level.P5, HIGH),
        (599, Level.P5, HIGH),
        (599.9, Level.P5, HIGH),
        (600, Level.P4, HIGH),
        (601, Level.P4, HIGH),
        (float("inf"), Level.P4, HIGH),  # HI
    ],
)
def test_a_value_alone_has_its_row(
    value: float, level: Level | None, event: EmergencyType | None
) -> None:
    verdict = judged(value)
    assert (verdict.level, verdict.event) == (level, event)


@pytest.mark.parametrize(
    ("mmol_l", "level"),
    [
        (1.1, Level.P1),  # 19.8 mg/dL
        (2.9, Level.P1),  # 52.3
        (3.0, Level.P2),  # 54.05
        (3.8, Level.P2),  # 68.5
        (3.9, None),  # 70.3
        (13.3, Level.P8),  # 239.6
        (13.4, Level.P7),  # 241.4
        (16.6, Level.P7),  # 299.1
        (16.7, Level.P6),  # 300.9
        (22.1, Level.P6),  # 398.2
        (22.2, Level.P5),  # 400.004
        (33.2, Level.P5),  # 598.2
        (33.3, Level.P4),  # 600.006
    ],
)
def test_a_value_in_mmol_l_is_judged_unrounded(mmol_l: float, level: Level | None) -> None:
    assert judged(to_mg_dl(mmol_l, Unit.MMOL_L)).level is level


@pytest.mark.parametrize("symptom", ["unconscious", "seizure", "cannot_swallow", "confusion"])
@pytest.mark.parametrize("value", [None, 45, 120, 650])
def test_an_altered_mind_is_p0_at_any_value(symptom: str, value: float | None) -> None:
    verdict = judged(value, symptom)
    assert verdict.level is Level.P0
    assert verdict.status is EmergencyStatus.ESCALATED
    assert (verdict.event, verdict.follow_up_minutes) == (LOW, (5, 10, 20))
    assert verdict.texts == (texts.UNCONSCIOUS,)


@pytest.mark.parametrize("symptom", ["chest_pain", "one_sided_weakness", "breathless"])
@pytest.mark.parametrize("value", [None, 45, 120, 650])
def test_a_sign_of_heart_or_brain_is_p0b_at_any_value(symptom: str, value: float | None) -> None:
    verdict = judged(value, symptom)
    assert verdict.level is Level.P0B
    assert verdict.status is EmergencyStatus.ESCALATED
    assert verdict.follow_up_minutes == (5, 10, 20)
    assert verdict.texts[0] == texts.DANGER_SIGNS


def test_p0_outranks_p0b() -> None:
    assert judged(None, "chest_pain unconscious").level is Level.P0


def test_a_low_beside_a_sign_of_the_heart_is_treated_too() -> None:
    said = judged(45, "chest_pain").texts
    assert said == (texts.DANGER_SIGNS, texts.fast_sugar("15-20", 4), texts.NOT_AWAKE)


@pytest.mark.parametrize("value", [None, 30, 60, 75])
def test_drowsy_in_a_low_is_p0(value: float | None) -> None:
    assert judged(value, "drowsy sweating", INSULIN).level is Level.P0


@pytest.mark.parametrize(
    ("symptoms", "known", "level"),
    [
        ("shaky", INSULIN, Level.P1),
        ("sweating", SULFONYLUREA, Level.P1),
        ("shaky", UNKNOWN, Level.P1),
        ("shaky", TYPE_1, Level.P1),
        ("shaky", METFORMIN, None),
        ("hungry", INSULIN, None),
        ("dizzy hungry", INSULIN, Level.P1),
        ("headache", UNKNOWN, None),
        ("thirst", UNKNOWN, None),
        ("shaky fruity_breath", INSULIN, Level.P3),
    ],
)
def test_signs_of_a_low_without_a_value(symptoms: str, known: Known, level: Level | None) -> None:
    verdict = judged(None, symptoms, known)
    assert verdict.level is level
    assert verdict.texts


@pytest.mark.parametrize("symptoms", ["shaky", "hungry"])
def test_any_sign_during_a_low_is_p1(symptoms: str) -> None:
    known = Known(DiabetesType.TYPE_2, frozenset(), low_open=True)
    assert judged(None, symptoms, known).level is Level.P1
    assert judged(None, "thirst", known).level is None
    assert judged(None, "drowsy", known).level is Level.P0


@pytest.mark.parametrize(
    ("value", "symptoms", "known", "level"),
    [
        (70, "shaky", INSULIN, Level.P2B),
        (79.9, "sweating", SULFONYLUREA, Level.P2B),
        (75, "hungry", UNKNOWN, Level.P2B),
        (75, "shaky", METFORMIN, None),
        (75, "thirst", INSULIN, None),
        (80, "shaky", INSULIN, None),
        (75, "", INSULIN, None),
    ],
)
def test_a_value_in_the_seventies_with_signs_of_a_low(
    value: float, symptoms: str, known: Known, level: Level | None
) -> None:
    assert judged(value, symptoms, known).level is level


@pytest.mark.parametrize(
    ("value", "symptoms", "known", "level"),
    [
        (None, "fruity_breath", METFORMIN, Level.P3),
        (120, "deep_breathing", METFORMIN, Level.P3),
        (241, "vomiting", METFORMIN, Level.P3),
        (240, "vomiting", METFORMIN, Level.P8),
        (350, "abdominal_pain", METFORMIN, Level.P3),
        (650, "drowsy", METFORMIN, Level.P3),
        (130, "vomiting", GLIFLOZIN, Level.P3),
        (130, "drowsy", TYPE_1, Level.P3),
        (130, "abdominal_pain", UNKNOWN, Level.P3),
        (130, "vomiting", INSULIN, None),
        (None, "vomiting", TYPE_1, Level.P3),
        (None, "vomiting", METFORMIN, None),
        (None, "drowsy", INSULIN, Level.P3),
        (None, "drowsy", METFORMIN, None),
    ],
)
def test_signs_of_ketoacidosis(
    value: float | None, symptoms: str, known: Known, level: Level | None
) -> None:
    verdict = judged(value, symptoms, known)
    assert verdict.level is (None if level is Level.P8 else level)
    assert (verdict.event, verdict.follow_up_minutes) == (
        (HIGH, (10, 30)) if level is Level.P3 else (None, ())
    )


@pytest.mark.parametrize(
    ("value", "symptoms", "known"), [(50, "vomiting", UNKNOWN), (65, "deep_breathing", METFORMIN)]
)
def test_a_low_with_signs_of_ketoacidosis_says_go_now_too(
    value: float, symptoms: str, known: Known
) -> None:
    verdict = judged(value, symptoms, known)
    assert verdict.event is LOW
    assert texts.ALSO_GO_NOW in verdict.texts


@pytest.mark.parametrize(
    ("value", "follow_up"),
    [(50, (15,)), (60, (15,)), (610, (15,)), (450, (60,)), (350, (120,))],
)
def test_a_row_says_when_to_ask_again(value: float, follow_up: tuple[int, ...]) -> None:
    assert judged(value).follow_up_minutes == follow_up


@pytest.mark.parametrize(
    ("known", "event"),
    [
        (METFORMIN, None),
        (SULFONYLUREA, None),
        (INSULIN, HIGH),
        (GLIFLOZIN, HIGH),
        (TYPE_1, HIGH),
        (UNKNOWN, HIGH),
        (Known(DiabetesType.TYPE_2, frozenset(), high_before=True), HIGH),
    ],
)
def test_p7_opens_an_event_only_for_those_at_risk_of_ketones(
    known: Known, event: EmergencyType | None
) -> None:
    verdict = judged(250, known=known)
    assert (verdict.level, verdict.event) == (Level.P7, event)
    assert verdict.texts == (texts.KETONES, texts.TEST_IN_2_TO_4_HOURS, texts.KETONES_DOCTOR)


@pytest.mark.parametrize(
    ("state", "value", "level"),
    [
        (GlucoseState.MORNING_FASTING, 130, None),
        (GlucoseState.MORNING_FASTING, 131, Level.P8),
        (GlucoseState.BEFORE_DINNER, 150, Level.P8),
        (GlucoseState.AFTER_LUNCH, 150, None),
        (GlucoseState.AFTER_LUNCH, 180, Level.P8),
        (None, 150, None),
    ],
)
def test_above_target_depends_on_the_state(
    state: GlucoseState | None, value: float, level: Level | None
) -> None:
    verdict = triage(Finding(value, state=state), METFORMIN)
    assert (verdict.level, verdict.texts, verdict.event) == (level, (), None)


@pytest.mark.parametrize("value", [300, 450])
def test_p5_and_p6_ask_for_symptoms_first(value: float) -> None:
    verdict = judged(value)
    assert verdict.asks_symptoms
    assert verdict.texts[0] == texts.DANGER_QUESTION


@pytest.mark.parametrize(
    ("known", "sugar"),
    [
        (UNKNOWN, texts.glucose_or_sugar("15", 3)),
        (VOGLIBOSE, texts.pure_glucose("15", 3)),
        (METFORMIN, texts.fast_sugar("15", 3)),
        (INSULIN, texts.fast_sugar("15", 3)),
    ],
)
def test_what_is_taken_in_a_low_depends_on_the_medicines(known: Known, sugar: Text) -> None:
    assert sugar in judged(60, known=known).texts


@pytest.mark.parametrize("value", [45, 65])
def test_an_old_low_opens_no_loop_and_asks_for_now(value: float) -> None:
    two_hours = Finding(value, age=timedelta(hours=2))
    older = Finding(value, age=timedelta(hours=2, minutes=1))
    assert triage(two_hours, INSULIN).event is LOW
    assert triage(older, INSULIN).event is None
    assert triage(older, INSULIN).texts == (texts.OLD_VALUE,)


def test_a_high_lasts_a_day() -> None:
    assert triage(Finding(450, age=timedelta(hours=24)), METFORMIN).event is HIGH
    yesterday = triage(Finding(450, age=timedelta(hours=25)), METFORMIN)
    assert (yesterday.event, yesterday.texts) == (None, (texts.OLD_VALUE,))


def test_a_sign_is_never_old() -> None:
    long_ago = Finding(45, frozenset({"seizure"}), age=timedelta(hours=5))
    assert triage(long_ago, METFORMIN).level is Level.P0


@pytest.mark.parametrize(
    ("symptoms", "value", "said"),
    [
        ("drowsy", 300, texts.INSULIN_ONLY),
        ("vomiting", 300, texts.WATER_AND_INSULIN),
        ("drowsy", None, texts.TEST_ONLY),
        ("vomiting", None, texts.WATER_AND_TEST),
    ],
)
def test_p3_gives_the_drowsy_nothing_and_names_insulin_only_beside_a_value(
    symptoms: str, value: float | None, said: Text
) -> None:
    assert judged(value, symptoms, TYPE_1).texts == (texts.HOSPITAL_NOW, said)


@pytest.mark.parametrize(
    ("symptoms", "value", "said"),
    [
        ("vomiting", None, texts.TEST_NOW_ILL),
        ("thirst", None, texts.TEST_NOW),
        ("shaky", 130, texts.WATCH),
        ("vomiting", 130, texts.WATCH),
    ],
)
def test_complaints_outside_the_table_ask_for_a_value(
    symptoms: str, value: float | None, said: Text
) -> None:
    verdict = judged(value, symptoms)
    assert (verdict.level, verdict.event, verdict.texts) == (None, None, (said,))


def test_no_complaint_and_an_ordinary_value_say_nothing() -> None:
    assert judged(110) == Verdict()
