"""A draft of a communication plan on one page, from a finished decision check.

What the registers say is filled in with its source; everything else is left as a question.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import islice

from assistent import forms, texts_page
from assistent import texts_guidance as words
from assistent import texts_tools as own
from assistent.channels import ChannelAdvice, ChannelAnswers, choose_channel
from assistent.duties import ChecklistLine, DecisionCheck, Part
from assistent.guidance import BINDING, Library, ProvenRule
from assistent.papers.model import Block, Bullets, Heading, Paper, Paragraph
from assistent.receipt import source_line
from assistent.types import Origin, Source

_FACTS = 3
"""Facts in each field at most: the draft is one page."""
_CHANNELS = 3
_ALL = "kommunen"
"""Who, where a rule names nobody in particular."""


@dataclass(frozen=True, slots=True)
class PlanField:
    """One heading of the plan: what is known, and what has to be answered."""

    title: str
    facts: tuple[str, ...]
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """The draft. Facts name their sources by number."""

    fields: tuple[PlanField, ...]
    sources: tuple[Source, ...]


@dataclass(slots=True)
class _Sources:
    """Numbers the sources of the plan in the order they are used."""

    by_place: dict[tuple[str, int, int], Source] = field(default_factory=dict)

    def marked(self, text: str, rules: Iterable[ProvenRule]) -> str:
        numbers = []
        for rule in rules:
            source = rule.source
            key = (source.document, source.start, source.end)
            kept = self.by_place.setdefault(key, replace(source, number=len(self.by_place) + 1))
            numbers.append(kept.number)
        return own.marked(text, list(dict.fromkeys(numbers)))


def draft_plan(check: DecisionCheck, library: Library) -> Plan:
    """Return the draft for a finished check."""
    advices = [choose_channel(answers, library, check.day) for answers in _channel_questions(check)]
    sources = _Sources()
    facts = {
        own.PLAN_GOAL: _goals(check, sources),
        own.PLAN_AUDIENCE: _audiences(check),
        own.PLAN_MESSAGE: _message(check, advices, sources),
        own.PLAN_CHANNEL: tuple(_channels(advice, sources) for advice in advices),
        own.PLAN_TIME: _times(check, sources),
        own.PLAN_RESPONSIBLE: _responsible(check, sources),
    }
    fields = tuple(
        PlanField(title, known, _questions(title, check, advices)) for title, known in facts.items()
    )
    return Plan(fields, tuple(sources.by_place.values()))


def plan_paper(plan: Plan) -> Paper:
    """Return the draft as a paper."""
    blocks: list[Block] = [Paragraph(own.PLAN_INTRO)]
    for part in plan.fields:
        asked = map(own.plan_question, part.questions)
        blocks += [Heading(2, part.title), Bullets((*part.facts, *asked))]
    if plan.sources:
        listed = tuple(map(source_line, plan.sources))
        blocks += [Heading(2, own.RECEIPT_SOURCES), Bullets(listed)]
    return Paper(own.PLAN_TITLE, tuple(blocks), maker=texts_page.PAGE_TITLE)


def _said(check: DecisionCheck, theme: str) -> bool:
    return check.answers.reply(theme) == forms.YES


def _channel_questions(check: DecisionCheck) -> list[ChannelAnswers]:
    """Return what to ask the kanalvelger: one question for each audience that was named."""
    urgency = forms.DANGER if _said(check, forms.CRISIS) else forms.NO_HURRY
    concerns = tuple(theme for theme in forms.CONCERNS if theme in forms.THEMES)
    concerns = tuple(theme for theme in concerns if _said(check, theme))
    plan = _said(check, "plan eller bygg")
    asked = []
    if plan or _said(check, "innbyggeres rettigheter") or _said(check, forms.GROUPS):
        asked.append(("innbyggere", "dialog og medvirkning" if plan else "nyhet"))
    if _said(check, "ansattes arbeid") or _said(check, "nytt verktøy"):
        asked.append(("ansatte", "intern endring"))
    if _said(check, "medieinteresse"):
        asked.append(("media", "nyhet"))
    return [ChannelAnswers(audience, message, urgency, concerns) for audience, message in asked]


def _audiences(check: DecisionCheck) -> tuple[str, ...]:
    named = [words.answer_label(forms.AUDIENCE, a.audience) for a in _channel_questions(check)]
    if _said(check, forms.GROUPS):
        named.append(own.PLAN_GROUPS)
    return tuple(own.PLAN_FROM_ANSWERS.format(audience=audience) for audience in named)


def _goals(check: DecisionCheck, sources: _Sources) -> tuple[str, ...]:
    """Return what Oslo kommune itself wants of the communication."""
    own_lines = (
        line for line in check.part(Part.AT) if line.rule.origin is Origin.OSLO and not line.clarify
    )
    return tuple(sources.marked(line.rule.text, [line.rule]) for line in islice(own_lines, _FACTS))


def _message(
    check: DecisionCheck, advices: list[ChannelAdvice], sources: _Sources
) -> tuple[str, ...]:
    description = check.answers.description
    about = [own.PLAN_DECISION.format(description=description)] if description else []
    rules = {rule.text: rule for advice in advices for rule in advice.demands}
    demands = islice((rule for rule in rules.values() if rule.strength in BINDING), 2)
    return (*about, *(sources.marked(rule.text, [rule]) for rule in demands))


def _channels(advice: ChannelAdvice, sources: _Sources) -> str:
    audience = words.answer_label(forms.AUDIENCE, advice.answers.audience)
    chosen = advice.recommended[:_CHANNELS]
    if not chosen:
        return own.PLAN_CHANNEL_OF.format(audience=audience, channels=advice.headline)
    named = ", ".join(
        sources.marked(f"{item.channel.name} ({words.ROLE[item.role].lower()})", item.reasons[:1])
        for item in chosen
    )
    return own.PLAN_CHANNEL_OF.format(audience=audience, channels=named)


def _times(check: DecisionCheck, sources: _Sources) -> tuple[str, ...]:
    due = (line for line in check.lines if line.deadline and not line.clarify)
    return tuple(
        sources.marked(f"{own.capitalised(line.deadline)}: {line.title}", [line.rule])
        for line in islice(due, _FACTS)
    )


def _responsible(check: DecisionCheck, sources: _Sources) -> tuple[str, ...]:
    first: dict[str, ChecklistLine] = {}
    for line in check.lines:
        if line.who != _ALL and not line.clarify:
            first.setdefault(line.who, line)
    return tuple(
        sources.marked(f"{own.capitalised(who)}: {line.title}", [line.rule])
        for who, line in islice(first.items(), _FACTS)
    )


def _questions(title: str, check: DecisionCheck, advices: list[ChannelAdvice]) -> tuple[str, ...]:
    asked = own.PLAN_QUESTIONS[title]
    if title == own.PLAN_CHANNEL and not advices:
        return (own.PLAN_NO_AUDIENCE,)
    if title == own.PLAN_AUDIENCE:
        themes = (forms.GROUPS, "innbyggeres rettigheter", "ansattes arbeid", "mange språk")
        return (
            *asked,
            *(words.clarify(t) for t in themes if check.answers.reply(t) == forms.UNSURE),
        )
    return asked
