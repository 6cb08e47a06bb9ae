from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistent.answering import Assistant
from assistent.errors import AssistantError
from assistent.evaluation.asking import ShownQuote
from assistent.evaluation.question_sets import read_question_set
from assistent.evaluation.runs import (
    Run,
    evaluate,
    groups_of,
    load_run,
    require_writable,
    run_as_json,
    save_run,
    write_whole,
)
from tests.conftest import Built
from tests.evaluation.samples import (
    CANTEEN,
    answerable,
    line,
    line_without_answer,
    run_of,
    unanswerable,
    write_set,
)
from tests.fakes import TODAY, WordEmbedder, build

SHOWN = (ShownQuote(CANTEEN, ("Kantineordningen", "Betaling"), "Alle betaler med kort."),)


@pytest.fixture
def run(small_index: Built, tmp_path: Path) -> Run:
    """A run of four questions over the small corpus."""
    cards = [{"document": CANTEEN, "quote": quote} for quote in ("Adgangskort", "Bankkort")]
    file = write_set(
        tmp_path / "kantine_dev.jsonl",
        line(id="1"),
        line(
            id="2",
            question="Hvilke kort godtas i kantinen?",
            gold=[{"document": CANTEEN, "quote": "Følgende kort godtas:"}],
            all=cards,
        ),
        line(id="3", gold=[{"document": "andre.md", "quote": "x"}]),
        line_without_answer(id="4"),
    )
    assistant = Assistant(small_index.index, WordEmbedder(), today=lambda: date(1999, 1, 1))
    return evaluate(assistant, small_index.index, [read_question_set(file)], day=TODAY)


def test_questions_are_asked_and_compared(run: Run) -> None:
    first, second, last = run.results
    assert [r.identity for r in run.results] == ["1", "2", "4"]
    assert [(s.asked, s.skipped) for s in run.sets] == [(3, 1)]
    assert first.right
    assert (first.gold_shown, first.section_shown, first.outcome) == (True, True, "answered")
    assert first.ranking["passage.success@1"] == first.ranking["document.recall@1"] == 1.0
    assert first.quotes == len(first.shown) > 0
    assert "total" in first.milliseconds
    assert (second.items, second.beside) == (1.0, 0)
    assert (first.gold_line, second.gold_line, last.gold_line) == (1, 1, 0)
    assert (last.ranking, last.gold, last.miss) == ({}, (), "off")
    assert (run.day, run.documents) == ("2026-11-22", 2)


def test_the_day_decides_the_standing(run: Run, small_index: Built, tmp_path: Path) -> None:
    # The assistant's own day is in 1999; the run's day is what the record says.
    assert run.day == TODAY.isoformat()
    days: list[date | None] = []

    class Watched(Assistant):
        def answer(self, *words, today=None):  # type: ignore[no-untyped-def]
            days.append(today)
            return super().answer(*words, today=today)

    sets = [read_question_set(write_set(tmp_path / "en.jsonl", line()))]
    evaluate(Watched(small_index.index, WordEmbedder()), small_index.index, sets, day=TODAY)
    assert days == [TODAY]


def test_history_reaches_the_assistant(small_index: Built, tmp_path: Path) -> None:
    turns = [
        {"role": "user", "content": "Hvordan betaler vi i kantinen?"},
        {"role": "assistant", "content": "Med kort."},
    ]
    gold = [{"document": CANTEEN, "quote": "Kontanter kan ikke benyttes."}]
    heard = []

    class Watched(Assistant):
        def answer(self, question, history=(), **rest):  # type: ignore[no-untyped-def]
            heard.append([turn.content for turn in history])
            return super().answer(question, history, **rest)

        def find(self, question, history=(), **rest):  # type: ignore[no-untyped-def]
            heard.append([turn.content for turn in history])
            return super().find(question, history, **rest)

    record = line(question="Og hva med kontanter?", gold=gold, history=turns, style="followup")
    sets = [read_question_set(write_set(tmp_path / "en.jsonl", record))]
    evaluate(Watched(small_index.index, WordEmbedder()), small_index.index, sets, day=TODAY)
    assert heard == [[turn["content"] for turn in turns]] * 2


