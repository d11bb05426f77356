"""A flow's file into its values, refusing with file and line. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.conversation.flow import Flow
from app.conversation.lines import Lines, read_lines
from app.conversation.questions import options_of, wait_of
from app.conversation.source import Table, read_toml, refuse_unknown, tables_of
from app.conversation.step import Action, Ask, Branch, Call, Choose, Do, End, Say, SlotType, Step

_WAITS = frozenset({"slot", "invalid", "media", "silence", "again", "gives_way", "final"})
KEYS: Mapping[str, frozenset[str]] = {
    "say": frozenset(),
    "ask": _WAITS | {"type", "skippable", "if_unknown"},
    "choose": _WAITS | {"options", "rows", "reads_state", "reads_place"},
    "do": frozenset({"with"}),
    "branch": frozenset({"cases"}),
    "call": frozenset(),
    "end": frozenset(),
}
"""The kinds of step, and what each may hold beside `id` and `next`."""

_TOP = frozenset({"version", "given", "comes_back", "steps"})


def read_flow(name: str, file: str, source: str, defaults: Mapping[str, str]) -> Flow:
    """Read one flow; targets and sentences are checked by `flow_check`.

    Args:
        name: The file's name without its ending.
        file: As errors name it.
        source: The file's TOML.
        defaults: What a wait says about media and silence where its step does not.
    """
    whole = read_toml(file, source)
    lines = read_lines(file, source)
    refuse_unknown(whole, lines, _TOP)
    tables = tables_of(whole, lines, "steps")
    steps = [_step(table, following, defaults) for table, following in _followed(tables)]
    return Flow(
        name,
        _version(whole, lines),
        _by_id(steps, lines),
        _given(whole, lines),
        file,
        comes_back=_comes_back(whole, lines),
    )


def _followed(tables: Sequence[Table]) -> list[tuple[Table, str | None]]:
    ids: list[str | None] = [table.need("id", str) for table in tables]
    return list(zip(tables, [*ids[1:], None], strict=True))


def _version(whole: Mapping[str, Any], lines: Lines) -> int:
    version = whole.get("version")
    if not isinstance(version, int):
        raise lines.fault(lines.keys.get("version", 1), "`version` must be given, as int")
    return version


def _comes_back(whole: Mapping[str, Any], lines: Lines) -> bool:
    comes_back = whole.get("comes_back", False)
    if not isinstance(comes_back, bool):
        raise lines.fault(lines.keys.get("comes_back", 1), "`comes_back` is true or false")
    return comes_back


def _given(whole: Mapping[str, Any], lines: Lines) -> dict[str, SlotType]:
    line = lines.keys.get("given", 1)
    given = whole.get("given", {})
    for slot, kind in given.items():
        if kind not in list(SlotType):
            raise lines.fault(line, f"slot `{slot}` is of no known type: {kind!r}")
    return {slot: SlotType(kind) for slot, kind in given.items()}


def _by_id(steps: Sequence[Step], lines: Lines) -> dict[str, Step]:
    by_id: dict[str, Step] = {}
    for step in steps:
        if step.id in by_id:
            raise lines.fault(step.line, f"a second step `{step.id}`")
        by_id[step.id] = step
    return by_id


def _kind(table: Table) -> str:
    kinds = [kind for kind in KEYS if kind in table.values]
    if len(kinds) != 1:
        raise table.fault("id", f"a step is one of: {', '.join(KEYS)}")
    return kinds[0]


def _step(table: Table, following: str | None, defaults: Mapping[str, str]) -> Step:
    kind = _kind(table)
    table.only(KEYS[kind] | {"id", "next", kind})
    frame = {
        "id": table.need("id", str),
        "line": table.line,
        "next": table.may("next", str) or following,
    }
    if kind in {"ask", "choose"}:
        return _question(table, frame, defaults)
    return _plain(table, kind, frame)


def _question(table: Table, frame: dict[str, Any], defaults: Mapping[str, str]) -> Step:
    wait = wait_of(table, defaults)
    if "ask" in table.values:
        return Ask(
            **frame,
            sentence=table.need("ask", str),
            type=table.word("type", SlotType),
            wait=wait,
            skippable=table.may("skippable", bool) or False,
            if_unknown=table.may("if_unknown", bool) or False,
        )
    options, listing = options_of(table)
    return Choose(
        **frame,
        sentence=table.need("choose", str),
        options=options,
        wait=wait,
        listing=listing,
        reads_state=table.may("reads_state", bool) or False,
        rows=table.may("rows", str),
        reads_place=table.may("reads_place", bool) or False,
    )


def _plain(table: Table, kind: str, frame: dict[str, Any]) -> Step:
    match kind:
        case "say":
            return Say(**frame, sentence=table.need("say", str))
        case "do":
            given = table.may("with", dict) or {}
            return Do(**frame, action=table.word("do", Action), given=given)
        case "branch":
            cases = table.need("cases", dict)
            return Branch(**frame, slot=table.need("branch", str), cases=cases)
        case "call":
            return Call(**frame, flow=table.need("call", str))
        case _:
            return End(**frame | {"next": None}, sentence=table.need("end", str))
