"""An assistant whose events a test decides, one gate after the other."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from assistent.types import Answer, Outcome, Progress, Step, Turn

PATIENCE = 20
"""Seconds after which a test that hangs fails."""

SEARCHING, WRITING, CHECKING = map(Progress, Step)


@dataclass
class Gate:
    """Holds the assistant's thread until the test opens it."""

    opened: threading.Event = field(default_factory=threading.Event)
    reached: threading.Event = field(default_factory=threading.Event)

    def open(self) -> None:
        """Let everybody through."""
        self.opened.set()

    def wait(self) -> None:
        """Called by the script."""
        self.reached.set()
        assert self.opened.wait(PATIENCE), "a gate was never opened"


def answered(text: str, *, provisional: bool = False) -> Answer:
    """Return an answer that says ``text``."""
    return Answer(
        question="spørsmål",
        search_question="spørsmål",
        language="nb",
        outcome=Outcome.ANSWERED,
        text=text,
        writer="extract",
        provisional=provisional,
        edition="utgave",
    )


class ScriptedAssistant:
    """Plays a script of events, gates and errors; says when its work ended, however it did."""

    edition = "utgave"

    def __init__(self, script: Callable[[str], Sequence[Progress | Answer | Gate | Exception]]):
        self._script = script
        self.begun = 0
        self.ended = threading.Event()

    def stream(self, question: str, history: Sequence[Turn] = ()) -> Iterator[Progress | Answer]:  # noqa: ARG002
        self.begun += 1
        try:
            for event in self._script(question):
                if isinstance(event, Gate):
                    event.wait()
                elif isinstance(event, Exception):
                    raise event
                else:
                    yield event
        finally:
            self.ended.set()
