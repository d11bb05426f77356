"""Reading the flows and what they say in every language: the conversation's only files."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from app import i18n
from app.conversation.flow import Choose, Flow, Flows, Option, Step
from app.conversation.grammar import read_flow, read_interrupts

FOLDER = Path(__file__).resolve().parents[2] / "bot_flows"
GLOBAL = "_global.toml"


@cache
def flows() -> Flows:
    """Read the flows of the deployment, once.

    Raises:
        FlowError: A flow is not fit to be used; the message names file and line.
    """
    return read(FOLDER)


def read(folder: Path) -> Flows:
    """Read a folder of flows, their rows with their words in every language."""
    interrupts, defaults = read_interrupts(*_source(folder / GLOBAL))
    read_ones = [
        read_flow(path.stem, *_source(path), defaults)
        for path in sorted(folder.rglob("*.toml"))
        if path.name != GLOBAL
    ]
    languages = {code: i18n.name_in(code, code) for code in i18n.languages()}
    named = {flow.name: _worded(flow, languages) for flow in read_ones}
    return Flows(named, interrupts, languages)


def _source(path: Path) -> tuple[str, str]:
    return f"{path.parent.name}/{path.name}", path.read_text(encoding="utf-8")


def _worded(flow: Flow, languages: Mapping[str, str]) -> Flow:
    steps = {step_id: _step_worded(step, languages) for step_id, step in flow.steps.items()}
    return replace(flow, steps=steps)


def _step_worded(step: Step, languages: Mapping[str, str]) -> Step:
    if not isinstance(step, Choose):
        return step
    options = step.options or _language_options(languages)
    return replace(step, options=tuple(_row_worded(option) for option in options))


def _language_options(languages: Mapping[str, str]) -> tuple[Option, ...]:
    return tuple(Option(code, name, is_name=True) for code, name in languages.items())


def _row_worded(option: Option) -> Option:
    if option.is_name:
        names = [i18n.name_in(option.id, spoken) for spoken in i18n.languages()]
        return replace(option, labels=tuple(dict.fromkeys([option.label, *names])))
    said = [i18n.said_in(option.label, spoken) for spoken in i18n.languages()]
    return replace(option, labels=tuple(dict.fromkeys([option.label, *said])))
