"""The order of the chosen statements, and which of them only stand beside the question."""

from __future__ import annotations

from assistent.evidence import Candidate, Fit
from assistent.extract.lines import beside, in_order
from assistent.types import BlockKind, Passage, Statement


def section(
    document: str,
    *fits: tuple[str, float],
    kind: BlockKind = BlockKind.PARAGRAPH,
    binding: bool = False,
) -> list[Candidate]:
    """Return the sentences of one section, each with how well it fits."""
    statements: list[Statement] = []
    place = 0
    for text, _ in fits:
        statements.append(Statement(place, place + len(text), kind, follows=place > 0))
        place += len(text) + 1
    passage = Passage(document, document, ("Regler",), None, 0, place, 0, tuple(statements))
    return [
        Candidate(passage, statement, text, fit, 1.0, Fit.NONE, binding)
        for statement, (text, fit) in zip(statements, fits, strict=True)
    ]


def texts(chosen: list[Candidate]) -> list[str]:
    return [candidate.text for candidate in in_order(chosen)]


def test_the_sentence_that_fits_best_leads_its_section() -> None:
    fits = [("En er gul.", 0.80), ("To er grå.", 0.90), ("Tre er rød.", 0.85)]
    assert texts(section("a", *fits)) == ["To er grå.", "En er gul.", "Tre er rød."]


def test_sentences_that_fit_about_as_well_stay_as_they_stand() -> None:
    fits = [("En er gul.", 0.895), ("To er grå.", 0.90)]
    assert texts(section("a", *fits)) == ["En er gul.", "To er grå."]


def test_a_sentence_that_points_back_is_not_torn_from_the_one_before_it() -> None:
    fits = [("En er gul.", 0.80), ("To er grå.", 0.70), ("Dette gjelder alle.", 0.90)]
    assert texts(section("a", *fits)) == ["To er grå.", "Dette gjelder alle.", "En er gul."]


def test_lists_and_signatures_stay_as_they_stand() -> None:
    fits = [("En", 0.80), ("To", 0.90)]
    for kind in (BlockKind.LIST_ITEM, BlockKind.SIGNATURE):
        assert texts(section("a", *fits, kind=kind)) == ["En", "To"]


def test_the_best_section_comes_first_and_a_rule_in_force_before_one_as_good() -> None:
    summary = section("a", ("En er gul.", 0.90))
    rule = section("b", ("To er grå.", 0.89), binding=True)
    worse = section("c", ("Tre er rød.", 0.88))
    assert texts([*worse, *summary, *rule]) == ["To er grå.", "En er gul.", "Tre er rød."]


def test_only_sections_that_fit_clearly_less_well_stand_beside_and_they_come_last() -> None:
    best = section("a", ("En er gul.", 0.80), ("To er grå.", 0.90))
    near = section("b", ("Tre er rød.", 0.88))
    other = section("c", ("Fire er hvit.", 0.86))
    chosen = [*other, *near, *best]
    assert beside(chosen) == {("c", ("Regler",))}
    assert texts(chosen)[-1] == "Fire er hvit."


def test_a_rule_in_force_may_fit_a_little_less_well() -> None:
    best = section("a", ("En er gul.", 0.90))
    rule = section("b", ("To er grå.", 0.86), binding=True)
    assert beside([*best, *rule]) == frozenset()