def test_a_set_on_other_documents_leaves_nothing_to_ask(small_index: Built, tmp_path: Path) -> None:
    gold = [{"document": "andre.md", "quote": "x"}]
    sets = [read_question_set(write_set(tmp_path / "en.jsonl", line(gold=gold)))]
    assistant = Assistant(small_index.index, WordEmbedder())
    with pytest.raises(AssistantError, match="Ingen av spørsmålene"):
        evaluate(assistant, small_index.index, sets, day=TODAY)


def test_an_index_built_meanwhile_stops_the_run(own_index: Built, tmp_path: Path) -> None:
    sets = [read_question_set(write_set(tmp_path / "en.jsonl", line()))]
    assistant = Assistant(own_index.index, WordEmbedder())

    def rebuild(*_: int) -> None:
        build(own_index.corpus, own_index.index)
        assistant.answer("Når åpner kantinen?")

    with pytest.raises(AssistantError, match="bygd på nytt"):
        evaluate(assistant, own_index.index, sets, day=TODAY, progress=rebuild)


def test_sets_of_a_part_are_also_put_together() -> None:
    names = ("a_dev", "b_dev", "c_test", "egne")
    run = run_of(*(answerable(name, set_name=name) for name in names))
    groups = groups_of(run)
    assert [(g.name, g.together, len(g.results)) for g in groups] == [
        *((name, False, 1) for name in names),
        ("dev", True, 2),  # one test set alone is its own total
    ]


def test_a_saved_run_is_read_back_as_it_was(tmp_path: Path, run: Run) -> None:
    file = tmp_path / "run.json"
    save_run(run_as_json(run, groups_of(run)), file)
    assert load_run(file) == run
    record = json.loads(file.read_text("utf-8"))
    assert record["groups"][0]["figures"]["sources.gold"]["value"] == 1.0
    assert list(tmp_path.glob(".*")) == []


def test_what_a_test_set_was_shown_is_not_saved(tmp_path: Path) -> None:
    results = [answerable("1", set_name=name, shown=SHOWN) for name in ("a_dev", "a_test")]
    run = run_of(*results)
    file = tmp_path / "run.json"
    save_run(run_as_json(run, []), file)
    assert [r.shown for r in load_run(file).results] == [SHOWN, ()]
    save_run(run_as_json(run, [], show_test=True), file)
    assert load_run(file) == run


@pytest.mark.parametrize(
    "content",
    ["", "[]", "{}", '{"format": 0}', '{"format": 1, "results": 3}', "[" * 100_000],
)
def test_a_file_that_is_no_run_is_said(tmp_path: Path, content: str) -> None:
    file = tmp_path / "x.json"
    file.write_text(content, "utf-8")
    with pytest.raises(AssistantError, match="ikke en kjøring"):
        load_run(file)
    with pytest.raises(AssistantError, match="kan ikke leses"):
        load_run(tmp_path / "mangler.json")


def test_a_failed_write_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "run.json"
    write_whole(file, "gammelt")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(AssistantError, match="Kan ikke skrive"):
        write_whole(file, "nytt")
    assert [each.name for each in tmp_path.iterdir()] == ["run.json"]
    assert file.read_text("utf-8") == "gammelt"


def test_a_place_that_cannot_be_written_is_said_beforehand(tmp_path: Path) -> None:
    require_writable(tmp_path / "run.json")
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(AssistantError, match="Kan ikke skrive"):
        require_writable(tmp_path / "mangler" / "run.json")
    with pytest.raises(AssistantError, match="er en mappe"):
        require_writable(tmp_path)


def test_results_know_who_was_served() -> None:
    assert answerable("1").right
    assert not answerable("1", gold_shown=False).right
    assert unanswerable("1").right
    assert not replace(unanswerable("1"), outcome="partial").right
    assert answerable("1", outcome="partial").right_outcome
    assert not unanswerable("1", outcome="partial").right_outcome
    elsewhere = unanswerable("1", outcome="out_of_scope")
    assert replace(elsewhere, miss="off").right_outcome
    assert not replace(elsewhere, miss="near").right_outcome
