"""How answers and hits are printed: as JSON for programs, as text for people."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from assistent import texts
from assistent.answering import Assistant, Found
from assistent.types import Answer


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
    record["claims"] = [{"text": c.text, "sources": list(c.sources)} for c in answer.claims]
    for name in ("sources", "notices"):
        record[name] = list(record[name])
    steps = ("guard", "embed", "search", "write", "verify", "total")
    times = {name: answer.milliseconds.get(name, 0.0) for name in steps}
    return {"id": identity, **record, "milliseconds": times}


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
