"""Names, told alone or in a sentence."""

import pytest

from app.conversation.load import flows
from app.conversation.names import name_in, told_in
from app.conversation.step import Ask


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ("Asha", "Asha"),
        ("  Asha   Verma ", "Asha Verma"),
        ("my name is Asha Verma.", "Asha Verma"),
        ("I am Ravi", "Ravi"),
        ("Mera naam Ravi hai", "Ravi"),
        ("मेरा नाम सुनीता देवी है।", "सुनीता देवी"),
        ("मेरा नाम सुनीता", "सुनीता"),
        ("M. D'Souza-Rao", "M. D'Souza-Rao"),
        ("ரவி", "ரவி"),
        ("Asha 52", None),
        ("142", None),
        ("", None),
        ("?", None),
        ("a" * 61, None),
    ],
)
def test_a_name_is_taken_out_of_its_sentence(body: str, name: str | None) -> None:
    step = flows().flows["onboarding"].steps["name"]
    assert isinstance(step, Ask)
    assert name_in(body, step.wordings) == name


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("add aspirin", "aspirin"),
        ("please add my aspirin", "aspirin"),
        ("put my new aspirin in the list", "aspirin in the list"),
        ("my aspirin", None),
        ("add", None),
    ],
)
def test_a_wording_may_have_words_that_are_missing_or_others(body: str, told: str | None) -> None:
    assert told_in(body, ("please? add|put my? new? {}", "please? add|put {}")) == told
