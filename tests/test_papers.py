"""One paper, three files: Word, tagged PDF and Markdown say the same."""

import re
import shutil
import subprocess
from datetime import datetime
from io import BytesIO
from pathlib import Path

import docx
import pypdfium2
import pytest
from docx.oxml.ns import qn
from markdown_it import MarkdownIt
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import resolve1

from assistent import forms, texts_tools
from assistent.duties import DecisionAnswers, check_decision
from assistent.papers import Bullets, Heading, Paper, Paragraph, Table, as_markdown, as_pdf, as_word
from assistent.plan import draft_plan, plan_paper
from assistent.receipt import receipt_paper
from tests.fakes import TODAY
from tests.guidance_library import starter_library

HOSTILE = 'a | b <b>*x*</b> [y](z) #h `c` 1. \\ $x$ #panic() "q" & _u_ ~s~'
MADE = datetime(2026, 11, 22, 14, 5)
TRICKY = Paper(
    HOSTILE,
    (
        Heading(2, "1. Første"),
        Paragraph(HOSTILE),
        Paragraph("- ingen liste"),
        Paragraph("+ heller ikke"),
        Paragraph("= rett strek"),
        Bullets((HOSTILE, "# ingen overskrift", "[1] Kilde: «sitat»")),
        Table("Tabell", ("Æ", "Ø | å"), ((("Første", HOSTILE), ()), (("En",), ("To",))), (2, 1)),
        Heading(3, "Siste"),
    ),
    maker="Kommunikasjonsassistenten",
)


def receipt() -> Paper:
    replies = {"ansattes arbeid": "ja", "medieinteresse": "usikker", forms.CRISIS: "nei"}
    check = check_decision(DecisionAnswers(replies, HOSTILE), starter_library(), TODAY)
    done = frozenset({check.lines[0].id})
    return receipt_paper(check, done, starter_library().documents, MADE)


def plan() -> Paper:
    replies = dict.fromkeys(forms.THEMES, forms.YES)
    check = check_decision(DecisionAnswers(replies, "Ny vaktplan"), starter_library(), TODAY)
    return plan_paper(draft_plan(check, starter_library()))


PAPERS = [
    pytest.param(TRICKY, id="tricky"),
    pytest.param(receipt(), id="receipt"),
    pytest.param(plan(), id="plan"),
]


def flat(text: str) -> str:
    return " ".join(text.split())


def lines_of(paper: Paper) -> list[str]:
    return [flat(line) for line in paper.lines() if line.strip()]


def word_lines(document) -> list[str]:
    lines = []
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            cells = (cell for row in block.rows for cell in row.cells)
            lines += [p.text for cell in cells for p in cell.paragraphs]
        else:
            lines.append(block.text)
    return [flat(line) for line in lines if line.strip()]


@pytest.mark.parametrize("paper", PAPERS)
def test_word_holds_the_text_as_headings_lists_and_tables(paper: Paper) -> None:
    document = docx.Document(BytesIO(as_word(paper)))
    assert word_lines(document) == lines_of(paper)
    assert document.core_properties.title == paper.title
    assert document.core_properties.language == "nb-NO"
    assert document.core_properties.author == "Kommunikasjonsassistenten"
    languages = {e.get(qn("w:val")) for e in document.styles.element.iter(qn("w:lang"))}
    assert languages == {"nb-NO"}
    headings = [p.style.name for p in document.paragraphs if p.style.name.startswith("Heading")]
    assert headings[0] == "Heading 1"
    assert headings.count("Heading 1") == 1
    for table in document.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


@pytest.mark.parametrize("paper", PAPERS)
def test_markdown_is_read_back_as_the_same_text(paper: Paper) -> None:
    reader = MarkdownIt("commonmark").enable("table")
    lines = []
    for token in reader.parse(as_markdown(paper).decode()):
        if token.type != "inline":
            continue
        line = ""
        for child in token.children or []:
            if child.type == "html_inline":
                assert child.content == "<br>"
                lines.append(line)
                line = ""
            elif child.type in ("text", "text_special", "softbreak"):
                line += child.content
            else:
                assert child.type in ("strong_open", "strong_close"), child.type
        lines.append(line)
    assert [flat(line) for line in lines if line.strip()] == lines_of(paper)


def tags(element, found: list[str]) -> list[str]:
    element = resolve1(element)
    if isinstance(element, list):
        for each in element:
            tags(each, found)
    elif isinstance(element, dict):
        if "S" in element:
            found.append(element["S"].name)
        if "K" in element:
            tags(element["K"], found)
    return found


