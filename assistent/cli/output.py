"""How answers and hits are printed: as JSON for programs, as text for people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from assistent import texts
from assistent.answering import Assistant, Found
from assistent.ingestion import Skipped
from assistent.types import Answer, Document, Registers


def found_as_json(assistant: Assistant, found: Found, identity: Any) -> dict[str, Any]:
    """Return what ``finn --json`` prints."""
    hits = []
    for rank, hit in enumerate(found.hits, start=1):
        passage = hit.passage
        document = assistant.document(passage.document)
        assert document is not None  # the hit is of the same edition
        hits.append(
            {
                "rank": rank,
                "document": passage.document,
                "title": document.info.title,
                "section": list(passage.section),
                "page": passage.page,
                "text": document.text[passage.start : passage.end].strip(),
                "score": round(hit.score, 4),
                "dense": round(hit.dense, 4),
                "lexical": round(hit.lexical, 4),
            }
        )
    return {
        "id": identity,
        "question": found.question,
        "search_question": found.search_question,
        "edition": found.edition,
        "milliseconds": found.milliseconds,
        "hits": hits,
    }


def answer_as_json(answer: Answer, identity: Any) -> dict[str, Any]:
    """Return what ``svar --json`` prints."""
    record = asdict(answer)
    del record["support"]  # for the evaluation; a number tempts to be read as certainty
    record["claims"] = [{"text": c.text, "sources": list(c.sources)} for c in answer.claims]
    for name in ("sources", "notices"):
        record[name] = list(record[name])
    steps = ("guard", "embed", "search", "write", "verify", "total")
    times = {name: answer.milliseconds.get(name, 0.0) for name in steps}
    return {"id": identity, **record, "milliseconds": times}


def corpus_as_json(
    documents: Sequence[Document], skipped: Sequence[Skipped], registers: Registers, day: date
) -> dict[str, Any]:
    """Return what ``korpus --json`` prints."""
    return {
        "documents": [
            {
                "document": document.info.path,
                "title": document.info.title,
                "kind": document.info.kind,
                "owner": document.info.owner,
                "standing": document.info.standing_on(day),
                "adopted": _iso(document.info.adopted),
                "valid_from": _iso(document.info.valid_from),
                "valid_to": _iso(document.info.valid_to),
                "problems": [texts.INFERRED_ENTRY] if document.info.inferred else [],
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
        lines.append(texts.corpus_line(info.path, info.title, standing, info.valid_from))
        if info.inferred:
            lines.append(f"    {texts.INFERRED_ENTRY}")
    return "\n".join(lines)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def found_as_text(record: dict[str, Any]) -> str:
    """Return the hits for reading in a terminal."""
    if not record["hits"]:
        return texts.NO_HITS
    parts = []
    for hit in record["hits"]:
        where = " › ".join([hit["title"], *hit["section"]])
        parts.append(f"{hit['rank']}. {where}  ({hit['score']:.3f})\n{_indented(hit['text'])}")
    return "\n\n".join(parts)


def answer_as_text(answer: Answer) -> str:
    """Return an answer with its sources for reading in a terminal."""
    parts = [answer.text]
    parts += [f"{texts.NOTICE_MARK} {notice}" for notice in answer.notices]
    if answer.contact:
        parts.append(answer.contact)
    if answer.sources:
        parts.append(texts.SOURCES)
    for source in answer.sources:
        where = " › ".join([source.title, *source.section])
        page = texts.page(source.page) if source.page else ""
        parts.append(
            f"[{source.number}] {where}{page} ({source.standing})\n{_indented(source.quote)}"
        )
    return "\n\n".join(part for part in parts if part)


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.splitlines() if line.strip())
