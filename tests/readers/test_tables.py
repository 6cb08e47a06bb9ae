from __future__ import annotations

from assistent.readers.tables import looks_like_head, row_sentence, table_drafts
from assistent.types import BlockKind

COLOURS = [
    ["Farge", "Kode", "Brukes til"],
    ["dark-blue-1000", "#2a2859", "brødtekst"],
    ["red-1000", "#ff8274", ""],
]


def test_a_row_becomes_a_sentence_that_keeps_its_column_heads() -> None:
    rows = [draft.text for draft in table_drafts(COLOURS)]
    assert rows == [
        "Farge: dark-blue-1000. Kode: #2a2859. Brukes til: brødtekst.",
        "Farge: red-1000. Kode: #ff8274.",
    ]


def test_every_row_is_one_block_with_its_page() -> None:
    drafts = table_drafts(COLOURS, page=3)
    assert {(draft.kind, draft.page) for draft in drafts} == {(BlockKind.TABLE_ROW, 3)}


def test_names_and_values_have_no_heads() -> None:
    drafts = table_drafts([["Saksnummer:", "1038/25"], ["Eier:", "Byrådslederens kontor"]])
    assert [draft.text for draft in drafts] == [
        "Saksnummer: – 1038/25",
        "Eier: – Byrådslederens kontor",
    ]


def test_numbers_in_the_first_row_are_no_heads() -> None:
    assert not looks_like_head([["2024", "12 000"], ["2025", "13 000"]])


def test_a_lone_row_is_written_whole() -> None:
    assert [d.text for d in table_drafts([["Kanal", "Frist"]])] == ["Kanal – Frist"]


def test_a_cell_across_the_row_stands_alone() -> None:
    assert row_sentence(["Ansatte", "", ""], ["Kanal", "Frist", "Eier"]) == "Ansatte"


def test_a_cell_under_an_empty_head_is_written_without_one() -> None:
    head = ["", "Intranett", "E-post"]
    assert row_sentence(["Nyheter", "ja", "nei"], head) == "Nyheter. Intranett: ja. E-post: nei."


def test_a_full_stop_is_not_doubled_and_a_question_keeps_its_mark() -> None:
    assert row_sentence(["Byrådet.", "Ja"], ["Hvem?", "Frist"]) == "Hvem? Byrådet. Frist: Ja."


def test_empty_rows_and_columns_are_left_out() -> None:
    drafts = table_drafts([["A", "", "B"], ["", "", ""], ["en", "", "to"]], has_head=True)
    assert [draft.text for draft in drafts] == ["A: en. B: to."]


def test_line_ends_in_cells_become_spaces() -> None:
    drafts = table_drafts([["Kanal", "Om"], ["Oslo.kommune.no", "for\nalle"]])
    assert drafts[0].text == "Kanal: Oslo.kommune.no. Om: for alle."


def test_an_empty_table_gives_nothing() -> None:
    assert table_drafts([]) == []
    assert table_drafts([["", ""]]) == []
