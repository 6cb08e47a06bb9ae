from __future__ import annotations

from pathlib import Path

import pytest

from assistent.answering import Assistant
from assistent.evidence import Candidate, EvidenceScorer, Fit
from assistent.index import Index, open_index
from assistent.questions import read_question
from assistent.retrieval import Query, search
from assistent.types import Standing
from tests.fakes import WordEmbedder, assistant_over, build

PLAN = """# Plan for hjelmbruk

## Hjelm
Hjelm er påbudt. Hjelm ble innført 3. mars 2025. Hjelm har fem farger. Hjelm har mange farger.
Plikten til hjelm følger av vegloven § 9. Etaten har ansvar for hjelm. Hvorfor hjelm?

Hjelm skal:
- passe
- sitte

## Kilder
Hjelm er omtalt i avisen.
"""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder = tmp_path_factory.mktemp("hjelm")
    (folder / "korpus").mkdir()
    (folder / "korpus/plan.md").write_text(PLAN, encoding="utf-8")
    return open_index(folder / "indeks" / build(folder / "korpus", folder / "indeks").edition)


def candidates(index: Index, asked: str, said: str = "", **standings: Standing) -> list[Candidate]:
    question = read_question(asked)
    vector = WordEmbedder().embed_questions([asked])[0]
    hits = search(index, Query([c.alternatives for c in question.concepts], vector))
    standing_of = {f"{name}.md": standing for name, standing in standings.items()}
    return EvidenceScorer(question, index, standing_of, said=said).candidates(hits)


def best(index: Index, asked: str) -> str:
    return candidates(index, asked)[0].text


def test_candidates_come_best_first(index: Index) -> None:
    scores = [candidate.score for candidate in candidates(index, "Er hjelm påbudt?")]
    assert scores == sorted(scores, reverse=True)
    assert best(index, "Er hjelm påbudt?") == "Hjelm er påbudt."


@pytest.mark.parametrize(
    ("asked", "holding"),
    [
        ("Når ble hjelm innført?", "3. mars 2025"),
        ("Hvor mange farger har hjelm?", "fem farger"),
        ("Hva er plikten til hjelm?", "§ 9"),
        ("Hvem har ansvar for hjelm?", "Etaten har ansvar"),
    ],
)
def test_statement_that_holds_what_is_asked_for_comes_first(
    index: Index, asked: str, holding: str
) -> None:
    first = candidates(index, asked)[0]
    assert holding in first.text
    assert first.fit > Fit.NONE


def test_counted_thing_beside_the_number_fits_exactly(index: Index) -> None:
    fits = {c.text: c.fit for c in candidates(index, "Hvor mange farger har hjelm?")}
    assert fits["Hjelm har fem farger."] is Fit.EXACT
    assert fits["Hjelm har mange farger."] is Fit.NONE


def test_what_was_said_before_scores_lower_and_the_rest_as_before(index: Index) -> None:
    asked = "Er hjelm påbudt?"
    fresh = {c.text: c.score for c in candidates(index, asked)}
    again = {
        c.text: c.score for c in candidates(index, asked, said="Hjelm er påbudt. [1]\nHva mer?")
    }
    assert again["Hjelm er påbudt."] < fresh.pop("Hjelm er påbudt.")
    assert {text: again[text] for text in fresh} == fresh


def test_what_answers_nothing_by_itself_is_no_candidate(index: Index) -> None:
    texts = {candidate.text for candidate in candidates(index, "Hjelm?")}
    assert "passe" in texts
    assert not texts & {"Hjelm skal:", "Hvorfor hjelm?", "Hjelm", "Hjelm er omtalt i avisen."}


def test_covered_is_the_share_of_the_questions_words(index: Index) -> None:
    covered = {c.text: c.covered for c in candidates(index, "Er hjelm påbudt?")}
    assert covered["Hjelm er påbudt."] == pytest.approx(1.0)
    assert 0 < covered["Hjelm har mange farger."] < 1
    assert 0 < covered["passe"] < covered["Hjelm har mange farger."]  # by heading and lead-in only


def test_coverage_of_several_places_counts_what_they_hold_together(index: Index) -> None:
    question = read_question("Er hjelm påbudt og innført?")
    scorer = EvidenceScorer(question, index, {})
    passage = next(p for p in index.passages if p.section[-1:] == ("Hjelm",))
    first, second = [
        (passage, statement)
        for statement in passage.statements
        if index.documents["plan.md"]
        .text[statement.start : statement.end]
        .startswith(("Hjelm er påbudt", "Hjelm ble innført"))
    ]
    alone = max(scorer.coverage([first]), scorer.coverage([second]))
    assert scorer.coverage([first, second]) == pytest.approx(1.0)
    assert alone < 1
    assert scorer.coverage([]) == 0


def test_question_without_weighty_words_covers_nothing(index: Index) -> None:
    assert all(c.covered == 0 for c in candidates(index, "Hva er det?"))


def test_what_is_not_in_force_scores_lower_and_does_not_bind(index: Index) -> None:
    in_force = candidates(index, "Er hjelm påbudt?")[0]
    repealed = candidates(index, "Er hjelm påbudt?", plan=Standing.REPEALED)[0]
    assert in_force.text == repealed.text
    assert repealed.score < in_force.score
    assert (in_force.binding, repealed.binding) == (True, False)


def test_day_of_adoption_beats_other_dates(tmp_path: Path) -> None:
    catalogue = '[[dokument]]\nfil = "plan.md"\ntittel = "Plan"\nvedtatt = 2025-03-03\n'
    before = "## Historie\n\nPlanen ble vedtatt 1. mai 2018.\n"
    plan = f"# Plan\n\n{before}\n## Nå\n\nByrådet, 3. mars 2025.\n"
    assistant: Assistant = assistant_over(tmp_path, catalogue, plan=plan)
    draft = assistant.draft("Når ble planen vedtatt?")
    assert draft is not None
    assert draft.extract is not None
    assert draft.extract.text == "Byrådet, 3. mars 2025. [1]"
    assert draft.extract.fit >= Fit.EXACT
