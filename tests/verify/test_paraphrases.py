"""What says the same proves the same, however it is put; what says something else does not.

Each group is one statement in the ways that people write it. The sentences stand in no document, so
that the rules cannot know them.
"""

from __future__ import annotations

from itertools import permutations

import pytest

from assistent.verify.prover import judge
from tests.verify.support import case_of

DUTY = """
Virksomheten skal varsle innbyggerne.
Virksomheten må varsle innbyggerne.
Virksomheten plikter å varsle innbyggerne.
Virksomheten er pålagt å varsle innbyggerne.
Virksomheten er forpliktet til å varsle innbyggerne.
Det er et krav at virksomheten varsler innbyggerne.
Det kreves at virksomheten varsler innbyggerne.
Innbyggerne skal varsles av virksomheten.
Ja, virksomheten må varsle innbyggerne.
Nei, virksomheten må varsle innbyggerne.
Virksomheten kan ikke la være å varsle innbyggerne.
Dere har plikt til å varsle innbyggerne.
"""
ADVICE = """
Virksomheten bør varsle innbyggerne.
Prosjektets råd er å varsle innbyggerne.
Det anbefales å varsle innbyggerne.
Rådet er at dere varsler innbyggerne.
Det er lurt å varsle innbyggerne.
Prosjektet foreslår å varsle innbyggerne.
Forslaget er å varsle innbyggerne.
Et tips er å varsle innbyggerne.
"""
EXEMPTION = """
Virksomheten trenger ikke å varsle innbyggerne.
Virksomheten behøver ikke å varsle innbyggerne.
Virksomheten har ingen plikt til å varsle innbyggerne.
Virksomheten er ikke pålagt å varsle innbyggerne.
Det er ikke et krav at virksomheten varsler innbyggerne.
Det kreves ikke at virksomheten varsler innbyggerne.
Virksomheten kan la være å varsle innbyggerne.
Nei, dere trenger ikke å varsle innbyggerne.
"""
BAN = """
Virksomheten skal ikke varsle innbyggerne.
Virksomheten kan ikke varsle innbyggerne.
Virksomheten har ikke lov til å varsle innbyggerne.
Det er ikke tillatt å varsle innbyggerne.
Virksomheten skal aldri varsle innbyggerne.
Virksomheten skal la være å varsle innbyggerne.
Nei, dere har ikke lov til å varsle innbyggerne.
"""
DENIAL = """
Virksomheten varsler ikke innbyggerne.
Virksomheten unnlater å varsle innbyggerne.
Virksomheten lar være å varsle innbyggerne.
Innbyggerne blir ikke varslet av virksomheten.
Innbyggerne får ikke noe varsel fra virksomheten.
Det er ikke slik at virksomheten varsler innbyggerne.
"""
UNKNOWN = """
Det er ikke kjent hvilke kanaler virksomheten bruker.
Ingen vet hvilke kanaler virksomheten bruker.
Hvilke kanaler virksomheten bruker, er ikke kjent.
Hvilke kanaler virksomheten bruker, vet vi ikke.
"""
NEITHER = """
Kravet gjelder verken nettsider eller apper.
Kravet gjelder ikke nettsider eller apper.
Kravet gjelder ikke for nettsider, og heller ikke for apper.
Nettsider og apper er ikke omfattet av kravet.
Nettsider og apper er unntatt fra kravet.
"""
ORDER = """
Ikke del passordet med andre.
Du skal ikke dele passordet med andre.
Passordet skal ikke deles med andre.
La være å dele passordet med andre.
Unngå å dele passordet med andre.
"""
UNLESS = """
Du kan ikke publisere bildet uten samtykke.
Du kan ikke publisere bildet hvis du ikke har samtykke.
Du kan bare publisere bildet hvis du har samtykke.
Du må ha samtykke for å publisere bildet.
Du må ha samtykke før du publiserer bildet.
Det kreves samtykke for å publisere bildet.
Bildet kan ikke publiseres med mindre du har samtykke.
Har du ikke samtykke, kan du ikke publisere bildet.
"""
SAME = (DUTY, ADVICE, EXEMPTION, BAN, DENIAL, UNKNOWN, NEITHER, ORDER, UNLESS)
OTHER = (DUTY, ADVICE, EXEMPTION, BAN)


def lines(group: str) -> list[str]:
    return group.strip().splitlines()


@pytest.mark.parametrize(
    ("claim", "evidence"), [pair for group in SAME for pair in permutations(lines(group), 2)]
)
def test_the_same_in_other_words_is_proven(claim: str, evidence: str) -> None:
    assert list(judge(case_of(claim, evidence))) == []


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        (claim, evidence)
        for one, other in permutations(OTHER, 2)
        for claim in lines(one)
        for evidence in lines(other)
    ],
)
def test_what_binds_otherwise_is_not(claim: str, evidence: str) -> None:
    assert list(judge(case_of(claim, evidence)))


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        (
            "Hjemmelen står i forvaltningsloven § 15 b og i forskriften.",
            "Hjemmelen står i forvaltningsloven § 15 a og i forskriften.",
        ),
        ("Regelen strider mot loven.", "Regelen kan være i strid med loven."),
        ("Ansatte skal fritt kunne velge kanal.", "Ansatte skal kunne forutse kanal."),
        (
            "Offentlig ansatte har kritisert Sivilombudet.",
            "Sivilombudet har kritisert offentlig ansatte.",
        ),
        ("Fristen er fire uker.", "Svar innen tre uker."),
        ("De tre rådene skal høres.", "Eldrerådet og ungdomsrådet skal høres."),
    ],
)
def test_one_thing_changed_is_not(claim: str, evidence: str) -> None:
    assert list(judge(case_of(claim, evidence)))


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        (
            "Hvit skrift har ikke god kontrast mot svart.",
            "Hvit skrift har svak kontrast mot svart.",
        ),
        ("Oslo kommune skal varsle innbyggerne.", "Kommunen skal varsle innbyggerne."),
        (
            "Dere kan bruke pakkene, men den retten gjelder ikke logoen.",
            "Retten til å bruke pakkene omfatter ikke logoen.",
        ),
        (
            "Når du skal bestille noe, er rådet å oppgi fargen.",
            "Rådet er å oppgi fargen når du bestiller.",
        ),
        ("Hvilken farge du må bruke, er ikke kjent.", "Det er ikke kjent hvilken farge du bruker."),
        (
            "Har virksomheten 50 ansatte eller mer, skal saken drøftes.",
            "Virksomheter med minst 50 ansatte skal drøfte saken.",
        ),
        ("De to rådene skal høres.", "Eldrerådet og ungdomsrådet skal høres."),
        ("Retningslinjene må velges.", "Rammene er på plass, og retningslinjene må velges."),
    ],
)
def test_a_harmless_turn_is_proven(claim: str, evidence: str) -> None:
    assert list(judge(case_of(claim, evidence))) == []
