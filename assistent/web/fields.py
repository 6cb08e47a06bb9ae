"""What comes in from a form or an address: read leniently, nothing lost, every fault explained."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from fastapi import Request

from assistent import guard
from assistent import texts_tools as texts

MAX_FIELDS = 200

Fields = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Fault:
    """Something to be mended: the field's name and a sentence for the user."""

    name: str
    message: str


@dataclass(slots=True)
class Reading:
    """Fields being read; the faults are collected, and what is right is kept."""

    fields: Fields
    faults: list[Fault] = field(default_factory=list)

    def choice(self, name: str, question: str, allowed: Iterable[str]) -> str:
        """Return the one answer to a question; "" if there is none or it cannot be used."""
        given = list(dict.fromkeys(answer for answer in self.fields.get(name, ()) if answer))
        if not given:
            return ""
        known = [answer for answer in given if answer in tuple(allowed)]
        if len(given) == 1 and known:
            return known[0]
        if len(known) > 1:
            self.faults.append(Fault(name, texts.ONE_ANSWER.format(question=question)))
        else:
            wrong = next(answer for answer in given if answer not in known)
            self._unknown(name, question, wrong)
        return ""

    def choices(self, name: str, question: str, allowed: Sequence[str]) -> tuple[str, ...]:
        """Return the answers to a question that takes several, in the order of the list."""
        given = [answer for answer in self.fields.get(name, ()) if answer]
        for wrong in dict.fromkeys(answer for answer in given if answer not in allowed):
            self._unknown(name, question, wrong)
        return tuple(answer for answer in allowed if answer in given)

    def line(self, name: str) -> str:
        """Return a line of text without what cannot be seen."""
        given = self.fields.get(name, ())
        text = guard.clean(given[0]) if given else ""
        # Two characters that no XML, and so no Word file, may hold.
        return text.replace("\ufffe", "").replace("\uffff", "")

    def _unknown(self, name: str, question: str, answer: str) -> None:
        shown = texts.shortened(guard.clean(answer))
        message = texts.NOT_AN_ANSWER.format(answer=shown, question=question)
        self.faults.append(Fault(name, message))


def from_query(request: Request) -> Reading:
    """Read the address."""
    return _read(request.scope.get("query_string", b"").decode("ascii", "replace"))


async def from_body(request: Request) -> Reading:
    """Read a form that was sent."""
    return _read((await request.body()).decode("utf-8", "replace"))


def _read(encoded: str) -> Reading:
    try:
        pairs = parse_qsl(encoded, keep_blank_values=True, max_num_fields=MAX_FIELDS)
    except ValueError:
        return Reading({}, [Fault("", texts.TOO_MUCH)])
    fields: dict[str, list[str]] = {}
    for name, value in pairs:
        fields.setdefault(name, []).append(value)
    return Reading(fields)
