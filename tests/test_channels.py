from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistent import forms
from assistent.channels import ChannelAdvice, ChannelAnswers, Rejection, choose_channel
from assistent.errors import IndexDamagedError
from assistent.guidance import Library, ProvenRule
from assistent.rule_check import every_channel_answer
from assistent.types import ChannelStatus, Origin, Role, Standing
from tests.fakes import TODAY
from tests.guidance_library import small_library, starter_library

NEWS = ChannelAnswers("ansatte", "nyhet")
BOARD = """[[kanal]]
id = "tavla"
navn = "Tavla"
retning = "intern"
maalgrupper = ["ansatte"]
status = "i bruk"
"""
GOOD = """
[[kanal.egnet_for]]
formaal = "nyhet"
rolle = "hovedkanal"
regel = "Betal med kort."
styrke = "skal"
kilde = "regler/kantine.md"
sitat = "Alle betaler med kort."
"""
BAD = """
[[kanal.ikke_for]]
formaal = "nyhet"
regel = "Ta med hjelm."
styrke = "skal"
kilde = "regler/sykkel.md"
sitat = "Hjelm følger med sykkelen."
"""


def lines_of(advice: ChannelAdvice) -> list[ProvenRule]:
    """Every line that is shown."""
    return [
        *advice.crisis,
        *(rule for item in advice.recommended for rule in (*item.reasons, *item.demands)),
        *(rule for item in advice.rejected for rule in item.reasons),
        *advice.demands,
        *advice.unknown,
    ]


def choose(library: Library, answers: ChannelAnswers = NEWS, day: date = TODAY) -> ChannelAdvice:
    return choose_channel(answers, library, day)


def ids(advice: ChannelAdvice) -> list[str]:
    return [item.channel.id for item in advice.recommended]


# --- Every combination of answers ----------------------------------------------------------------


def test_every_combination_gives_proven_lines_without_contradiction() -> None:
    library = starter_library()
    count = 0
    for answers in every_channel_answer():
        advice = choose(library, answers)
        count += 1
        for rule in lines_of(advice):
            text = library.documents[rule.source.document].text
            assert text[rule.source.start : rule.source.end] == rule.source.quote != ""
            assert rule.source.standing in {Standing.IN_FORCE, Standing.SUMMARY}
            assert advice.sources[rule.source.number - 1] == rule.source
        assert all(item.reasons for item in (*advice.recommended, *advice.rejected))
        shown = Counter(item.channel.id for item in (*advice.recommended, *advice.rejected))
        assert set(shown.values()) <= {1}, "recommended and advised against"
        statuses = {item.channel.status_on(TODAY) for item in advice.recommended}
        assert not statuses & {ChannelStatus.CLOSED, ChannelStatus.PLANNED}
        mains = [item for item in advice.recommended if item.role is Role.MAIN]
        assert len(mains) <= 1, (answers, ids(advice))
        assert (advice.first is not None) == bool(mains)
        assert bool(advice.crisis) == answers.danger
        assert (advice.basis is None) == (not advice.recommended)
        assert advice.headline
        # Where nothing is recommended, something else is said.
        assert advice.recommended or advice.rejected or advice.crisis or advice.unknown
    assert count == 7 * 7 * 4 * 2**4 == 3136


def test_person_data_never_goes_to_open_channels() -> None:
    closed_doors = {"oslo-kommune-no", "sosiale-medier", "nyhetsbrev"}
    for answers in every_channel_answer():
        personal = "personopplysninger" in answers.concerns or answers.message == forms.PERSONAL
        if personal and not answers.danger:
            assert not closed_doors & set(ids(choose(starter_library(), answers))), answers


def test_danger_makes_every_message_a_crisis() -> None:
    advices = [
        choose(starter_library(), ChannelAnswers("innbyggere", message, forms.DANGER))
        for message in forms.MESSAGES
    ]
    assert len({tuple(ids(advice)) for advice in advices}) == 1
    assert "nødetatene" in advices[0].crisis[0].text


def test_no_advice_passes_for_a_rule_of_oslo_kommune() -> None:
    for answers in every_channel_answer():
        for rule in lines_of(choose(starter_library(), answers)):
            if rule.origin is Origin.OSLO:
                assert rule.source.document.startswith("strategi/000")
                assert rule.strength in {"skal", "må", "bør"}


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        (ChannelAnswers("innbyggere", forms.PERSONAL), "følger av lov eller forskrift"),
        (ChannelAnswers("innbyggere", "nyhet"), "ingen regel fra Oslo kommune om kanalvalget"),
        (
            # The law allows digital post here; it does not demand it.
            ChannelAnswers("innbyggere", "nyhet", concerns=("personopplysninger",)),
            "ingen regel fra Oslo kommune om kanalvalget",
        ),
        (ChannelAnswers("ansatte", "nyhet"), "Kildene gir ikke råd"),
        (ChannelAnswers("media", forms.PERSONAL), "Spør kommunikasjonsstaben."),
        (ChannelAnswers("media", "nyhet", forms.DANGER), "Følg beredskapsplanen."),
    ],
)
def test_the_headline_says_what_the_choice_rests_on(answers: ChannelAnswers, says: str) -> None:
    assert says in choose(starter_library(), answers).headline


# --- The life of a channel -----------------------------------------------------------------------


