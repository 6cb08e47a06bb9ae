"""Values become text for people, in a terminal or in another program's conversation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistent import texts_cli
from assistent import texts_guidance as words
from assistent.channels import ChannelAdvice
from assistent.duties import DecisionCheck, Part
from assistent.exchange.records import Record, Viewer
from assistent.guidance import ProvenRule
from assistent.texts_answer import BOKMAL, TEXTS, AnswerTexts
from assistent.types import Answer, Source


def answer_as_text(answer: Answer, viewer: Viewer | None = None) -> str:
    """Return an answer with its sources.

    Args:
        answer: any answer of the assistant.
        viewer: where a source is shown; without it the sources carry no address.
    """
    said = TEXTS[answer.language]
    parts = [said.quoted if answer.verbatim else "", answer.text]
    parts += [f"{said.notice_label} {notice}" for notice in answer.notices]
    parts.append(answer.contact)
    parts.append(said.sources_heading if answer.sources else "")
    for source in answer.sources:
        lines = [_place(source, said), _indented(source.quote)]
        lines += [f"    {viewer(source)}"] if viewer else []
        parts.append("\n".join(lines))
    return _joined(parts)


def found_as_text(record: Record) -> str:
    """Return the hits of a search, from their record."""
    if not record["hits"]:
        return texts_cli.NO_HITS
    parts = []
    for hit in record["hits"]:
        where = " › ".join([hit["title"], *hit["section"]])
        lines = [f"{hit['rank']}. {where} ({hit['standing']}, {hit['score']:.3f})"]
        lines.append(_indented(hit["text"]))
        lines += [f"    {hit['viewer']}"] if "viewer" in hit else []
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


def advice_as_text(advice: ChannelAdvice, viewer: Viewer | None = None) -> str:
    """Return the advice of the kanalvelger."""
    parts = [block(words.CRISIS_TITLE, map(_sentence, advice.crisis)), advice.headline]
    for number, item in enumerate(advice.recommended, start=1):
        lines = [f"{number}. {item.channel.name} ({words.ROLE[item.role].lower()})"]
        lines += [f"   {_sentence(rule)}\n   {rule.label}" for rule in item.reasons]
        lines += [f"   {BOKMAL.notice_label} {item.note}"] if item.note else []
        lines += [f"   – {_sentence(rule)}" for rule in item.demands]
        parts.append("\n".join(lines))
    parts.append(
        block(
            words.REJECTED_TITLE,
            (
                f"{item.channel.name} ({words.REJECTION[item.why].lower()}): "
                + " ".join(map(_sentence, item.reasons))
                for item in advice.rejected
            ),
        )
    )
    parts.append(block(words.DEMANDS_EVERYWHERE_TITLE, map(_sentence, advice.demands)))
    parts.append(block(words.UNKNOWN_TITLE, map(_sentence, advice.unknown)))
    return _page(parts, advice.notices, advice.sources, viewer)


def check_as_text(check: DecisionCheck, viewer: Viewer | None = None) -> str:
    """Return the checklist of the beslutningssjekk."""
    parts = [
        check.answers.description,
        block(words.CRISIS_TITLE, map(_sentence, check.crisis)),
    ]
    for part in Part:
        lines = []
        for line in check.part(part):
            details = [
                words.WHO.format(who=line.who),
                words.DEADLINE.format(deadline=line.deadline) if line.deadline else "",
                words.ALWAYS if line.always else "",
                words.ASK_LAWYER if line.ask_lawyer else "",
            ]
            lines.append(f"[ ] {line.title} ({line.rule.strength})")
            lines.append(f"    {_sentence(line.rule)}")
            lines.append(f"    {line.rule.label}")
            lines.append(f"    {'. '.join(detail for detail in details if detail)}.")
            lines += [f"    ? {question}" for question in line.clarify]
        parts.append("\n".join([words.PART_TITLE[part], *(lines or [words.NO_LINES])]))
    parts.append(block(words.UNKNOWN_TITLE, map(_sentence, check.unknown)))
    return _page(parts, check.notices, check.sources, viewer)


def _sentence(rule: ProvenRule) -> str:
    return f"{rule.text} [{rule.source.number}]"


def block(title: str, lines: Iterable[str]) -> str:
    """Return lines under a title; nothing where there are none."""
    shown = [f"– {line}" for line in lines]
    return "\n".join([title, *shown]) if shown else ""


def _page(
    parts: Sequence[str],
    notices: Sequence[str],
    sources: Sequence[Source],
    viewer: Viewer | None,
) -> str:
    said = [f"{BOKMAL.notice_label} {notice}" for notice in notices]
    listed = []
    for source in sources:
        lines = [_place(source), f"    «{' '.join(source.quote.split())}»"]
        lines += [f"    {viewer(source)}"] if viewer else []
        listed.append("\n".join(lines))
    return _joined([*parts, *said, BOKMAL.sources_heading if listed else "", *listed])


def _place(source: Source, said: AnswerTexts = BOKMAL) -> str:
    places = [source.title, *source.section]
    places += [said.page.format(number=source.page)] if source.page else []
    return f"[{source.number}] {' › '.join(places)} ({said.standing[source.standing]})"


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.splitlines() if line.strip())


def _joined(parts: Iterable[str]) -> str:
    return "\n\n".join(part for part in parts if part)
