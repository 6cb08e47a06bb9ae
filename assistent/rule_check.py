"""The check of the rules behind the two guided tools, and their decision table.

Faults of form (an unknown key, a quote that does not stand in its document) stop the reading of a
register. What is found here is a fault of meaning: a rule nobody can reach, two rules that
disagree, a closed channel that is recommended, a modality that is not the source's.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from assistent import forms
from assistent import texts_guidance as texts
from assistent.channels import ChannelAnswers, judge, top_rank
from assistent.conditions import Facts, holds
from assistent.guidance import Library, Prover, is_own
from assistent.registers import CHANNELS, DUTIES, FOLDER
from assistent.scope import is_foreign
from assistent.types import Channel, ChannelStatus, Origin, Role, Rule, Standing

_CHANNEL_FILE = f"{FOLDER}/{CHANNELS}"
_DUTY_FILE = f"{FOLDER}/{DUTIES}"
_MODALS = ("skal", "må", "bør", "kan")
_NUMBER = re.compile(r"\d+(?:[.,–-]\d+)*")
_FIRST = (Role.MAIN, Role.SUPPLEMENT)


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault: the file, the entry in it, what is wrong and how to mend it."""

    file: str
    entry: str
    what: str
    repair: str

    def __str__(self) -> str:
        """The finding on one line."""
        return texts.finding(self.file, self.entry, self.what, self.repair)


@dataclass(frozen=True, slots=True)
class TableRow:
    """What is recommended for an audience and a message without hurry or concerns."""

    audience: str
    message: str
    channels: tuple[tuple[Channel, Role], ...]


@dataclass(frozen=True, slots=True)
class RuleReport:
    """The findings and the decision table.

    ``combinations`` counts the answers the kanalvelger can get, ``silent`` those without a known
    channel, ``decisions`` the answers the beslutningssjekk can get.
    """

    findings: tuple[Finding, ...]
    rows: tuple[TableRow, ...]
    rules: int
    combinations: int
    silent: int
    decisions: int


def every_channel_answer() -> Iterator[ChannelAnswers]:
    """Yield every combination of answers the kanalvelger can get."""
    sizes = range(len(forms.CONCERNS) + 1)
    concerns = [c for size in sizes for c in itertools.combinations(forms.CONCERNS, size)]
    for given in itertools.product(forms.AUDIENCES, forms.MESSAGES, forms.URGENCIES, concerns):
        yield ChannelAnswers(*given)


def check_rules(library: Library, day: date) -> RuleReport:
    """Check both registers against every combination of answers."""
    registers = library.registers
    survey = _Survey(library, day)
    findings = [
        *(finding for channel in registers.channels for finding in _life(channel, library, day)),
        *survey.findings(),
        *(finding for place, rule in _placed(library) for finding in _form(place, rule, library)),
        *(
            finding
            for place, rule in _placed(library)
            for finding in _standing(place, rule, library, day)
        ),
        *_repeated(library),
    ]
    if registers.channels and not registers.crisis:
        findings.append(
            Finding(
                _CHANNEL_FILE, texts.WHOLE_FILE, texts.NO_CRISIS_TEXT, texts.NO_CRISIS_TEXT_REPAIR
            )
        )
    return RuleReport(
        findings=tuple(findings),
        rows=tuple(survey.rows),
        rules=sum(1 for _ in _placed(library)),
        combinations=survey.combinations,
        silent=survey.silent,
        decisions=len(forms.REPLIES) ** len(forms.THEMES),
    )


# --- Where a rule stands -------------------------------------------------------------------------

_Place = tuple[str, str]  # the file and the entry, as an editor finds them


def _placed(library: Library) -> Iterator[tuple[_Place, Rule]]:
    """Yield every rule with its place."""
    registers = library.registers
    for channel in registers.channels:
        yield from _of_channel(channel)
    for key, rules in (
        ("krisetekst", registers.crisis),
        ("krav", registers.demands),
        ("ukjent", registers.unknown_channels),
    ):
        for number, rule in enumerate(rules, start=1):
            yield (_CHANNEL_FILE, texts.numbered("", key, number)), rule
    for duty in registers.duties:
        yield (_DUTY_FILE, f"{duty.title} ({duty.id})"), duty.rule
    for number, rule in enumerate(registers.unknown_duties, start=1):
        yield (_DUTY_FILE, texts.numbered("", "ukjent", number)), rule


