from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from assistent.passages import split_into_passages
from assistent.types import Block, BlockKind, Document, DocumentInfo, Passage


def count_words(texts: Sequence[str]) -> list[int]:
    return [len(text.split()) for text in texts]


def document(lines: Sequence[tuple[BlockKind, str]], path: str = "a.txt") -> Document:
    """Make a document of lines; list items get a mark before them."""
    text, blocks = "", []
    for kind, content in lines:
        marker = "• " if kind is BlockKind.LIST_ITEM else ""
        start = len(text) + len(marker)
        text += f"{marker}{content}\n"
        level = 1 if kind in {BlockKind.HEADING, BlockKind.LIST_ITEM} else 0
        blocks.append(Block(kind, start, start + len(content), level))
    return Document(DocumentInfo(path, "A"), text, tuple(blocks))


def shown(document: Document, passages: Sequence[Passage]) -> list[list[str]]:
    return [[document.text[s.start : s.end] for s in p.statements] for p in passages]


HEADING, PARAGRAPH, ITEM = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM


def test_passage_never_crosses_a_heading() -> None:
    made = document([(HEADING, "A"), (PARAGRAPH, "En to."), (HEADING, "B"), (PARAGRAPH, "Tre.")])
    passages = split_into_passages(made, count_words)
    assert [p.section for p in passages] == [("A",), ("B",)]
    assert shown(made, passages) == [["A", "En to."], ["B", "Tre."]]
    assert [made.text[p.body_start : p.end].strip() for p in passages] == ["En to.", "Tre."]


def test_long_section_is_cut_between_sentences() -> None:
    made = document([(PARAGRAPH, "En to tre. Fire fem seks. Sju åtte.")])
    passages = split_into_passages(made, count_words, max_tokens=6)
    assert shown(made, passages) == [["En to tre.", "Fire fem seks."], ["Sju åtte."]]


def test_heading_with_nothing_under_it_can_be_quoted() -> None:
    made = document([(HEADING, "Vedtatt 22. mai 2025"), (HEADING, "B"), (PARAGRAPH, "Tekst.")])
    first = split_into_passages(made, count_words)[0]
    assert shown(made, [first]) == [["Vedtatt 22. mai 2025"]]


def test_list_items_remember_the_line_they_hang_under() -> None:
    made = document(
        [(PARAGRAPH, "Vi har. Følgende mål:"), (ITEM, "en"), (ITEM, "to"), (PARAGRAPH, "x")]
    )
    (passage,) = split_into_passages(made, count_words)
    lead_ins = [
        s.lead_in and made.text[s.lead_in.start : s.lead_in.end] for s in passage.statements
    ]
    assert lead_ins == [None, None, "Følgende mål:", "Følgende mål:", None]


def test_lead_in_goes_with_its_first_item_into_the_next_passage() -> None:
    made = document([(PARAGRAPH, "En to tre. Mål er:"), (ITEM, "a b c"), (ITEM, "d")])
    passages = split_into_passages(made, count_words, max_tokens=6)
    assert shown(made, passages) == [["En to tre."], ["Mål er:", "a b c", "d"]]


def test_list_mark_belongs_to_the_passage_of_its_item() -> None:
    made = document([(ITEM, "en to"), (ITEM, "tre fire")])
    passages = split_into_passages(made, count_words, max_tokens=2)
    assert [made.text[p.start : p.end] for p in passages] == ["• en to\n", "• tre fire\n"]


def test_identity_depends_on_document_section_and_text_but_not_on_the_place() -> None:
    lines = [(HEADING, "A"), (PARAGRAPH, "En.")]
    (one,) = split_into_passages(document(lines), count_words)
    later = document([(HEADING, "Først"), (PARAGRAPH, "Annet."), *lines])
    assert split_into_passages(later, count_words)[1].id == one.id
    others = [
        document(lines, path="b.txt"),
        document([(HEADING, "B"), (PARAGRAPH, "En.")]),
        document([(HEADING, "A"), (PARAGRAPH, "To.")]),
    ]
    assert all(split_into_passages(other, count_words)[0].id != one.id for other in others)


def test_same_text_twice_under_one_heading_is_two_passages() -> None:
    made = document([(PARAGRAPH, "En to."), (PARAGRAPH, "En to.")])
    first, second = split_into_passages(made, count_words, max_tokens=2)
    assert first.id != second.id


def test_passage_has_the_page_it_begins_on() -> None:
    text = "A\nEn to.\nTre fire.\n"
    blocks = (
        Block(HEADING, 0, 1, 1, page=1),
        Block(PARAGRAPH, 2, 8, page=1),
        Block(PARAGRAPH, 9, 18, page=2),
    )
    made = Document(DocumentInfo("a.pdf", "A"), text, blocks)
    assert [p.page for p in split_into_passages(made, count_words, max_tokens=2)] == [1, 2]


WORD = st.sampled_from(["en", "to", "Tre.", "Fire!", "f.eks.", "kl.", "Sju:", "åtte"])
LINE = st.tuples(
    st.sampled_from([k for k in BlockKind if k is not BlockKind.TITLE]),
    st.lists(WORD, min_size=1, max_size=12).map(" ".join),
)


@given(st.lists(LINE, min_size=1, max_size=12), st.integers(1, 15))
def test_passages_cover_the_text_and_hold_their_statements(
    lines: list[tuple[BlockKind, str]], limit: int
) -> None:
    made = document(lines)
    passages = split_into_passages(made, count_words, max_tokens=limit)
    assert "".join(made.text[p.start : p.end] for p in passages) == made.text
    assert len({p.id for p in passages}) == len(passages)
    for passage in passages:
        places = [(s.start, s.end) for s in passage.statements]
        assert places == sorted(places)
        assert all(passage.start <= start < end <= passage.end for start, end in places)
        body = [s for s in passage.statements if s.kind is not HEADING]
        words = sum(count_words([made.text[s.start : s.end] for s in body]))
        assert words <= limit or len(body) == 1
