"""What the viewer's tests share: a corpus with PDF files, a real edition, the page read back."""

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import docx
import pptx
from fastapi import FastAPI
from fastapi.testclient import TestClient
from lxml import html

from assistent.answering import Assistant
from assistent.types import Document, Source
from assistent.web.security import SecurityHeaders
from assistent.web.source_pages import build_source_pages
from tests.benchmarks.reader_pdf import LAYOUTS, write_pdf
from tests.benchmarks.reader_sources import source_documents
from tests.fakes import TODAY, WordEmbedder, build
from tests.pictures.papers import Paper
from tests.web.fake_assistant import source
from tests.web.html_select import select

COLUMNS = "pdf/Strategi i spalter – æøå.pdf"
TABLES = "pdf/farger.pdf"
CROSSING = "pdf/rutine.pdf"
RULES = "regler/kantine.md"
LONG = "rapport/lang.md"
WEB = "sider/side.html"
WORD = "regler/Møteplan.docx"
SLIDES = "regler/lysbilder.pptx"

LINE = "Kommunen skal gi informasjon som er lett å finne og forstå for alle, også på mobil"

KATALOG = f"""[[dokument]]
fil = "{COLUMNS}"
tittel = "Kommunikasjonsstrategi i to spalter"
type = "strategi"
eier = "Oslo kommune"
saksnummer = "byrådssak 1038/25"
vedtatt = 2025-05-22
gyldig_fra = 2025-05-22
gyldig_til = 2029-12-31

[[dokument]]
fil = "{RULES}"
tittel = "Kantineordningen"
type = "retningslinje"
eier = "Oslo kommune"
gyldig_fra = 2020-01-01
gyldig_til = 2024-12-31
merknad = "Prisene står på tavlen."
"""

RULES_TEXT = """# Kantineordningen

## Åpningstider
Kantinen åpner klokken elleve. Kantinen stenger klokken fjorten.

## Betaling
Alle betaler med kort. Kontanter kan ikke benyttes.

Følgende kort godtas:
- Adgangskort
  - også gjestekort
- Bankkort

| Vare | Pris |
|------|------|
| Kaffe | 10 kroner |
| Te | 8 kroner |
"""

WEB_TEXT = """<!doctype html><html lang="nb"><head><title>Hjelp</title></head><body><main>
<h1>Hjelp til ansatte</h1><h2>Passord</h2>
<p>Bytt passord hvert år, og velg et langt passord som du ikke bruker andre steder.</p>
<h2>Utskrift</h2>
<p>Skriveren står i gangen, og den krever adgangskort for at arket skal komme ut.</p>
</main></body></html>"""


def viewed_corpus(folder: Path, *, chapters: int = 30) -> Path:
    """Write a corpus with a document of every kind, one of them long."""
    corpus = folder / "korpus"
    for name in ("pdf", "regler", "rapport", "sider"):
        (corpus / name).mkdir(parents=True)
    documents = source_documents()
    write_pdf(documents[0], corpus / COLUMNS, LAYOUTS["to spalter"])
    write_pdf(documents[2], corpus / TABLES, LAYOUTS["én spalte"])
    _write_crossing(corpus / CROSSING)
    (corpus / RULES).write_text(RULES_TEXT, encoding="utf-8")
    (corpus / LONG).write_text(long_text(chapters), encoding="utf-8")
    (corpus / WEB).write_text(WEB_TEXT, encoding="utf-8")
    _write_word(corpus / WORD)
    _write_slides(corpus / SLIDES)
    (corpus / "katalog.toml").write_text(KATALOG, encoding="utf-8")
    return corpus


def long_text(chapters: int) -> str:
    """A document of many chapters; sentence S of part P of chapter C stands once."""
    parts = ["# Lang rapport"]
    for chapter in range(1, chapters + 1):
        parts.append(f"## Kapittel {chapter}")
        for part in range(1, 6):
            parts.append(f"### Del {chapter}.{part}")
            parts += [
                f"Setning {number} i del {part} av kapittel {chapter} sier noe om kanaler. {LINE}."
                for number in range(1, 9)
            ]
    return "\n\n".join(parts)


def _write_crossing(path: Path) -> None:
    paper = Paper(path)
    paper.heading("Rutine for svar", 20)
    paper.heading("Bakgrunn")
    paper.paragraph(LINE, LINE.lower())
    paper.new_page()
    paper.paragraph("og den fortsetter på neste side før den endelig slutter.", "Mer står her.")
    paper.heading("Videre")
    paper.paragraph(LINE + ".")
    paper.new_page(turned=True)
    paper.heading("Vedlegg")
    paper.paragraph("Tabellen er bred, og derfor ligger siden.")
    paper.new_page()
    paper.canvas.rect(100, 100, 200, 200, fill=1)
    paper.canvas.save()


def _write_word(path: Path) -> None:
    file = docx.Document()
    file.add_heading("Møteplan", 0)
    file.add_heading("Før møtet", 1)
    file.add_heading("Innkalling", 2)
    file.add_paragraph("Innkallingen sendes en uke før. Den skal være kort.")
    for text in ("sted", "tid", "saker"):
        file.add_paragraph(text, style="List Bullet")
    rows = (("Rolle", "Ansvar"), ("Leder", "Innkaller"), ("Sekretær", "Skriver referat"))
    table = file.add_table(len(rows), 2)
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    file.save(str(path))


def _write_slides(path: Path) -> None:
    file = pptx.Presentation()
    for title, text in (("Klart språk", "Skriv til én leser."), ("Kanaler", "Velg én hovedkanal.")):
        slide = file.slides.add_slide(file.slide_layouts[1])
        slide.shapes.title.text = title
        slide.placeholders[1].text = text
    file.save(str(path))


def assistant_over(corpus: Path, index: Path) -> Assistant:
    """Build an edition of a corpus, embedded as words, and open it."""
    build(corpus, index)
    return Assistant(index, WordEmbedder(), today=lambda: TODAY)


def client_of(assistant: Assistant, corpus: Path, today: date = TODAY) -> TestClient:
    """The viewer alone, with the headers it is served with."""
    app = FastAPI()
    app.include_router(build_source_pages(assistant, corpus=corpus, today=lambda: today))
    app.add_middleware(SecurityHeaders)
    return TestClient(app)


def quote_of(document: Document, quote: str, number: int = 1) -> Source:
    return source(document, number, quote)


def shown(page: str) -> html.HtmlElement:
    return html.document_fromstring(page)


def marked(page: str | html.HtmlElement) -> str:
    """Everything that is marked, to the letter; the words that announce it are left out."""
    tree = shown(page) if isinstance(page, str) else page
    return "".join(each.text_content() for each in select(tree, "mark"))


def words(elements: Sequence[html.HtmlElement]) -> str:
    return re.sub(r"\s+", " ", " ".join(each.text_content() for each in elements)).strip()