def _of_channel(channel: Channel) -> Iterator[tuple[_Place, Rule]]:
    for key, rules in (
        ("egnet_for", channel.suited),
        ("ikke_for", channel.unsuited),
        ("krav", channel.demands),
    ):
        for number, rule in enumerate(rules, start=1):
            yield (_CHANNEL_FILE, texts.numbered(channel.name, key, number)), rule
    if channel.status_rule is not None:
        yield (_CHANNEL_FILE, f"{channel.name}, status"), channel.status_rule


# --- All combinations of answers -----------------------------------------------------------------


class _Survey:
    """What the channel rules do for every combination of answers."""

    def __init__(self, library: Library, day: date) -> None:
        self._registers = library.registers
        self._names = {id(rule): place[1] for place, rule in _placed(library)}
        self._met: set[int] = set()
        self._won: set[int] = set()
        self._shown: set[int] = set()
        self._clashes: dict[tuple[str, str], Finding] = {}
        self.rows: list[TableRow] = []
        self.combinations = 0
        self.silent = 0
        prover = Prover(library, day)
        for answers in every_channel_answer():
            self._visit(answers, prover, day)

    def _visit(self, answers: ChannelAnswers, prover: Prover, day: date) -> None:
        facts = answers.facts()
        chosen: list[tuple[Channel, Role, float]] = []
        for channel in self._registers.channels:
            if not channel.selectable:
                continue
            self._clash(channel, facts, answers)
            verdict = judge(channel, facts, prover, day)
            if verdict is None:
                continue
            held = {id(rule) for rule in channel.demands if holds(rule.condition, facts)}
            if verdict.role is None:
                self._shown |= held & {id(rule) for rule in verdict.rules}
                continue
            self._shown |= held
            self._won |= {id(rule) for rule in verdict.rules}
            chosen.append((channel, verdict.role, top_rank(verdict.rules)))
        for rule in (*self._registers.demands, *self._registers.unknown_channels):
            if holds(rule.condition, facts):
                self._met.add(id(rule))
        self._two_first(chosen, answers)
        self.combinations += 1
        self.silent += not chosen
        if answers.urgency == forms.NO_HURRY and not answers.concerns:
            roles = list(Role)
            chosen.sort(key=lambda item: (roles.index(item[1]), -item[2]))
            named = tuple((channel, role) for channel, role, _ in chosen)
            self.rows.append(TableRow(answers.audience, answers.message, named))

    def _clash(self, channel: Channel, facts: Facts, answers: ChannelAnswers) -> None:
        suited = [rule for rule in channel.suited if holds(rule.condition, facts)]
        unsuited = [rule for rule in channel.unsuited if holds(rule.condition, facts)]
        self._met |= {id(rule) for rule in (*suited, *unsuited)}
        if suited and unsuited and top_rank(suited) == top_rank(unsuited):
            first = max(suited, key=lambda rule: rule.rank)
            second = max(unsuited, key=lambda rule: rule.rank)
            names = (self._names[id(first)], self._names[id(second)])
            what = texts.contradiction(*names, _example(answers))
            self._clashes.setdefault(
                names, Finding(_CHANNEL_FILE, channel.name, what, texts.CONTRADICTION_REPAIR)
            )

    def _two_first(
        self, chosen: Sequence[tuple[Channel, Role, float]], answers: ChannelAnswers
    ) -> None:
        mains = [(channel.name, rank) for channel, role, rank in chosen if role is Role.MAIN]
        top = max((rank for _, rank in mains), default=0)
        names = [name for name, rank in mains if rank == top]
        if len(names) > 1:
            what = texts.two_first_choices(names, _example(answers))
            self._clashes.setdefault(
                (names[0], names[1]),
                Finding(_CHANNEL_FILE, names[0], what, texts.TWO_FIRST_REPAIR),
            )

    def findings(self) -> Iterator[Finding]:
        """Yield contradictions and what is out of reach."""
        yield from self._clashes.values()
        for channel in self._registers.channels:
            if not channel.selectable:
                continue
            for rule in (*channel.suited, *channel.unsuited):
                if id(rule) not in self._met:
                    yield self._fault(rule, texts.UNREACHABLE, texts.UNREACHABLE_REPAIR)
                elif rule.role is not None and id(rule) not in self._won:
                    yield self._fault(rule, texts.SHADOWED, texts.SHADOWED_REPAIR)
            for rule in channel.demands:
                if id(rule) not in self._shown:
                    yield self._fault(
                        rule, texts.DEMAND_UNREACHABLE, texts.DEMAND_UNREACHABLE_REPAIR
                    )
        for rule in (*self._registers.demands, *self._registers.unknown_channels):
            if id(rule) not in self._met:
                yield self._fault(rule, texts.UNREACHABLE, texts.UNREACHABLE_REPAIR)

    def _fault(self, rule: Rule, what: str, repair: str) -> Finding:
        return Finding(_CHANNEL_FILE, self._names[id(rule)], what, repair)


