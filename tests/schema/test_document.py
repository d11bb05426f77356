"""The data model as data is in step with itself, and as large as the one that was given."""

from collections.abc import Iterator

from tests.schema.document import Document, snake, unique_fields

DOCUMENT = Document.read()
FIELDS = {  # counted by hand in the given file, without the sides of relations that are no columns
    "User": 13,
    "Patient": 20,
    "Doctor": 15,
    "Caregiver": 8,
    "DoctorPatientConnection": 11,
    "CaregiverPatientConnection": 9,
    "GlucoseReading": 13,
    "Medication": 12,
    "MedicationLog": 10,
    "Meal": 13,
    "HealthRecord": 16,
    "Appointment": 15,
    "Pattern": 12,
    "PooledQuestion": 12,
    "EmergencyEvent": 11,
    "Notification": 11,
    "Message": 8,
}
BUILT_IN = {"String", "Int", "Float", "Boolean", "DateTime", "Json"}


def test_there_are_seventeen_models_with_all_their_fields() -> None:
    assert {name: len(model["fields"]) for name, model in DOCUMENT.models.items()} == FIELDS
    assert len(FIELDS) == 17
    assert sum(FIELDS.values()) == 209


def test_there_are_twenty_enums_of_eighty_four_words() -> None:
    assert len(DOCUMENT.enums) == 20
    assert sum(len(words) for words in DOCUMENT.enums.values()) == 84


def test_there_are_as_many_relations_uniques_and_indexes_as_were_counted() -> None:
    models = DOCUMENT.models.values()
    assert sum(len(model.get("relations", [])) for model in models) == 22
    assert sum(len(list(unique_fields(model))) for model in models) == 6
    assert sum(len(model.get("unique", [])) for model in models) == 2
    assert sum(len(model["indexes"]) for model in models) == 42


def test_every_type_is_built_in_or_an_enum_and_every_enum_is_used() -> None:
    kinds = {
        field["type"].rstrip("?[]")
        for model in DOCUMENT.models.values()
        for field in model["fields"].values()
    }
    assert kinds == BUILT_IN | set(DOCUMENT.enums)


def test_relations_uniques_and_indexes_are_of_fields_that_are_there() -> None:
    for model in DOCUMENT.models.values():
        sets = [*model.get("unique", []), *model["indexes"]]
        named = {word.split()[0] for columns in sets for word in columns.split(", ")}
        named |= {relation["field"] for relation in model.get("relations", [])}
        assert named <= set(model["fields"]), model["table"]


def test_an_enum_default_is_one_of_its_words() -> None:
    for model in DOCUMENT.models.values():
        for field in model["fields"].values():
            words = DOCUMENT.enums.get(field["type"])
            assert words is None or field.get("default", words[0]) in words


def test_only_the_reading_before_a_meal_has_no_opposite_side() -> None:
    """The document contradicts itself here: see docs/decisions/schema.md."""
    assert set(sides("relations")) - set(sides("opposite")) == {("Meal", "GlucoseReading")}
    assert set(sides("opposite")) - set(sides("relations")) == set()


def sides(of: str) -> Iterator[tuple[str, str]]:
    """Give (the model with the column, the model it refers to) as this side of relations says."""
    for name, model in DOCUMENT.models.items():
        if of == "relations":
            yield from ((name, relation["to"]) for relation in model.get(of, []))
        else:
            yield from ((other, name) for other in model.get(of, {}).values())


def test_names_are_parted_where_a_word_begins() -> None:
    assert snake("MedicationFrequency") == "medication_frequency"
