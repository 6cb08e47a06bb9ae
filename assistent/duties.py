"""Beslutningssjekk: what must or should be done before, at and after a decision.

Rules only, no model: the conditions stand in ``korpus/registre/plikter.toml``. Whoever is unsure
keeps the line, with what to find out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from assistent import forms
from assistent import texts_guidance as texts
from assistent.conditions import Facts, case_holds, holds
from assistent.guidance import Library, ProvenRule, Prover, origin_of
from assistent.types import Condition, Duty, Origin, Source

# The strategy's own lines first, then what binds, then advice.
_ORDER = {
    Origin.OSLO: 0,
    Origin.LAW: 1,
    Origin.AGREEMENT: 1,
    Origin.NATIONAL: 1,
    Origin.GUIDANCE: 2,
    Origin.ADVICE: 2,
    Origin.FACT: 3,
}


class Part(StrEnum):
    """The three parts of the checklist."""

    BEFORE = "før"
    AT = "ved"
    AFTER = "etter"


@dataclass(frozen=True, slots=True)
class DecisionAnswers:
    """What was answered, by theme; a theme that is not there counts as unsure.

    ``description`` is the user's own line: shown again, never read.

    Raises:
        ValueError: a theme or reply is unknown, or the description too long; for the user.
    """

    replies: Mapping[str, str] = field(default_factory=dict)
    description: str = ""

    def __post_init__(self) -> None:
        for theme, reply in self.replies.items():
            if theme not in forms.THEMES:
                raise ValueError(texts.unknown_answer(texts.DECISION_TITLE, theme, forms.THEMES))
            if reply not in forms.REPLIES:
                label = texts.DECISION_QUESTION[theme]
                raise ValueError(texts.unknown_answer(label, reply, forms.REPLIES))
        if len(self.description) > forms.MAX_DESCRIPTION:
            raise ValueError(texts.description_too_long(len(self.description)))

    def reply(self, theme: str) -> str:
        """Return the reply to a theme."""
        return self.replies.get(theme, forms.UNSURE)

    def facts(self) -> Facts:
        """Return the replies as conditions ask for them."""
        return {theme: frozenset([self.reply(theme)]) for theme in forms.THEMES}


@dataclass(frozen=True, slots=True)
class ChecklistLine:
    """One line of the checklist.

    ``rule.text`` says what, ``rule.strength`` how strongly («skal», «må», «bør», «kan», «råd»).
    ``always`` says that it holds before, at and after. ``because`` are the themes that brought it.
    ``clarify`` holds what to find out where it was only brought by being unsure.
    """

    id: str
    part: Part
    always: bool
    title: str
    who: str
    deadline: str
    ask_lawyer: bool
    because: tuple[str, ...]
    clarify: tuple[str, ...]
    rule: ProvenRule


@dataclass(frozen=True, slots=True)
class DecisionCheck:
    """Everything that is shown for a decision, in the order it is shown."""

    answers: DecisionAnswers
    day: date
    edition: str
    crisis: tuple[ProvenRule, ...]
    lines: tuple[ChecklistLine, ...]
    unknown: tuple[ProvenRule, ...]
    notices: tuple[str, ...]
    sources: tuple[Source, ...]
    contact: str

    def part(self, part: Part) -> tuple[ChecklistLine, ...]:
        """Return the lines of one part."""
        return tuple(line for line in self.lines if line.part is part)


def check_decision(answers: DecisionAnswers, library: Library, day: date) -> DecisionCheck:
    """Apply the duty register to what was answered.

    Args:
        answers: to up to ten questions.
        library: the edition's documents and registers.
        day: for which standings are judged.

    Raises:
        IndexDamagedError: a quote does not stand where the register says.
    """
    registers = library.registers
    prover = Prover(library, day)
    # Only what was said, not what was left out: a crisis text nobody asked for is noise.
    crisis = answers.replies.get(forms.CRISIS) in {forms.YES, forms.UNSURE}
    crisis_lines = prover.prove_all(registers.crisis if crisis else ())
    facts = answers.facts()
    usable = {id(rule) for rule in prover.usable(duty.rule for duty in registers.duties)}
    duties = [
        duty
        for duty in registers.duties
        if id(duty.rule) in usable and holds(duty.rule.condition, facts)
    ]
    # Sources are numbered in the order they are shown.
    duties.sort(key=lambda duty: _place(duty, library))
    lines = tuple(_line(duty, answers, facts, prover) for duty in duties)
    unknown = [rule for rule in registers.unknown_duties if holds(rule.condition, facts)]
    return DecisionCheck(
        answers=answers,
        day=day,
        edition=library.edition,
        crisis=crisis_lines,
        lines=lines,
        unknown=prover.prove_all(unknown),
        notices=(texts.NOTICE_NO_LAW, *prover.notices()),
        sources=prover.sources,
        contact=library.contact,
    )


def part_of(duty: Duty) -> Part:
    """Return where a duty stands; one that always holds stands first."""
    return Part.BEFORE if duty.when == "alltid" else Part(duty.when)


def _place(duty: Duty, library: Library) -> tuple[int, int]:
    info = library.documents[duty.rule.document].info
    return list(Part).index(part_of(duty)), _ORDER[origin_of(duty.rule, info, library.home)]


def _line(duty: Duty, answers: DecisionAnswers, facts: Facts, prover: Prover) -> ChecklistLine:
    because, unsure = _reasons(duty.rule.condition, answers, facts)
    clarify = (duty.clarify,) if duty.clarify and unsure else tuple(map(texts.clarify, unsure))
    return ChecklistLine(
        id=duty.id,
        part=part_of(duty),
        always=duty.when == "alltid",
        title=duty.title,
        who=duty.who,
        deadline=duty.deadline,
        ask_lawyer=duty.ask_lawyer,
        because=because,
        clarify=clarify,
        rule=prover.prove(duty.rule),
    )


def _reasons(
    condition: Condition, answers: DecisionAnswers, facts: Facts
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the themes that brought a line, and those to clarify if only unsureness did."""
    met = [case for case in condition if case_holds(case, facts)]
    sure = [
        case
        for case in met
        if all(answers.reply(clause.question) != forms.UNSURE for clause in case)
    ]
    because = tuple(dict.fromkeys(c.question for case in sure or met for c in case))
    unsure = tuple(theme for theme in because if answers.reply(theme) == forms.UNSURE)
    return because, unsure
