"""Small PDF files to look for quotes in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from reportlab.lib import colors
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Table, TableStyle

from assistent.readers import read_file
from assistent.types import Document, DocumentInfo

WIDTH, HEIGHT = 595, 842
LEFT = 70.0


class Paper:
    """Draws lines from the top down; pages may lie on their side."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.canvas = Canvas(str(path), pagesize=(WIDTH, HEIGHT))
        self.y = 770.0

    def line(self, text: str, size: float = 11, *, bold: bool = False, left: float = LEFT) -> None:
        self.y -= size * 1.3
        self.canvas.setFont("Helvetica-Bold" if bold else "Helvetica", size)
        self.canvas.drawString(left, self.y, text)

    def heading(self, text: str, size: float = 16) -> None:
        self.y -= 12
        self.line(text, size, bold=True)

    def paragraph(self, *lines: str, left: float = LEFT) -> None:
        self.y -= 8
        for text in lines:
            self.line(text, left=left)

    def table(self, rows: list[list[str]], widths: list[float]) -> None:
        table: Any = Table(rows, widths)
        table.setStyle(TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.grey)]))
        _, height = table.wrapOn(self.canvas, WIDTH, HEIGHT)
        table.drawOn(self.canvas, LEFT, self.y - height - 10)
        self.y -= height + 20

    def new_page(self, *, turned: bool = False) -> None:
        """Begin a page; one that lies on its side is turned when it is shown."""
        self.canvas.showPage()
        self.y = 770.0
        if turned:
            self.canvas.setPageSize((HEIGHT, WIDTH))  # ReportLab swaps it for a turned page
            self.canvas.setPageRotation(90)
            self.canvas.translate(WIDTH, 0)
            self.canvas.rotate(90)
            self.y = 520.0

    def document(self) -> Document:
        """Save the file and read it."""
        self.canvas.save()
        return read_paper(self.path)


def read_paper(path: Path) -> Document:
    parsed = read_file(path)
    return Document(DocumentInfo(path.name, "Notat"), parsed.text, parsed.blocks)
