"""What holds for every message: one property a rule."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.emergency import texts
from app.emergency.course import ESCALATED
from app.emergency.event import (
    EmergencyOpened,
    EmergencyResolved,
    EmergencyStatus,
    EmergencyType,
    Level,
    OpenEvent,
)
from app.emergency.finding import Finding, Known
from app.emergency.first_aid import first_aid
from app.emergency.triage import triage
from app.medications.classes import MedicineClass
from app.medications.dose import MedicationFacts
from app.parsing.meanings import (
    SYMPTOMS,
    AnyMeaning,
    Asked,
    BloodPressure,
    Command,
    Connect,
    Display,
    Dose,
    DoseStatus,
    Glucose,
    GlucoseDisplay,
    GlucoseDoubtful,
    GlucoseState,
    Lab,
    Meal,
    Parsed,
    Symptoms,
)
from app.parsing.units import Unit
from app.people.person import DiabetesType
from tests.emergency.people import NOON, Story, medicines, new_id, person, reading, told

FOOD_AND_DRINK = ("Drink", "teaspoons", "Eat ", "Take fast glucose")

symptom_sets = st.frozensets(st.sampled_from(sorted(SYMPTOMS)), max_size=4)
times = st.none() | st.integers(-40 * 60, 60).map(lambda ago: NOON + timedelta(minutes=ago))
meanings_of_glucose = st.one_of(
    st.builds(
        Glucose,
        st.sampled_from([45.0, 62.0, 75.0, 110.0, 240.0, 260.0, 320.0]) | st.floats(20, 600),
        st.none() | st.sampled_from(GlucoseState),
        st.none() | times,
        st.sampled_from(Unit),
    ),
    st.builds(GlucoseDisplay, st.sampled_from(Display)),
    st.builds(GlucoseDoubtful, st.floats(allow_nan=True), st.none() | st.sampled_from(Unit)),
)
meanings: st.SearchStrategy[AnyMeaning] = st.one_of(
    meanings_of_glucose,
    st.builds(lambda names: Symptoms(tuple(sorted(names))), symptom_sets),
    st.builds(Meal, st.none()),
    st.builds(Dose, st.none(), st.sampled_from(DoseStatus)),
    st.builds(Lab, st.just("HbA1c"), st.floats(3, 20)),
    st.builds(BloodPressure, st.integers(60, 220), st.integers(30, 130)),
    st.builds(Connect, st.just("DOC-ABC123")),
    st.builds(Asked, st.sampled_from(Command)),
)
messages = st.lists(meanings, max_size=5).map(tuple)

known_types = st.sampled_from(DiabetesType)
known_classes = st.frozensets(st.sampled_from(MedicineClass))
findings = st.builds(
    Finding,
    st.none() | st.floats(0, 700),
    symptom_sets,
    st.none() | st.sampled_from(GlucoseState),
    high_lately=st.booleans(),
)
facts = st.builds(
    Known,
    st.none() | known_types,
    st.none() | known_classes,
    high_before=st.booleans(),
    low_open=st.booleans(),
)
open_events = st.builds(
    OpenEvent,
    st.just(new_id("open")),
    st.sampled_from([EmergencyType.HYPOGLYCEMIA, EmergencyType.HYPERGLYCEMIA]),
    st.sampled_from(Level),
    st.sampled_from([EmergencyStatus.ACTIVE, EmergencyStatus.ESCALATED]),
    st.integers(0, 3000).map(lambda ago: NOON - timedelta(minutes=ago)),
    st.none() | st.floats(20, 600),
    st.integers(1, 3),
    st.integers(0, 1),
)
stories = st.builds(
    Story,
    st.builds(person, st.none() | known_types, st.sampled_from(Unit)),
    st.sampled_from([medicines(), medicines("metformin"), medicines("insulin")]),
    st.none().map(lambda _: ()) | open_events.map(lambda one: (one,)),
    st.sampled_from([told(), told(reading(65, 5)), told(reading(260, 30))]),
)


@given(st.floats(0, 79.9), st.floats(0, 79.9), symptom_sets, facts)
def test_a_lower_value_is_never_judged_less_gravely_among_lows(
    one: float, other: float, symptoms: frozenset[str], known: Known
) -> None:
    lower, higher = sorted((one, other))
    grave = triage(Finding(lower, symptoms), known).rank
    assert grave <= triage(Finding(higher, symptoms), known).rank


@given(findings, known_types, known_classes, facts)
def test_what_is_not_known_is_never_judged_less_gravely(
    finding: Finding,
    diabetes_type: DiabetesType,
    classes: frozenset[MedicineClass],
    known: Known,
) -> None:
    all_known = replace(known, diabetes_type=diabetes_type, classes=classes)
    rank = triage(finding, all_known).rank
    assert triage(finding, replace(all_known, diabetes_type=None)).rank <= rank
    assert triage(finding, replace(all_known, classes=None)).rank <= rank


@given(findings, facts)
def test_a_verdict_that_opens_an_event_has_a_level_texts_and_a_follow_up(
    finding: Finding, known: Known
) -> None:
    verdict = triage(finding, known)
    if verdict.event is not None:
        assert verdict.level is not None
        assert verdict.texts
        assert verdict.follow_up_minutes


@given(findings, facts)
def test_the_drowsy_are_never_told_to_eat_or_drink(finding: Finding, known: Known) -> None:
    sleepy = replace(finding, symptoms=finding.symptoms | {"drowsy"})
    said = " ".join(one.msgid for one in triage(sleepy, known).texts)
    assert not any(words in said for words in FOOD_AND_DRINK)


@given(messages, stories)
def test_the_drowsy_are_told_neither_to_eat_nor_to_drink_whatever_is_open(
    message: tuple[AnyMeaning, ...], story: Story
) -> None:
    answer = story.hears(*message, Symptoms(("drowsy",)))
    said = " ".join(one.msgid for one in answer.texts)
    assert not any(words in said for words in FOOD_AND_DRINK)


@given(messages, stories)
def test_an_emergency_is_never_silent(message: tuple[AnyMeaning, ...], story: Story) -> None:
    answer = story.hears(*message)
    if answer.is_emergency:
        assert answer.texts


@given(messages, stories)
def test_at_most_one_event_of_a_type_is_open(message: tuple[AnyMeaning, ...], story: Story) -> None:
    after = story.after(story.hears(*message)).open
    types = [one.type for one in after]
    assert len(types) == len(set(types))


@given(messages, stories)
def test_an_open_event_never_loses_gravity(message: tuple[AnyMeaning, ...], story: Story) -> None:
    after = {one.event_id: one for one in story.after(story.hears(*message)).open}
    for before in story.open:
        if before.event_id in after:
            assert after[before.event_id].level.rank <= before.level.rank
            assert before.status is not ESCALATED or after[before.event_id].status is ESCALATED


@given(messages, stories)
def test_what_danger_signs_opened_ends_only_for_a_new_danger(
    message: tuple[AnyMeaning, ...], story: Story
) -> None:
    by_signs = {one.event_id for one in story.open if one.level in {Level.P0, Level.P0B, Level.P3}}
    events = story.hears(*message).events
    ended = {one.event_id for one in events if isinstance(one, EmergencyResolved)}
    if ended & by_signs:
        assert any(isinstance(one, EmergencyOpened) for one in events)


@given(messages, st.sampled_from(Unit))
def test_first_aid_never_raises(message: tuple[AnyMeaning, ...], unit: Unit) -> None:
    said = first_aid(Parsed("en", "Latn", meanings=message), NOON, unit)
    assert all(one.msgid for one in said)


@given(messages, known_types, st.sampled_from([medicines("metformin"), medicines("insulin")]))
def test_first_aid_is_given_wherever_a_full_assessment_finds_danger(
    message: tuple[AnyMeaning, ...], diabetes_type: DiabetesType, medications: MedicationFacts
) -> None:
    story = Story(person(diabetes_type), medications)
    if story.hears(*message).is_emergency:
        assert first_aid(Parsed("en", "Latn", meanings=message), NOON)


@given(symptom_sets.filter(lambda names: not names.isdisjoint({"unconscious", "seizure"})), stories)
def test_the_unconscious_are_helped_whatever_is_known(
    symptoms: frozenset[str], story: Story
) -> None:
    answer = story.hears(Symptoms(tuple(sorted(symptoms))))
    assert answer.texts[0] == texts.UNCONSCIOUS
    assert answer.level is Level.P0
