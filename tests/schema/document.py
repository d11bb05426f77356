"""The data model as it was given, said in the places and words of the catalog."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import regex

from tests.schema.catalog import Facts

HERE = Path(__file__).parent
AS_PRISMA_MAKES_THEM = {
    "String": "text",
    "Int": "integer",
    "Float": "double precision",
    "Boolean": "boolean",
    "DateTime": "timestamp(3) without time zone",
    "Json": "jsonb",
    "id": "text",
    "uuid()": "",
    "@updatedAt": "",
    "[]": "",
}
"""Types, and the defaults that Prisma's client fills in without the database."""


@dataclass(frozen=True)
class Document:
    """The models, enums and views of `schema.toml`, as they stand there."""

    enums: dict[str, list[str]]
    models: dict[str, dict[str, Any]]
    views: dict[str, dict[str, str]]

    @classmethod
    def read(cls) -> Self:
        """Read the file beside this one."""
        return cls(**tomllib.loads((HERE / "schema.toml").read_text()))


def facts_given(document: Document, rules: dict[str, str]) -> Facts:
    """Say what a database made from the document would hold.

    Args:
        document: The data model.
        rules: The words for types and defaults that we use instead of Prisma's.
    """
    facts = {f"enum {snake(name)}": ", ".join(words) for name, words in document.enums.items()}
    words = AS_PRISMA_MAKES_THEM | {name: snake(name) for name in document.enums} | rules
    for model in document.models.values():
        facts[f"table {model['table']}"] = "here"
        facts[f"{model['table']} key (id)"] = "here"
        facts |= columns(model, words) | references(model, document) | indexes(model)
    return facts


def snake(name: str) -> str:
    """Write `GlucoseState` as `glucose_state`."""
    return regex.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def columns(model: dict[str, Any], words: dict[str, str]) -> Facts:
    """Declare each field of a model."""
    ids = {relation["field"] for relation in model.get("relations", [])} | {"id"}
    return {
        f"{model['table']}.{name}": declared(field, words, is_id=name in ids)
        for name, field in model["fields"].items()
    }


def declared(field: dict[str, Any], words: dict[str, str], *, is_id: bool) -> str:
    """Write a field as the catalog does: `text null`, `boolean default true`."""
    kind = field["type"].removesuffix("?").removesuffix("[]")
    said = words["id" if is_id else kind]
    if field["type"].endswith("[]"):
        said += "[]"
    if field["type"].endswith("?"):
        said += " null"
    default = default_of(field, words)
    return f"{said} default {default}" if default else said


def default_of(field: dict[str, Any], words: dict[str, str]) -> str:
    """Give a field's default in the database; empty for none."""
    if field["type"].endswith("[]"):
        return words["[]"]
    default = field.get("default", "")
    said = str(default).lower() if isinstance(default, bool) else str(default)
    return words.get(said, said)


def references(model: dict[str, Any], document: Document) -> Facts:
    """Give each relation; one that says nothing of deletion follows Prisma's rule."""
    facts = {}
    for relation in model.get("relations", []):
        is_optional = model["fields"][relation["field"]]["type"].endswith("?")
        what = relation.get("on_delete", "SetNull" if is_optional else "Restrict")
        to = document.models[relation["to"]]["table"]
        said = f"{to} on delete {snake(what).replace('_', ' ')}"
        facts[f"{model['table']}.{relation['field']} references"] = said
    return facts


def indexes(model: dict[str, Any]) -> Facts:
    """Give each unique set of columns and each index."""
    unique = [*model.get("unique", []), *unique_fields(model)]
    asked = [("unique", columns) for columns in unique]
    asked += [("index", columns) for columns in model.get("indexes", [])]
    return {f"{model['table']} {kind} ({columns})": "here" for kind, columns in asked}


def unique_fields(model: dict[str, Any]) -> Iterator[str]:
    """List the fields that are unique by themselves."""
    return (name for name, field in model["fields"].items() if field.get("unique"))
