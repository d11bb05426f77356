"""What is done, and when, while nothing is heard in an emergency: the timetable of the clock. Pure.

Minutes of a low are the clinical table's: "no answer at 15 minutes: one nudge; at 20 the
caregivers; at 30 escalated" (house).
"""

from dataclasses import dataclass

from app.emergency import alert_texts
from app.emergency import constants as c
from app.emergency import follow_up_texts as texts
from app.emergency.event import EmergencyStatus, Level, OpenEvent
from app.text import Text


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do in the silence.

    Attributes:
        minutes: Counted from the last thing heard.
        asks: What the patient is asked.
        tells: What the caregivers are told of the silence, if they are.
        escalates: Whether doctors are told as well, and the event is escalated.
    """

    minutes: int
    asks: Text
    tells: alert_texts.Wording | None = None
    escalates: bool = False


LOW = (
    Step(c.TREAT_WAIT_MINUTES, texts.TEST_AFTER_15),
    Step(20, texts.NO_ANSWER_YET, alert_texts.SILENT_LOW),
    Step(30, texts.STILL_NO_ANSWER, alert_texts.LOST_LOW, escalates=True),
)
"""A low that is treated at home: 15, 20 and 30 minutes (house)."""

RED = (
    Step(c.FOLLOW_UP_RED[0], texts.IS_HELP_THERE),
    Step(c.FOLLOW_UP_RED[1], texts.IS_HELP_THERE, alert_texts.SILENT),
    Step(c.FOLLOW_UP_RED[2], texts.IS_HELP_THERE),
)
KETOACIDOSIS = (
    Step(c.FOLLOW_UP_KETOACIDOSIS[0], texts.AT_A_HOSPITAL),
    Step(c.FOLLOW_UP_KETOACIDOSIS[1], texts.AT_A_HOSPITAL, alert_texts.SILENT),
)
CRITICAL_HIGH = (
    Step(c.FOLLOW_UP_CRITICAL_HIGH[0], texts.TEST_CRITICAL_AGAIN),
    Step(30, texts.TEST_CRITICAL_AGAIN, alert_texts.SILENT),
)
"""The caregivers, who know of the danger, hear of the silence too (house)."""

STEPS = {
    Level.P0: RED,
    Level.P0B: RED,
    Level.P1: LOW,
    Level.P2: LOW,
    Level.P2B: LOW,
    Level.P3: KETOACIDOSIS,
    Level.P4: CRITICAL_HIGH,
    Level.P5: (Step(c.FOLLOW_UP_VERY_HIGH[0], texts.TEST_VERY_HIGH_AGAIN),),
    Level.P6: (Step(c.FOLLOW_UP_HIGH[0], texts.TEST_AGAIN),),
    Level.P7: (Step(c.FOLLOW_UP_KETONES[0], texts.TEST_AGAIN),),
}
ESCALATED_STEPS = STEPS | {
    Level.P1: RED,
    Level.P2: RED,
    Level.P2B: RED,
    Level.P4: KETOACIDOSIS,
}
"""Once an ambulance or a hospital was told, help is asked after instead of a value."""


def steps_of(event: OpenEvent) -> tuple[Step, ...]:
    """Give what is to be done about an event while nothing is heard."""
    return (ESCALATED_STEPS if event.status is EmergencyStatus.ESCALATED else STEPS)[event.level]
