"""Asks a chat model for claims over numbered sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing

from assistent.chat import ChatError, ChatFault, ChatModel
from assistent.compose.claims import Completeness, Proposal, Read, read_line
from assistent.compose.lines import lines_of
from assistent.compose.prompt import prompt_of
from assistent.compose.structured import read_reply, schema_of
from assistent.types import Evidence

# The prompt asks for five claims; what goes on much longer has lost its way.
_MAX_CLAIMS = 8
_MAX_LINES = 12


class Composer:
    """Writes answers with a chat model.

    Args:
        model: what writes.
        seconds: how long a reply may take.
        as_json: hold the model to a JSON schema, for servers that can.
    """

    def __init__(self, model: ChatModel, *, seconds: float, as_json: bool = False) -> None:
        self._model = model
        self._seconds = seconds
        self._as_json = as_json

    @property
    def name(self) -> str:
        """The chat model's name, «provider:model»."""
        return self._model.name

    def write(
        self,
        question: str,
        evidence: Sequence[Evidence],
        *,
        language: str,
        simpler: bool = False,
        before: str = "",
    ) -> Iterator[Read]:
        """Yield each claim as soon as its line is complete, at last the completeness.

        A line that wants to be a claim and cannot be one is yielded as its :class:`Rejection`. A
        reply that says nothing of its completeness counts as a part.

        Args:
            question: as it was searched.
            evidence: the sentences to build on.
            language: of the answer, BCP 47.
            simpler: plainer words are wanted.
            before: the question before this one, for a follow-up.

        Raises:
            ChatError: there is no usable reply; the claims before it are not the whole answer.
        """
        prompt = prompt_of(
            question,
            evidence,
            language=language,
            simpler=simpler,
            before=before,
            as_json=self._as_json,
        )
        sentences = {each.number: each.text for each in evidence}
        schema = schema_of(sentences) if self._as_json else None
        pieces = self._model.stream(
            prompt.system, prompt.user, seconds=self._seconds, schema=schema
        )
        with closing(pieces):
            read = read_reply if self._as_json else _read_lines
            yield from _ended(read(pieces, sentences))


def _read_lines(pieces: Iterable[str], sentences: Mapping[int, str]) -> Iterator[Read]:
    for line in lines_of(pieces):
        yield from read_line(line, sentences)


def _ended(found: Iterable[Read]) -> Iterator[Read]:
    """Pass on what is read up to the completeness; what comes after it is not waited for."""
    lines, claims = 0, 0
    for each in found:
        yield each
        if isinstance(each, Completeness):
            return
        lines += 1
        claims += isinstance(each, Proposal)
        if claims == _MAX_CLAIMS or lines == _MAX_LINES:
            break
    if not lines:
        raise ChatError(ChatFault.RUBBISH)
    yield Completeness.PART
