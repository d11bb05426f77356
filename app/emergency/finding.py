"""What triage is given: what was found in a message, and what is known of the person. Pure."""

from dataclasses import dataclass
from datetime import timedelta
from math import inf

from app.glucose.reading import LOWEST_KEPT_MG_DL, is_kept
from app.medications.classes import LOWERING, MedicineClass
from app.parsing.meanings import Alarm, Display, GlucoseState
from app.people.person import DiabetesType

NO_AGE = timedelta(0)


@dataclass(frozen=True, slots=True)
class Finding:
    """One value, or none, and what the person complains of beside it.

    Attributes:
        value_mg_dl: Unrounded; 0 for a meter's LO, infinite for its HI, None without a value.
        told_mg_dl: The same where it was told as a number without doubt, else None.
        age: How long ago it was measured; negative in the future.
        is_told_now: False where the value is an earlier reading that complaints are read with.
        confirm_unit: Whether the value is to be written again with its unit.
        alarm: What was cried out without a value or a complaint: "my sugar is low", "save him".
        high_lately: Whether a value above 240 may stand beside the complaints.
    """

    value_mg_dl: float | None = None
    symptoms: frozenset[str] = frozenset()
    state: GlucoseState | None = None
    told_mg_dl: float | None = None
    age: timedelta = NO_AGE
    is_told_now: bool = True
    confirm_unit: bool = False
    high_lately: bool = False
    alarm: Alarm | None = None

    @property
    def beyond_range(self) -> Display | None:
        """Say which display a value counts as that no reading can keep; None where one can.

        A number in doubt is none: it is asked for again, and then told.
        """
        value = self.value_mg_dl
        is_shown = value in {0.0, inf}
        if value is None or is_kept(value) or not (is_shown or self.told_mg_dl is not None):
            return None
        return Display.LO if value < LOWEST_KEPT_MG_DL else Display.HI


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the person; whatever is not known takes the more cautious row.

    Attributes:
        diabetes_type: None is triaged as type 1.
        classes: Of the person's medicines; None where they are not known, which is all of them.
        high_before: Whether the reading before this one was above 240 too.
        low_open: Whether a low is being treated.
    """

    diabetes_type: DiabetesType | None = None
    classes: frozenset[MedicineClass] | None = None
    high_before: bool = False
    low_open: bool = False

    @property
    def may_be_type_1(self) -> bool:
        """Whether it is type 1, or not known."""
        return self.diabetes_type is not DiabetesType.TYPE_2

    def may_take(self, medicine_class: MedicineClass) -> bool:
        """Say whether the person takes a medicine of a class, or may."""
        return self.classes is None or medicine_class in self.classes

    @property
    def lows_likely(self) -> bool:
        """Whether lows come, and come back: on insulin, which type 1 is, a sulfonylurea, …."""
        return self.may_be_type_1 or any(self.may_take(lowering) for lowering in LOWERING)
