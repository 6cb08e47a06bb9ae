"""Facts are read into one form, and one proves another only if it says as much."""

from __future__ import annotations

import pytest

from assistent.verify.agreement import stands_in
from assistent.verify.facts import FactKind, read_facts


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("vedtatt 29. mai 2002", FactKind.DATE, (2002, 5, 29)),
        ("vedtatt 29.5.2002", FactKind.DATE, (2002, 5, 29)),
        ("on 1 January 2024", FactKind.DATE, (2024, 1, 1)),
        ("i oktober 2024", FactKind.DATE, (2024, 10, 0)),
        ("siden 2021", FactKind.DATE, (2021, 0, 0)),
        ("høsten 2024", FactKind.DATE, ("season", 2024, 8, 11)),
        ("mer enn 50 000 ansatte", FactKind.NUMBER, (50000,)),
        ("om lag 40 millioner kroner", FactKind.NUMBER, (40e6,)),
        ("kontrasten 1,8 mot hvitt", FactKind.NUMBER, (1.8,)),
        ("tjuefem skoler", FactKind.NUMBER, (25,)),
        ("to hundre språk", FactKind.NUMBER, (200,)),
        ("senest en uke etter", FactKind.NUMBER, (1,)),
        ("1–3 virkedager", FactKind.NUMBER, ("range", 1, 3)),
        ("mellom 3 og 6 uker", FactKind.NUMBER, ("range", 3, 6)),
        ("én gang i året", FactKind.NUMBER, ("rate", 1, "year")),
        ("kommuneloven § 10-2 første ledd", FactKind.PARAGRAPH, ("§", "10-2", 1)),
        ("forvaltningsloven § 15 a", FactKind.PARAGRAPH, ("§", "15a")),
        ("byrådssak 1038/25", FactKind.CASE, ("1038/25",)),
        ("klokka 8–16", FactKind.TIME, (8, 16)),
        ("fargen red-1000", FactKind.CODE, ("red-1000",)),
        ("fargen #ff8274", FactKind.CODE, ("#ff8274",)),
        ("se https://oslo.kommune.no/presse.", FactKind.ADDRESS, ("oslo.kommune.no/presse",)),
    ],
)
def test_a_fact_is_read(text: str, kind: FactKind, value: tuple[object, ...]) -> None:
    assert (kind, value) in [(fact.kind, fact.value) for fact in read_facts(text, _language(text))]


def _language(text: str) -> str:
    return "en" if text.startswith("on ") else "nb"


@pytest.mark.parametrize("text", ["Loven trer i kraft.", "De tre i kraft.", "Vi vil gjerne."])
def test_a_verb_is_no_number(text: str) -> None:
    assert read_facts(text) == ()


def test_english_to_is_no_number() -> None:
    assert read_facts("able to see", "en") == ()
    assert [fact.value for fact in read_facts("to språk")] == [(2.0,)]


PROVEN = [
    ("innen to uker", "innen 14 dager"),
    ("i mai 2002", "29. mai 2002"),
    ("høsten 2024", "i oktober 2024"),
    ("begynnelsen av 2022", "1. januar 2022"),
    ("flere enn 200 språk", "over 200 språk"),
    ("rundt 54 000 ansatte", "om lag 54 000 ansatte"),
    ("innen seks uker", "innen 3–6 uker"),
    ("årlig", "hvert år"),
    ("under 15", "under 15 år"),
    ("ikke har fylt 15 år", "under 15 år"),
    ("kommuneloven § 4-1", "kommunelova § 4-1"),
    ("§ 10-2", "§ 10-2 første ledd"),
    ("ikke senere enn 1. mai", "senest 1. mai"),
    ("50 ansatte eller mer", "minst 50 ansatte"),
    ("fristen er to uker", "innen to uker"),
    ("§ 15 a", "§ 15 a og forskriften"),
]
UNPROVEN = [
    ("innen to uker", "innen 10 dager"),
    ("29. mai 2002", "i mai 2002"),
    ("19. mai 2002", "29. mai 2002"),
    ("fra 1. januar 2026", "til 1. januar 2026"),
    ("50 000 ansatte", "mer enn 50 000 ansatte"),
    ("over 40 000", "nesten 40 000"),
    ("3–6 dager", "3–6 uker"),
    ("annethvert år", "hvert år"),
    ("§ 14-1", "§ 4-1"),
    ("§ 15 b og forskriften", "§ 15 a og forskriften"),
    ("§ 10-2 andre ledd", "§ 10-2 første ledd"),
    ("forvaltningsloven § 9", "språklova § 9"),
    ("byrådssak 19/62", "byrådssak 62/19"),
    ("klokka 8–20", "klokka 8–16"),
    ("evil.no", "oslo.kommune.no"),
]


@pytest.mark.parametrize(("claimed", "known"), PROVEN)
def test_as_much_or_less_is_proven(claimed: str, known: str) -> None:
    facts = read_facts(known)
    assert all(stands_in(fact, facts) for fact in read_facts(claimed))


@pytest.mark.parametrize(("claimed", "known"), UNPROVEN)
def test_more_or_other_is_not(claimed: str, known: str) -> None:
    facts = read_facts(known)
    assert not all(stands_in(fact, facts) for fact in read_facts(claimed))


def test_no_two_facts_share_a_character() -> None:
    text = "Den 22. mai 2025 ble § 4-1 vist til i sak 1038/25, klokka 8–16, for 50 000 (40 %)."
    facts = [fact for fact in read_facts(text) if fact.kind is not FactKind.PARAGRAPH]
    ends = [fact.span.end for fact in facts]
    assert all(end <= fact.span.start for end, fact in zip(ends, facts[1:], strict=False))
