"""The fake assistant of the page's tests, with answers that a test lets through piece by piece."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from assistent.types import Answer, Claim, Outcome, Progress, Turn
from tests.web.fake_assistant import EDITION, HOW_TO_WRITE, FakeAssistant
from tests.web.scripted import CHECKING, SEARCHING, WRITING, Gate

WRITTEN = "Hvordan skriver vi klart?"
FOLLOW_UP = "Gjelder det også for ledere?"
LATER_EDITION = "20261224T080000000000-fedcba"


class PhoneAssistant(FakeAssistant):
    """Plays a script for a question that has one; answers anything else as the fake one does."""

    def __init__(self) -> None:
        super().__init__()
        self.scripts: dict[str, Sequence[Progress | Answer | Gate | Exception]] = {}
        self.edition = EDITION

    def reset(self) -> None:
        """Forget what a test has set, and let go whatever still waits."""
        for event in (each for script in self.scripts.values() for each in script):
            if isinstance(event, Gate):
                event.open()
        self.scripts.clear()
        self.edition = EDITION

    def stream(
        self, question: str, history: Sequence[Turn] = (), *, today: date | None = None
    ) -> Iterator[Progress | Answer]:
        if question not in self.scripts:
            yield from super().stream(question, history, today=today)
            return
        for event in self.scripts[question]:
            if isinstance(event, Gate):
                event.wait()
            elif isinstance(event, Exception):
                raise event
            else:
                yield event

    def answer(self, *arguments, **named) -> Answer:
        return replace(super().answer(*arguments, **named), edition=self.edition)

    def extract(self) -> Answer:
        """Return the quotes that an answer begins as."""
        return replace(self.answer(HOW_TO_WRITE), question=WRITTEN, search_question=WRITTEN)

    def composed(self) -> Answer:
        """Return the same in a chat model's words, three sentences in place of two."""
        claims = (
            Claim(
                "Skriv klart og tydelig, slik at folk forstår det ved første gangs lesing.", (1,)
            ),
            Claim("Strategien krever et klart språk.", (1, 2)),
            Claim("Budskapet skal være tydelig.", (2,)),
        )
        text = "\n".join(claim.text for claim in claims)
        return replace(self.extract(), writer="openai:prøve", claims=claims, text=text)

    def write_slowly(self, question: str = WRITTEN) -> tuple[Gate, Gate, Gate]:
        """Let an answer wait for the extract, for the chat model, and for the proof."""
        gates = Gate(), Gate(), Gate()
        self.scripts[question] = (
            *(SEARCHING, gates[0], replace(self.extract(), provisional=True), WRITING, gates[1]),
            *(replace(self.composed(), provisional=True), CHECKING, gates[2], self.composed()),
        )
        return gates

    def break_midway(self, question: str = WRITTEN) -> None:
        """Let an answer fail after its extract."""
        provisional = replace(self.extract(), provisional=True)
        self.scripts[question] = (SEARCHING, provisional, WRITING, RuntimeError("on purpose"))

    def break_at_once(self, question: str = WRITTEN) -> None:
        """Let an answer fail before anything is known."""
        self.scripts[question] = (SEARCHING, RuntimeError("on purpose"))

    def out_of_scope(self, question: str = WRITTEN) -> None:
        """Let a question be none of our business."""
        text = "Jeg svarer bare på spørsmål om kanaler og kommunikasjon i Oslo kommune."
        answer = Answer(question, question, "nb", Outcome.OUT_OF_SCOPE, text, "fixed")
        self.scripts[question] = (SEARCHING, answer)
