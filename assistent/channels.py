"""Kanalvelger: which channel to use for a message, why, and why not the others.

Rules only, no model: the conditions stand in ``korpus/registre/kanaler.toml``. A channel that is
closed on the day is never recommended, and where two rules disagree without precedence the one
that advises against prevails.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assistent import forms
from assistent import texts_guidance as texts
from assistent.conditions import Facts, holds
from assistent.guidance import BINDING, Library, ProvenRule, Prover
from assistent.types import Channel, ChannelStatus, Origin, Role, Rule, Source

# A demand of this name says that the sources do not tell when the channel is to be used.
UNSETTLED = "avklaring"
_ROLES = tuple(Role)
_ORIGINS = tuple(Origin)


class Rejection(StrEnum):
    """Why a channel is not recommended."""

    CLOSED = "avviklet"
    PLANNED = "planlagt"
    AGAINST = "frarådet"
    UNSETTLED = "uavklart"


@dataclass(frozen=True, slots=True)
class ChannelAnswers:
    """What was answered; the values are those of :mod:`assistent.forms`.

    Raises:
        ValueError: an answer is none of those to choose from; the message is for the user.
    """

    audience: str
    message: str
    urgency: str = forms.NO_HURRY
    concerns: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for question, given, allowed in (
            (forms.AUDIENCE, [self.audience], forms.AUDIENCES),
            (forms.MESSAGE, [self.message], forms.MESSAGES),
            (forms.URGENCY, [self.urgency], forms.URGENCIES),
            (forms.CONCERN, self.concerns, forms.CONCERNS),
        ):
            for answer in given:
                if answer not in allowed:
                    label = texts.CHANNEL_QUESTION[question]
                    raise ValueError(texts.unknown_answer(label, answer, allowed))

    @property
    def danger(self) -> bool:
        """Whether life or health is in danger."""
        return self.urgency == forms.DANGER

    def facts(self) -> Facts:
        """Return the answers as conditions ask for them."""
        message = forms.CRISIS if self.danger else self.message
        return {
            forms.AUDIENCE: frozenset([self.audience]),
            forms.MESSAGE: frozenset([message]),
            forms.URGENCY: frozenset([self.urgency]),
            forms.CONCERN: frozenset(self.concerns),
        }


@dataclass(frozen=True, slots=True)
class Recommended:
    """A channel to use: its role, why, and what the content has to fulfil there.

    ``note`` is what to check first, empty where nothing is.
    """

    channel: Channel
    role: Role
    reasons: tuple[ProvenRule, ...]
    demands: tuple[ProvenRule, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Rejected:
    """A channel not to use here, and the rules that say so."""

    channel: Channel
    why: Rejection
    reasons: tuple[ProvenRule, ...]


@dataclass(frozen=True, slots=True)
class ChannelAdvice:
    """Everything that is shown for a choice of channel, in the order it is shown.

    ``crisis`` comes first and is empty unless life or health is in danger. ``basis`` is the
    strongest origin behind the choice, None where the sources point out no channel; ``headline``
    says it in words. ``demands`` hold in every channel. ``sources`` are numbered; each line has
    its own.
    """

    answers: ChannelAnswers
    day: date
    edition: str
    crisis: tuple[ProvenRule, ...]
    headline: str
    basis: Origin | None
    recommended: tuple[Recommended, ...]
    rejected: tuple[Rejected, ...]
    demands: tuple[ProvenRule, ...]
    unknown: tuple[ProvenRule, ...]
    notices: tuple[str, ...]
    sources: tuple[Source, ...]
    contact: str

    @property
    def first(self) -> Recommended | None:
        """The channel to use first; None where no source points one out."""
        chosen = self.recommended[:1]
        return chosen[0] if chosen and chosen[0].role is Role.MAIN else None


def choose_channel(answers: ChannelAnswers, library: Library, day: date) -> ChannelAdvice:
    """Apply the channel register to what was answered.

    Args:
        answers: to the four questions.
        library: the edition's documents and registers.
        day: for which standings and the life of the channels are judged.

    Raises:
        IndexDamagedError: a quote does not stand where the register says.
    """
    registers = library.registers
    facts = answers.facts()
    prover = Prover(library, day)
    crisis = prover.prove_all(registers.crisis if answers.danger else ())
    verdicts = [
        verdict
        for channel in registers.channels
        if channel.selectable and (verdict := judge(channel, facts, prover, day)) is not None
    ]
    recommended = tuple(
        _recommend(verdict, facts, prover)
        for verdict in sorted((v for v in verdicts if v.role is not None), key=_order)
    )
    rejected = tuple(
        Rejected(verdict.channel, verdict.why, prover.prove_all(verdict.rules))
        for verdict in verdicts
        if verdict.why is not None
    )
    demands = prover.prove_all(_holding(registers.demands, facts))
    unknown = prover.prove_all(_holding(registers.unknown_channels, facts))
    basis = _basis(recommended)
    headline = texts.basis(
        basis,
        binding=any(r.strength in BINDING for item in recommended[:1] for r in item.reasons),
        first_choice=bool(recommended) and recommended[0].role is Role.MAIN,
        danger=answers.danger,
        contact=library.contact,
    )
    banned = "personopplysninger" in answers.concerns and answers.message != forms.PERSONAL
    hints = (texts.HINT_PERSONAL_DATA,) if banned and not answers.danger else ()
    return ChannelAdvice(
        answers=answers,
        day=day,
        edition=library.edition,
        crisis=crisis,
        headline=headline,
        basis=basis,
        recommended=recommended,
        rejected=rejected,
        demands=demands,
        unknown=unknown,
        notices=(*hints, *prover.notices()),
        sources=prover.sources,
        contact=library.contact,
    )


# --- One channel ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the register says about one channel: a role, or why not."""

    channel: Channel
    rules: tuple[Rule, ...]
    role: Role | None = None
    why: Rejection | None = None
    note: str = ""


