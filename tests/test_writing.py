"""Answers in a chat model's words, over a real server, with the real checks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from assistent.answering import Assistant
from assistent.chat import load_chat_model
from assistent.compose import Composer
from assistent.texts_answer import BOKMAL
from assistent.types import Answer, Outcome, Progress, Step, Turn
from assistent.verify import Prover
from assistent.writing import Writer
from tests.chat_servers import Prompt, Scenario, scripted_server
from tests.conftest import Built
from tests.fakes import TODAY, WORD_JUDGE, WordEmbedder

PAYS = "Hvordan betaler jeg i kantinen?"
CARD = "Alle betaler med kort."
CASH = "Kontanter kan ikke benyttes."

Reply = Callable[[Prompt], str]


@pytest.fixture(autouse=True)
def judged_by_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistent.answering.load_judge", lambda: WORD_JUDGE)


@contextmanager
def assistant(
    built: Built, scenario: Scenario | Reply, *, seconds: float = 10
) -> Iterator[Assistant]:
    embedder = WordEmbedder()
    with scripted_server(scenario) as url:
        model = load_chat_model("openai:skript", url=url)
        model.prepare().result()
        composer = Composer(model, seconds=seconds)
        writer = Writer(composer, Prover(embedder))
        yield Assistant(built.index, embedder, today=lambda: TODAY, writer=writer)


def saying(*lines: str, end: str = "HELT") -> Reply:
    """Return a model that says these lines; after «←» stands the sentence that each cites."""

    def reply(prompt: Prompt) -> str:
        numbers = {text: number for number, text in prompt.evidence.items()}
        said = []
        for line in lines:
            text, _, cited = line.rpartition(" ← ")
            said.append(f"{text} [{numbers[cited]}]" if text else line)
        return "\n".join([*said, end])

    return reply


def answers(events: list[Progress | Answer]) -> list[Answer]:
    return [event for event in events if isinstance(event, Answer)]


def test_the_quotes_come_first_and_the_proven_sentences_as_they_are_proven(
    small_index: Built,
) -> None:
    model = saying(f"Man betaler med kort. ← {CARD}", f"{CASH} ← {CASH}")
    with assistant(small_index, model) as assistant_:
        events = list(assistant_.stream(PAYS))
    assert events[0] == Progress(Step.SEARCHING)
    first, *growing, final = answers(events)
    assert (first.writer, first.provisional) == ("extract", True)
    assert [len(each.claims) for each in growing] == [1, 2]
    assert all(each.provisional and each.writer == "openai:skript" for each in growing)
    assert (final.writer, final.provisional, final.dropped) == ("openai:skript", False, 0)
    assert final.outcome is Outcome.ANSWERED
    assert [claim.text for claim in final.claims] == ["Man betaler med kort.", CASH]
    assert final.text == f"Man betaler med kort. [1]\n{CASH} [2]"
    for claim, quote in zip(final.claims, (CARD, CASH), strict=True):
        [number] = claim.sources
        source = final.sources[number - 1]
        document = assistant_.document(source.document)
        assert document is not None
        assert source.quote == quote == document.text[source.start : source.end]
    steps = [event.step for event in events if isinstance(event, Progress)]
    assert steps == [Step.SEARCHING, Step.WRITING, Step.CHECKING]


def test_a_sentence_that_is_not_proven_is_dropped_and_counted(small_index: Built) -> None:
    model = saying(f"{CARD} ← {CARD}", f"Kontanter kan benyttes. ← {CASH}", f"{CASH} ← {CASH}")
    with assistant(small_index, model) as assistant_:
        answer = assistant_.answer(PAYS)
    assert [claim.text for claim in answer.claims] == [CARD, CASH]
    assert answer.dropped == 1


def test_each_sentence_of_a_line_is_proven_alone(small_index: Built) -> None:
    with assistant(small_index, saying(f"{CARD} Lunsjen er gratis. ← {CARD}")) as assistant_:
        answer = assistant_.answer(PAYS)
    assert [claim.text for claim in answer.claims] == [CARD]
    assert answer.dropped == 1


def test_a_sentence_with_a_number_that_does_not_exist_is_dropped(small_index: Built) -> None:
    with assistant(small_index, saying(f"{CARD} ← {CARD}", f"{CASH} [99]")) as assistant_:
        answer = assistant_.answer(PAYS)
    assert [claim.text for claim in answer.claims] == [CARD]
    assert answer.dropped == 1


@pytest.mark.parametrize(
    "model",
    [
        saying("Alt er gratis. ← " + CARD),
        saying(f"{CARD} ← {CARD}", f"Alt er gratis. ← {CARD}", f"Ingen betaler. ← {CARD}"),
        saying(f"{CARD} ← {CARD}", end="INGENTING"),
        saying("Her er svaret:"),
    ],
    ids=["nothing proven", "more dropped than kept", "it says it knows nothing", "no claims"],
)
def test_the_quotes_stay_where_too_little_is_left(small_index: Built, model: Reply) -> None:
    with assistant(small_index, model) as assistant_:
        events = answers(list(assistant_.stream(PAYS)))
    assert events[-1].writer == "extract"
    assert events[-1].claims == events[0].claims
    assert not events[-1].provisional


def test_what_is_said_twice_is_shown_once(small_index: Built) -> None:
    with assistant(small_index, saying(f"{CARD} ← {CARD}", f"{CARD} ← {CARD}")) as assistant_:
        assert [claim.text for claim in assistant_.answer(PAYS).claims] == [CARD]


def test_a_part_of_an_answer_says_so(small_index: Built) -> None:
    with assistant(small_index, saying(f"{CARD} ← {CARD}", end="DELVIS")) as assistant_:
        answer = assistant_.answer(PAYS)
    assert answer.outcome is Outcome.PARTIAL
    assert BOKMAL.uncertain in answer.notices


def test_the_model_is_not_asked_where_there_is_no_answer(small_index: Built) -> None:
    asked: list[Prompt] = []

    def reply(prompt: Prompt) -> str:
        asked.append(prompt)
        return "HELT"

    with assistant(small_index, reply) as assistant_:
        assert assistant_.answer("Hvem vant krigen i 1905?").outcome is Outcome.NOT_IN_SOURCES
        assert assistant_.answer("Jeg heter Kari og fnr er 01010750160").outcome is (
            Outcome.PERSONAL_DATA
        )
    assert asked == []


def test_the_model_is_told_neither_addresses_nor_file_names(small_index: Built) -> None:
    seen: list[str] = []

    def reply(prompt: Prompt) -> str:
        seen.append(prompt.system + prompt.user)
        return "INGENTING"

    with assistant(small_index, reply) as assistant_:
        assistant_.answer("Når ble sykkelordningen vedtatt?")
    [prompt] = seen
    assert "3. mars 2025" in prompt
    assert "eksempel.no" not in prompt
    assert "sykkel.md" not in prompt


def test_leaving_a_stream_ends_the_call(small_index: Built) -> None:
    with assistant(small_index, Scenario.HANG_MID_STREAM, seconds=60) as assistant_:
        events = assistant_.stream(PAYS)
        while not isinstance(next(events), Answer):
            pass
        events.close()
        history = [Turn("user", PAYS)]
        assert next(assistant_.stream(PAYS, history)) == Progress(Step.SEARCHING)
