"""How long a parse takes: `python tests/benchmarks/parser.py [messages.jsonl …]`.

Prints median and 99th percentile over the messages, warm, and their ratio to `json.dumps` of the
same text, a floor that moves with the machine. Without files it reads the corpora.
"""

import json
import statistics
import sys
import time
from datetime import datetime
from pathlib import Path

from app.parsing.lexicon import Lexicon
from app.parsing.load import lexicon
from app.parsing.meanings import Message
from app.parsing.parse import parse

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
RECEIVED_AT = datetime.fromisoformat("2026-05-10T12:30:00+05:30")
ROUNDS = 20


def main() -> None:
    """Measure, and print three lines."""
    texts = _texts([Path(name) for name in sys.argv[1:]])
    words = lexicon()
    _times(words, texts)
    taken = sorted(one for _ in range(ROUNDS) for one in _times(words, texts))
    floor = statistics.median(_floor(text) for text in texts)
    median, p99 = statistics.median(taken), taken[int(len(taken) * 0.99)]
    long = min(_times(words, ["sugar 140 aur metformin li, " * 147] * 5))
    sys.stdout.write(
        f"{len(texts)} messages: median {median * 1e6:.0f} us, p99 {p99 * 1e6:.0f} us\n"
        f"{median / floor:.0f} times json.dumps ({floor * 1e6:.1f} us)\n"
        f"4,096 characters: {long * 1e3:.1f} ms\n"
    )


def _texts(files: list[Path]) -> list[str]:
    if files:
        return [json.loads(line)["text"] for file in files for line in file.open(encoding="utf-8")]
    import tomllib  # noqa: PLC0415 - only without files

    corpora = [tomllib.loads(path.read_text(encoding="utf-8")) for path in CORPUS.glob("*.toml")]
    return [text for corpus in corpora for group in corpus["group"] for text in group["messages"]]


def _times(words: Lexicon, texts: list[str]) -> list[float]:
    return [_time(words, text) for text in texts]


def _time(words: Lexicon, text: str) -> float:
    message = Message(text, RECEIVED_AT)
    start = time.thread_time()
    parse(words, message)
    return time.thread_time() - start


def _floor(text: str) -> float:
    start = time.thread_time()
    for _ in range(100):
        json.dumps({"text": text})
    return (time.thread_time() - start) / 100


if __name__ == "__main__":
    main()
