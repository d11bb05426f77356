"""What a `do` step has happen. Pure."""

from collections.abc import Callable, Mapping
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from app.conversation import asking, family, inviting, leaving
from app.conversation.came_of import Outcome, Slots, came_of
from app.conversation.doctor_seen import answered_of_doctor
from app.conversation.meal_questions import meal_asked_about, with_amount
from app.conversation.meals import foods_told
from app.conversation.medicine_actions import OF_MEDICINES
from app.conversation.medicines import BETWEEN
from app.conversation.reports import FOLLOWS, Look, report
from app.conversation.settings import (
    as_span,
    others_wanted,
    places_offered,
    quiet_hours,
    settings_now,
)
from app.conversation.step import Action, Do
from app.conversation.turn import Place, Situation
from app.glucose.checks.check import ChecksEnded, ChecksWanted
from app.glucose.reading import ReadingStateTold
from app.glucose.reply import state_told
from app.glucose.state import state_at
from app.insights.week.week import PictureAsked
from app.meals.meal import MealTestOffered, MealTestWanted
from app.parsing.meanings import Glucose, GlucoseState
from app.parsing.places import is_of_india, place_name
from app.parsing.units import Unit, to_mg_dl
from app.people.person import (
    ConsentGiven,
    CopyAsked,
    DiabetesType,
    DiabetesTypeGiven,
    DiagnosisYearTold,
    DigestTimeChosen,
    DoctorConnected,
    DoctorDisconnected,
    HbA1cTold,
    LanguageChosen,
    NameGiven,
    OthersADayChosen,
    PersonForgotten,
    QuietHoursChosen,
    UnitChosen,
    ZoneChosen,
)
from app.text import text

UNITS = {"mg_dl": Unit.MG_DL, "mmol_l": Unit.MMOL_L}
TYPES = {"type_1": DiabetesType.TYPE_1, "type_2": DiabetesType.TYPE_2}


def outcome(step: Do, place: Place, situation: Situation) -> Outcome:
    """Have the step's action happen."""
    return OUTCOMES[step.action](step, place.slots, situation)


def _language(_step: Do, slots: Slots, _situation: Situation) -> Outcome:
    return Outcome((LanguageChosen(str(slots["language"])),))


def _consent(step: Do, slots: Slots, situation: Situation) -> Outcome:
    language = str(slots.get("language") or situation.person.language)
    patient_id = situation.new_id("patient")
    return Outcome((ConsentGiven(patient_id, step.given["version"], language),))


def _name(_step: Do, slots: Slots, _situation: Situation) -> Outcome:
    name = slots["name"]
    return Outcome((NameGiven(str(name)),) if name is not None else ())


def _type(_step: Do, slots: Slots, _situation: Situation) -> Outcome:
    kind = TYPES.get(str(slots["type"]))
    return Outcome((DiabetesTypeGiven(kind),) if kind else ())


def _unit(_step: Do, slots: Slots, _situation: Situation) -> Outcome:
    return Outcome((UnitChosen(UNITS[str(slots["unit"])]),))


def _state(_step: Do, slots: Slots, situation: Situation) -> Outcome:
    recorded_at = datetime.fromisoformat(str(slots["recorded_at"]))
    local = recorded_at.astimezone(ZoneInfo(situation.person.zone))
    when = str(slots["when"])
    state = GlucoseState(when) if when in set(GlucoseState) else state_at(when, local)
    event = ReadingStateTold(UUID(str(slots["reading_id"])), recorded_at, state)
    return Outcome((event,), state_told(state, float(str(slots["mg_dl"])), situation.person.unit))


def _as_mmol(_step: Do, slots: Slots, _situation: Situation) -> Outcome:
    value_mg_dl = to_mg_dl(float(str(slots["number"])), Unit.MMOL_L)
    return Outcome(readings=(Glucose(value_mg_dl, unit=Unit.MMOL_L),))


def _as_tenth(_step: Do, slots: Slots, _situation: Situation) -> Outcome:
    return Outcome(readings=(Glucose(float(str(slots["number"])) / 10),))


def _amount(_step: Do, slots: Slots, situation: Situation) -> Outcome:
    meal = meal_asked_about(slots, situation)
    if meal is None:
        return Outcome(said=(text("I do not have that meal any more."),))
    log = foods_told(situation, meal, with_amount(slots, meal))
    return came_of(log)


def _offer_test(_step: Do, slots: Slots, situation: Situation) -> Outcome:
    return Outcome((MealTestOffered(UUID(str(slots["meal_id"])), situation.now),))


