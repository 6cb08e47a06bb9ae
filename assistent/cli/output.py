"""How the documents of a corpus are printed: as JSON for programs, as text for people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from assistent import texts_cli, texts_corpus
from assistent.corpus import Skipped
from assistent.exchange.records import document_as_json
from assistent.types import Document, Registers


def corpus_as_json(
    documents: Sequence[Document], skipped: Sequence[Skipped], registers: Registers, day: date
) -> dict[str, Any]:
    """Return what ``korpus --json`` prints."""
    return {
        "documents": [
            {
                **document_as_json(document, day),
                "problems": [texts_corpus.INFERRED_ENTRY] if document.info.inferred else [],
            }
            for document in documents
        ],
        "channels": len(registers.channels),
        "duties": len(registers.duties),
        "skipped": [asdict(left_out) for left_out in skipped],
    }


def corpus_as_text(documents: Sequence[Document], day: date) -> str:
    """Return the documents for reading in a terminal."""
    lines = []
    for document in documents:
        info = document.info
        standing = info.standing_on(day)
        lines.append(texts_cli.corpus_line(info.path, info.title, standing, info.valid_from))
        if info.inferred:
            lines.append(f"    {texts_corpus.INFERRED_ENTRY}")
    return "\n".join(lines)
