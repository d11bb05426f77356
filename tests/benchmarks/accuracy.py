"""How well messages are understood, by language and script: the corpora, and labelled messages.

    python -m tests.benchmarks.accuracy [--show] [folder of .jsonl ...]

A message counts as exact when all its meanings are, every field of them. Labelled messages lie in
`../shared/messages` beside the repository where they are there, and in the folders named.
"""

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from app.parsing.as_json import as_json
from app.parsing.load import lexicon
from app.parsing.meanings import Message
from app.parsing.parse import parse
from app.parsing.units import Unit
from tests.parsing.corpus import CORPUS, cases

Frame = dict[str, Any]
LABELLED = Path(__file__).resolve().parents[3] / "shared" / "messages"
_READINGS = frozenset({"glucose", "glucose_doubtful", "glucose_display"})


class Labelled(NamedTuple):
    """One message with what it means, and where it is written."""

    source: str
    language: str
    message: Message
    expected: list[Frame]


class Heard(NamedTuple):
    """One message as it was understood."""

    labelled: Labelled
    script: str
    found: list[Frame]

    @property
    def is_exact(self) -> bool:
        """Whether everything was understood, and nothing else."""
        return self.found == self.labelled.expected


def main() -> None:
    """Print the accuracy of the corpora and of the labelled messages that are there."""
    asked = _arguments()
    folders = [LABELLED, *asked.folders] if LABELLED.is_dir() else asked.folders
    heard = [_hear(one) for one in (*_corpora(), *_labelled(folders))]
    for source in dict.fromkeys(one.labelled.source for one in heard):
        _report(source, [one for one in heard if one.labelled.source == source])
    if asked.show:
        _show([one for one in heard if not one.is_exact])


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure how well messages are understood.")
    parser.add_argument("folders", nargs="*", type=Path, help="further folders of .jsonl")
    parser.add_argument("--show", action="store_true", help="list the messages that fail")
    return parser.parse_args()


def _corpora() -> Iterator[Labelled]:
    for path in sorted(CORPUS.glob("*.toml")):
        for case in cases(path):
            message = Message(case.text, case.received_at, case.language, Unit(case.unit))
            yield Labelled("tests/corpus", case.language, message, case.expected)


def _labelled(folders: Iterable[Path]) -> Iterator[Labelled]:
    for folder in folders:
        for path in sorted(folder.glob("*.jsonl")):
            for line in path.read_text(encoding="utf-8").splitlines():
                yield _line(f"{folder}", json.loads(line), path.stem)


def _line(source: str, one: dict[str, Any], language: str) -> Labelled:
    message = Message(
        one["text"],
        datetime.fromisoformat(one["received_at"]),
        one.get("language"),
        Unit(one.get("unit", "mg/dL")),
    )
    return Labelled(source, one.get("language", language), message, one["expected"])


def _hear(one: Labelled) -> Heard:
    written = as_json(parse(lexicon(), one.message))
    return Heard(one, written["script"], written["meanings"])


def _report(source: str, heard: list[Heard]) -> None:
    _say(f"\n{source}")
    _say(f"  {'language':9} {'script':7} {'messages':>8} {'exact':>7} {'rate':>7}")
    groups: dict[tuple[str, str], list[Heard]] = defaultdict(list)
    for one in heard:
        groups[one.labelled.language, one.script].append(one)
        groups[one.labelled.language, "all"].append(one)
    for (language, script), some in sorted(groups.items()):
        exact = sum(one.is_exact for one in some)
        _say(f"  {language:9} {script:7} {len(some):8} {exact:7} {exact / len(some):7.1%}")
    _by_kind(heard)
    _by_danger(heard)


def _by_kind(heard: list[Heard]) -> None:
    meant, found, right = Counter[str](), Counter[str](), Counter[str]()
    for one in heard:
        meant.update(frame["kind"] for frame in one.labelled.expected)
        found.update(frame["kind"] for frame in one.found)
        right.update(frame["kind"] for frame in _shared(one))
    _say(f"  {'kind':17} {'meant':>6} {'precision':>10} {'recall':>7}")
    for kind in sorted(meant | found):
        precision = f"{right[kind] / found[kind]:.1%}" if found[kind] else "-"
        recall = f"{right[kind] / meant[kind]:.1%}" if meant[kind] else "-"
        _say(f"  {kind:17} {meant[kind]:6} {precision:>10} {recall:>7}")


def _shared(one: Heard) -> list[Frame]:
    """List the meanings found that are meant, each once, every field of them."""
    rest, shared = list(one.labelled.expected), []
    for frame in one.found:
        if frame in rest:
            rest.remove(frame)
            shared.append(frame)
    return shared


def _by_danger(heard: list[Heard]) -> None:
    """Count the emergencies found, and readings that nobody told."""
    urgent = [one for one in heard if _is_urgent(one.labelled.expected)]
    found = sum(_is_urgent(one.found) for one in urgent)
    false = sum(len(_readings(one.found) - _readings(one.labelled.expected)) for one in heard)
    _say(f"  red flags found: {found} of {len(urgent)}; false readings: {false}")


def _is_urgent(frames: list[Frame]) -> bool:
    return any(frame.get("red_flag") for frame in frames)


def _readings(frames: list[Frame]) -> set[tuple[str, Any]]:
    return {
        (frame["kind"], frame.get("value_mg_dl", frame.get("value", frame.get("display"))))
        for frame in frames
        if frame["kind"] in _READINGS
    }


def _show(failed: list[Heard]) -> None:
    for one in failed:
        _say(f"\n{one.labelled.language} {one.labelled.message.text}")
        _say(f"  meant {json.dumps(one.labelled.expected, ensure_ascii=False)}")
        _say(f"  found {json.dumps(one.found, ensure_ascii=False)}")


if __name__ == "__main__":
    main()
