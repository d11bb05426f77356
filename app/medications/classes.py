"""Classes of medicines that change what to do in an emergency, by generic name. Pure."""

from collections.abc import Iterable
from enum import StrEnum


class MedicineClass(StrEnum):
    """What emergencies ask of a medicine; one of none of these classes is harmless to them."""

    INSULIN = "insulin"
    SULFONYLUREA = "sulfonylurea"
    GLINIDE = "glinide"
    GLIFLOZIN = "gliflozin"
    ALPHA_GLUCOSIDASE_INHIBITOR = "alpha-glucosidase inhibitor"


LOWERING = frozenset({MedicineClass.INSULIN, MedicineClass.SULFONYLUREA, MedicineClass.GLINIDE})
"""Classes that bring lows by themselves (ADA Standards of Care, section 9; glinides: house)."""

_CLASS_OF = {
    "insulin": MedicineClass.INSULIN,
    "glimepiride": MedicineClass.SULFONYLUREA,
    "gliclazide": MedicineClass.SULFONYLUREA,
    "glibenclamide": MedicineClass.SULFONYLUREA,
    "glyburide": MedicineClass.SULFONYLUREA,
    "glipizide": MedicineClass.SULFONYLUREA,
    "repaglinide": MedicineClass.GLINIDE,
    "nateglinide": MedicineClass.GLINIDE,
    "dapagliflozin": MedicineClass.GLIFLOZIN,
    "empagliflozin": MedicineClass.GLIFLOZIN,
    "canagliflozin": MedicineClass.GLIFLOZIN,
    "remogliflozin": MedicineClass.GLIFLOZIN,
    "ertugliflozin": MedicineClass.GLIFLOZIN,
    "voglibose": MedicineClass.ALPHA_GLUCOSIDASE_INHIBITOR,
    "acarbose": MedicineClass.ALPHA_GLUCOSIDASE_INHIBITOR,
    "miglitol": MedicineClass.ALPHA_GLUCOSIDASE_INHIBITOR,
}
_OF_NO_CLASS = frozenset(
    {
        "metformin",
        "sitagliptin",
        "vildagliptin",
        "teneligliptin",
        "linagliptin",
        "saxagliptin",
        "pioglitazone",
        "semaglutide",
        "liraglutide",
        "dulaglutide",
        "telmisartan",
        "amlodipine",
        "atorvastatin",
        "rosuvastatin",
        "aspirin",
        "thyroxine",
    }
)
_FORMS = frozenset({"sr", "xr", "er", "mr", "cr", "od", "bd", "mg", "mcg", "ml", "iu", "tablet"})
"""Words of a name that say how a medicine is made or given, not what it is."""


def classes_of(names: Iterable[str]) -> frozenset[MedicineClass] | None:
    """Give the classes of a person's medicines, combinations included.

    Returns:
        None where they are not known for sure: no medicine is listed (nobody may have told), or a
        name has a word that is neither a known generic nor a form.
    """
    words = " ".join("".join(c if c.isalpha() else " " for c in name.lower()) for name in names)
    generics = set(words.split()) - _FORMS
    known = _OF_NO_CLASS | _CLASS_OF.keys()
    if not generics or not generics <= known:
        return None
    return frozenset(_CLASS_OF[word] for word in generics if word in _CLASS_OF)