def _example(answers: ChannelAnswers) -> str:
    return ", ".join((answers.audience, answers.message, answers.urgency, *answers.concerns))


# --- One channel, one rule -----------------------------------------------------------------------


def _life(channel: Channel, library: Library, day: date) -> Iterator[Finding]:
    """Check a channel's rules against where it is in its life."""
    status = channel.status_on(day)
    if status is ChannelStatus.CLOSED:
        if channel.suited:
            yield Finding(
                _CHANNEL_FILE,
                channel.name,
                texts.CLOSED_RECOMMENDED,
                texts.CLOSED_RECOMMENDED_REPAIR,
            )
        if channel.status_rule is None:
            yield Finding(
                _CHANNEL_FILE, channel.name, texts.CLOSED_UNPROVEN, texts.CLOSED_UNPROVEN_REPAIR
            )
    elif status is not ChannelStatus.IN_USE:
        for role in sorted({rule.role for rule in channel.suited if rule.role in _FIRST}):
            what = texts.NOT_IN_USE_FIRST.format(status=status, role=role)
            yield Finding(_CHANNEL_FILE, channel.name, what, texts.NOT_IN_USE_FIRST_REPAIR)
    for other in library.registers.channels:
        if other.id == channel.replaced_by and other.status_on(day) is ChannelStatus.CLOSED:
            what = texts.REPLACED_BY_CLOSED.format(other=other.name)
            yield Finding(_CHANNEL_FILE, channel.name, what, texts.REPLACED_BY_CLOSED_REPAIR)


def _form(place: _Place, rule: Rule, library: Library) -> Iterator[Finding]:
    """Check what a rule says against its quote."""
    found = [word for word in _MODALS if re.search(rf"\b{word}\b", rule.quote, re.IGNORECASE)]
    informs = (
        rule.origin is Origin.FACT
    )  # «ingen regel om når plakater skal brukes» demands nothing
    if rule.strength in _MODALS and found and rule.strength not in found and not informs:
        what = texts.WRONG_MODAL.format(strength=rule.strength, found=", ".join(found))
        yield Finding(*place, what, texts.WRONG_MODAL_REPAIR)
    deadline = next((d.deadline for d in library.registers.duties if d.rule is rule), "")
    for number in dict.fromkeys(_NUMBER.findall(f"{rule.text} {deadline}")):
        if number not in rule.quote:
            what = texts.NUMBER_UNPROVEN.format(number=number)
            yield Finding(*place, what, texts.NUMBER_UNPROVEN_REPAIR)
    info = library.documents[rule.document].info
    if rule.origin is Origin.OSLO and not is_own(info, library.home):
        yield Finding(*place, texts.WRONG_ORIGIN, texts.WRONG_ORIGIN_REPAIR)


def _standing(place: _Place, rule: Rule, library: Library, day: date) -> Iterator[Finding]:
    """Check that a rule's document applies on the day."""
    info = library.documents[rule.document].info
    standing = info.standing_on(day)
    if is_foreign(info, library.home):
        what = texts.FOREIGN.format(document=info.path, owner=info.owner, home=library.home)
        yield Finding(*place, what, texts.NOT_IN_FORCE_REPAIR)
    elif standing not in {Standing.IN_FORCE, Standing.SUMMARY}:
        what = texts.NOT_IN_FORCE.format(document=info.path, standing=standing)
        yield Finding(*place, what, texts.NOT_IN_FORCE_REPAIR)


def _repeated(library: Library) -> Iterator[Finding]:
    """Yield rules that say the same for the same answers with the same quote."""
    seen: set[object] = set()
    for place, rule in _placed(library):
        owner = place[1].split(",")[0] if place[0] == _CHANNEL_FILE else ""
        key = (owner, rule.text, rule.document, rule.start, rule.condition)
        if key in seen:
            yield Finding(*place, texts.SAME_QUOTE, texts.SAME_QUOTE_REPAIR)
        seen.add(key)
