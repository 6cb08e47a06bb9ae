"""What carries a word of a claim."""

from __future__ import annotations

import pytest

from assistent.verify.carriage import carry
from assistent.verify.reading import read


def own(claim: str, evidence: str, *context: str, language: str = "nb") -> list[str]:
    reading = read(claim, language)
    carried = carry(reading, read(evidence), [read(line) for line in context])
    return [reading.words[at].low for at in carried.own]


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("Måloppnåelse vurderes.", "De vurderer om målene er oppnådd."),
        ("Innsynskrav besvares.", "Et krav om innsyn skal besvares."),
        ("Strategien omtales.", "Kommunikasjonsstrategien omtales."),
        ("Lederne benytter det.", "Ledere bruker det."),
        ("Riksmedia omtales.", "Riks- og lokalmediene omtales."),
        ("UKE lanserte den.", "Utviklings- og kompetanseetaten lanserte den."),
        ("MIT er lisensen.", "De har MIT-lisens."),
    ],
)
def test_a_word_is_carried(claim: str, evidence: str) -> None:
    assert own(claim, evidence) == []


def test_a_word_of_its_own_is_not() -> None:
    assert own("Ansatte sendes på kurs.", "Ledere sørger for kompetanse.") == [
        "ansatte",
        "sendes",
        "kurs",
    ]


def test_the_context_carries_words() -> None:
    assert own("Kanalstrategien omtales.", "Strategien omtales.", "Kanaler") == []


def test_english_is_carried_by_norwegian() -> None:
    claim = "Residents shall receive information about their rights."
    assert own(claim, "Innbyggerne skal få informasjon om rettighetene sine.", language="en") == []


def test_a_negative_prefix_is_seen() -> None:
    reading = read("Det er ukjent.")
    carried = carry(reading, read("Det er ikke kjent."))
    assert [each.opposed for found in carried.carriers.values() for each in found] == [True]
