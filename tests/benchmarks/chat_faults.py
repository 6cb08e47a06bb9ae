"""What becomes of an answer when the chat server fails: ``python -m tests.benchmarks.chat_faults``.

For every fault of the scripted server a conversation of two questions is held with a limit of one
second. Printed is how long after the limit the answer stood (negative: before it), what kind it is,
and whether the conversation before it is untouched.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from assistent.answering import Assistant
from assistent.chat import load_chat_model
from assistent.compose import Composer
from assistent.types import Answer, Turn
from assistent.verify import Prover
from assistent.writing import Writer
from tests.chat_servers import Scenario, ScriptedServer
from tests.chat_servers.replies import FAULTS
from tests.fakes import TODAY, WordEmbedder, build, small_corpus

LIMIT = 1.0
FIRST = "Hvilke kort godtas i kantinen?"
SECOND = "Og når åpner den?"


@dataclass(frozen=True)
class Row:
    """What became of one fault: seconds after the limit, and the answers."""

    name: str
    late: float
    answers: tuple[Answer, Answer]

    @property
    def survived(self) -> bool:
        """Whether both questions were answered with quotes."""
        return all(each.writer == "extract" and each.claims for each in self.answers)


def measure(index: Path, url: str, name: str, *, as_json: bool = False) -> Row:
    """Ask both questions of a failing server."""
    embedder = WordEmbedder()
    model = load_chat_model("openai:skript", url=url)
    model.prepare().result()
    writer = Writer(Composer(model, seconds=LIMIT, as_json=as_json), Prover(embedder))
    assistant = Assistant(index, embedder, today=lambda: TODAY, writer=writer)
    started = time.perf_counter()
    first = assistant.answer(FIRST)
    middle = time.perf_counter()
    history = [Turn("user", FIRST), Turn("assistant", first.text)]
    second = assistant.answer(SECOND, history)
    ended = time.perf_counter()
    late = max(middle - started, ended - middle) - LIMIT
    return Row(name, late, (first, second))


def rows(index: Path) -> list[Row]:
    """Measure every fault, a closed port and a TLS fault among them."""
    found = []
    for scenario in FAULTS:
        with ScriptedServer(scenario) as server:
            found.append(
                measure(index, server.url, scenario.name, as_json=scenario is Scenario.NO_SCHEMA)
            )
            address = server.url
    found.append(measure(index, address, "CLOSED_PORT"))
    with ScriptedServer(FAULTS[0]) as server:
        secure = server.url.replace("http:", "https:")
        found.append(measure(index, secure, "TLS"))
    return found


def main() -> None:
    """Print the table."""
    with TemporaryDirectory() as folder:
        corpus = small_corpus(Path(folder))
        build(corpus, Path(folder) / "indeks")
        found = rows(Path(folder) / "indeks")
    print(f"{'fault':24} ms after the limit of {LIMIT:.0f} s   answered with quotes")
    for row in found:
        print(f"{row.name:24} {1000 * row.late:10.0f} {'yes' if row.survived else 'NO':>28}")
    worst = max(row.late for row in found)
    survived = sum(row.survived for row in found)
    print(f"{len(found)} faults, {survived} survived, worst {1000 * worst:.0f} ms")


if __name__ == "__main__":
    main()
