from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assistent.conflicts import disagree, prevailing
from assistent.types import DocumentInfo
from tests.fakes import assistant_over

OLD = "Kantinen skal åpne dørene klokken 11 hver dag i uken for ansatte."
NEW = "Kantinen skal åpne dørene klokken 10 hver dag i uken for ansatte."


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (OLD, NEW),
        (OLD, OLD.replace("skal", "bør")),
        (OLD, OLD.replace("skal", "skal ikke")),
    ],
)
def test_number_modality_and_negation_make_statements_disagree(first: str, second: str) -> None:
    assert disagree(first, second)
    assert disagree(second, first)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (OLD, OLD),
        (OLD, OLD.replace("skal", "må")),
        (OLD, "Kantinen stenger klokken 14."),
        (OLD, "Sykler kan lånes av ansatte klokken 10 hver dag."),
        ("Følg § 4-1 i kommuneloven ved all informasjon til innbyggere.",) * 2,
    ],
)
def test_the_same_said_otherwise_and_other_matters_are_no_disagreement(
    first: str, second: str
) -> None:
    assert not disagree(first, second)


def test_precedence_goes_before_date() -> None:
    low_new = DocumentInfo("a", "A", precedence=1, adopted=date(2026, 1, 1))
    high_old = DocumentInfo("b", "B", precedence=2, adopted=date(2020, 1, 1))
    low_old = DocumentInfo("c", "C", precedence=1, valid_from=date(2020, 1, 1))
    assert (prevailing(low_new, high_old).first, prevailing(low_new, high_old).by) == (
        high_old,
        "rang",
    )
    assert (prevailing(low_old, low_new).first, prevailing(low_old, low_new).by) == (
        low_new,
        "dato",
    )
    assert prevailing(low_new, low_new).by == ""


CATALOGUE = """[[dokument]]
fil = "gammel.md"
tittel = "Gammel ordning"
eier = "Oslo kommune"
vedtatt = 2020-01-01

[[dokument]]
fil = "ny.md"
tittel = "Ny ordning"
eier = "Oslo kommune"
vedtatt = 2025-01-01
"""


def test_an_answer_shows_both_documents_and_says_which_prevails(tmp_path: Path) -> None:
    assistant = assistant_over(
        tmp_path,
        CATALOGUE,
        gammel=f"# Gammel\n\n## Tider\n{OLD}\n",
        ny=f"# Ny\n\n## Tider\n{NEW}\n",
    )
    answer = assistant.answer("Når skal kantinen åpne dørene for ansatte?")
    assert {source.document for source in answer.sources} == {"gammel.md", "ny.md"}
    assert (
        "«Ny ordning» og «Gammel ordning» sier ulike ting. «Ny ordning» går foran fordi "
        "dokumentet er nyere." in answer.notices
    )
