"""What a call may ask for by Twilio's own description of its API, where that has been fetched.

`make tools` fetches it for the tests, and their packages hold what reads it. Without either, a
call is not held to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from json import loads
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from werkzeug.datastructures import MultiDict

FOLDER = Path(__file__).parents[3] / ".tools/twilio-cli-core-8.3.2"
FILE = FOLDER / "twilio_api_v2010.json"
CONTENT_FILE = FOLDER / "twilio_content_v1.json"
MESSAGES = "/2010-04-01/Accounts/{AccountSid}/Messages.json"
_FORM = "application/x-www-form-urlencoded"


def fault(form: MultiDict[str, str]) -> str | None:
    """Say what of a call that creates a message Twilio does not know; None where it knows all."""
    known = checker()
    if known is None:
        return None
    schema, validator = known
    broken = next(validator.iter_errors(as_json(form, schema["properties"])), None)
    return broken.message if broken else None


def content_fault(asked: Any, name: str) -> str | None:
    """Say what of a call of the Content API, JSON of a schema's name, Twilio does not know."""
    validator = content_checker(name)
    broken = next(validator.iter_errors(asked), None) if validator else None
    return broken.message if broken else None


@cache
def content_checker(name: str) -> Any | None:
    """Give what holds a call to a schema of the Content API; None where one is not there."""
    try:
        import jsonschema  # noqa: PLC0415 - only the tests' packages hold it
    except ImportError:
        return None
    if not CONTENT_FILE.is_file():
        return None
    schemas = loads(CONTENT_FILE.read_bytes())["components"]["schemas"]
    known = {each: _with_null(schema) for each, schema in schemas.items()}
    whole = {"$ref": f"#/components/schemas/{name}", "components": {"schemas": known}}
    return jsonschema.Draft4Validator(whole)


def _with_null(schema: dict[str, Any]) -> dict[str, Any]:
    """Write as JSON Schema does what OpenAPI calls nullable."""
    return {"anyOf": [schema, {"type": "null"}]} if schema.get("nullable") else schema


def request_schema(description: Mapping[str, Any]) -> dict[str, Any]:
    """Cut out of Twilio's description what may be asked of a new message, and nothing else."""
    content = description["paths"][MESSAGES]["post"]["requestBody"]["content"]
    schemas = description["components"]["schemas"].items()
    words = {name: schema for name, schema in schemas if name.startswith("message_enum_")}
    return {
        **content[_FORM]["schema"],
        "additionalProperties": False,
        "components": {"schemas": words},
    }


def as_json(form: MultiDict[str, str], properties: Mapping[str, Any]) -> dict[str, Any]:
    """Read a form's words as what they stand for, so that a schema can be asked about them."""
    return {
        name: words if _kind(name, properties) == "array" else _read(words, name, properties)
        for name, words in form.lists()
    }


def _read(words: list[str], name: str, properties: Mapping[str, Any]) -> Any:
    if len(words) > 1:
        return words  # asked for twice: no schema but an array's takes that
    if _kind(name, properties) in {"integer", "number", "boolean"}:
        try:
            return loads(words[0])
        except ValueError:
            return words[0]
    return words[0]


def _kind(name: str, properties: Mapping[str, Any]) -> str:
    return str(properties.get(name, {}).get("type", "string"))


@cache
def checker() -> tuple[dict[str, Any], Any] | None:
    """Give the schema of a call and what holds a call to it; None where one is not there."""
    try:
        import jsonschema  # noqa: PLC0415 - only the tests' packages hold it
    except ImportError:
        return None
    if not FILE.is_file():
        return None
    formats = jsonschema.FormatChecker(formats=())
    formats.checks("uri", raises=ValueError)(_is_address)
    formats.checks("date-time", raises=ValueError)(_is_moment)
    schema = request_schema(loads(FILE.read_bytes()))
    return schema, jsonschema.Draft4Validator(schema, format_checker=formats)


def _is_address(words: object) -> bool:
    parts = urlsplit(str(words))
    return parts.scheme in {"http", "https"} and bool(parts.netloc)


def _is_moment(words: object) -> bool:
    return bool(datetime.fromisoformat(str(words)))
