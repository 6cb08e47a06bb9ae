"""A paper as tagged PDF (PDF/UA-1), set by Typst.

The texts travel as data and are never read as markup. Only the fonts that come with Typst are used,
so that a paper looks alike on every machine.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Literal

import typst

from assistent import texts_tools as texts
from assistent.papers.model import Block, Bullets, Heading, Paper, Paragraph

_TEMPLATE = Path(__file__).parent / "paper.typ"


def as_pdf(paper: Paper) -> bytes:
    """Return the paper as a PDF file."""
    content = {
        "title": paper.title,
        "maker": paper.maker,
        "page": texts.RECEIPT_PAGE,
        "of": texts.RECEIPT_OF,
        "blocks": [{"kind": _kind(block), **asdict(block)} for block in paper.blocks],
    }
    inputs = {"paper": json.dumps(content, ensure_ascii=False)}
    try:
        return _compiled(inputs, "ua-1")
    except typst.TypstError:
        # PDF/UA forbids characters that no font has, such as Chinese in a description. Such a
        # paper is tagged all the same.
        return _compiled(inputs, None)


def _compiled(inputs: dict[str, str], standard: Literal["ua-1"] | None) -> bytes:
    return typst.compile(
        str(_TEMPLATE),
        root=str(_TEMPLATE.parent),
        format="pdf",
        sys_inputs=inputs,
        pdf_standards=standard,
        ignore_system_fonts=True,
    )


def _kind(block: Block) -> str:
    match block:
        case Heading():
            return "heading"
        case Paragraph():
            return "paragraph"
        case Bullets():
            return "bullets"
        case _:
            return "table"
