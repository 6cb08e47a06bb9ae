from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assistent.evidence import Fit
from assistent.extract import Extract
from assistent.index import Index, open_index
from assistent.notices import conflict_notices, notices
from assistent.texts_answer import BOKMAL
from assistent.types import DocumentInfo, Standing
from tests.fakes import TODAY, build


def info(**fields: object) -> DocumentInfo:
    return DocumentInfo("a", "Planen", owner="Oslo kommune", **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (info(), []),
        (
            info(valid_to=date(2024, 12, 31)),
            ["«Planen» gjaldt til 31. desember 2024 og er utløpt."],
        ),
        (info(declared_standing=Standing.EXPIRED), ["«Planen» er utløpt."]),
        (info(repealed_on=date(2025, 5, 22)), ["«Planen» er opphevet."]),
        (
            info(repealed_on=date(2025, 5, 22), repealed_by="sak 1038/25"),
            ["«Planen» er opphevet av sak 1038/25."],
        ),
        (info(valid_from=date(2027, 1, 1)), ["«Planen» er et utkast og gjelder ikke ennå."]),
        (
            info(declared_standing=Standing.SUMMARY),
            ["«Planen» er vår egen sammenfatning av offentlige fakta, ikke en regel."],
        ),
        (
            DocumentInfo("b", "Planen", owner="Fjordregionen", valid_to=date(2024, 12, 31)),
            [
                "«Planen» er et dokument fra Fjordregionen og gjelder ikke for Oslo kommune.",
                "«Planen» gjaldt til 31. desember 2024 og er utløpt.",
            ],
        ),
    ],
)
def test_notices_say_what_a_document_is_worth(document: DocumentInfo, expected: list[str]) -> None:
    assert list(notices([document], TODAY, home="Oslo kommune")) == expected


def test_several_summaries_are_mentioned_in_one_notice() -> None:
    both = [
        DocumentInfo(name, name, declared_standing=Standing.SUMMARY)
        for name in ("Farger", "Skrift")
    ]
    (notice,) = notices(both, TODAY, home="Oslo kommune")
    assert "«Farger»" in notice
    assert "«Skrift»" in notice


def test_documents_without_anything_to_say_are_passed_over() -> None:
    assert notices([], TODAY, home="Oslo kommune") == ()
    assert notices([info(), info()], TODAY, home="Oslo kommune") == ()


def test_what_must_be_said_depends_on_the_day() -> None:
    until = info(valid_to=date(2026, 11, 21))
    assert notices([until], date(2026, 11, 21), home="Oslo kommune") == ()
    assert notices([until], date(2026, 11, 22), home="Oslo kommune") != ()


# --- Conflicts -----------------------------------------------------------------------------------

CATALOGUE = """[[dokument]]
fil = "gammel.md"
tittel = "Den gamle"
gyldig_fra = 2018-01-01

[[dokument]]
fil = "ny.md"
tittel = "Den nye"
gyldig_fra = 2025-01-01
"""


@pytest.fixture
def index(tmp_path: Path) -> Index:
    corpus = tmp_path / "korpus"
    corpus.mkdir()
    (corpus / "katalog.toml").write_text(CATALOGUE, encoding="utf-8")
    for name in ("gammel", "ny"):
        (corpus / f"{name}.md").write_text(f"# {name}\n\nHjelm er påbudt.\n", encoding="utf-8")
    return open_index(tmp_path / "indeks" / build(corpus, tmp_path / "indeks").edition)


def extract(*conflicts: tuple[str, str]) -> Extract:
    return Extract((), (), "", best=1.0, coverage=1.0, fit=Fit.NONE, conflicts=conflicts)


@pytest.mark.parametrize("pair", [("ny.md", "gammel.md"), ("gammel.md", "ny.md")])
def test_conflict_says_which_document_prevails(index: Index, pair: tuple[str, str]) -> None:
    (notice,) = conflict_notices(extract(pair), index)
    assert notice == BOKMAL.disagreement("Den nye", "Den gamle", by="dato")


def test_pair_of_documents_is_mentioned_once(index: Index) -> None:
    both = extract(("ny.md", "gammel.md"), ("gammel.md", "ny.md"))
    assert len(conflict_notices(both, index)) == 1
    assert conflict_notices(extract(), index) == ()
