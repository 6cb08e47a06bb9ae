from __future__ import annotations

import json
import math
from dataclasses import astuple, fields, replace
from importlib import resources
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistent.abstention import (
    KIND_SIGNALS,
    TOPIC_SIGNALS,
    Judge,
    Model,
    Signals,
    load_judge,
    log_odds,
    missing_names,
    read_signals,
)
from assistent.answering import Assistant
from assistent.evidence import Fit
from assistent.extract import Extract
from assistent.presenting import Draft
from assistent.questions import read_question
from assistent.types import Outcome, Source, Standing
from tests.fakes import assistant_over

UNIT = st.floats(0, 1)
SIGNALS = st.builds(
    Signals,
    score=UNIT,
    sentence=UNIT,
    coverage=UNIT,
    lexical=UNIT,
    english=st.sampled_from([0.0, 1.0]),
    demanded=st.sampled_from([0.0, 1.0]),
    tie=st.floats(-0.3, 1),
    gap=st.floats(0, 0.1),
    certain=st.sampled_from([0.0, 1.0]),
    missing_names=st.sampled_from([0.0, 1.0, 2.0]),
)
NAMES = {field.name for field in fields(Signals)}

# --- The fitted decision -------------------------------------------------------------------------


def test_file_of_weights_has_exactly_the_signals() -> None:
    text = resources.files("assistent").joinpath("data/abstention.json").read_text("utf-8")
    data = json.loads(text)
    assert set(data) == {"topic", "kind", "slope", "offset", "refuse_below", "uncertain_below"}
    assert set(data["topic"]["weights"]) == set(TOPIC_SIGNALS)
    assert set(data["kind"]["weights"]) == set(KIND_SIGNALS)
    assert {*TOPIC_SIGNALS, *KIND_SIGNALS} == NAMES


def test_weights_are_those_of_the_file() -> None:
    text = resources.files("assistent").joinpath("data/abstention.json").read_text("utf-8")
    data, judge = json.loads(text), load_judge()
    assert (judge.topic.weights, judge.topic.bias) == tuple(data["topic"].values())
    assert (judge.kind.weights, judge.kind.bias) == tuple(data["kind"].values())
    assert (judge.slope, judge.offset) == (data["slope"], data["offset"])


def test_refusing_comes_before_being_uncertain() -> None:
    judge = load_judge()
    assert 0 < judge.refuse_below < judge.uncertain_below < 1
    assert judge.slope > 0


@given(st.builds(Signals, *[st.floats(allow_nan=False)] * len(NAMES)))
def test_support_is_a_probability_whatever_the_signals(signals: Signals) -> None:
    support = load_judge().support(signals)
    assert 0 < support < 1
    assert math.isfinite(support)


@pytest.mark.parametrize("name", ["score", "sentence", "coverage", "lexical", "tie", "certain"])
@given(signals=SIGNALS, more=UNIT)
def test_more_of_what_speaks_for_an_answer_never_lowers_its_support(
    name: str, signals: Signals, more: float
) -> None:
    better = replace(signals, **{name: max(getattr(signals, name), more)})
    assert load_judge().support(better) >= load_judge().support(signals)


@pytest.mark.parametrize(("name", "most"), [("gap", 0.1), ("missing_names", 2.0)])
@given(signals=SIGNALS, more=UNIT)
def test_more_of_what_speaks_against_an_answer_never_raises_its_support(
    name: str, most: float, signals: Signals, more: float
) -> None:
    worse = replace(signals, **{name: max(getattr(signals, name), more * most)})
    assert load_judge().support(worse) <= load_judge().support(signals)


@pytest.mark.parametrize("name", ["score", "sentence", "coverage", "tie", "gap", "missing_names"])
def test_every_such_signal_can_turn_the_scale(name: str) -> None:
    middling = Signals(0.8, 0.85, 0.5, 0.5, 0.0, 1.0, 0.3, 0.05, 0.0, 1.0)
    other = replace(middling, **{name: 0.0})
    assert load_judge().support(other) != load_judge().support(middling)


def judge_of(topic: Model, kind: Model) -> Judge:
    return Judge(topic, kind, slope=1.0, offset=0.0, refuse_below=0.3, uncertain_below=0.6)


