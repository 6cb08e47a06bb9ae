"""Threads know whom they compute for; the command line computes for nobody in particular."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator, Sequence

import pytest

from assistent.answering import Assistant
from assistent.cli import main
from assistent.types import Answer, Outcome, Progress, Step, Turn
from assistent.web.answer_streams import Answers
from assistent.web.sign_in.person import acting_for, present_groups
from tests.access.world import CHANNEL, HIDDEN, PLAN, World, person_in
from tests.fakes import TODAY, WordEmbedder


class Telltale:
    """Answers with the groups of whoever asks, as the assistant reads them: when it is called."""

    def stream(
        self,
        question: str,
        history: Sequence[Turn] = (),
        **more: object,
    ) -> Iterator[Progress | Answer]:
        del history, more
        return self._steps(question, ",".join(sorted(present_groups())))

    def _steps(self, question: str, groups: str) -> Iterator[Progress | Answer]:
        yield Progress(Step.SEARCHING)
        yield Progress(Step.WRITING)  # the rest goes on in another thread
        yield Answer(question, question, "nb", Outcome.ANSWERED, groups, "fixed")


def test_many_people_at_once_are_never_taken_for_each_other() -> None:
    answers = Answers(Telltale())

    async def asked_by(group: str | None) -> str:
        person = person_in(group) if group else None
        with acting_for(person):
            called = await answers.call(lambda: ",".join(present_groups()))
            stream = answers.stream("Hvem er jeg?")
        with stream:
            told = (await stream.last()).text
        assert called == told
        return told

    async def all_at_once() -> list[str]:
        groups = [None if number % 5 == 0 else f"gruppe-{number}" for number in range(200)]
        told = await asyncio.gather(*map(asked_by, groups))
        assert told == [group or "" for group in groups]
        return told

    assert len(set(asyncio.run(all_at_once()))) == 161


def test_an_assistant_that_is_told_nothing_shows_what_is_open_to_all(world: World) -> None:
    assistant = Assistant(world.index, WordEmbedder(), today=lambda: TODAY)
    with acting_for(person_in("ledelsen", "jurister")):
        assert not {each.info.path for each in assistant.documents()} & set(HIDDEN)
        assert assistant.document(PLAN) is None


@pytest.mark.parametrize("path", [*HIDDEN, "finnes/ikke.md"])
def test_the_command_line_shows_no_hidden_document(
    world: World, capsys: pytest.CaptureFixture[str], path: str
) -> None:
    assert main(["kilde", path, "--indeks", str(world.index)]) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert path in shown.err


def test_the_guided_tools_of_the_command_line_know_nothing_hidden(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    index = ["--indeks", str(world.index), "--json"]
    assert main(["kanal", "--maalgruppe", "ansatte", "--melding", "intern endring", *index]) == 0
    channels = json.loads(capsys.readouterr().out)
    assert CHANNEL not in json.dumps(channels, ensure_ascii=False)
    assert main(["sjekk", "Ny vaktplan", "--ansatte", "ja", *index]) == 0
    assert "Kvernhusbekken" not in capsys.readouterr().out
