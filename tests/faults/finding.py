"""What a fault is, what came of it, and the corpus that is asked meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistent.answering import Assistant
from assistent.errors import AssistantError
from assistent.types import Turn
from assistent.writing import Writer
from tests.fakes import TODAY, WordEmbedder, build, small_corpus

QUESTION = "Når åpner kantinen?"
RIGHT = "Kantinen åpner klokken elleve. [1]"
NOTHING = "nothing"


class NotTriedError(Exception):
    """This machine does not allow the fault to be made; says why."""


@dataclass(frozen=True)
class Finding:
    """What came of a fault: what did not hold (empty if all did), what was lost, what came late.

    What came late counts in the table and in no test: a machine may be busy.
    """

    broken: tuple[str, ...] = ()
    lost: str = NOTHING
    late: tuple[str, ...] = ()

    @property
    def survived(self) -> bool:
        """Whether everything held that has to, and in time."""
        return not (self.broken or self.late)


@dataclass(frozen=True)
class Fault:
    """One row of the table. ``slow`` ones start processes of the whole product."""

    name: str
    done: str
    make: Callable[[Path], Finding]
    slow: bool = False


class Checks:
    """Gathers what did not hold."""

    def __init__(self) -> None:
        self._broken: list[str] = []
        self._late: list[str] = []

    def holds(self, what: str, whether: bool) -> None:
        """Note that something has to be so."""
        if not whether:
            self._broken.append(what)

    def in_time(self, what: str, seconds: float, most: float) -> None:
        """Note that something has to have come within so many seconds."""
        if seconds >= most:
            self._late.append(f"{what}: {seconds:.1f} s of at most {most:.0f}")

    def refused(self, what: str, work: Callable[[], object], *says: str) -> None:
        """Note that something has to be refused with an error for people that says all this."""
        try:
            work()
        except AssistantError as error:
            missing = [each for each in says if each not in str(error)]
            self.holds(f"{what}: says {', '.join(says)}", not missing)
        else:
            self.holds(what, False)

    def found(self, lost: str = NOTHING) -> Finding:
        """Return what came of it."""
        return Finding(tuple(self._broken), lost, tuple(self._late))


def small_index(folder: Path) -> tuple[Path, Path]:
    """Build the small corpus; return it and its index."""
    corpus = small_corpus(folder)
    build(corpus, folder / "indeks")
    return corpus, folder / "indeks"


def opened(index: Path, writer: Writer | None = None) -> Assistant:
    """Open an index as a new server does."""
    return Assistant(index, WordEmbedder(), today=lambda: TODAY, writer=writer)


def answers(assistant: Assistant, history: Sequence[Turn] = ()) -> bool:
    """Whether it gives the right answer."""
    return assistant.answer(QUESTION, history).text.startswith(RIGHT)


def new_hours(corpus: Path) -> None:
    """Change what is right: the canteen opens an hour earlier."""
    path = corpus / "regler/kantine.md"
    path.write_text(path.read_text("utf-8").replace("elleve", "ti"), encoding="utf-8")
