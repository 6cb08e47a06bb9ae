"""An answer as events, and the choice between them and plain JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from assistent.exchange.records import Viewer, answer_as_json
from assistent.texts_answer import BOKMAL
from assistent.types import Answer, Progress
from assistent.web.api.problems import failed_record
from assistent.web.event_response import ServerEvent

_JSON, _EVENTS = "application/json", "text/event-stream"


def teller(viewer: Viewer) -> Callable[[Progress | Answer], Iterator[ServerEvent]]:
    """Return what is sent for an event: «status», «svar», and «ferdig» after the last answer."""

    def tell(event: Progress | Answer) -> Iterator[ServerEvent]:
        if isinstance(event, Progress):
            yield _event("status", {"step": event.step, "text": BOKMAL.steps[event.step]})
            return
        yield _event("svar", answer_as_json(event, viewer))
        if not event.provisional:
            yield _event("ferdig", {"outcome": event.outcome, "edition": event.edition})

    return tell


def failure(root: str) -> ServerEvent:
    """Return the event that ends a stream in place of an answer."""
    return _event("feil", failed_record(root))


def wants_events(accept: str) -> bool:
    """Whether an Accept header asks for events rather than for JSON."""
    qualities = dict.fromkeys((_JSON, _EVENTS), 0.0)
    for part in accept.lower().split(","):
        media, *parameters = (piece.strip() for piece in part.split(";"))
        if media in qualities:
            qualities[media] = _quality(parameters)
    return qualities[_EVENTS] > qualities[_JSON]


def _quality(parameters: list[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                return float(value)
            except ValueError:
                return 0.0
    return 1.0


def _event(name: str, content: dict[str, Any]) -> ServerEvent:
    return ServerEvent(name, json.dumps(content, ensure_ascii=False, separators=(",", ":")))