def _want_test(_step: Do, slots: Slots, _situation: Situation) -> Outcome:
    at = datetime.fromisoformat(str(slots["test_at"]))
    return Outcome((MealTestWanted(UUID(str(slots["meal_id"])), at),))


def _settings(_step: Do, _slots: Slots, situation: Situation) -> Outcome:
    return Outcome(slots=settings_now(situation))


def _places(_step: Do, _slots: Slots, situation: Situation) -> Outcome:
    abroad = "no" if is_of_india(situation.message.address) else "yes"
    return Outcome(slots={**places_offered(situation.person), "abroad": abroad})


def _zone(_step: Do, slots: Slots, situation: Situation) -> Outcome:
    zone = str(slots["place"])
    named = {"place_now": place_name(zone, situation.person.language)}
    return Outcome((ZoneChosen(zone),), slots=named)


def _year(_step: Do, slots: Slots, _situation: Situation) -> Outcome:
    year = slots["year"]
    return Outcome((DiagnosisYearTold(int(year)),) if year is not None else ())


def _hba1c(_step: Do, slots: Slots, _situation: Situation) -> Outcome:
    percent = slots["hba1c"]
    return Outcome((HbA1cTold(float(percent)),) if percent is not None else ())


def _quiet(_step: Do, slots: Slots, _situation: Situation) -> Outcome:
    if slots["quiet"] is None:
        return Outcome()
    quiet = quiet_hours(str(slots["quiet"]))
    return Outcome((QuietHoursChosen(quiet),), slots={"quiet_now": as_span(quiet)})


def _others(_step: Do, slots: Slots, situation: Situation) -> Outcome:
    wanted = others_wanted(situation.person, str(slots["others"]))
    return Outcome((OthersADayChosen(wanted),), slots={"others_now": str(wanted)})


def _checks(_step: Do, slots: Slots, _situation: Situation) -> Outcome:
    times = tuple(str(slots["times"]).split(BETWEEN))
    return Outcome((ChecksWanted(times),), slots={"checks_now": BETWEEN.join(times)})


def _no_checks(_step: Do, _slots: Slots, _situation: Situation) -> Outcome:
    return Outcome((ChecksEnded(),))


def _digest(_step: Do, slots: Slots, _situation: Situation) -> Outcome:
    return Outcome((DigestTimeChosen(str(slots["digest"])),))


def _connect(step: Do, slots: Slots, situation: Situation) -> Outcome:
    language = str(slots.get("language") or situation.person.language)
    doctor_id = UUID(str(slots["doctor_id"]))
    return Outcome((DoctorConnected(doctor_id, step.given["version"], language),))


def _end_danger(_step: Do, _slots: Slots, situation: Situation) -> Outcome:
    return Outcome(*answered_of_doctor(situation, has_seen=True))


def _keep_danger(_step: Do, _slots: Slots, situation: Situation) -> Outcome:
    return Outcome(*answered_of_doctor(situation, has_seen=False))


def _disconnect(step: Do, slots: Slots, situation: Situation) -> Outcome:
    doctor_id, language = leaving.chosen_doctor(slots), situation.person.language
    return Outcome((DoctorDisconnected(doctor_id, step.given["version"], language),))


def _list_doctors(_step: Do, _slots: Slots, situation: Situation) -> Outcome:
    return Outcome(slots=leaving.doctors_listed(situation))


def _name_doctor(_step: Do, slots: Slots, _situation: Situation) -> Outcome:
    return Outcome(slots=leaving.doctor_named(slots))


def _list_caregivers(_step: Do, _slots: Slots, situation: Situation) -> Outcome:
    return Outcome(said=(family.seen_by(situation),), slots=family.family_listed(situation))


def _name_caregiver(_step: Do, slots: Slots, _situation: Situation) -> Outcome:
    return Outcome(slots=family.caregiver_named(slots))


def _allow_caregiver(_step: Do, slots: Slots, _situation: Situation) -> Outcome:
    return Outcome((family.caregiver_allowed(slots),))


def _end_caregiver(_step: Do, slots: Slots, situation: Situation) -> Outcome:
    return Outcome((family.caregiver_ended(slots, situation),))


def _invite(step: Do, slots: Slots, situation: Situation) -> Outcome:
    if not inviting.may_invite(situation):
        return Outcome(slots={"invited": "no", "link": ""})
    event = inviting.invited(slots, step.given["version"], situation)
    return Outcome((event,), slots={"invited": "yes", "link": inviting.link(situation)})


