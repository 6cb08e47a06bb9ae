"""A claim may not bind more than its evidence, nor turn a duty into advice or leave.

«Skal» and «må» come before «bør», and «bør» before «kan». Each clause is held against the clauses
it rests on, and the claim as a whole against the evidence as a whole, for a clause that rests on
nothing in particular.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistent.verify.case import Case, governing
from assistent.verify.deontic import (
    Force,
    binds_by_noun,
    binds_nobody,
    decisive_mark,
    denials,
    force_of,
    is_modal,
)
from assistent.verify.grounds import Ground, Rest
from assistent.verify.lexicon import Mark
from assistent.verify.reading import Clause, Reading
from assistent.verify.roots import bases
from assistent.verify.verbs import is_verb
from assistent.verify.verdict import Fault

_RELATIVE = frozenset("som der hvor who which that where".split())
_ASK = frozenset("spør kontakt".split())
_ABLE = frozenset(("kunne", "able"))
# Goals are told as facts: «vi er til stede» under «Mål».
_AIM = re.compile(r"\w*mål(?:et|a|ene|s)?$")
_AIMING = frozenset("skal skulle should".split())
_INTENDING = frozenset("planlegge foreslå håpe forsøke".split())
# What was to be done, and words for what is not done yet.
_PLANNED = frozenset(("skulle", "would"))
_PROSPECTIVE = frozenset(
    "skal skulle vil ville plan planen forslag forslaget foreslått will would shall planned".split()
)
# Subordinate clauses that share the force of the clause they belong to.
# «Opplysninger om hvem vi er skal …» goes on with the main clause.
_MAIN = frozenset(("", "om"))
_SHARING = frozenset(("for", "at", "som", "who", "that", "which"))


def modality_faults(case: Case) -> Iterator[Fault]:
    """Yield a fault if the claim binds otherwise than its evidence."""
    stated = {force_of(case.claim, clause) for clause in case.claim.clauses}
    for rest in case.rests:
        mine = force_of(case.claim, rest.clause)
        if mine is Force.ORDER or _is_aside(case.claim, rest.clause):
            continue
        if binds_nobody(case.claim, rest.clause):
            continue
        if mine is not Force.ADVICE and any(
            _only_intends(case, ground) for ground in rest.grounds[:1]
        ):
            yield Fault.MODALITY
            return
        if not any(_agrees(case, rest, ground, mine, stated) for ground in rest.grounds):
            yield Fault.MODALITY
            return
    if _exceeds_the_whole(case):
        yield Fault.MODALITY


def _is_aside(claim: Reading, clause: Clause) -> bool:
    """A condition or an object clause that binds by a noun only: «når sikkerheten krever det»."""
    decisive = decisive_mark(claim, clause)
    if decisive is None:
        return False
    low = claim.words[decisive.first].low
    return low in _PLANNED or bool(clause.opener and not is_modal(low))


def _only_intends(case: Case, ground: Ground) -> bool:
    """Whether the evidence plans, proposes or asks for what the claim says is done."""
    reached = {
        carrier.position
        for found in case.carried[ground.number].carriers.values()
        for carrier in found
    }
    said = {word.low for word in case.claim.words}
    if ground.number >= case.cited:
        return False
    return not said & _PROSPECTIVE and any(
        at not in reached and bases(ground.evidence.words[at].low) & _INTENDING
        for at in range(ground.clause.first, ground.clause.last + 1)
    )


def _agrees(case: Case, rest: Rest, ground: Ground, mine: Force, stated: set[Force]) -> bool:
    theirs = _forces(ground.evidence, ground.clause)
    if not any(is_verb(word.low) for word in ground.evidence.words_of(ground.clause)):
        theirs |= _main_forces(ground.evidence)  # a law in brackets
    if mine in (Force.DUTY, Force.ADVICE) and ground.clause.opener:
        theirs |= _main_forces(ground.evidence)
    if ground.number < case.cited:
        theirs |= {force for lead in case.leads for force in _main_forces(lead)} - {Force.FACT}
    if theirs == {Force.FACT} and ground.clause.opener in _SHARING:
        above = governing(ground.evidence, ground.clause)
        if above is not None:
            theirs.add(force_of(ground.evidence, above))
    denied = denials(case.claim, rest.clause) % 2 == 1
    if (
        mine is Force.LEAVE
        and not denied
        and (rest.clause.opener in _RELATIVE or (_asks(ground) and Force.ORDER in theirs))
    ):
        return True  # what may be done there; «juristen kan svare» for «spør juristen»
    if mine in (Force.DUTY, Force.ADVICE) and _is_named(case, rest.clause):
        return True
    if _is_entitlement(case.claim, rest.clause) and theirs & {Force.DUTY, Force.LEAVE}:
        return True
    if mine is Force.LEAVE and Force.ADVICE in stated and _has(ground.evidence, Force.ADVICE):
        return True  # «Plakatene kan følge tallene, det er rådet»
    if mine is Force.LEAVE and not theirs & {Force.LEAVE, Force.EXEMPTION} and not denied:
        # To say that something may be where it is, is less; but not where there is a duty.
        bound = _has(ground.evidence, Force.DUTY) or binds_by_noun(ground.evidence, ground.clause)
        return theirs == {Force.FACT} and (bool(rest.clause.opener) or not bound)
    if mine is Force.ADVICE and _advises_first(ground.evidence):
        return True
    if theirs == {Force.EXEMPTION} and (mine is Force.FACT or (mine is Force.LEAVE and denied)):
        return False  # «trenger ikke» is neither «gjør ikke» nor «kan ikke»
    if mine is Force.EXEMPTION and Force.EXEMPTION not in theirs:
        return Force.LEAVE in theirs and not denials(ground.evidence, ground.clause) % 2
    if mine is Force.FACT and (
        ground.number >= case.cited or ground.evidence.text.rstrip().endswith("?")
    ):
        return True  # what leads in a list, and what a checklist asks, states nothing
    if mine is Force.FACT:
        weaker = theirs <= {Force.LEAVE, Force.ADVICE} and not stated & theirs
        return bool(rest.clause.opener) or ground.clause.opener in _RELATIVE or not weaker
    if mine is Force.DUTY and theirs == {Force.FACT} and _is_aimed(case, rest.clause):
        return True
    return _allows(mine, theirs, denied=denied, advised=case.advised) or (
        mine is Force.DUTY and theirs == {Force.FACT} and _binds_by_noun(ground.evidence)
    )


def _asks(ground: Ground) -> bool:
    return ground.evidence.words[ground.clause.first].low in _ASK


def _is_aimed(case: Case, clause: Clause) -> bool:
    """Whether a clause says «skal» of what the evidence calls a goal."""
    decisive = decisive_mark(case.claim, clause)
    if decisive is None or case.claim.words[decisive.first].low not in _AIMING:
        return False
    around = (word for reading in case.context for word in reading.words)
    return any(_AIM.match(word.low) for word in (*case.words_of_evidence(), *around))


def _binds_by_noun(evidence: Reading) -> bool:
    return any(binds_by_noun(evidence, clause) for clause in evidence.clauses)


def _allows(mine: Force, theirs: set[Force], *, denied: bool, advised: bool) -> bool:
    """Whether a clause of one force may rest on clauses of these forces."""
    if mine is Force.DUTY:
        ordered = Force.ORDER in theirs and not advised
        return Force.DUTY in theirs or ordered or (denied and Force.LEAVE in theirs)
    if mine is Force.ADVICE:
        return bool(theirs & {Force.ADVICE, Force.ORDER}) or (advised and Force.DUTY not in theirs)
    if mine is Force.LEAVE:
        return bool(theirs & {Force.LEAVE, Force.EXEMPTION}) or (denied and Force.DUTY in theirs)
    if mine is Force.EXEMPTION:
        return bool(theirs & {Force.EXEMPTION, Force.LEAVE})
    return True


def _is_named(case: Case, clause: Clause) -> bool:
    """Whether a clause binds by a noun that the evidence has: «inneholder krav om teksting»."""
    decisive = decisive_mark(case.claim, clause)
    if decisive is None:
        return False
    low = case.claim.words[decisive.first].low
    return not is_modal(low) and any(
        carrier.low == low
        for number in range(len(case.carried))
        for carrier in case.carriers(decisive.first, number)
    )


def _is_entitlement(claim: Reading, clause: Clause) -> bool:
    """«Har krav på», «har rett til»: what one may get and somebody must give."""
    decisive = decisive_mark(claim, clause)
    return decisive is not None and {Mark.DUTY, Mark.LEAVE} <= decisive.marks


def _advises_first(evidence: Reading) -> bool:
    return any(force_of(evidence, clause) is Force.ADVICE for clause in evidence.clauses[:1])


def _has(evidence: Reading, force: Force) -> bool:
    return any(force_of(evidence, clause) is force for clause in evidence.clauses)


def _main_forces(reading: Reading) -> set[Force]:
    return {
        force
        for clause in reading.clauses
        if clause.opener in _MAIN
        for force in _forces(reading, clause)
    }


def _forces(reading: Reading, clause: Clause) -> set[Force]:
    """Return how a clause binds; who has a right to something may have it, and must be given it."""
    force = force_of(reading, clause)
    may = any(word.low in _ABLE for word in reading.words_of(clause))  # «skal kunne»
    return {force, Force.LEAVE} if may or _is_entitlement(reading, clause) else {force}


def _claims_right(case: Case) -> bool:
    return any(_is_entitlement(case.claim, clause) for clause in case.claim.clauses)


def _exceeds_the_whole(case: Case) -> bool:
    used = {ground.number for rest in case.rests for ground in rest.grounds}
    readings = [case.carried[number].evidence for number in used]
    theirs = {force for reading in readings for force in _main_forces(reading)}
    theirs |= {
        force_of(rest.grounds[0].evidence, rest.grounds[0].clause)
        for rest in case.rests
        if not rest.clause.opener
    }
    bound = any(binds_by_noun(reading, part) for reading in readings for part in reading.clauses)
    denied = any(denials(case.claim, clause) for clause in case.claim.clauses)
    own = {
        force_of(case.claim, clause)
        for clause in case.claim.clauses
        if clause.opener in _MAIN
        and not binds_nobody(case.claim, clause)
        and not _is_named(case, clause)
    }
    for mine in own if readings else ():
        allowed = _allows(mine, theirs, denied=denied, advised=case.advised)
        if mine is Force.DUTY:
            aimed = any(_is_aimed(case, clause) for clause in case.claim.clauses)
            allowed = allowed or bound or aimed or (Force.LEAVE in theirs and _claims_right(case))
        elif mine is Force.ADVICE:
            allowed = allowed or case.advised
        elif mine is Force.LEAVE:
            allowed = allowed or not theirs & {Force.DUTY, Force.ADVICE}
        if not allowed:
            return True
    return False
