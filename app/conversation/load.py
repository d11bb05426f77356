"""Reading the flows, and what they say in every language: the conversation's only files."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache, partial
from pathlib import Path

from babel.messages.catalog import Catalog

from app import i18n
from app.conversation.catalog_check import catalog_faults, is_complete
from app.conversation.flow import Flow, Flows
from app.conversation.flow_check import faults_of
from app.conversation.grammar import read_flow
from app.conversation.interrupts import read_interrupts
from app.conversation.source import read_toml
from app.conversation.step import Ask, Choose, Option, SlotType, Step
from app.conversation.wording import Translations, wording_faults
from app.errors import FlowError

UNKNOWN = "unknown"
"""The row, and the list of words, for what a person does not know."""
ANSWERS = (UNKNOWN, "years", "months", "this_year", "last_year")
"""The lists of `answers.toml` that such answers are read by; a language may lack one."""
FOLDER = Path(__file__).resolve().parents[2] / "bot_flows"
GLOBAL = "_global.toml"
NEEDED = (
    "onboarding",
    "reading_state",
    "doubtful_reading",
    "language",
    "help",
    "unclear",
    "add_medicine",
    "reminder_answer",
    "log_meal",
    "connect_doctor",
    "settings",
    "medicines",
    "help_came",
    "ask_doctor",
)
"""Flows that the engine enters of its own accord."""
TOLD = (
    *("medicine_added", "medicine_ended", "medicine_paused", "medicine_resumed"),
    *("ended_by_doctor", "by_doctor"),
    "dose_asked",
    "checks_wanted",
    *("not_yet", "not_yet_alone", "not_eaten", "both"),
    *("question_for_doctor", "question_refused", "questions_merged", "question_split"),
)
"""Lists of `answers.toml` that are heard without a question."""


@cache
def flows() -> Flows:
    """Read the flows of the deployment, once.

    Raises:
        FlowError: A flow is not fit to be used; the message names file and line.
    """
    return read(FOLDER, i18n.catalogs())


def check(folder: Path = FOLDER) -> list[str]:
    """List everything wrong with the flows and the catalogs, for `flask check`."""
    said_now = i18n.template()
    faults = [
        fault
        for language, catalog in i18n.catalogs().items()
        for fault in catalog_faults(language, catalog, said_now)
    ]
    try:
        read(folder, i18n.catalogs())
    except FlowError as fault:
        faults += str(fault).splitlines()
    return faults


def read(folder: Path, catalogs: Mapping[str, Catalog]) -> Flows:
    """Read a folder of flows, the rows of their choices with their words in every language.

    Raises:
        FlowError: Every fault found, one a line, each with file and line.
    """
    interrupts, defaults = read_interrupts(*_source(folder / GLOBAL))
    paths = [path for path in sorted(folder.rglob("*.toml")) if path.name != GLOBAL]
    read_ones = [read_flow(path.stem, *_source(path), defaults) for path in paths]
    languages = {
        code: i18n.name_in(code, code) for code, catalog in catalogs.items() if is_complete(catalog)
    }
    spoken = {code: partial(_said, catalog) for code, catalog in catalogs.items()}
    named = {flow.name: _worded(flow, languages, spoken) for flow in read_ones}
    told = {asked: _wordings(asked) for asked in TOLD}
    whole = Flows(named, interrupts, languages, told)
    faults = [*_faults(whole, spoken), *_interrupt_faults(whole), *_absent(whole)]
    if faults:
        raise FlowError("\n".join(faults))
    return whole


def _source(path: Path) -> tuple[str, str]:
    return f"{path.parent.name}/{path.name}", path.read_text(encoding="utf-8")


def _said(catalog: Catalog, msgid: str) -> str | None:
    message = catalog.get(msgid)
    if message is None or message.fuzzy:
        return None
    return message.string if isinstance(message.string, str) else None


def _faults(whole: Flows, spoken: Translations) -> Iterator[str]:
    for flow in whole.flows.values():
        for line, fault in (*faults_of(flow, whole), *wording_faults(flow, spoken)):
            yield f"{flow.file}:{line}: {fault}"


def _interrupt_faults(whole: Flows) -> Iterator[str]:
    for interrupt in whole.interrupts:
        if interrupt.enter is not None and interrupt.enter not in whole.flows:
            yield (
                f"bot_flows/{GLOBAL}:{interrupt.line}: `{interrupt.id}` enters "
                f"`{interrupt.enter}`, which is no flow"
            )


def _absent(whole: Flows) -> Iterator[str]:
    for name in NEEDED:
        if name not in whole.flows:
            yield f"bot_flows/{name}.toml:1: is missing"


def _worded(flow: Flow, languages: Mapping[str, str], spoken: Translations) -> Flow:
    steps = {name: _step_worded(step, languages, spoken) for name, step in flow.steps.items()}
    return replace(flow, steps=steps)


def _step_worded(step: Step, languages: Mapping[str, str], spoken: Translations) -> Step:
    if isinstance(step, Ask) and step.type is SlotType.NAME:
        step = replace(step, wordings=_wordings("name"))
    if isinstance(step, Ask):
        return replace(step, words={said: _wordings(said) for said in ANSWERS})
    if not isinstance(step, Choose):
        return step
    options = _languages_as_rows(languages) if step.listing else step.options
    return replace(step, options=tuple(_row_worded(row, spoken) for row in options))


def _wordings(asked: str) -> tuple[str, ...]:
    """Read how people tell what is asked for, in every language that has a list of it."""
    paths = sorted(i18n.LOCALES.glob("*/answers.toml"))
    lists = [read_toml(path.name, path.read_text("utf-8")) for path in paths]
    return tuple(wording for told in lists for wording in told.get(asked, ()))


def _languages_as_rows(languages: Mapping[str, str]) -> tuple[Option, ...]:
    return tuple(Option(code, name, is_name=True) for code, name in languages.items())


def _row_worded(row: Option, spoken: Translations) -> Option:
    if row.is_name:
        said = [i18n.name_in(row.id, language) for language in spoken]
    else:
        said = [translated(row.label) or row.label for translated in spoken.values()]
        said += _wordings(row.id)
    return replace(row, labels=tuple(dict.fromkeys([row.label, *said])))
