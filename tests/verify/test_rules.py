"""Each rule finds its own fault, and leaves what is said in other words alone."""

from __future__ import annotations

import pytest

from assistent.verify.agents import agent_faults
from assistent.verify.conditions import condition_faults
from assistent.verify.exact import exact_faults
from assistent.verify.mixture import mixture_faults
from assistent.verify.modality import modality_faults
from assistent.verify.naming import naming_faults
from assistent.verify.opposites import opposite_faults
from assistent.verify.polarity import polarity_faults
from assistent.verify.prover import judge
from assistent.verify.scope import scope_faults
from assistent.verify.substance import substance_faults
from assistent.verify.substitution import substitution_faults
from assistent.verify.verdict import Fault
from tests.verify.support import Rule, case_of, faults_of

ROSE = "Etaten bør varsle innbyggerne innen to uker, med mindre arkivet sier noe annet."

FAULTY: list[tuple[Rule, Fault, str, str]] = [
    (exact_faults, Fault.NUMBER, "Svaret kommer innen tre uker.", "Svaret kommer innen to uker."),
    (exact_faults, Fault.DATE, "Loven gjelder fra 2025.", "Loven gjelder fra 2026."),
    (exact_faults, Fault.PARAGRAPH, "Det står i § 8.", "Det står i § 9."),
    (exact_faults, Fault.ADDRESS, "Se evil.no for mer.", "Se oslo.kommune.no for mer."),
    (naming_faults, Fault.NAME, "Spør verneombudet først.", "Spør personvernombudet først."),
    (naming_faults, Fault.NAME, "Det var Microsoft som gjorde det.", "Meta gjorde det."),
    (naming_faults, Fault.CHANNEL, "Meldingen sendes på SMS.", "Meldingen sendes i posten."),
    (naming_faults, Fault.NUMBER, "Sett av en dag til arbeidet.", "Sett av tid til arbeidet."),
    (naming_faults, Fault.DATE, "Vakten er åpen i helgene.", "Vakten er åpen."),
    (polarity_faults, Fault.NEGATION, "Loven gjelder ikke her.", "Loven gjelder her."),
    (polarity_faults, Fault.NEGATION, "Loven gjelder her.", "Loven gjelder ikke her."),
    (
        polarity_faults,
        Fault.NEGATION,
        "Kommunen har retningslinjer for oversettelse.",
        "Det er ikke kjent om kommunen har retningslinjer for oversettelse.",
    ),
    (polarity_faults, Fault.NEGATION, "Regelen er kjent.", "Regelen er ukjent."),
    (modality_faults, Fault.MODALITY, "Etaten skal svare.", "Etaten bør svare."),
    (modality_faults, Fault.MODALITY, "Etaten bør svare.", "Etaten skal svare."),
    (modality_faults, Fault.MODALITY, "Etaten kan svare.", "Etaten skal svare."),
    (modality_faults, Fault.MODALITY, "Meldinger er dokumenter.", "Meldinger kan være dokumenter."),
    (modality_faults, Fault.MODALITY, "Etaten er nødt til å svare.", "Etaten kan svare."),
    (
        modality_faults,
        Fault.MODALITY,
        "Etaten trenger ikke å svare.",
        "Etaten skal svare.",
    ),
    (opposite_faults, Fault.ANTONYM, "Terskelen er lav.", "Terskelen er høy."),
    (opposite_faults, Fault.ANTONYM, "Avklar det etter møtet.", "Avklar det før møtet."),
    (
        opposite_faults,
        Fault.ANTONYM,
        "Strategien gjelder internkommunikasjon.",
        "Strategien gjelder ekstern kommunikasjon.",
    ),
    (
        opposite_faults,
        Fault.MIXED,
        "Noen fikk meldingen på engelsk, og andre fikk den på norsk.",
        "Noen fikk meldingen på norsk, og andre fikk den på engelsk.",
    ),
    (scope_faults, Fault.SCOPE, "Alle innbyggere får brev.", "Innbyggere får brev."),
    (scope_faults, Fault.SCOPE, "Bare etaten svarer.", "Etaten svarer."),
    (scope_faults, Fault.SCOPE, "Etaten svarer.", "Bare etaten svarer."),
    (scope_faults, Fault.SCOPE, "Svaret kommer raskt.", "Svaret kommer vanligvis raskt."),
    (scope_faults, Fault.SCOPE, "Ansatte mangler tilgang.", "Noen ansatte mangler tilgang."),
    (
        condition_faults,
        Fault.CONDITION,
        "Etaten varsler partene.",
        "Etaten varsler partene når vedtaket er klart.",
    ),
    (
        condition_faults,
        Fault.CONDITION,
        "Etaten varsler partene hvis de har dårlig tid.",
        "Etaten varsler partene.",
    ),
    (
        agent_faults,
        Fault.AGENT,
        "Byrådet skal veilede kommunen.",
        "Kommunen skal veilede byrådet.",
    ),
    (
        agent_faults,
        Fault.AGENT,
        "Strategien blir erstattet av planen.",
        "Planen blir erstattet av strategien.",
    ),
    (
        agent_faults,
        Fault.AGENT,
        "Det er etaten som bestemmer.",
        "Det er byrådet som bestemmer over etaten.",
    ),
    (
        mixture_faults,
        Fault.MIXED,
        "Mer enn 50 000 innbyggere får hjelp.",
        "Mer enn 50 000 ansatte hjelper over 700 000 innbyggere.",
    ),
    (
        mixture_faults,
        Fault.MIXED,
        "Byrådet eier innholdet, mens etaten godkjenner sidene.",
        "Etaten eier innholdet, mens byrådet godkjenner sidene.",
    ),
    (
        substance_faults,
        Fault.ADDITION,
        "Etaten svarer, og juryen deler ut premier og blomster.",
        "Etaten svarer.",
    ),
    (
        substitution_faults,
        Fault.ANTONYM,
        "Lederen vurderer økonomiske følger for saken.",
        "Lederen vurderer juridiske følger for saken.",
    ),
]


