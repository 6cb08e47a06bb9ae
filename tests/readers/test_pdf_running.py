from __future__ import annotations

from assistent.readers.pdf_lines import Piece
from assistent.readers.pdf_running import without_running_lines


def line(text: str, y: float, size: float = 10, bold: bool = False) -> Piece:
    return Piece(text, 70, 300, y, size, bold)


def kept(*pages: list[Piece], body_size: float = 10) -> list[list[str]]:
    result = without_running_lines(pages, [842.0] * len(pages), body_size)
    return [[piece.text for piece in page] for page in result]


def test_lines_that_repeat_in_the_margins_go() -> None:
    pages = [
        [line("Oslo kommune", 40), line(f"tekst {n}", 300), line(f"Side {n}", 810)]
        for n in range(1, 6)
    ]
    assert kept(*pages) == [[f"tekst {n}"] for n in range(1, 6)]


def test_lines_that_repeat_in_the_middle_of_the_page_stay() -> None:
    pages = [[line("Samme setning", 400)] for _ in range(5)]
    assert kept(*pages) == [["Samme setning"]] * 5


def test_left_and_right_pages_may_have_different_footers() -> None:
    pages = [[line("Plan" if n % 2 else "Oslo", 810), line(f"{n}", 825)] for n in range(1, 9)]
    assert kept(*pages) == [[]] * 8


def test_headings_that_count_are_no_page_numbers() -> None:
    large = [[line(f"Mål {n}", 60, size=16)] for n in range(1, 6)]
    bold = [[line(f"Mål {n}", 60, bold=True)] for n in range(1, 6)]
    assert kept(*large) == kept(*bold) == [[f"Mål {n}"] for n in range(1, 6)]


def test_a_single_page_loses_only_its_page_number() -> None:
    assert kept([line("Oslo kommune", 40), line("Side 1 av 1", 810)]) == [["Oslo kommune"]]


def test_a_year_at_the_foot_of_one_page_stays() -> None:
    assert kept([line("2025", 810)], [line("noe", 300)], [line("annet", 300)])[0] == ["2025"]
