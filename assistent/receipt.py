"""The receipt of a decision check, as a paper for the case file.

Page, Word, PDF and Markdown show the very same paper, so that they cannot differ.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from datetime import datetime

from assistent import forms, texts_page
from assistent import texts_guidance as words
from assistent import texts_tools as own
from assistent.duties import ChecklistLine, DecisionCheck, Part
from assistent.guidance import ProvenRule
from assistent.papers.model import Block, Bullets, Heading, Paper, Paragraph, Table
from assistent.types import Document, Source


def receipt_paper(
    check: DecisionCheck,
    ticked: Set[str],
    documents: Mapping[str, Document],
    made: datetime,
) -> Paper:
    """Return the receipt.

    Args:
        check: what was answered and what came of it.
        ticked: the ids of the lines that are done.
        documents: the edition's, by path.
        made: when; in the reader's own time.
    """
    blocks: list[Block] = [
        Heading(2, own.RECEIPT_ABOUT),
        _about(check, ticked, made),
        Heading(2, own.DECISION_ANSWERS),
        _answers(check),
    ]
    blocks += _rules(words.CRISIS_TITLE, check.crisis)
    for part in Part:
        lines = check.part(part)
        title = words.PART_TITLE[part]
        blocks.append(Heading(2, title))
        blocks.append(_lines(title, lines, ticked) if lines else Paragraph(own.CHECKLIST_EMPTY))
    blocks += _rules(words.UNKNOWN_TITLE, check.unknown)
    if check.notices:
        blocks += [Heading(2, own.RECEIPT_NOTICES), *map(Paragraph, check.notices)]
    if check.sources:
        blocks += [Heading(2, own.RECEIPT_SOURCES), Bullets(tuple(map(source_line, check.sources)))]
        blocks += [Heading(2, own.RECEIPT_DOCUMENTS), _documents(check, documents)]
    return Paper(own.RECEIPT_TITLE, tuple(blocks), maker=texts_page.PAGE_TITLE)


def line_cell(line: ChecklistLine) -> tuple[str, ...]:
    """Return what is said about a line, the title first."""
    return (
        line.title,
        line.rule.text,
        line.rule.label,
        *([words.ALWAYS] if line.always else []),
        *([words.ASK_LAWYER] if line.ask_lawyer else []),
        *line.clarify,
    )


def source_line(source: Source) -> str:
    """Return a source with place, standing and quote."""
    place = own.source_place(source.title, source.section, source.page)
    quote = " ".join(source.quote.split())
    return own.receipt_source(source.number, place, source.standing, quote)


def _about(check: DecisionCheck, ticked: Set[str], made: datetime) -> Table:
    done = sum(line.id in ticked for line in check.lines)
    facts = (
        (own.RECEIPT_DECISION, check.answers.description or own.RECEIPT_NO_DESCRIPTION),
        (own.RECEIPT_MADE, own.moment(made)),
        (own.RECEIPT_EDITION, check.edition),
        (own.RECEIPT_TICKED, own.ticked_of(done, len(check.lines))),
    )
    return Table(
        own.RECEIPT_ABOUT,
        (own.RECEIPT_FACT, own.RECEIPT_VALUE),
        tuple(((name,), (value,)) for name, value in facts),
        (3, 7),
    )


def _answers(check: DecisionCheck) -> Table:
    rows = []
    for theme in forms.THEMES:
        reply = check.answers.replies.get(theme)
        shown = words.REPLY[reply] if reply else own.RECEIPT_SKIPPED
        rows.append(((words.DECISION_QUESTION[theme],), (shown,)))
    return Table(
        own.DECISION_ANSWERS, (own.RECEIPT_QUESTION, own.RECEIPT_ANSWER), tuple(rows), (7, 3)
    )


def _lines(title: str, lines: tuple[ChecklistLine, ...], ticked: Set[str]) -> Table:
    rows = tuple(
        (
            (own.RECEIPT_DONE[line.id in ticked],),
            line_cell(line),
            (own.RULE_WORDS[line.rule.strength],),
            (line.who,),
            (line.deadline,) if line.deadline else (),
            (f"[{line.rule.source.number}]",),
        )
        for line in lines
    )
    header = (
        own.TICK,
        own.RECEIPT_LINE,
        own.RECEIPT_STRENGTH,
        own.WHO,
        own.DEADLINE,
        own.RECEIPT_SOURCE,
    )
    return Table(title, header, rows, (8, 42, 9, 17, 15, 9))


def _rules(title: str, rules: tuple[ProvenRule, ...]) -> list[Block]:
    if not rules:
        return []
    items = tuple(own.marked(rule.text, [rule.source.number]) for rule in rules)
    return [Heading(2, title), Bullets(items)]


def _documents(check: DecisionCheck, documents: Mapping[str, Document]) -> Table:
    used = dict.fromkeys(source.document for source in check.sources)
    infos = [documents[path].info for path in used]
    rows = tuple(
        ((info.title,), (info.standing_on(check.day).value,), (info.owner,) if info.owner else ())
        for info in infos
    )
    header = (own.RECEIPT_DOCUMENT, own.RECEIPT_STANDING, own.RECEIPT_OWNER)
    return Table(own.RECEIPT_DOCUMENTS, header, rows, (6, 2, 3))