def test_model_is_logistic() -> None:
    model = Model({"score": 2.0, "gap": -4.0}, bias=-1.0)
    nothing = Signals(*[0.0] * len(NAMES))
    assert model.probability(replace(nothing, score=0.5)) == pytest.approx(0.5)
    assert model.probability(replace(nothing, score=1.0)) == pytest.approx(1 / (1 + math.exp(-1)))
    assert model.probability(replace(nothing, score=0.5, gap=0.25)) == pytest.approx(
        1 / (1 + math.e)
    )


def test_support_is_the_calibrated_product_of_both_judgements() -> None:
    nothing = Signals(*[0.0] * len(NAMES))
    even = judge_of(Model({}, 0.0), Model({}, 0.0))
    assert even.support(nothing) == pytest.approx(0.25)
    moved = replace(even, slope=2.0, offset=1.0)
    assert log_odds(moved.support(nothing)) == pytest.approx(1 + 2 * log_odds(0.25))


def test_outcome_changes_at_the_limits() -> None:
    judge = judge_of(Model({}, 0.0), Model({}, 0.0))
    found = [judge.outcome(support) for support in (0.0, 0.29, 0.3, 0.59, 0.6, 1.0)]
    no, doubt, yes = Outcome.NOT_IN_SOURCES, Outcome.PARTIAL, Outcome.ANSWERED
    assert found == [no, no, doubt, doubt, yes, yes]


@given(st.floats(0, 1))
def test_log_odds_are_finite_and_turn_back(probability: float) -> None:
    value = log_odds(probability)
    assert math.isfinite(value)
    assert 1 / (1 + math.exp(-value)) == pytest.approx(probability, abs=2e-6)


# --- The signals ---------------------------------------------------------------------------------


def drafted(folder: Path, text: str, asked: str) -> tuple[Draft, Signals]:
    folder.mkdir(exist_ok=True)
    draft = assistant_over(folder, plan=f"# Plan\n\n## Kantine\n\n{text}\n").draft(asked)
    assert draft is not None
    assert draft.extract is not None
    return draft, read_signals(draft.question, draft.hits, draft.extract)


@pytest.mark.parametrize(
    ("asked", "holding", "without"),
    [
        (
            "Når åpner kantinen?",
            "Kantinen åpner klokken elleve.",
            "Kantinen åpner dørene forsiktig.",
        ),
        ("Hva koster kaffe i kantinen?", "Kaffe i kantinen koster 20 kroner.", "Kaffe i kantinen."),
        (
            "Hva er telefonnummeret til kantinen?",
            "Kantinen har telefonnummer 21 80 21 80.",
            "Kantinen har eget telefonnummer.",
        ),
        (
            "Hvor mange bord har kantinen?",
            "Kantinen har femti bord: 50.",
            "Kantinen har pene bord.",
        ),
        (
            "Hvem er sjef for kantinen?",
            "Kantinen har Kari Nordmann som sjef.",
            "Kantinen har sjef.",
        ),
    ],
)
def test_fact_that_stands_nowhere_has_less_support_than_one_that_does(
    tmp_path: Path, asked: str, holding: str, without: str
) -> None:
    _, found = drafted(tmp_path / "med", f"{holding} {without}", asked)
    _, nowhere = drafted(tmp_path / "uten", without, asked)
    assert found.demanded == nowhere.demanded == 1
    assert found.tie > 0 > nowhere.tie
    assert found.gap < nowhere.gap
    judge = load_judge()
    alike = replace(found, tie=nowhere.tie, gap=nowhere.gap)
    assert judge.support(alike) < judge.support(found)


def test_question_that_demands_nothing_has_neither_tie_nor_gap(tmp_path: Path) -> None:
    _, signals = drafted(tmp_path, "Kantinen er for alle.", "Hvordan bruker vi kantinen?")
    assert (signals.demanded, signals.tie, signals.gap) == (0, 0, 0)


def test_both_of_two_things_asked_for_must_stand_there(tmp_path: Path) -> None:
    asked = "Når åpner kantinen, og hva er telefonnummeret til kantinen?"
    number = "Kantinen har telefonnummer 21 80 21 80."
    _, one = drafted(tmp_path / "en", number, asked)
    _, both = drafted(tmp_path / "to", f"{number} Kantinen åpner klokken elleve.", asked)
    assert one.tie < 0 < both.tie
    assert one.gap > both.gap


