"""Classes of medicines, by the names in the clinical rules."""

import pytest

from app.medications.classes import MedicineClass as Class
from app.medications.classes import classes_of


@pytest.mark.parametrize(
    ("names", "classes"),
    [
        (["metformin"], set()),
        (["glimepiride"], {Class.SULFONYLUREA}),
        (["gliclazide"], {Class.SULFONYLUREA}),
        (["glibenclamide"], {Class.SULFONYLUREA}),
        (["glipizide"], {Class.SULFONYLUREA}),
        (["dapagliflozin"], {Class.GLIFLOZIN}),
        (["empagliflozin"], {Class.GLIFLOZIN}),
        (["canagliflozin"], {Class.GLIFLOZIN}),
        (["voglibose"], {Class.ALPHA_GLUCOSIDASE_INHIBITOR}),
        (["acarbose"], {Class.ALPHA_GLUCOSIDASE_INHIBITOR}),
        (["miglitol"], {Class.ALPHA_GLUCOSIDASE_INHIBITOR}),
        (["Insulin"], {Class.INSULIN}),
        (["repaglinide"], {Class.GLINIDE}),
        (["glimepiride+metformin"], {Class.SULFONYLUREA}),
        (["metformin SR 500 mg", "insulin"], {Class.INSULIN}),
    ],
)
def test_a_medicine_has_its_class(names: list[str], classes: set[Class]) -> None:
    assert classes_of(names) == frozenset(classes)


@pytest.mark.parametrize("names", [[], [""], ["glycomet gp"], ["metformin", "sugar tablet"]])
def test_what_is_not_listed_for_sure_is_not_known(names: list[str]) -> None:
    assert classes_of(names) is None