def judge(channel: Channel, facts: Facts, prover: Prover, day: date) -> Verdict | None:
    """Weigh the rules about one channel; None where they say nothing for these answers."""
    status = channel.status_on(day)
    concerned = not facts[forms.AUDIENCE].isdisjoint(channel.audiences)
    demands = prover.usable(_holding(channel.demands, facts))
    if status in {ChannelStatus.CLOSED, ChannelStatus.PLANNED}:
        why = Rejection.CLOSED if status is ChannelStatus.CLOSED else Rejection.PLANNED
        if not concerned or channel.status_rule is None:
            return None
        return Verdict(channel, (channel.status_rule, *demands), why=why)
    suited = prover.usable(_holding(channel.suited, facts))
    unsuited = prover.usable(_holding(channel.unsuited, facts))
    if suited and top_rank(suited) > top_rank(unsuited):
        role = min((rule.role or Role.SUPPLEMENT for rule in suited), key=_ROLES.index)
        note = ""
        if status is not ChannelStatus.IN_USE:
            role = Role.POSSIBLE
            unknown = status is ChannelStatus.UNKNOWN
            note = texts.STATUS_UNKNOWN if unknown else texts.STATUS_CLOSING
        return Verdict(channel, tuple(suited), role=role, note=note)
    if unsuited:
        return Verdict(channel, tuple(unsuited), why=Rejection.AGAINST)
    unsettled = tuple(rule for rule in demands if rule.about == UNSETTLED)
    if concerned and unsettled:
        return Verdict(channel, unsettled, why=Rejection.UNSETTLED)
    return None


def top_rank(rules: Sequence[Rule]) -> float:
    """Return the highest rank of some rules; below every rank where there are none."""
    return max((rule.rank for rule in rules), default=float("-inf"))


def _holding(rules: Sequence[Rule], facts: Facts) -> list[Rule]:
    return [rule for rule in rules if holds(rule.condition, facts)]


def _order(verdict: Verdict) -> tuple[int, float]:
    """Order channels by role and rank; otherwise they stay as in the register."""
    assert verdict.role is not None
    return _ROLES.index(verdict.role), -top_rank(verdict.rules)


def _recommend(verdict: Verdict, facts: Facts, prover: Prover) -> Recommended:
    assert verdict.role is not None
    reasons = sorted(verdict.rules, key=lambda rule: _ROLES.index(rule.role or Role.SUPPLEMENT))
    return Recommended(
        channel=verdict.channel,
        role=verdict.role,
        reasons=prover.prove_all(reasons),
        demands=prover.prove_all(_holding(verdict.channel.demands, facts)),
        note=verdict.note,
    )


def _basis(recommended: Sequence[Recommended]) -> Origin | None:
    """Return the strongest origin behind the first choice, or behind all where there is none."""
    if not recommended:
        return None
    chosen = recommended[:1] if recommended[0].role is Role.MAIN else recommended
    origins = [rule.origin for channel in chosen for rule in channel.reasons]
    return min(origins, key=_ORIGINS.index)
