"""The beslutningssjekk.

python -m tests.test_duties      checks all 59 049 combinations of answers, not only every pair
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from assistent import forms
from assistent.duties import (
    ChecklistLine,
    DecisionAnswers,
    DecisionCheck,
    Part,
    check_decision,
)
from assistent.guidance import Library
from assistent.types import Origin, Standing
from tests.fakes import TODAY
from tests.guidance_library import small_library, starter_library

DUTY = """[[plikt]]
id = "kort"
tittel = "Betal med kort"
hva = "Alle betaler med kort."
hvem = "alle"
naar = "ved"
styrke = "skal"
kilde = "regler/kantine.md"
sitat = "Alle betaler med kort."
"""
NOTHING = dict.fromkeys(forms.THEMES, forms.NO) | {forms.DECIDER: forms.YES}


def check(library: Library, **replies: str) -> DecisionCheck:
    return check_decision(DecisionAnswers(NOTHING | replies), library, TODAY)


def line(library: Library, **replies: str) -> ChecklistLine | None:
    lines = check(library, **replies).lines
    return lines[0] if lines else None


# --- Every combination of answers ----------------------------------------------------------------


def pairwise() -> Iterator[tuple[str, ...]]:
    """Yield every pair of replies to every pair of themes, before each of three backgrounds."""
    for background in forms.REPLIES:
        for one, other in itertools.combinations(range(len(forms.THEMES)), 2):
            for pair in itertools.product(forms.REPLIES, repeat=2):
                replies = [background] * len(forms.THEMES)
                replies[one], replies[other] = pair
                yield tuple(replies)


def require_sound(combinations: Iterable[tuple[str, ...]]) -> int:
    """Check the result of each combination; return how many there were."""
    library = starter_library()
    duties = {duty.id: duty for duty in library.registers.duties}
    ranks = [Origin.OSLO], [Origin.LAW, Origin.AGREEMENT, Origin.NATIONAL]
    rank_of = {origin: rank for rank, origins in enumerate(ranks) for origin in origins}
    seen: set[str] = set()
    count = 0
    for replies in combinations:
        answers = DecisionAnswers(dict(zip(forms.THEMES, replies, strict=True)))
        result = check_decision(answers, library, TODAY)
        count += 1
        ids = [item.id for item in result.lines]
        assert len(ids) == len(set(ids))
        places = [
            (list(Part).index(item.part), rank_of.get(item.rule.origin, 2)) for item in result.lines
        ]
        assert places == sorted(places)
        for item in result.lines:
            assert item.rule.source is result.sources[item.rule.source.number - 1]
            assert item.rule.strength == duties[item.id].rule.strength
            unsure = [theme for theme in item.because if answers.reply(theme) == forms.UNSURE]
            assert bool(item.clarify) == bool(unsure)
        assert bool(result.crisis) == (answers.reply(forms.CRISIS) != forms.NO)
        for source in result.sources:
            text = library.documents[source.document].text
            assert text[source.start : source.end] == source.quote != ""
            assert source.standing in {Standing.IN_FORCE, Standing.SUMMARY}
        seen.update(ids)
    assert seen == set(duties), "a duty nobody can reach"
    return count


def every_combination() -> Iterator[tuple[str, ...]]:
    """Yield all 3 ** 10 combinations; checking them takes about a minute and a half."""
    return itertools.product(forms.REPLIES, repeat=len(forms.THEMES))


def test_every_pair_of_replies_gives_proven_lines_in_order() -> None:
    assert require_sound(pairwise()) == 3 * 45 * 9 == 1215


def test_no_condition_asks_for_more_than_a_pair_of_themes() -> None:
    """So that pairs are enough: a line depends on nothing but the themes of one of its cases."""
    registers = starter_library().registers
    rules = [*(duty.rule for duty in registers.duties), *registers.unknown_duties]
    assert max(len(case) for rule in rules for case in rule.condition) == 2


def test_unsure_never_hides_what_yes_or_no_would_show() -> None:
    for theme in forms.THEMES:
        shown = {
            reply: {item.id for item in check(starter_library(), **{theme: reply}).lines}
            for reply in forms.REPLIES
        }
        assert shown[forms.YES] | shown[forms.NO] <= shown[forms.UNSURE], theme


def test_a_theme_without_a_reply_counts_as_unsure() -> None:
    library = starter_library()
    nothing = check_decision(DecisionAnswers(), library, TODAY)
    unsure = DecisionAnswers(dict.fromkeys(forms.THEMES, forms.UNSURE))
    told = [
        [(item.id, item.clarify) for item in result.lines]
        for result in (nothing, check_decision(unsure, library, TODAY))
    ]
    assert told[0] == told[1]
    assert not nothing.crisis, "nobody said that it may be a crisis"


def test_the_strategys_own_lines_come_first_then_the_laws() -> None:
    everything = dict.fromkeys(forms.THEMES, forms.YES)
    before = check(starter_library(), **everything).part(Part.BEFORE)
    assert [item.id for item in before[:3]] == [
        "vurder-kommunikasjonskonsekvenser",
        "sorg-for-kommunikasjonskompetanse",
        "undersok-ansattes-behov",
    ]
    assert [item.rule.strength for item in before[:3]] == ["bør", "skal", "skal"]


# --- One duty ------------------------------------------------------------------------------------


def test_a_duty_follows_a_theme_answered_with_yes_or_unsure(tmp_path: Path) -> None:
    library = small_library(tmp_path, plikter=DUTY + 'gjelder_ved = ["mange språk"]\n')
    assert line(library) is None
    sure = line(library, **{"mange språk": "ja"})
    assert sure is not None
    assert (sure.because, sure.clarify) == (("mange språk",), ())
    unsure = line(library, **{"mange språk": "usikker"})
    assert unsure is not None
    assert unsure.clarify == ("Finn ut om dere skal nå folk som ikke forstår norsk godt.",)


def test_what_to_find_out_can_be_the_duty_s_own(tmp_path: Path) -> None:
    text = DUTY + 'gjelder_ved = ["krise"]\navklar = "Spør vakten."\n'
    library = small_library(tmp_path, plikter=text)
    found = line(library, krise="usikker")
    assert found is not None
    assert found.clarify == ("Spør vakten.",)
    certain = line(library, krise="ja")
    assert certain is not None
    assert certain.clarify == ()


def test_conditions_can_ask_for_no_and_for_two_things_at_once(tmp_path: Path) -> None:
    text = DUTY + 'hvis = { "hvem beslutter" = ["nei"], "medieinteresse" = ["ja"] }\n'
    library = small_library(tmp_path, plikter=text)
    assert line(library, **{"hvem beslutter": "nei"}) is None
    assert line(library, medieinteresse="ja") is None
    assert line(library, **{"hvem beslutter": "nei", "medieinteresse": "ja"}) is not None
    assert line(library, **{"hvem beslutter": "usikker", "medieinteresse": "ja"}) is None


def test_what_always_holds_stands_first_and_says_so(tmp_path: Path) -> None:
    text = DUTY.replace('"ved"', '"alltid"') + 'gjelder_ved = ["alle beslutninger"]\n'
    found = line(small_library(tmp_path, plikter=text))
    assert found is not None
    assert (found.part, found.always) == (Part.BEFORE, True)


def test_the_description_is_kept_but_never_read() -> None:
    plain = check(starter_library())
    answers = DecisionAnswers(NOTHING, "Nytt verktøy og krise i en plansak")
    described = check_decision(answers, starter_library(), TODAY)
    assert described.answers.description == "Nytt verktøy og krise i en plansak"
    assert (described.lines, described.crisis) == (plain.lines, plain.crisis)


@pytest.mark.parametrize(
    ("replies", "description", "says"),
    [
        ({"været": "ja"}, "", "«været»"),
        ({"krise": "kanskje"}, "", "Velg ja, nei eller usikker"),
        ({}, "x" * 201, "201 tegn"),
    ],
)
def test_what_cannot_be_answered_is_refused(
    replies: dict[str, str], description: str, says: str
) -> None:
    with pytest.raises(ValueError, match=says):
        DecisionAnswers(replies, description)


if __name__ == "__main__":
    print(require_sound(every_combination()), "combinations in order")