def test_workplace_is_named_as_closed_only_from_the_day_it_closed() -> None:
    answers = ChannelAnswers("ansatte", "intern endring")
    after = choose(starter_library(), answers, date(2026, 6, 1))
    [workplace] = [item for item in after.rejected if item.channel.id == "workplace"]
    assert workplace.why is Rejection.CLOSED
    assert "1. juni 2026" in workplace.reasons[0].text
    before = choose(starter_library(), answers, date(2026, 5, 31))
    assert "workplace" not in [item.channel.id for item in before.rejected]


@pytest.mark.parametrize(
    ("status", "role"),
    [
        ("i bruk", Role.MAIN),
        ("ukjent", Role.POSSIBLE),
        ("avvikles", Role.POSSIBLE),
        ("avviklet", None),
        ("planlagt", None),
    ],
)
def test_only_a_channel_in_use_is_the_first_choice(
    tmp_path: Path, status: str, role: Role | None
) -> None:
    text = BOARD.replace('"i bruk"', f'"{status}"') + GOOD
    advice = choose(small_library(tmp_path, kanaler=text))
    assert [item.role for item in advice.recommended] == ([role] if role else [])
    assert all(bool(item.note) == (role is Role.POSSIBLE) for item in advice.recommended)


def test_a_closed_channel_is_listed_with_the_proof_that_it_closed(tmp_path: Path) -> None:
    closed = BOARD.replace(
        'status = "i bruk"',
        'status = "avviklet"\nstatus_fra = 2026-01-01\nstatus_kilde = "regler/kantine.md"\n'
        'status_sitat = "Kontanter kan ikke benyttes."',
    )
    library = small_library(tmp_path, kanaler=closed + GOOD)
    advice = choose(library)
    assert ids(advice) == []
    [rejected] = advice.rejected
    assert rejected.reasons[0].source.quote == "Kontanter kan ikke benyttes."
    assert ids(choose(library, day=date(2025, 12, 31))) == ["tavla"]


# --- Rules that disagree -------------------------------------------------------------------------


@pytest.mark.parametrize(("good", "bad", "found"), [(0, 0, []), (1, 0, ["tavla"]), (1, 2, [])])
def test_the_higher_rank_prevails_and_in_doubt_the_advice_against(
    tmp_path: Path, good: int, bad: int, found: list[str]
) -> None:
    text = BOARD + GOOD + f"rang = {good}\n" + BAD + f"rang = {bad}\n"
    advice = choose(small_library(tmp_path, kanaler=text))
    assert ids(advice) == found
    assert [item.why for item in advice.rejected] == ([] if found else [Rejection.AGAINST])


def test_a_rule_holds_for_the_channels_audience_unless_it_names_another(tmp_path: Path) -> None:
    leaders = ChannelAnswers("ledere", "nyhet")
    library = small_library(tmp_path / "en", kanaler=BOARD + GOOD)
    assert ids(choose(library)) == ["tavla"]
    assert ids(choose(library, leaders)) == []
    named = BOARD + GOOD + 'hvis = { maalgruppe = ["ledere"] }\n'
    library = small_library(tmp_path / "to", kanaler=named)
    assert ids(choose(library, leaders)) == ["tavla"]
    assert ids(choose(library)) == []


def test_a_channel_may_be_kept_out(tmp_path: Path) -> None:
    text = BOARD + "i_kanalvelgeren = false\n" + GOOD
    assert ids(choose(small_library(tmp_path, kanaler=text))) == []


# --- Proof ---------------------------------------------------------------------------------------


def test_a_rule_of_a_document_that_is_no_longer_in_force_is_left_out_and_named(
    tmp_path: Path,
) -> None:
    library = small_library(tmp_path, kanaler=BOARD + GOOD)
    advice = choose(library, day=date(2023, 12, 31))
    assert ids(advice) == []
    [notice] = advice.notices
    assert notice == (
        "Reglene i «Kantineordningen» er ikke med, for dokumentet er et utkast og gjelder ikke "
        "ennå."
    )


def test_another_organisations_rule_is_never_used(tmp_path: Path) -> None:
    library = small_library(tmp_path, kanaler=BOARD + GOOD)
    document = library.documents["regler/kantine.md"]
    foreign = replace(document, info=replace(document.info, owner="Osloregionen IPR"))
    library = replace(library, documents={**library.documents, "regler/kantine.md": foreign})
    assert ids(choose(library)) == []


def test_a_quote_that_is_no_longer_there_is_not_shown(tmp_path: Path) -> None:
    library = small_library(tmp_path, kanaler=BOARD + GOOD)
    document = library.documents["regler/kantine.md"]
    changed = replace(document, text=document.text.replace("kort", "KORT"))
    library = replace(library, documents={**library.documents, "regler/kantine.md": changed})
    with pytest.raises(IndexDamagedError, match=r"regler/kantine\.md"):
        choose(library)


def test_one_quote_has_one_number_and_its_place(tmp_path: Path) -> None:
    text = BOARD + GOOD + GOOD.replace("Betal med kort.", "Ta med kort.")
    advice = choose(small_library(tmp_path, kanaler=text))
    [item] = advice.recommended
    assert [rule.text for rule in item.reasons] == ["Betal med kort.", "Ta med kort."]
    assert {rule.source.number for rule in item.reasons} == {1}
    assert advice.sources[0].section == ("Betaling",)
    assert item.reasons[0].origin is Origin.OSLO


def test_unknown_answers_are_refused() -> None:
    with pytest.raises(ValueError, match="«naboer» er ikke et svar på «Hvem skal du nå"):
        ChannelAnswers("naboer", "nyhet")
