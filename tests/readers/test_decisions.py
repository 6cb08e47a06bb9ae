from __future__ import annotations

from assistent.readers.assembly import DraftBlock, assemble
from assistent.readers.decisions import settle_decisions
from assistent.types import BlockKind
from tests.readers.support import section

RESOLUTION = "Byrådet innstiller til å fatte følgende vedtak:"
CASE = [
    DraftBlock(BlockKind.HEADING, RESOLUTION, level=1),
    DraftBlock(BlockKind.HEADING, "1. Byrådet vedtar følgende strategi:", level=2),
    DraftBlock(BlockKind.HEADING, "Mål", level=3),
    DraftBlock(BlockKind.LIST_ITEM, "Én aktør", "1. ", 1),
    DraftBlock(BlockKind.LIST_ITEM, "Tillit", "2. ", 1),
    DraftBlock(BlockKind.HEADING, "Tiltak", level=3),
    DraftBlock(BlockKind.PARAGRAPH, "Kanaler samles."),
    DraftBlock(BlockKind.PARAGRAPH, "2. Vedtak 1091/18 oppheves."),
    DraftBlock(BlockKind.PARAGRAPH, "Byrådslederens kontor, den 15. mai 2025"),
    DraftBlock(BlockKind.PARAGRAPH, "Eirik Lae Solberg"),
]


def test_the_next_point_and_the_signature_belong_to_the_decision() -> None:
    parsed = assemble(settle_decisions(CASE))
    assert section(parsed, RESOLUTION.rstrip(":")) == [
        "Vedtak 1091/18 oppheves.",
        "Byrådslederens kontor, den 15. mai 2025\nEirik Lae Solberg",
    ]


def test_a_list_inside_the_decision_stays_where_it_is() -> None:
    parsed = assemble(settle_decisions(CASE))
    point = (RESOLUTION.rstrip(":"), "1. Byrådet vedtar følgende strategi")
    assert section(parsed, *point, "Mål") == ["Én aktør", "Tillit"]
    assert section(parsed, *point, "Tiltak") == ["Kanaler samles."]


def test_outside_a_decision_a_number_means_nothing() -> None:
    drafts = [
        DraftBlock(BlockKind.HEADING, "1. Mål", level=1),
        DraftBlock(BlockKind.PARAGRAPH, "2. Dette er bare en setning."),
    ]
    assert settle_decisions(drafts) == drafts


def test_a_date_inside_a_sentence_is_no_signature() -> None:
    text = "Strategien ble vedtatt i Oslo, den 22. mai 2025, og gjelder fra samme dag."
    drafts = [DraftBlock(BlockKind.PARAGRAPH, text)]
    assert settle_decisions(drafts)[0].kind is BlockKind.PARAGRAPH
