"""Forty results expected by hand, in ``tests/guidance_cases``; each names what proves it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from assistent import forms
from assistent.channels import ChannelAdvice, ChannelAnswers, choose_channel
from assistent.duties import DecisionAnswers, check_decision
from assistent.guidance import ProvenRule
from assistent.types import Role, Source
from tests.fakes import TODAY
from tests.guidance_library import starter_library

FOLDER = Path(__file__).resolve().parent / "guidance_cases"


def cases(name: str) -> list[Any]:
    text = (FOLDER / f"{name}.toml").read_text(encoding="utf-8")
    return [pytest.param(case, id=case["navn"]) for case in tomllib.loads(text)["tilfelle"]]


CHANNEL_KEYS = {
    *("navn", "svar", "forst", "anbefalt", "muligheter", "ikke", "forkastet"),
    *("krav", "ukjent", "opphav", "krise", "bevis"),
}
DECISION_KEYS = {
    *("navn", "svar", "forst", "linjer", "ikke", "jurist", "frist", "avklar", "sikre"),
    *("ukjent", "krise", "bevis"),
}


def prove(case: dict[str, Any], sources: Iterable[Source]) -> None:
    """Check that each named quote stands in its document and in what is shown."""
    shown = list(sources)
    assert case["bevis"]
    for proof in case["bevis"]:
        assert proof["sitat"] in starter_library().documents[proof["dokument"]].text
        assert any(
            source.document == proof["dokument"] and proof["sitat"] in source.quote
            for source in shown
        ), proof["sitat"]


def says(rules: Iterable[ProvenRule], words: str) -> bool:
    return any(words in rule.text for rule in rules)


def demands_of(advice: ChannelAdvice) -> set[str]:
    of_channels = (rule for item in advice.recommended for rule in item.demands)
    return {rule.about for rule in (*advice.demands, *of_channels)}


def test_there_are_twenty_of_each_and_no_key_is_overlooked() -> None:
    for name, keys in (("kanal", CHANNEL_KEYS), ("beslutning", DECISION_KEYS)):
        found = [param.values[0] for param in cases(name)]
        assert len(found) == 20
        assert {key for case in found for key in case} <= keys


@pytest.mark.parametrize("case", cases("kanal"))
def test_channel_case(case: dict[str, Any]) -> None:
    given = case["svar"]
    answers = ChannelAnswers(
        given[forms.AUDIENCE],
        given[forms.MESSAGE],
        given.get(forms.URGENCY, forms.NO_HURRY),
        tuple(given.get(forms.CONCERN, ())),
    )
    advice = choose_channel(answers, starter_library(), TODAY)
    roles = {item.channel.id: item.role for item in advice.recommended}
    order = [identity for identity in roles if identity in case.get("anbefalt", ())]
    assert (advice.first.channel.id if advice.first else "") == case["forst"]
    assert order == case.get("anbefalt", [])
    assert not set(roles) & set(case.get("ikke", ()))
    assert all(roles[identity] is Role.POSSIBLE for identity in case.get("muligheter", ()))
    rejected = {item.channel.id: item.why.value for item in advice.rejected}
    assert rejected.items() >= case.get("forkastet", {}).items()
    assert demands_of(advice) >= set(case.get("krav", ()))
    assert all(says(advice.unknown, words) for words in case.get("ukjent", ()))
    assert bool(advice.crisis) == case.get("krise", False)
    if "opphav" in case:
        assert advice.basis == case["opphav"]
    prove(case, advice.sources)


@pytest.mark.parametrize("case", cases("beslutning"))
def test_decision_case(case: dict[str, Any]) -> None:
    replies = dict.fromkeys(forms.THEMES, forms.NO) | {forms.DECIDER: forms.YES}
    check = check_decision(DecisionAnswers(replies | case["svar"]), starter_library(), TODAY)
    lines = {line.id: line for line in check.lines}
    for identity, (part, modality) in case["linjer"].items():
        assert (lines[identity].part, lines[identity].rule.strength) == (part, modality), identity
    assert not set(lines) & set(case.get("ikke", ()))
    assert all(lines[identity].ask_lawyer for identity in case.get("jurist", ()))
    for identity, words in case.get("frist", {}).items():
        assert words in lines[identity].deadline
    assert all(lines[identity].clarify for identity in case.get("avklar", ()))
    assert not any(lines[identity].clarify for identity in case.get("sikre", ()))
    if "forst" in case:
        assert check.lines[0].id == case["forst"]
    assert all(says(check.unknown, words) for words in case.get("ukjent", ()))
    assert bool(check.crisis) == case.get("krise", False)
    prove(case, check.sources)
