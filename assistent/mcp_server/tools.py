"""The tools: what each takes and gives, and the work behind it.

A tool gives a record in the form of its schema and the same as text with sources. What a caller
can mend is a :class:`ToolError`, in Norwegian.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from assistent import guard
from assistent.answering import Assistant
from assistent.channels import choose_channel
from assistent.duties import check_decision
from assistent.exchange import plain_text, records, replies
from assistent.exchange.described import Described
from assistent.exchange.records import Record, Viewer
from assistent.exchange.requests import (
    AnswerRequest,
    Asked,
    BadRequestError,
    ChannelRequest,
    DecisionRequest,
    SearchRequest,
    read,
)

M = TypeVar("M", bound=Asked)


class ToolError(Exception):
    """What was asked for cannot be done; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Result:
    """What a tool gives: a record for programs, and text for whoever reads the conversation."""

    record: Record
    text: str


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool.

    Args:
        takes: the model of its arguments.
        gives: the model of its record.
        call: does the work.
    """

    takes: type[Asked]
    gives: type[Described]
    call: Callable[[Mapping[str, Any]], Result]


def build_tools(
    assistant: Assistant, viewer: Viewer, *, today: Callable[[], date] = date.today
) -> Mapping[str, Tool]:
    """Return the tools by name.

    Args:
        assistant: answers and searches.
        viewer: where a source is shown.
        today: the day for which the rules are judged.
    """

    def answer(given: Mapping[str, Any]) -> Result:
        asked = _read(AnswerRequest, given)
        found = assistant.answer(asked.question, asked.turns())
        return Result(
            records.answer_as_json(found, viewer), plain_text.answer_as_text(found, viewer)
        )

    def find(given: Mapping[str, Any]) -> Result:
        asked = _read(SearchRequest, given)
        stopped = guard.check(guard.clean(asked.question))
        if stopped is not None:
            raise ToolError(stopped.text)
        found = assistant.find(asked.question, asked.turns(), count=asked.k)
        record = records.found_as_json(assistant, found, viewer)
        return Result(record, plain_text.found_as_text(record))

    def channel(given: Mapping[str, Any]) -> Result:
        asked = _read(ChannelRequest, given)
        advice = choose_channel(asked.answers(), assistant.library(), today())
        return Result(
            records.advice_as_json(advice, viewer), plain_text.advice_as_text(advice, viewer)
        )

    def check(given: Mapping[str, Any]) -> Result:
        asked = _read(DecisionRequest, given)
        result = check_decision(asked.answers(), assistant.library(), today())
        return Result(
            records.check_as_json(result, viewer), plain_text.check_as_text(result, viewer)
        )

    return {
        "svar": Tool(AnswerRequest, replies.AnswerReply, answer),
        "finn": Tool(SearchRequest, replies.FoundReply, find),
        "kanal": Tool(ChannelRequest, replies.AdviceReply, channel),
        "sjekk": Tool(DecisionRequest, replies.CheckReply, check),
    }


def _read(model: type[M], given: Mapping[str, Any]) -> M:
    try:
        return read(model, given)
    except BadRequestError as error:
        raise ToolError(str(error)) from None
