from __future__ import annotations

from assistent.readers.pdf_lines import Piece
from assistent.readers.pdf_order import reading_zones


def piece(text: str, left: float, top: float, width: float = 200) -> Piece:
    return Piece(text, left, left + width, top + 10, 10, bold=False)


def order(*pieces: Piece) -> list[str]:
    return [piece.text for zone in reading_zones(pieces) for piece in zone.pieces]


def column(name: str, left: float, top: float, count: int) -> list[Piece]:
    return [
        piece(f"{name}{number} som er en linje", left, top + 14 * number) for number in range(count)
    ]


def names(texts: list[str]) -> str:
    return " ".join(text.split()[0] for text in texts)


def test_one_column_is_read_from_the_top_however_it_was_drawn() -> None:
    assert names(order(*reversed(column("a", 70, 100, 5)))) == "a0 a1 a2 a3 a4"


def test_two_columns_are_read_one_after_the_other() -> None:
    left, right = column("v", 70, 100, 4), column("h", 310, 103, 4)
    mixed = [line for pair in zip(left, right, strict=True) for line in pair]
    assert names(order(*mixed)) == "v0 v1 v2 v3 h0 h1 h2 h3"


def test_three_columns_are_read_one_after_the_other() -> None:
    columns = [
        line for n, left in enumerate((50, 260, 470)) for line in column("abc"[n], left, 100, 4)
    ]
    narrow = [Piece(p.text, p.left, p.left + 180, p.baseline, 10, bold=False) for p in columns]
    assert names(order(*narrow)) == "a0 a1 a2 a3 b0 b1 b2 b3 c0 c1 c2 c3"


def test_a_line_across_the_page_parts_what_stands_above_and_below() -> None:
    pieces = [
        *column("a", 70, 100, 3),
        *column("b", 310, 100, 3),
        piece("midt på siden og tvers over begge", 70, 160, 440),
        *column("c", 70, 190, 3),
        *column("d", 310, 190, 3),
    ]
    assert names(order(*pieces)) == "a0 a1 a2 b0 b1 b2 midt c0 c1 c2 d0 d1 d2"


def test_a_column_of_numbers_beside_text_is_no_column() -> None:
    numbers = [piece(str(number), 400, 100 + 14 * number, 20) for number in range(4)]
    assert names(order(*column("a", 70, 100, 4), *numbers)) == "a0 0 a1 1 a2 2 a3 3"