@pytest.mark.parametrize("paper", PAPERS)
def test_the_pdf_is_tagged_and_says_its_language_and_title(paper: Paper) -> None:
    document = PDFDocument(PDFParser(BytesIO(as_pdf(paper))))
    catalog = document.catalog
    assert resolve1(catalog["Lang"]).decode().casefold() == "nb-no"
    assert resolve1(catalog["MarkInfo"])["Marked"] is True
    assert resolve1(catalog["ViewerPreferences"])["DisplayDocTitle"] is True
    title = resolve1(document.info[0]["Title"])
    plain = title.decode("utf-16") if title.startswith(b"\xfe\xff") else title.decode("latin-1")
    assert plain == paper.title
    assert b"pdfuaid:part" in resolve1(catalog["Metadata"]).get_data()
    found = tags(catalog["StructTreeRoot"], [])
    assert found.count("H1") == 1
    assert found.count("H2") == sum(isinstance(b, Heading) and b.level == 2 for b in paper.blocks)
    tables = [b for b in paper.blocks if isinstance(b, Table)]
    assert found.count("Table") == len(tables)
    assert found.count("TH") == sum(len(table.header) for table in tables)
    assert found.count("LI") == sum(len(b.items) for b in paper.blocks if isinstance(b, Bullets))


def solid(text: str) -> str:
    """Leave out space and hyphens: PDFium has a sign of its own for a hyphen that ends a line."""
    return re.sub(r"[\s\-\x02\ufffe]+", "", text)


@pytest.mark.parametrize("paper", PAPERS)
def test_the_pdf_holds_all_of_the_text_in_order(paper: Paper) -> None:
    document = pypdfium2.PdfDocument(as_pdf(paper))
    pages = [page.get_textpage().get_text_bounded() for page in document]
    text = solid("".join(pages))
    at = 0
    for line in lines_of(paper):
        wanted = solid(line)
        found = text.find(wanted, at)
        assert found >= 0, line
        at = found + len(wanted)


def test_a_character_that_no_font_has_still_gives_a_tagged_pdf() -> None:
    made = as_pdf(Paper("Tittel", (Paragraph("漢字 😀"),)))
    found = tags(PDFDocument(PDFParser(BytesIO(made))).catalog["StructTreeRoot"], [])
    assert "H1" in found


def test_papers_are_made_alike_each_time() -> None:
    assert as_markdown(receipt()) == as_markdown(receipt())
    assert "Laget" in as_markdown(receipt()).decode()
    assert "22. november 2026 kl. 14.05" in as_markdown(receipt()).decode()


def test_the_plan_fills_in_what_the_registers_say_and_asks_the_rest() -> None:
    paper = plan()
    titles = [block.text for block in paper.blocks if isinstance(block, Heading)]
    assert titles == [*texts_tools.PLAN_QUESTIONS, texts_tools.RECEIPT_SOURCES]
    *fields, sources = [block for block in paper.blocks if isinstance(block, Bullets)]
    numbers = {
        int(n) for field in fields for item in field.items for n in re.findall(r"\[(\d+)\]", item)
    }
    assert numbers == set(range(1, len(sources.items) + 1))
    for field in fields:
        assert any("?" in item for item in field.items)
        assert any("?" not in item for item in field.items)
    by_title = {d.info.title: d.text for d in starter_library().documents.values()}
    for item in sources.items:
        place, quote = item.split("] ", 1)[1].split("): «", 1)
        text = next(text for title, text in by_title.items() if place.startswith(title))
        assert quote[:-1] in flat(text)


def test_a_plan_without_answers_asks_for_the_audience() -> None:
    replies = dict.fromkeys(forms.THEMES, forms.NO)
    check = check_decision(DecisionAnswers(replies), starter_library(), TODAY)
    fields = {field.title: field for field in draft_plan(check, starter_library()).fields}
    assert fields[texts_tools.PLAN_CHANNEL].facts == ()
    assert fields[texts_tools.PLAN_CHANNEL].questions == (texts_tools.PLAN_NO_AUDIENCE,)


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice (soffice) is not installed")
def test_libreoffice_reads_the_same_text(tmp_path: Path) -> None:
    paper = receipt()
    file = tmp_path / "kvittering.docx"
    file.write_bytes(as_word(paper))
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation=file://{tmp_path}/profil",
            "--headless",
            "--convert-to",
            "txt:Text (encoded):UTF8",
            "--outdir",
            str(tmp_path),
            str(file),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    text = file.with_suffix(".txt").read_text("utf-8-sig")
    lines = [flat(line).removeprefix("• ") for line in text.splitlines() if line.strip()]
    assert lines == lines_of(paper)
