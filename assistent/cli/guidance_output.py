"""How the results of the guided tools are printed: as JSON for programs, as text for people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from assistent import texts
from assistent import texts_guidance as words
from assistent.channels import ChannelAdvice
from assistent.duties import DecisionCheck, Part, part_of
from assistent.guidance import Library, ProvenRule
from assistent.rule_check import RuleReport
from assistent.types import Condition, Rule, Source


def advice_as_json(advice: ChannelAdvice) -> dict[str, Any]:
    """Return what ``kanal --json`` prints."""
    return {
        "answers": asdict(advice.answers),
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
        "sources": [asdict(source) for source in advice.sources],
    }


def check_as_json(check: DecisionCheck) -> dict[str, Any]:
    """Return what ``sjekk --json`` prints."""
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
        "sources": [asdict(source) for source in check.sources],
    }


def rules_as_json(report: RuleReport, library: Library) -> dict[str, Any]:
    """Return what ``korpus --regler --json`` prints."""
    return {
        "rules": report.rules,
        "combinations": {"channel": report.combinations, "decision": report.decisions},
        "without_channel": report.silent,
        "channels": [
            {
                "audience": row.audience,
                "message": row.message,
                "recommended": [{"channel": c.id, "role": role} for c, role in row.channels],
            }
            for row in report.rows
        ],
        "channel_rules": [
            {"channel": channel.id, "kind": kind, **_rule(rule)}
            for channel in library.registers.channels
            for kind, rules in (
                ("egnet_for", channel.suited),
                ("ikke_for", channel.unsuited),
                ("krav", channel.demands),
            )
            for rule in rules
        ],
        "duties": [
            {"id": duty.id, "part": part_of(duty), "title": duty.title, **_rule(duty.rule)}
            for duty in library.registers.duties
        ],
        "findings": [asdict(finding) for finding in report.findings],
    }


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "strength": rule.strength,
        "role": rule.role,
        "rank": rule.rank,
        "text": rule.text,
        "condition": [
            {clause.question: list(clause.answers) for clause in case} for case in rule.condition
        ],
        "document": rule.document,
        "quote": rule.quote,
    }


def _lines(rules: Iterable[ProvenRule]) -> list[dict[str, Any]]:
    return [_line(rule) for rule in rules]


def _line(rule: ProvenRule) -> dict[str, Any]:
    return {
        "about": rule.about,
        "text": rule.text,
        "strength": rule.strength,
        "origin": rule.origin,
        "source": rule.source.number,
    }


# --- For people ----------------------------------------------------------------------------------


def advice_as_text(advice: ChannelAdvice) -> str:
    """Return an advice for reading in a terminal."""
    parts = [_block(words.CRISIS_TITLE, map(_sentence, advice.crisis)), advice.headline]
    for number, item in enumerate(advice.recommended, start=1):
        lines = [f"{number}. {item.channel.name} ({words.ROLE[item.role].lower()})"]
        lines += [f"   {_sentence(rule)}\n   {rule.label}" for rule in item.reasons]
        lines += [f"   {texts.NOTICE_MARK} {item.note}"] if item.note else []
        lines += [f"   – {_sentence(rule)}" for rule in item.demands]
        parts.append("\n".join(lines))
    parts.append(
        _block(
            words.REJECTED_TITLE,
            (
                f"{item.channel.name} ({words.REJECTION[item.why].lower()}): "
                + " ".join(map(_sentence, item.reasons))
                for item in advice.rejected
            ),
        )
    )
    parts.append(_block(words.DEMANDS_EVERYWHERE_TITLE, map(_sentence, advice.demands)))
    parts.append(_block(words.UNKNOWN_TITLE, map(_sentence, advice.unknown)))
    return _page(parts, advice.notices, advice.sources)


def check_as_text(check: DecisionCheck) -> str:
    """Return a checklist for reading in a terminal."""
    parts = [
        check.answers.description,
        _block(words.CRISIS_TITLE, map(_sentence, check.crisis)),
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
    parts.append(_block(words.UNKNOWN_TITLE, map(_sentence, check.unknown)))
    return _page(parts, check.notices, check.sources)


def rules_as_text(report: RuleReport, library: Library) -> str:
    """Return the decision table and the findings for reading in a terminal."""
    parts = []
    if report.rows and library.registers.channels:
        title = words.RULES_TABLE_CHANNELS.format(
            combinations=report.combinations, silent=report.silent
        )
        lines = [title, words.RULES_TABLE_NOTE]
        audience = ""
        for row in report.rows:
            if row.audience != audience:
                audience = row.audience
                lines.append(f"\n{audience}")
            named = ", ".join(f"{channel.name} ({role})" for channel, role in row.channels)
            lines.append(f"  {row.message}: {named or words.RULES_NONE}")
        parts.append("\n".join(lines))
    duties = library.registers.duties
    if duties:
        lines = [words.RULES_TABLE_DUTIES.format(combinations=report.decisions, duties=len(duties))]
        for part in Part:
            lines.append(f"\n{words.PART_TITLE[part]}")
            lines += [
                f"  {duty.rule.strength}: {duty.title} {_when(duty.rule.condition)}"
                for duty in duties
                if part_of(duty) is part
            ]
        parts.append("\n".join(lines))
    if report.findings:
        parts.append(_block(words.RULES_FINDINGS, map(str, report.findings)))
    else:
        parts.append(words.RULES_FINE.format(rules=report.rules))
    return "\n\n".join(parts)


def _when(condition: Condition) -> str:
    """Write a condition the way it is read: «[ansattes arbeid: ja/usikker]»."""
    cases = [
        " + ".join(f"{clause.question}: {'/'.join(clause.answers)}" for clause in case)
        for case in condition
    ]
    return f"[{' | '.join(cases)}]" if cases else ""


def _sentence(rule: ProvenRule) -> str:
    return f"{rule.text} [{rule.source.number}]"


def _block(title: str, lines: Iterable[str]) -> str:
    shown = [f"– {line}" for line in lines]
    return "\n".join([title, *shown]) if shown else ""


def _page(parts: Sequence[str], notices: Sequence[str], sources: Sequence[Source]) -> str:
    said = [f"{texts.NOTICE_MARK} {notice}" for notice in notices]
    listed = []
    for source in sources:
        where = " › ".join([source.title, *source.section])
        page = texts.page(source.page) if source.page else ""
        quote = " ".join(source.quote.split())
        listed.append(f"[{source.number}] {where}{page} ({source.standing})\n    «{quote}»")
    shown = [*parts, *said, texts.SOURCES if listed else "", *listed]
    return "\n\n".join(part for part in shown if part)