@pytest.mark.parametrize(("rule", "fault", "claim", "evidence"), FAULTY)
def test_a_fault_is_found(rule: Rule, fault: Fault, claim: str, evidence: str) -> None:
    assert fault in faults_of(rule, claim, evidence)


SOUND = [
    ("Det er hvert team som fyller ut erklæringen.", "Hvert team fyller ut erklæringen."),
    ("Innbyggerne skal varsles av etaten.", "Etaten skal varsle innbyggerne."),
    ("Kommuneloven gir plikt til å informere.", "Kommunen har informasjonsplikt etter loven."),
    ("I fredstid kan ingen andre enn politiet varsle.", "I fredstid kan bare politiet varsle."),
    (
        "Nyheter kan bare deles når lederen har godkjent det.",
        "Nyheter skal ikke deles uten godkjenning fra lederen.",
    ),
    ("Regelen er ukjent.", "Regelen er ikke kjent."),
    ("Etaten plikter å svare.", "Etaten skal svare."),
    ("Dere bør svare.", "Prosjektets råd er å svare."),
    ("Du må spørre lederen.", "Spør lederen."),
    ("Spør lederen.", "Spør lederen."),
    (
        "Har vedtaket kommet, varsler etaten partene.",
        "Etaten varsler partene når vedtaket har kommet.",
    ),
    ("Dere skal bruke e-post, ikke brev.", "Dere skal bruke e-post, ikke brev."),
    ("Svaret kommer som regel raskt.", "Svaret kommer vanligvis raskt."),
    ("Enkelte ansatte har ikke tilgang.", "Noen ansatte mangler tilgang."),
    ("Kommunen har over 50 000 medarbeidere.", "Mer enn 50 000 ansatte jobber i kommunen."),
]


@pytest.mark.parametrize(("claim", "evidence"), SOUND)
def test_other_words_for_the_same_are_sound(claim: str, evidence: str) -> None:
    assert list(judge(case_of(claim, evidence))) == []


def test_advice_in_the_line_above_makes_advice_of_an_imperative() -> None:
    context = ("Hva gjør vi?", "Rådene under er prosjektets eget forslag:")
    assert faults_of(modality_faults, "Dere bør spørre.", "Spør.", context=context) == set()
    duty = faults_of(modality_faults, "Dere må spørre lederen.", "Spør lederen.", context=context)
    assert duty == {Fault.MODALITY}


def test_a_list_item_is_read_under_its_lead_in() -> None:
    context = ("Digdir råder til å holde disse opplysningene utenfor verktøyene:",)
    assert (
        list(
            judge(
                case_of(
                    "Helseopplysninger bør holdes utenfor verktøyene.",
                    "helseopplysninger",
                    context=context,
                )
            )
        )
        == []
    )


def test_headings_supply_words_but_no_numbers() -> None:
    context = ("Strategi for 2030",)
    assert (
        faults_of(naming_faults, "Strategien er vedtatt.", "Den er vedtatt.", context=context)
        == set()
    )
    found = faults_of(exact_faults, "Den er vedtatt i 2030.", "Den er vedtatt.", context=context)
    assert found == {Fault.DATE}


TWO = ("Språklova trådte i kraft i 2022.", "Tolkeloven gjelder for offentlige organer.")


def test_each_clause_may_rest_on_its_own_sentence() -> None:
    claim = "Språklova trådte i kraft i 2022, og tolkeloven gjelder for offentlige organer."
    assert list(judge(case_of(claim, *TWO))) == []


def test_a_number_may_not_wander_between_sentences() -> None:
    claim = "Tolkeloven gjelder for offentlige organer fra 2022."
    assert Fault.MIXED in set(judge(case_of(claim, *TWO)))


@pytest.mark.parametrize(
    ("claim", "fault"),
    [
        ("Employees must ask before they publish.", None),
        ("Employees should ask before they publish.", Fault.MODALITY),
        ("Employees must not ask before they publish.", Fault.NEGATION),
        ("Only employees must ask before they publish.", Fault.SCOPE),
    ],
)
def test_english_claims_on_norwegian_evidence(claim: str, fault: Fault | None) -> None:
    found = set(judge(case_of(claim, "Ansatte skal spørre før de publiserer.", language="en")))
    assert found == ({fault} if fault else set())


@pytest.mark.parametrize(
    ("claim", "language", "fault"),
    [
        ("Foreldre må samtykke.", "nb", None),
        ("Rodzice muszą wyrazić zgodę.", "pl", None),
        ("Rodzice mogą wyrazić zgodę.", "pl", Fault.MODALITY),
        ("Rodzice nie muszą wyrazić zgody.", "pl", Fault.NEGATION),
        ("Die Eltern müssen zustimmen.", "de", None),
        ("Die Eltern müssen immer zustimmen.", "de", Fault.SCOPE),
        ("Die Eltern müssen zustimmen, sagt IMDi.", "de", Fault.NAME),
    ],
)
def test_what_can_be_held_against_other_languages(
    claim: str, language: str, fault: Fault | None
) -> None:
    found = set(judge(case_of(claim, "Foresatte skal samtykke.", language=language)))
    assert (fault in found) if fault else not found
