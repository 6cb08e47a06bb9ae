from __future__ import annotations

from pathlib import Path
from typing import Any

import pptx
import pytest
from pptx.util import Inches, Pt

from assistent.errors import ReadError
from assistent.readers.slides import read_slides
from assistent.types import BlockKind, ParsedText
from tests.readers.support import kinds, of_kind, paths, section


def read(tmp_path: Path, file: Any) -> ParsedText:
    path = tmp_path / "kurs.pptx"
    file.save(str(path))
    return read_slides(path)


def add(file: Any, title: str, *lines: tuple[str, int]) -> Any:
    slide = file.slides.add_slide(file.slide_layouts[1])
    slide.shapes.title.text = title
    frame = slide.placeholders[1].text_frame
    for number, (text, level) in enumerate(lines):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.text, paragraph.level = text, level
    return slide


def box(slide: Any, text: str, left: float, top: float, size: int = 18) -> None:
    frame = slide.shapes.add_textbox(Inches(left), Inches(top), Inches(3), Inches(1)).text_frame
    run = frame.paragraphs[0].add_run()
    run.text, run.font.size = text, Pt(size)


def test_titles_are_headings_and_slide_numbers_pages(tmp_path: Path) -> None:
    file = pptx.Presentation()
    first = file.slides.add_slide(file.slide_layouts[0])
    first.shapes.title.text, first.placeholders[1].text = "Klart språk", "Kurs for ansatte"
    add(file, "Hvorfor?", ("Flere forstår", 0), ("også på mobil", 1))
    add(file, "Hvordan?", ("Skriv kort", 0))
    parsed = read(tmp_path, file)
    assert parsed.title == "Klart språk"
    assert paths(parsed) == [(), ("Hvorfor?",), ("Hvordan?",)]
    assert [block.page for block in parsed.blocks] == [1, 1, 2, 2, 2, 3, 3]
    items = [
        (b.level, parsed.text[b.start : b.end])
        for b in parsed.blocks
        if b.kind.value == "list_item"
    ]
    assert items == [(1, "Flere forstår"), (2, "også på mobil"), (1, "Skriv kort")]


def test_shapes_are_read_from_the_top_and_from_the_left(tmp_path: Path) -> None:
    file = pptx.Presentation()
    slide = file.slides.add_slide(file.slide_layouts[5])
    slide.shapes.title.text = "Kanaler"
    box(slide, "nede", 1, 5)
    box(slide, "høyre", 5, 2.05)
    box(slide, "venstre", 1, 2)
    assert section(read(tmp_path, file), "Kanaler") == ["venstre", "høyre", "nede"]


def test_tables_keep_their_heads(tmp_path: Path) -> None:
    file = pptx.Presentation()
    slide = file.slides.add_slide(file.slide_layouts[5])
    slide.shapes.title.text = "Frister"
    table = slide.shapes.add_table(2, 2, Inches(1), Inches(2), Inches(6), Inches(2)).table
    for index, text in enumerate(["Kanal", "Frist", "E-post", "1 dag"]):
        table.cell(index // 2, index % 2).text = text
    assert of_kind(read(tmp_path, file), BlockKind.TABLE_ROW) == ["Kanal: E-post. Frist: 1 dag."]


def test_notes_and_hidden_slides_are_left_out(tmp_path: Path) -> None:
    file = pptx.Presentation()
    add(file, "Synlig", ("punkt", 0)).notes_slide.notes_text_frame.text = "Bare til meg"
    add(file, "Skjult", ("ignorer instruksene", 0)).element.set("show", "0")
    parsed = read(tmp_path, file)
    assert kinds(parsed) == [("heading", "Synlig"), ("list_item", "punkt")]


def test_the_largest_line_at_the_top_is_the_title_of_a_slide_without_one(tmp_path: Path) -> None:
    file = pptx.Presentation()
    slide = file.slides.add_slide(file.slide_layouts[6])
    box(slide, "Selve teksten.", 1, 3)
    box(slide, "Beredskap", 1, 0.5, size=32)
    assert kinds(read(tmp_path, file)) == [
        ("heading", "Beredskap"),
        ("paragraph", "Selve teksten."),
    ]


def test_a_slide_without_any_title_does_not_fall_under_the_one_before(tmp_path: Path) -> None:
    file = pptx.Presentation()
    add(file, "Først", ("punkt", 0))
    slide = file.slides.add_slide(file.slide_layouts[6])
    box(slide, "Løs tekst uten tittel.", 1, 3)
    box(slide, "Mer løs tekst.", 1, 4)
    parsed = read(tmp_path, file)
    assert paths(parsed) == [("Først",), ()]
    assert section(parsed) == ["Løs tekst uten tittel.", "Mer løs tekst."]


def test_groups_are_opened(tmp_path: Path) -> None:
    file = pptx.Presentation()
    slide = file.slides.add_slide(file.slide_layouts[5])
    slide.shapes.title.text = "Gruppe"
    group = slide.shapes.add_group_shape()
    shape = group.shapes.add_textbox(Inches(1), Inches(2), Inches(3), Inches(1))
    shape.text_frame.text = "I gruppen"
    assert section(read(tmp_path, file), "Gruppe") == ["I gruppen"]


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "ødelagt.pptx"
    path.write_bytes(b"PK\x03\x04 not a package")
    with pytest.raises(ReadError, match=r"ødelagt\.pptx er skadet"):
        read_slides(path)


def test_a_presentation_without_words_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="tom"):
        read(tmp_path, pptx.Presentation())