def test_number_of_something_else_ties_less(tmp_path: Path) -> None:
    asked = "Hvor mange bord har kantinen?"
    _, counted = drafted(tmp_path / "bord", "Kantinen har 50 bord.", asked)
    text = "Kantinen har bord til gjester og personale som spiser sammen hver dag i 2 rom."
    _, other = drafted(tmp_path / "rom", text, asked)
    assert 0 < other.tie < counted.tie


def test_signals_are_those_of_hits_and_extract(tmp_path: Path) -> None:
    draft, signals = drafted(tmp_path, "Kantinen åpner klokken elleve.", "Når åpner kantinen?")
    assert draft.extract is not None
    assert signals.score == draft.hits[0].score
    assert signals.sentence == max(hit.sentence for hit in draft.hits)
    assert signals.lexical == max(hit.lexical for hit in draft.hits)
    assert signals.coverage == draft.extract.coverage
    assert (signals.english, signals.certain, signals.missing_names) == (0, 0, 0)
    assert all(math.isfinite(value) for value in astuple(signals))
    certain = replace(draft.extract, fit=Fit.CERTAIN)
    assert read_signals(draft.question, draft.hits, certain).certain == 1


def test_english_is_told(tmp_path: Path) -> None:
    asked = "When does the canteen open and where is it?"
    assert drafted(tmp_path, "Kantinen åpner klokken elleve.", asked)[1].english == 1


# --- Names that are missing ----------------------------------------------------------------------


def showing(*quotes: str, title: str = "Planen", section: tuple[str, ...] = ()) -> Extract:
    sources = tuple(
        Source(n, "plan", title, section, None, quote, 0, 1, Standing.IN_FORCE, "", "")
        for n, quote in enumerate(quotes, 1)
    )
    return Extract((), sources, "", best=1.0, coverage=1.0, fit=Fit.NONE)


@pytest.mark.parametrize(
    ("asked", "missing"),
    [
        ("Hva gjør vi i Stavanger?", ["Stavanger"]),
        ("Hva gjør vi i Bergen?", []),
        ("Hva er Bergens regel?", []),
        ("Hva skjedde i 2019?", ["2019"]),
        ("Hva skjedde i 2025?", []),
        ("Hva står i sak 77/19?", ["77/19"]),
        ("Hva står i sak 1038/25?", []),
        ("Stavanger?", []),  # any first word has a capital
        ("Hei! Stavanger?", []),
        ("Hva gjør Stavanger og Drammen i 2019?", ["Stavanger", "Drammen", "2019"]),
        ("What does the Archives Act of 2019 say to us?", ["2019"]),
        ("hva gjør vi?", []),
        ("", []),
    ],
)
def test_names_and_numbers_that_no_shown_line_has_are_missing(
    asked: str, missing: list[str]
) -> None:
    shown = showing("Bergen ble med i 2025.", section=("Sak 1038/25",))
    assert missing_names(read_question(asked), shown) == missing


def test_name_may_stand_in_title_or_heading() -> None:
    asked = read_question("Hva sier Drammen om Stavanger?")
    assert missing_names(asked, showing("Ja.")) == ["Drammen", "Stavanger"]
    assert missing_names(asked, showing("Ja.", title="Drammen", section=("Stavanger",))) == []


def test_at_most_two_missing_names_count(tmp_path: Path) -> None:
    asked = "Åpner kantinen i Bergen, Drammen, Moss eller Halden?"
    draft, signals = drafted(tmp_path, "Kantinen åpner klokken elleve.", asked)
    assert draft.extract is not None
    assert len(missing_names(draft.question, draft.extract)) == 4
    assert signals.missing_names == 2


# --- In the flow ---------------------------------------------------------------------------------


def test_question_without_a_word_in_common_has_less_support(strategies_by_words: Assistant) -> None:
    ours = strategies_by_words.answer("Kommunen skal nå ut til innbyggerne med informasjon")
    theirs = strategies_by_words.answer("Hvem vant hopprennet på lørdag?")
    assert ours.support is not None
    assert theirs.support is not None
    assert theirs.support < ours.support
    assert theirs.outcome is Outcome.NOT_IN_SOURCES