def _accept(step: Do, slots: Slots, situation: Situation) -> Outcome:
    return Outcome((inviting.accepted(slots, step.given["version"], situation),))


def _list_patients(_step: Do, _slots: Slots, situation: Situation) -> Outcome:
    return Outcome(slots=family.patients_listed(situation))


def _name_patient(_step: Do, slots: Slots, _situation: Situation) -> Outcome:
    return Outcome(slots=family.patient_named(slots))


def _leave_patient(_step: Do, slots: Slots, situation: Situation) -> Outcome:
    return Outcome((family.care_left(slots, situation),))


def _only_doctor(_step: Do, _slots: Slots, situation: Situation) -> Outcome:
    return Outcome(slots=asking.only_doctor(situation))


def _look_up(_step: Do, slots: Slots, situation: Situation) -> Outcome:
    known = asking.looked_up(slots, situation)
    return Outcome(slots=known) if known is not None else Outcome(lacks_pools=True)


def _put(_step: Do, slots: Slots, situation: Situation) -> Outcome:
    if situation.pools is None:
        return Outcome(slots={"is_put": "no"}, lacks_pools=True)
    asked = asking.question_put(slots, situation)
    return Outcome((asked,) if asked else (), slots={"is_put": "yes" if asked else "no"})


def _danger(_step: Do, _slots: Slots, situation: Situation) -> Outcome:
    return Outcome(slots=leaving.danger_now(situation))


def _copy(_step: Do, _slots: Slots, _situation: Situation) -> Outcome:
    return Outcome((CopyAsked(),))


def _forget(_step: Do, _slots: Slots, situation: Situation) -> Outcome:
    return Outcome((PersonForgotten(situation.person.language),))


def _report(_step: Do, slots: Slots, situation: Situation) -> Outcome:
    said = report(situation, Look(str(slots["period"])))
    if said is None:
        return Outcome(lacks_past=True)
    return Outcome((PictureAsked(),) if FOLLOWS in said else (), said)


OUTCOMES: Mapping[Action, Callable[[Do, Slots, Situation], Outcome]] = {
    **OF_MEDICINES,
    Action.CHOOSE_LANGUAGE: _language,
    Action.GIVE_CONSENT: _consent,
    Action.GIVE_NAME: _name,
    Action.GIVE_DIABETES_TYPE: _type,
    Action.CHOOSE_UNIT: _unit,
    Action.TELL_STATE: _state,
    Action.LOG_AS_MMOL: _as_mmol,
    Action.LOG_TENTH: _as_tenth,
    Action.TELL_REPORT: _report,
    Action.TELL_AMOUNT: _amount,
    Action.OFFER_TEST: _offer_test,
    Action.WANT_TEST: _want_test,
    Action.KNOW_SETTINGS: _settings,
    Action.WANT_CHECKS: _checks,
    Action.END_CHECKS: _no_checks,
    Action.LIST_PLACES: _places,
    Action.CHOOSE_ZONE: _zone,
    Action.TELL_YEAR: _year,
    Action.TELL_HBA1C: _hba1c,
    Action.CHOOSE_QUIET_HOURS: _quiet,
    Action.CHOOSE_OTHERS_A_DAY: _others,
    Action.CHOOSE_DIGEST_TIME: _digest,
    Action.CONNECT_DOCTOR: _connect,
    Action.END_DANGER: _end_danger,
    Action.KEEP_DANGER: _keep_danger,
    Action.LIST_DOCTORS: _list_doctors,
    Action.NAME_DOCTOR: _name_doctor,
    Action.DISCONNECT_DOCTOR: _disconnect,
    Action.LIST_CAREGIVERS: _list_caregivers,
    Action.NAME_CAREGIVER: _name_caregiver,
    Action.ALLOW_CAREGIVER: _allow_caregiver,
    Action.END_CAREGIVER: _end_caregiver,
    Action.INVITE_CAREGIVER: _invite,
    Action.ACCEPT_INVITATION: _accept,
    Action.LIST_PATIENTS: _list_patients,
    Action.NAME_PATIENT: _name_patient,
    Action.LEAVE_PATIENT: _leave_patient,
    Action.KNOW_DANGER: _danger,
    Action.FORGET_PERSON: _forget,
    Action.SEND_EXPORT: _copy,
    Action.TAKE_ONLY_DOCTOR: _only_doctor,
    Action.LOOK_UP_QUESTION: _look_up,
    Action.PUT_QUESTION: _put,
}
