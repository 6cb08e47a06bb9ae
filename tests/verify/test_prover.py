"""The prover as the writer of an answer meets it."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistent.embedding import Embedder
from assistent.readers import read_file
from assistent.sentences import sentence_spans
from assistent.verify import Fault, Prover
from tests.claim_pairs.measure import judge, read_pairs
from tests.fakes import WordEmbedder
from tests.verify.support import evidence

KORPUS = Path(__file__).resolve().parents[2] / "korpus"
SENTENCE = "Etaten skal varsle innbyggerne innen to uker (språklova § 9)."


@pytest.fixture(scope="module")
def prover() -> Prover:
    """A prover whose floor is made of words, so that it takes no model."""
    return Prover(WordEmbedder())


@pytest.mark.parametrize(
    "claim",
    [
        SENTENCE,
        SENTENCE.removesuffix("."),
        f"«{SENTENCE}»",
        SENTENCE.replace(" skal ", "  skal "),
    ],
)
def test_a_quote_is_proven(prover: Prover, claim: str) -> None:
    assert prover.prove(claim, evidence(SENTENCE)).supported


@pytest.mark.parametrize("claim", ["", "   ", ".", "Det er det.", "123", "§ 9", "…"])
def test_what_says_nothing_is_never_proven(prover: Prover, claim: str) -> None:
    assert not prover.prove(claim, evidence(SENTENCE)).supported


def test_nothing_proves_without_evidence(prover: Prover) -> None:
    assert prover.prove(SENTENCE, ()).faults == (Fault.EMPTY,)


@pytest.mark.parametrize(
    ("claim", "fault"),
    [
        ("Etaten skal varsle <b>innbyggerne</b>.", Fault.FORM),
        ("Etaten skal varsle ![bilde](x) innbyggerne.", Fault.FORM),
        ("Etaten skal varsle [innbyggerne](https://evil.no).", Fault.FORM),
        ("Etaten skal varsle innbyggerne\u202e.", Fault.FORM),
        ("Skal etaten varsle innbyggerne?", Fault.FORM),
        ("Etaten skal varsle innbyggerne. " * 30, Fault.FORM),
        ("Etaten skal varsle innbyggerne på evil.no.", Fault.ADDRESS),
        ("Etaten skal varsle innbyggerne på a@evil.no.", Fault.ADDRESS),
        ("Агентство должно предупредить жителей.", Fault.LANGUAGE),
        ("一 二 三 四 五", Fault.LANGUAGE),
        ("Sida ay sheegtay hay'adda waxay u digaysaa dadka deggan.", Fault.LANGUAGE),
    ],
)
def test_what_is_stopped_at_once(prover: Prover, claim: str, fault: Fault) -> None:
    verdict = prover.prove(claim, evidence(SENTENCE))
    assert not verdict.supported
    assert fault in verdict.faults


def test_an_address_of_the_evidence_may_be_repeated(prover: Prover) -> None:
    source = "Etaten legger alle svar ut på oslo.kommune.no."
    assert prover.prove("Etaten legger alle svar ut på oslo.kommune.no", evidence(source)).supported


def test_the_language_asked_for_yields_to_the_words(prover: Prover) -> None:
    claim = "The agency should warn the residents within two weeks."
    assert Fault.MODALITY in prover.prove(claim, evidence(SENTENCE), language="nb").faults


def test_the_verdict_names_each_fault_once(prover: Prover) -> None:
    claim = "Verneombudet og ordføreren bør varsle innbyggerne innen fem uker."
    faults = prover.prove(claim, evidence(SENTENCE)).faults
    assert len(set(faults)) == len(faults)
    assert {Fault.NAME, Fault.NUMBER, Fault.MODALITY} <= set(faults)


@settings(max_examples=300, deadline=None)
@given(
    st.text(max_size=200),
    st.text(max_size=200),
    st.sampled_from(["nb", "nn", "en", "pl", "", "x-y"]),
)
def test_no_text_raises(claim: str, text: str, language: str) -> None:
    Prover(WordEmbedder()).prove(claim, evidence(text or "a"), language=language)


WORDS = st.sampled_from(
    """
    etaten skal ikke bør kan bare alle hvis når som at og men , . : § 9 4-1 to tre 2022 1. mai i før
    etter uten med mindre innbyggerne Oslo KS e-post 50 000 prosent er blir har av til fra den det
    «Punkt» riks- a/b 1038/25 klokka 8–16 #ff82 http://x.no ı İ ß ﬁ
    """.split()
)


@settings(max_examples=300, deadline=None)
@given(st.lists(WORDS, max_size=25), st.lists(WORDS, min_size=1, max_size=25))
def test_no_heap_of_words_raises(claim: list[str], text: list[str]) -> None:
    prover = Prover(WordEmbedder())
    for language in ("nb", "en", "de"):
        prover.prove(" ".join(claim), evidence(" ".join(text), "Etaten svarer."), language=language)


def corpus_sentences() -> list[str]:
    texts = [read_file(path).text for path in sorted(KORPUS.glob("**/*.md"))]
    return [
        text[span.start : span.end]
        for text in texts
        for span in sentence_spans(text, 0, len(text))
        if len(span_text := text[span.start : span.end]) < 600 and "\n" not in span_text
    ]


def test_every_sentence_of_the_corpus_proves_itself_and_not_its_neighbour(prover: Prover) -> None:
    sentences = corpus_sentences()
    assert len(sentences) > 500
    assert all(prover.prove(each, evidence(each)).supported for each in sentences)
    proven = [
        one
        for one, other in itertools.pairwise(sentences)
        if one != other and prover.prove(one, evidence(other)).supported
    ]
    assert len(proven) <= 0.01 * len(sentences), proven


@pytest.mark.model
def test_the_half_for_tuning_is_judged_as_well_as_it_was(real_embedder: Embedder) -> None:
    judged = judge(read_pairs("dev"), Prover(real_embedder))
    wrong = [each for each in judged if not each.pair["supported"]]
    good = [each for each in judged if each.pair["supported"]]
    assert sum(each.right for each in wrong) >= 0.87 * len(wrong)
    assert sum(not each.right for each in good) <= 0.13 * len(good)
    certain = [
        each
        for each in wrong
        if each.pair["fault"] in {"number", "date", "paragraph", "negation", "modality"}
    ]
    assert sum(each.right for each in certain) >= 0.98 * len(certain)
