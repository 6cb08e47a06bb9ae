"""The cells of a table are found again in the sentences of its rows."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assistent.readers.row_cells import split_rows
from assistent.readers.tables import row_sentence


def cells(rows: list[str]) -> list[list[tuple[int, str, str]]]:
    """Each row as its cells: column, name, words."""
    return [
        [(cell.column, row[cell.start : cell.body], row[cell.body : cell.end]) for cell in split]
        for row, split in zip(rows, split_rows(rows), strict=True)
    ]


HEAD = ("Kanal", "Brukes til", "Eier")


def test_rows_with_heads_are_cut_before_each_head() -> None:
    rows = [
        row_sentence(("SMS", "varsler. Kun akutt: se planen", "UKE"), HEAD),
        row_sentence(("Nettsted", "alt som varer", "Byrådet"), HEAD),
    ]
    assert cells(rows) == [
        [(0, "Kanal: ", "SMS."), (1, "Brukes til: ", "varsler. Kun akutt: se planen."),
         (2, "Eier: ", "UKE.")],
        [(0, "Kanal: ", "Nettsted."), (1, "Brukes til: ", "alt som varer."),
         (2, "Eier: ", "Byrådet.")],
    ]  # fmt: skip


def test_a_row_that_lacks_a_cell_keeps_the_columns_of_the_others() -> None:
    rows = [
        row_sentence(("SMS", "varsler", "UKE"), HEAD),
        row_sentence(("Plakat", "", "Bydelen"), HEAD),
        row_sentence(("Film", "kampanjer", "UKE"), HEAD),
    ]
    assert [[cell[0] for cell in row] for row in cells(rows)] == [[0, 1, 2], [0, 2], [0, 1, 2]]


def test_rows_without_heads_are_cut_at_the_dashes() -> None:
    rows = [row_sentence(("Eier", "Byrådet")), row_sentence(("Frist", "mai"))]
    assert cells(rows) == [
        [(0, "", "Eier"), (1, "", "Byrådet")],
        [(0, "", "Frist"), (1, "", "mai")],
    ]


def test_what_cannot_be_cut_is_one_cell() -> None:
    rows = ["Eier – Byrådet", "Frist – mai – juni", "Bare tekst"]
    assert cells(rows) == [[(0, "", row)] for row in rows]
    assert cells(["Merk: En rad. Alene: nei."]) == [[(0, "", "Merk: En rad. Alene: nei.")]]


_CELL = st.text("abcæøå ", min_size=1, max_size=12).map(str.strip).filter(bool)


@given(st.lists(st.tuples(_CELL, _CELL, _CELL), min_size=2, max_size=5))
def test_a_written_table_comes_back(table: list[tuple[str, str, str]]) -> None:
    rows = [row_sentence(row, HEAD) for row in table]
    assert [[words.rstrip(".") for _, _, words in row] for row in cells(rows)] == [
        list(row) for row in table
    ]


@given(st.lists(st.text("ab:. –|\t", max_size=30), min_size=1, max_size=5))
def test_cells_lie_in_their_row_in_order(rows: list[str]) -> None:
    for row, split in zip(rows, split_rows(rows), strict=True):
        edges = [edge for cell in split for edge in (cell.start, cell.body, cell.end)]
        assert edges == sorted(edges)
        assert edges[0] == 0
        assert edges[-1] == len(row)
        assert [cell.column for cell in split] == sorted({cell.column for cell in split})
