"""Values become JSON records, in the form that :mod:`assistent.exchange.replies` describes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict
from datetime import date
from typing import Any

from assistent import texts_guidance as words
from assistent.answering import Assistant, Found
from assistent.channels import ChannelAdvice
from assistent.duties import DecisionCheck, Part
from assistent.guidance import ProvenRule
from assistent.types import Answer, Document, Hit, Source

Record = dict[str, Any]
Viewer = Callable[[Source], str]

_STEPS = ("guard", "embed", "search", "write", "verify", "total")


def answer_as_json(answer: Answer, viewer: Viewer | None = None) -> Record:
    """Return an answer.

    Args:
        answer: any answer of the assistant.
        viewer: where a source is shown; without it the sources carry no address.
    """
    record = asdict(answer)
    del record["support"]  # for the evaluation; a number tempts to be read as certainty
    record["claims"] = [{"text": c.text, "sources": list(c.sources)} for c in answer.claims]
    record["sources"] = [source_as_json(source, viewer) for source in answer.sources]
    for name in ("notices", "suggestions"):
        record[name] = list(record[name])
    record["milliseconds"] = {name: answer.milliseconds.get(name, 0.0) for name in _STEPS}
    return record


def source_as_json(source: Source, viewer: Viewer | None = None) -> Record:
    """Return a numbered source, with its address in the viewer if there is one."""
    record = {**asdict(source), "section": list(source.section)}
    return {**record, "viewer": viewer(source)} if viewer else record


def found_as_json(
    assistant: Assistant, found: Found, viewer: Viewer | None = None, *, day: date | None = None
) -> Record:
    """Return what a search found.

    Args:
        assistant: the one that searched.
        found: what it found.
        viewer: where a hit is shown; without it the hits carry no address.
        day: for which standings are judged; today if None.
    """
    hits = []
    for rank, hit in enumerate(found.hits, start=1):
        place = _place(assistant, hit, rank, day)
        record = {
            "rank": rank,
            "document": place.document,
            "title": place.title,
            "section": list(place.section),
            "page": place.page,
            "text": place.quote,
            "score": round(hit.score, 4),
            "dense": round(hit.dense, 4),
            "lexical": round(hit.lexical, 4),
            "start": place.start,
            "end": place.end,
            "standing": place.standing,
        }
        hits.append({**record, "viewer": viewer(place)} if viewer else record)
    return {
        "question": found.question,
        "search_question": found.search_question,
        "edition": found.edition,
        "milliseconds": found.milliseconds,
        "hits": hits,
    }


def _place(assistant: Assistant, hit: Hit, rank: int, day: date | None) -> Source:
    """Return where a hit's text stands, without the white space around it."""
    passage = hit.passage
    document = assistant.document(passage.document)
    assert document is not None  # the hit is of the same edition
    text = document.text[passage.start : passage.end]
    start = passage.start + len(text) - len(text.lstrip())
    return Source(
        number=rank,
        document=passage.document,
        title=document.info.title,
        section=passage.section,
        page=passage.page,
        quote=text.strip(),
        start=start,
        end=start + len(text.strip()),
        standing=document.info.standing_on(day) if day else assistant.standing(document),
        note=document.info.note,
        url=document.info.url,
    )


def document_as_json(document: Document, day: date) -> Record:
    """Return what the catalogue knows of a document, with its standing on ``day``."""
    info = document.info
    return {
        "document": info.path,
        "title": info.title,
        "kind": info.kind,
        "owner": info.owner,
        "applies_to": info.applies_to,
        "case_number": info.case_number,
        "standing": info.standing_on(day),
        "adopted": _iso(info.adopted),
        "valid_from": _iso(info.valid_from),
        "valid_to": _iso(info.valid_to),
        "repealed_by": info.repealed_by,
        "repealed_on": _iso(info.repealed_on),
        "language": info.language,
        "note": info.note,
        "url": info.url,
        "licence": info.licence,
    }


def advice_as_json(advice: ChannelAdvice, viewer: Viewer | None = None) -> Record:
    """Return the advice of the kanalvelger."""
    return {
        "answers": {**asdict(advice.answers), "concerns": list(advice.answers.concerns)},
        "day": advice.day.isoformat(),
        "edition": advice.edition,
        "crisis": _lines(advice.crisis),
        "headline": advice.headline,
        "basis": advice.basis,
        "recommended": [
            {
                "channel": item.channel.id,
                "name": item.channel.name,
                "role": item.role,
                "status": item.channel.status_on(advice.day),
                "reasons": _lines(item.reasons),
                "demands": _lines(item.demands),
                "note": item.note,
            }
            for item in advice.recommended
        ],
        "rejected": [
            {
                "channel": item.channel.id,
                "name": item.channel.name,
                "why": item.why,
                "reasons": _lines(item.reasons),
            }
            for item in advice.rejected
        ],
        "demands": _lines(advice.demands),
        "unknown": _lines(advice.unknown),
        "notices": list(advice.notices),
        "contact": advice.contact,
        "sources": [source_as_json(source, viewer) for source in advice.sources],
    }


def check_as_json(check: DecisionCheck, viewer: Viewer | None = None) -> Record:
    """Return the checklist of the beslutningssjekk."""
    return {
        "answers": {
            "description": check.answers.description,
            "replies": {theme: check.answers.reply(theme) for theme in words.DECISION_QUESTION},
        },
        "day": check.day.isoformat(),
        "edition": check.edition,
        "crisis": _lines(check.crisis),
        "parts": {
            part.value: [
                {
                    "id": line.id,
                    "title": line.title,
                    **_line(line.rule),
                    "who": line.who,
                    "deadline": line.deadline,
                    "ask_lawyer": line.ask_lawyer,
                    "always": line.always,
                    "because": list(line.because),
                    "clarify": list(line.clarify),
                }
                for line in check.part(part)
            ]
            for part in Part
        },
        "unknown": _lines(check.unknown),
        "notices": list(check.notices),
        "contact": check.contact,
        "sources": [source_as_json(source, viewer) for source in check.sources],
    }


def _lines(rules: Iterable[ProvenRule]) -> list[Record]:
    return [_line(rule) for rule in rules]


def _line(rule: ProvenRule) -> Record:
    return {
        "about": rule.about,
        "text": rule.text,
        "strength": rule.strength,
        "origin": rule.origin,
        "source": rule.source.number,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
