"""Answers beside the event loop: order, pace, limits, and work that stops when nobody listens."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from typing import Any

import pytest

from assistent.answering import Assistant
from assistent.types import Answer
from assistent.web.answer_streams import AnsweringFailedError, Answers, TooBusyError
from tests.web.scripted import (
    CHECKING,
    PATIENCE,
    SEARCHING,
    WRITING,
    Gate,
    ScriptedAssistant,
    answered,
)

FINAL = answered("til slutt")


def run(work: Coroutine[Any, Any, Any]) -> Any:
    return asyncio.run(asyncio.wait_for(work, PATIENCE))


def script_of(*events: Any) -> ScriptedAssistant:
    return ScriptedAssistant(lambda question: events)


def test_the_real_assistant_tells_its_steps_and_then_the_answer(
    strategies_by_words: Assistant,
) -> None:
    async def work() -> list[Any]:
        with Answers(strategies_by_words).stream("Hvordan skal vi skrive?") as stream:
            return [event async for event in stream]

    first, *_, last = run(work())
    assert first == SEARCHING
    assert last.text == strategies_by_words.answer("Hvordan skal vi skrive?").text


def test_a_step_is_told_once_and_everything_in_order() -> None:
    assistant = script_of(SEARCHING, answered("a", provisional=True), WRITING, WRITING, FINAL)

    async def work() -> list[Any]:
        with Answers(assistant, interval=0).stream("q") as stream:
            return [event async for event in stream]

    events = run(work())
    assert [event for event in events if event != answered("a", provisional=True)] == [
        SEARCHING,
        WRITING,
        FINAL,
    ]


def test_the_first_step_is_told_before_there_is_room_to_compute() -> None:
    gate = Gate()
    assistant = script_of(SEARCHING, gate, FINAL)

    async def work() -> None:
        answers = Answers(assistant, computing=1)
        with answers.stream("første") as first, answers.stream("andre") as second:
            assert await anext(first) == SEARCHING
            await asyncio.to_thread(gate.reached.wait, PATIENCE)
            assert await anext(second) == SEARCHING
            assert assistant.begun == 1
            gate.open()
            assert [await first.last(), await second.last()] == [FINAL, FINAL]

    run(work())


def test_of_provisional_answers_in_a_hurry_the_latest_wins() -> None:
    shown, told = Gate(), Gate()
    hurry = [answered(str(number), provisional=True) for number in range(5)]
    assistant = script_of(hurry[0], WRITING, shown, *hurry[1:], CHECKING, told, FINAL)

    async def work() -> list[Any]:
        events = []
        with Answers(assistant, interval=0).stream("q") as stream:
            async for event in stream:
                events.append(event)
                if event == hurry[0]:
                    shown.open()
                    await asyncio.to_thread(told.reached.wait, PATIENCE)
                if event == CHECKING:
                    told.open()
        return events

    assert run(work()) == [SEARCHING, hurry[0], WRITING, hurry[4], CHECKING, FINAL]


def test_the_last_answer_waits_for_no_interval() -> None:
    shown = Gate()
    first, second = answered("1", provisional=True), answered("2", provisional=True)
    assistant = script_of(first, shown, second, FINAL)

    async def work() -> list[Any]:
        events = []
        with Answers(assistant, interval=10 * PATIENCE).stream("q") as stream:
            async for event in stream:
                events.append(event)
                if event == first:
                    shown.open()
        return events

    assert run(work()) == [SEARCHING, first, FINAL]


def test_work_stops_when_nobody_listens_any_more() -> None:
    gate = Gate()
    too_far = Gate()
    assistant = script_of(WRITING, gate, answered("a", provisional=True), too_far, FINAL)

    async def work() -> None:
        with Answers(assistant).stream("q") as stream:
            async for event in stream:
                if event == WRITING:
                    break
        gate.open()
        assert await asyncio.to_thread(assistant.ended.wait, PATIENCE)

    run(work())
    assert not too_far.reached.is_set()


def test_work_that_nobody_waits_for_is_not_begun() -> None:
    gate = Gate()
    assistant = ScriptedAssistant(lambda question: (gate, FINAL) if question == "1" else (FINAL,))

    async def work() -> None:
        answers = Answers(assistant, computing=1)
        with answers.stream("1") as first:
            await asyncio.to_thread(gate.reached.wait, PATIENCE)
            with answers.stream("2"):
                pass
            gate.open()
            await first.last()
        with answers.stream("3") as third:
            await third.last()

    run(work())
    assert assistant.begun == 2


def test_answers_that_wait_for_a_chat_model_leave_room_for_others() -> None:
    writing = Gate()
    assistant = script_of(answered("utdrag", provisional=True), WRITING, writing, FINAL)

    async def work() -> None:
        answers = Answers(assistant, computing=1, held=200)
        streams = [answers.stream(str(number)) for number in range(200)]
        for stream in streams:
            events = [await anext(stream) for _ in range(3)]
            assert [event for event in events if not isinstance(event, Answer)] == [
                SEARCHING,
                WRITING,
            ]
        with pytest.raises(TooBusyError):
            answers.stream("en til")
        writing.open()
        assert [await stream.last() for stream in streams] == [FINAL] * 200

    run(work())
    assert assistant.begun == 200


def test_a_full_house_is_said_at_once_and_a_place_is_free_again_afterwards() -> None:
    gate = Gate()
    assistant = script_of(gate, FINAL)

    async def work() -> None:
        answers = Answers(assistant, held=1)
        with answers.stream("q") as stream:
            with pytest.raises(TooBusyError):
                answers.stream("q")
            with pytest.raises(TooBusyError):
                await answers.call(int)
            gate.open()
            await stream.last()
        assert await answers.call(lambda: 3) == 3
        with answers.stream("q") as stream:
            assert await stream.last() == FINAL

    run(work())


@pytest.mark.parametrize(
    "events",
    [(RuntimeError("i stykker"),), (WRITING, RuntimeError("i stykker")), ()],
    ids=["while searching", "while writing", "without an answer"],
)
def test_an_error_of_the_assistant_ends_the_stream_and_frees_the_place(events: Any) -> None:
    async def work() -> None:
        answers = Answers(script_of(*events), held=1)
        for _ in range(2):
            with answers.stream("q") as stream, pytest.raises(AnsweringFailedError):
                await stream.last()

    run(work())


def test_a_call_runs_beside_the_event_loop_and_passes_its_error_on() -> None:
    async def work() -> None:
        answers = Answers(script_of(FINAL), held=1)
        assert await answers.call(threading.get_ident) != threading.get_ident()
        with pytest.raises(ZeroDivisionError):
            await answers.call(lambda: 1 // 0)
        assert await answers.call(lambda: 1) == 1

    run(work())
