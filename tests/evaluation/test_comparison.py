from __future__ import annotations

import pytest

from assistent.evaluation.comparison import compare
from assistent.evaluation.runs import groups_of
from assistent.evaluation.tables import difference_table
from tests.evaluation.samples import answerable, refused, run_of, unanswerable


def many(right: int, *, of: int = 40) -> list:  # type: ignore[type-arg]
    """Answerable questions of which the first are answered rightly."""
    return [answerable(str(n), gold_shown=n < right) for n in range(of)]


def test_questions_won_and_lost_and_the_difference() -> None:
    before = run_of(answerable("1"), refused("2"), unanswerable("3"), answerable("gammel"))
    after = run_of(
        refused("1"),
        answerable("2"),
        unanswerable("3", outcome="answered"),
        answerable("ny"),
    )
    compared = compare(after, groups_of(after), before)
    [group] = compared.groups
    assert (group.name, group.common) == ("prøve_dev", 3)
    assert [r.identity for r in group.won] == ["2"]
    assert [r.identity for r in group.lost] == ["1", "3"]
    gold = group.differences["sources.gold"]
    assert (gold.before, gold.after, gold.change, gold.count) == (0.5, 0.5, 0.0, 2)
    refusal = group.differences["abstention.all.recall"]
    assert (refusal.before, refusal.after, refusal.change) == (1.0, 0.0, -1.0)


def test_the_interval_is_paired() -> None:
    # 10 of 40 are won and none lost: 25 points, s = sqrt(.25 × .75 / 40).
    before, after = run_of(*many(20)), run_of(*many(30))
    gold = compare(after, groups_of(after), before).groups[0].differences["sources.gold"]
    assert gold.change == pytest.approx(0.25)
    spread = 1.96 * (0.25 * 0.75 / 40) ** 0.5
    assert (gold.low, gold.high) == pytest.approx((0.25 - spread, 0.25 + spread), abs=0.02)
    assert gold.certain


def test_equal_runs_differ_in_nothing() -> None:
    run = run_of(*many(20), unanswerable("x"))
    compared = compare(run, groups_of(run), run)
    for difference in compared.groups[0].differences.values():
        assert (difference.change, difference.low, difference.high) == (0, 0, 0)
        assert not difference.certain
    assert compared.groups[0].won == compared.groups[0].lost == ()


def test_a_reworded_question_is_another_question() -> None:
    before = run_of(answerable("1"))
    after = run_of(answerable("1", question="Når stenger kantinen?"))
    assert compare(after, groups_of(after), before).groups == ()


def test_changed_sets_are_named() -> None:
    before = run_of(answerable("1"), sha256="a" * 64)
    after = run_of(answerable("1"), answerable("1", set_name="ny_dev"), sha256="b" * 64)
    assert compare(after, groups_of(after), before).changed_sets == ("prøve_dev",)
    assert compare(before, groups_of(before), before).changed_sets == ()


def test_better_and_worse_go_by_the_figure() -> None:
    before = run_of(*(answerable(str(n), beside=0) for n in range(5)))
    after = run_of(*(answerable(str(n), beside=2) for n in range(5)))
    differences = compare(after, groups_of(after), before).groups[0].differences
    rows = {row[0]: row for row in difference_table(differences).rows}
    assert rows["Sitater utenfor saken"] == (
        "Sitater utenfor saken",
        *("0 %", "100 %", "+100,0 pp", "+100,0 til +100,0", "dårligere"),
    )
    assert rows["Fasitsitat blant kildene"][3:] == ("0,0 pp", "0,0 til 0,0", "")
