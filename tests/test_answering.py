from __future__ import annotations

import logging
import shutil
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from assistent.abstention import Judge, Model, log_odds
from assistent.answering import Assistant, Found
from assistent.editions import POINTER, current_edition, point_to
from assistent.errors import IndexDamagedError, IndexMissingError
from assistent.extract import MAX_LINES
from assistent.guard import MAX_CHARACTERS
from assistent.texts_answer import BOKMAL
from assistent.texts_guard import EMPTY_QUESTION, UNCLEAR, too_long
from assistent.types import Answer, Outcome, Standing, Turn
from tests.conftest import Built
from tests.fakes import KATALOG, REGION, STRATEGY, TODAY, WORD_JUDGE, WordEmbedder, build

OPENS = "Når åpner kantinen?"
RIGHT = "Kantinen åpner klokken elleve. [1]"


def first_line(answer: Answer) -> str:
    return answer.text.splitlines()[0]


@pytest.fixture(autouse=True)
def judged_by_words(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Answers over word vectors are judged by the hand-made judge."""
    if "model" not in request.keywords:
        monkeypatch.setattr("assistent.answering.load_judge", lambda: WORD_JUDGE)


@pytest.fixture(scope="module")
def small(small_index: Built) -> Assistant:
    return Assistant(small_index.index, WordEmbedder(), contact="resepsjonen", today=lambda: TODAY)


def own(built: Built) -> Assistant:
    return Assistant(built.index, WordEmbedder(), today=lambda: TODAY)


# --- What an answer is ---------------------------------------------------------------------------


def test_answer_is_quotes_with_their_places(small: Assistant) -> None:
    answer = small.answer("Når ble sykkelordningen vedtatt?")
    assert answer.outcome is Outcome.ANSWERED
    assert answer.writer == "extract"
    assert "Sykkelordningen ble vedtatt 3. mars 2025. [1]" in answer.text
    source = answer.sources[0]
    document = small.document("regler/sykkel.md")
    assert document is not None
    assert document.text[source.start : source.end] == source.quote
    assert (source.number, source.document) == (1, "regler/sykkel.md")
    assert (source.title, source.section) == ("Sykkelordningen", ("Vedtak",))
    assert source.standing is Standing.IN_FORCE
    assert (source.note, source.url) == ("Gjelder bare rådhuset.", "https://eksempel.no/sykkel")
    assert answer.edition == small.edition
    assert answer.contact == ""


def test_every_claim_rests_on_a_source_that_holds_it(small: Assistant) -> None:
    answer = small.answer("Hvilke kort godtas i kantinen?")
    quotes = {source.number: source.quote for source in answer.sources}
    assert sorted(quotes) == list(range(1, len(quotes) + 1))
    assert len(answer.claims) >= 2
    for claim in answer.claims:
        assert claim.sources
        assert any(claim.text in quotes[number] for number in claim.sources)


def test_refusal_says_what_was_searched_what_comes_closest_and_whom_to_ask(
    small: Assistant,
) -> None:
    answer = small.answer("Hvem vant hopprennet på lørdag?")
    assert answer.outcome is Outcome.NOT_IN_SOURCES
    assert answer.text.startswith("Jeg finner ikke svaret i dokumentene jeg har.")
    assert "Jeg har søkt i 2 dokumenter." in answer.text
    assert answer.contact == "Spør resepsjonen."
    assert (answer.claims, answer.sources, answer.notices) == ((), (), ())


@pytest.mark.parametrize(
    ("asked", "outcome", "text"),
    [
        ("", Outcome.UNCLEAR, EMPTY_QUESTION),
        (" \n\u200b\t ", Outcome.UNCLEAR, EMPTY_QUESTION),
        ("🙂🙂🙂", Outcome.UNCLEAR, UNCLEAR["nb"]),
        ("?!", Outcome.UNCLEAR, UNCLEAR["nb"]),
        ("a" * 100_000, Outcome.TOO_LONG, too_long(100_000, MAX_CHARACTERS, "nb")),
        ("hva " * 25_000, Outcome.TOO_LONG, too_long(99_999, MAX_CHARACTERS, "nb")),
        (b"\xff\xfe\x00\xd8".decode(errors="replace"), Outcome.UNCLEAR, UNCLEAR["nb"]),
        (b"\xff\xfe\xe5".decode(errors="surrogateescape"), Outcome.UNCLEAR, EMPTY_QUESTION),
    ],
)
def test_what_is_no_question_gets_a_fixed_text(
    small: Assistant, asked: str, outcome: Outcome, text: str
) -> None:
    answer = small.answer(asked)
    assert (answer.outcome, answer.text, answer.writer) == (outcome, text, "fixed")
    assert answer.sources == ()
    assert answer.edition == small.edition
    assert small.find(asked).hits == ()


def test_follow_up_is_answered_with_the_question_before_it(small: Assistant) -> None:
    history = [Turn("user", "Når åpner kantinen?"), Turn("assistant", RIGHT)]
    answer = small.answer("Og når stenger den?", history)
    assert answer.search_question == "Når åpner kantinen? Og når stenger den?"
    assert answer.question == "Og når stenger den?"
    assert "Kantinen stenger klokken fjorten." in answer.text
    assert small.find("Og når stenger den?", history).search_question == answer.search_question
    assert small.answer("Og når stenger den?").search_question == "Og når stenger den?"


def test_follow_up_is_drawn_to_the_question_before_it_and_to_what_was_quoted(
    small: Assistant,
) -> None:
    history = [
        Turn("user", "Hva gjelder for sykkelordningen?"),
        Turn("assistant", "Hjelm følger med sykkelen. [1]\nSykler lånes i resepsjonen. [1]"),
    ]
    asked = "Hvilke kort godtas der?"
    alone, drawn = small.find(asked), small.find(asked, history)
    assert drawn.search_question == f"{history[0].content} {asked}"
    assert score_of(drawn, "regler/sykkel.md") > score_of(alone, "regler/sykkel.md")
    other = [history[0], Turn("assistant", "Kontanter kan ikke benyttes. [1]")]
    elsewhere = small.find(asked, other)
    assert score_of(drawn, "regler/sykkel.md") > score_of(elsewhere, "regler/sykkel.md")


def score_of(found: Found, document: str) -> float:
    return max(hit.score for hit in found.hits if hit.passage.document == document)


def test_new_topic_is_searched_as_if_nothing_had_been_asked(small: Assistant) -> None:
    history = [Turn("user", "Hvor lånes sykler?"), Turn("assistant", "I resepsjonen. [1]")]
    asked = "Hvilke kort godtas i kantinen til betaling?"
    assert small.find(asked, history).hits == small.find(asked).hits
    assert small.answer(asked, history).text == small.answer(asked).text


def test_what_was_just_said_gives_way_to_what_is_new(small: Assistant) -> None:
    asked = "Og hva mer gjelder for betaling i kantinen?"
    said = "Alle betaler med kort."
    silent = [Turn("user", "Hva gjelder for betaling i kantinen?")]
    spoken = [*silent, Turn("assistant", f"{said} [1]")]
    before, after = considered(small, asked, silent), considered(small, asked, spoken)
    other = "Kontanter kan ikke benyttes."
    assert before[said] - before[other] > after[said] - after[other]


def considered(assistant: Assistant, asked: str, history: Sequence[Turn]) -> dict[str, float]:
    draft = assistant.draft(asked, history)
    assert draft is not None
    assert draft.extract is not None
    return {candidate.text: candidate.score for candidate in draft.extract.considered}


# --- Typing errors -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "searched"),
    [
        ("Når åpner kantnen?", "Når åpner kantinen?"),
        ("når ble sykelordningen vedtatt?", "når ble sykkelordningen vedtatt?"),
        ("Når åpner Kantnen?", "Når åpner Kantnen?"),  # a capital inside is a name
        ("Når åpner kantinen?", "Når åpner kantinen?"),
    ],
)
def test_slip_is_mended_before_the_search_and_the_user_sees_it(
    small: Assistant, asked: str, searched: str
) -> None:
    answer = small.answer(asked)
    assert (answer.question, answer.search_question) == (asked, searched)
    assert small.find(asked).search_question == searched
    mended = small.answer(searched)
    assert (answer.text, answer.support) == (mended.text, mended.support)


def test_slip_in_a_follow_up_is_mended_with_the_question_before_it(small: Assistant) -> None:
    answer = small.answer("Og i kantnen da?", [Turn("user", "Hva gjelder for betalng?")])
    assert answer.search_question == "Hva gjelder for betaling? Og i kantinen da?"


# --- Support -------------------------------------------------------------------------------------


def test_support_is_the_judges_and_decides_the_outcome(small: Assistant) -> None:
    for asked in (OPENS, "Når ble sykkelordningen vedtatt?", "Hvem vant hopprennet på lørdag?"):
        answer = small.answer(asked)
        assert answer.support is not None
        assert 0 <= answer.support <= 1
        assert WORD_JUDGE.outcome(answer.support) is answer.outcome


def judged(support: float) -> Judge:
    """Return a judge that finds the same support in everything."""
    certain = Model({}, bias=50.0)
    return replace(WORD_JUDGE, topic=certain, kind=certain, slope=0.0, offset=log_odds(support))


def test_support_between_the_limits_is_answered_with_a_doubt(
    small: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    outcomes = {}
    for support in (0.2, 0.45, 0.9):
        monkeypatch.setattr("assistent.answering.load_judge", lambda: judged(support))  # noqa: B023
        answer = small.answer(OPENS)
        assert answer.support == pytest.approx(support)
        outcomes[answer.outcome] = BOKMAL.uncertain in answer.notices
    assert outcomes == {
        Outcome.NOT_IN_SOURCES: False,
        Outcome.PARTIAL: True,
        Outcome.ANSWERED: False,
    }


@pytest.mark.parametrize(
    ("support", "topic", "asked", "outcome", "told"),
    [
        # No document knows of pool tables: one step down where the topic is in doubt.
        (0.9, -50.0, "Har kantinen biljardbord?", Outcome.PARTIAL, True),
        (0.45, -50.0, "Har kantinen biljardbord?", Outcome.NOT_IN_SOURCES, True),
        (0.45, 50.0, "Har kantinen biljardbord?", Outcome.PARTIAL, True),
        # What is shown holds the rest of the question.
        (0.9, 50.0, "Når åpner kantinen for leverandørene?", Outcome.ANSWERED, False),
        (0.9, 50.0, "Hvem har biljardbord?", Outcome.PARTIAL, True),
        # What is missing is too short to be a thing, or nothing is.
        (0.9, -50.0, "Har kantinen biljard?", Outcome.ANSWERED, False),
        (0.45, -50.0, OPENS, Outcome.PARTIAL, False),
    ],
)
def test_a_thing_that_no_document_names_takes_the_outcome_down(
    small: Assistant,
    monkeypatch: pytest.MonkeyPatch,
    support: float,
    topic: float,
    asked: str,
    outcome: Outcome,
    told: bool,
) -> None:
    judge = replace(judged(support), topic=Model({}, bias=topic))
    monkeypatch.setattr("assistent.answering.load_judge", lambda: judge)
    answer = small.answer(asked)
    assert answer.outcome is outcome
    said = " ".join((answer.text, *answer.notices))
    assert ("nevner «biljardbord»" in said) is told


@pytest.mark.parametrize(
    ("support", "said"),
    [
        (0.9, BOKMAL.nowhere(["Nedre Tøyen"])),
        (0.45, BOKMAL.doubt(["Nedre Tøyen"])),
    ],
)
def test_a_name_that_no_document_has_is_told_beside_the_answer(
    small: Assistant, monkeypatch: pytest.MonkeyPatch, support: float, said: str
) -> None:
    monkeypatch.setattr("assistent.answering.load_judge", lambda: judged(support))
    answer = small.answer("Når åpner kantinen på Nedre Tøyen?")
    assert first_line(answer) == RIGHT
    assert said in answer.notices
    assert not any("nevner" in notice for notice in small.answer(OPENS).notices)


def test_where_nothing_was_searched_there_is_no_support(small: Assistant) -> None:
    for asked in ("", "?!", "a" * 100_000):
        assert small.answer(asked).support is None


def test_every_step_is_timed(small: Assistant) -> None:
    answer = small.answer(OPENS)
    steps = {"guard", "embed", "search", "write", "verify", "total"}
    assert set(answer.milliseconds) == steps
    parts = sum(answer.milliseconds[step] for step in steps - {"total"})
    assert 0 < parts <= answer.milliseconds["total"] + 0.1  # each is rounded


class BrokenEmbedder(WordEmbedder):
    """Fails at every question, as a model does that runs out of memory."""

    def embed_questions(self, texts: Sequence[str]) -> NDArray[np.float32]:
        raise MemoryError(len(texts))


def test_failure_inside_is_an_outcome_and_no_exception(
    small_index: Built, caplog: pytest.LogCaptureFixture
) -> None:
    answer = Assistant(small_index.index, BrokenEmbedder()).answer("Når åpner kantina mi?")
    assert (answer.outcome, answer.text) == (Outcome.FAILED, BOKMAL.failed)
    assert "answering failed" in caplog.text
    assert "kantina mi" not in caplog.text


def test_no_log_holds_what_was_asked(
    own_index: Built, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    assistant = own(own_index)
    asked = "Når åpner kantinen for Kari Nordmann?"
    (own_index.index / POINTER).write_text("borte", encoding="utf-8")  # makes it warn
    for question in (asked, asked * 1000, "Hvem vant hopprennet, Kari Nordmann?"):
        assistant.answer(question, [Turn("user", asked)])
        assistant.find(question)
    assert "kept edition" in caplog.text
    assert "Nordmann" not in caplog.text
    assert capfd.readouterr() == ("", "")


# --- Standing ------------------------------------------------------------------------------------


def test_standing_is_judged_for_the_day_of_the_question(small: Assistant) -> None:
    asked = "Når ble sykkelordningen vedtatt?"
    early = small.answer(asked, today=date(2025, 3, 2))
    assert {s.standing for s in early.sources} == {Standing.DRAFT}
    assert early.notices == ("«Sykkelordningen» er et utkast og gjelder ikke ennå.",)
    assert small.answer(asked, today=date(2025, 3, 3)).notices == ()


# --- Editions ------------------------------------------------------------------------------------


def test_missing_index_is_an_error_at_start(tmp_path: Path) -> None:
    with pytest.raises(IndexMissingError, match="Kjør «assistent indekser» først"):
        Assistant(tmp_path, WordEmbedder())


def test_index_of_another_model_is_refused_at_start(small_index: Built) -> None:
    with pytest.raises(IndexDamagedError) as caught:
        Assistant(small_index.index, WordEmbedder(fingerprint="ord:2"))
    assert str(caught.value) == (
        f"Indeksen i {small_index.index} er laget med modellen «ord:1», men nå brukes «ord:2». "
        "Kjør «assistent indekser» på nytt."
    )


def change(built: Built) -> None:
    path = built.corpus / "regler/kantine.md"
    path.write_text(path.read_text("utf-8").replace("elleve", "ti"), encoding="utf-8")


def test_new_edition_is_picked_up_between_questions(own_index: Built) -> None:
    assistant = own(own_index)
    assert first_line(assistant.answer(OPENS)) == RIGHT
    change(own_index)
    report = build(own_index.corpus, own_index.index)
    answer = assistant.answer(OPENS)
    assert first_line(answer) == "Kantinen åpner klokken ti. [1]"
    assert answer.edition == assistant.edition == report.edition


def test_deleted_document_is_no_longer_quoted(own_index: Built) -> None:
    assistant = own(own_index)
    (own_index.corpus / "regler/kantine.md").unlink()
    entries = KATALOG.split("[[dokument]]")
    (own_index.corpus / "katalog.toml").write_text(f"[[dokument]]{entries[2]}", encoding="utf-8")
    build(own_index.corpus, own_index.index)
    answer = assistant.answer(OPENS)
    assert answer.outcome is Outcome.NOT_IN_SOURCES
    assert assistant.document("regler/kantine.md") is None
    assert [document.info.path for document in assistant.documents()] == ["regler/sykkel.md"]


def still_right(answer: Answer, built: Built) -> bool:
    return first_line(answer) == RIGHT and answer.edition == built.report.edition


@pytest.mark.parametrize("name", ["utdrag.npy", "dokumenter.json", "chroma/chroma.sqlite3"])
def test_damaged_new_edition_is_left_alone_and_the_old_one_answers(
    own_index: Built, name: str
) -> None:
    assistant = own(own_index)
    change(own_index)
    report = build(own_index.corpus, own_index.index)
    path = own_index.index / report.edition / name
    path.write_bytes(path.read_bytes()[:-10])
    assert still_right(assistant.answer(OPENS), own_index)
    assert still_right(assistant.answer(OPENS), own_index)
    # A repaired index is taken into use again.
    repaired = build(own_index.corpus, own_index.index)
    assert assistant.answer(OPENS).edition == repaired.edition


def test_new_edition_of_another_model_is_left_alone(own_index: Built) -> None:
    assistant = own(own_index)
    build(own_index.corpus, own_index.index, WordEmbedder(fingerprint="ord:2"))
    assert still_right(assistant.answer(OPENS), own_index)


@pytest.mark.parametrize("pointer", [None, b"", b"\xff\xfe", b"borte", b"a" * 5000])
def test_lost_or_garbled_pointer_does_not_stop_a_running_assistant(
    own_index: Built, pointer: bytes | None
) -> None:
    assistant = own(own_index)
    (own_index.index / POINTER).unlink()
    if pointer is not None:
        (own_index.index / POINTER).write_bytes(pointer)
    assert still_right(assistant.answer(OPENS), own_index)


def test_whole_index_folder_may_vanish_under_a_running_assistant(own_index: Built) -> None:
    assistant = own(own_index)
    shutil.rmtree(own_index.index)
    assert still_right(assistant.answer(OPENS), own_index)


def test_rolled_back_edition_is_picked_up_too(own_index: Built) -> None:
    change(own_index)
    build(own_index.corpus, own_index.index)
    assistant = own(own_index)
    point_to(own_index.index, own_index.report.edition)
    assert still_right(assistant.answer(OPENS), own_index)
    assert current_edition(own_index.index) == own_index.report.edition


# --- The real model on the two strategies --------------------------------------------------------


@pytest.mark.model
def test_duty_to_inform_is_answered_with_its_paragraph(assistant: Assistant) -> None:
    answer = assistant.answer("hva er vår plikt til å informere?")
    assert answer.outcome is Outcome.ANSWERED
    assert "kommuneloven § 4-1" in answer.text


@pytest.mark.model
def test_adoption_is_the_day_of_this_strategy_and_not_of_the_one_before(
    assistant: Assistant,
) -> None:
    answer = assistant.answer("når ble strategien vedtatt?")
    assert "22. mai 2025" in answer.text
    assert "2018" not in answer.text


@pytest.mark.model
def test_how_to_write_is_answered_with_plain_language_in_a_few_lines(assistant: Assistant) -> None:
    answer = assistant.answer("hvordan skal vi skrive?")
    assert any("klart språk" in claim.text for claim in answer.claims)
    assert len(answer.claims) <= MAX_LINES
    assert {source.document for source in answer.sources} == {STRATEGY}


@pytest.mark.model
def test_the_five_focus_areas_are_exactly_the_five(assistant: Assistant) -> None:
    answer = assistant.answer("Hva er de fem innsatsområdene?")
    items = [claim.text for claim in answer.claims if not claim.text.endswith(":")]
    assert items == [
        "Kanalstrategi",
        "Medvirkning og innbyggerorientering",
        "Styrke internkommunikasjonen",
        "Integrere kommunikasjon i beslutningsprosesser",
        "Styrke kompetansen på kommunikasjon",
    ]


@pytest.mark.model
def test_strategy_of_2018_is_said_to_be_repealed(assistant: Assistant) -> None:
    answer = assistant.answer("Er strategien fra 2018 fortsatt gjeldende?")
    assert "oppheves" in answer.text


@pytest.mark.model
@pytest.mark.parametrize(
    "asked",
    [
        "Hvilke målgrupper har Osloregionen?",
        "Hva er de viktigste målgruppene til Osloregionen IPR?",
        "Hvilket språk skal Osloregionen bruke i informasjonen sin?",
    ],
)
def test_answer_from_the_region_says_that_it_is_expired_and_not_ours(
    assistant: Assistant, asked: str
) -> None:
    answer = assistant.answer(asked)
    assert {source.document for source in answer.sources} == {REGION}
    assert {source.standing for source in answer.sources} == {Standing.EXPIRED}
    title = "Kommunikasjonsstrategi for Osloregionen IPR 2021–2024"
    assert answer.notices[-2:] == (
        f"«{title}» er et dokument fra Osloregionen IPR og gjelder ikke for Oslo kommune.",
        f"«{title}» gjaldt til 31. desember 2024 og er utløpt.",
    )


@pytest.mark.model
def test_in_2023_the_regions_strategy_was_in_force_and_ours_a_draft(assistant: Assistant) -> None:
    day = date(2023, 1, 1)
    region = assistant.answer("Hvilke målgrupper har Osloregionen?", today=day)
    assert {source.standing for source in region.sources} == {Standing.IN_FORCE}
    assert not any("utløpt" in notice for notice in region.notices)
    assert any("gjelder ikke for Oslo kommune" in notice for notice in region.notices)
    ours = assistant.answer("Hva er de fem innsatsområdene?", today=day)
    assert {source.standing for source in ours.sources} == {Standing.DRAFT}
    assert any("utkast" in notice for notice in ours.notices)
