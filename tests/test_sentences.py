from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistent.sentences import sentence_spans


def sentences(text: str) -> list[str]:
    return [text[span.start : span.end] for span in sentence_spans(text, 0, len(text))]


@pytest.mark.parametrize(
    "text",
    [
        "Bruk andre kanaler, f.eks. Intranett eller møter.",
        "Kommunen har plikt til dette, jf. Kommuneloven § 4-1.",
        "Se sak nr. 1038/25 i arkivet.",
        "Møtet er kl. 10.00 i Rådhuset.",
        "Det gjelder bl.a. Bymiljøetaten og andre.",
        "Plikten står i kommuneloven § 4-1. ledd er ikke delt.",
        "Strategien gjelder fra 22. mai 2025.",
        "Den ble vedtatt 22. 5. 2025 i byrådet.",
        "Ring E. L. Solberg ved behov.",
        "Les kap. 3 og pkt. 4, ev. Vedlegg 2.",
        "Se s. 12 og art. 5 nr. 1.",
        "Rundt ca. 50 000 ansatte, dvs. Alle.",
        "1. Oslo kommune er én aktør",
        "§ 4-1. Kommuner og fylkeskommuner skal aktivt informere",
    ],
)
def test_abbreviations_and_numbers_do_not_end_a_sentence(text: str) -> None:
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Skriv kort. Skriv klart.", 2),
        ("Hvem leser? Alle leser! Bra.", 3),
        ("Kommunen sa «Nei.» Så ble det stille.", 2),
        ("Det gjelder § 4-1. Kommunen skal informere.", 2),
        ("Bruk penn, papir osv. Husk viskelær.", 2),
        ("Se listen (den er lang). Neste setning.", 2),
        ("Den gjelder fra 2025. Den erstatter den gamle.", 2),
        ("Svar innen kl. 15. Etter det er det stengt.", 2),
    ],
)
def test_sentences_end_where_readers_see_it(text: str, count: int) -> None:
    assert len(sentences(text)) == count


texts = st.text(alphabet=st.sampled_from("aB.!?… \n§1-«»()jfnr"), max_size=80) | st.text(
    max_size=60
)


@given(texts)
def test_sentences_hold_every_visible_character_once_and_in_order(text: str) -> None:
    spans = sentence_spans(text, 0, len(text))
    assert "".join("".join(text[s.start : s.end].split()) for s in spans) == "".join(text.split())
    assert all(first.end <= second.start for first, second in pairwise(spans))
    assert all(text[s.start : s.end] == text[s.start : s.end].strip() != "" for s in spans)


@given(texts, st.integers(0, 20), st.integers(0, 20))
def test_offsets_count_from_the_beginning_of_the_whole_text(text: str, cut: int, end: int) -> None:
    start, stop = min(cut, len(text)), max(min(cut, len(text)), len(text) - end)
    shifted = sentence_spans(text[start:stop], 0, stop - start)
    assert [(s.start, s.end) for s in sentence_spans(text, start, stop)] == [
        (s.start + start, s.end + start) for s in shifted
    ]
