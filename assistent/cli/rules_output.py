"""How the rules of the guided tools are printed: as JSON for programs, as text for people."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from assistent import texts_guidance as words
from assistent.duties import Part, part_of
from assistent.exchange.plain_text import block
from assistent.guidance import Library
from assistent.rule_check import RuleReport
from assistent.types import Condition, Rule


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
        parts.append(block(words.RULES_FINDINGS, map(str, report.findings)))
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
