"""What is answered, as models that describe it; :mod:`assistent.exchange.records` fills them.

They are for descriptions and tests: a reply is written from the values and not read back.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from assistent import channels, types
from assistent.exchange.described import Described, listed

Outcome = Annotated[types.Outcome, listed(types.Outcome)]
Relation = Annotated[types.Relation, listed(types.Relation)]
Standing = Annotated[types.Standing, listed(types.Standing)]
Origin = Annotated[types.Origin, listed(types.Origin)]
Role = Annotated[types.Role, listed(types.Role)]
ChannelStatus = Annotated[types.ChannelStatus, listed(types.ChannelStatus)]
Rejection = Annotated[channels.Rejection, listed(channels.Rejection)]


class ClaimReply(Described):
    """One sentence of an answer."""

    text: str
    sources: list[int]


class SourceReply(Described):
    """A numbered place in a document."""

    number: int
    document: str
    title: str
    section: list[str]
    page: int | None
    quote: str
    start: int
    end: int
    standing: Standing
    note: str
    url: str
    viewer: str


class TimesReply(Described):
    """Milliseconds per step."""

    guard: float
    embed: float
    search: float
    write: float
    verify: float
    total: float


class AnswerReply(Described):
    """An answer."""

    question: str
    search_question: str
    language: str
    outcome: Outcome
    text: str
    writer: str
    claims: list[ClaimReply]
    sources: list[SourceReply]
    notices: list[str]
    contact: str
    edition: str
    milliseconds: TimesReply
    relation: Relation
    suggestions: list[str]
    provisional: bool
    dropped: int
    reference: str


class FeedbackReply(Described):
    """Feedback that is kept."""

    id: str
    text: str


class HitReply(Described):
    """A passage that was found."""

    rank: int
    document: str
    title: str
    section: list[str]
    page: int | None
    text: str
    score: float
    dense: float
    lexical: float
    start: int
    end: int
    standing: Standing
    viewer: str


class FoundReply(Described):
    """What a search found."""

    question: str
    search_question: str
    edition: str
    milliseconds: dict[str, float]
    hits: list[HitReply]


class DocumentReply(Described):
    """What the catalogue knows of a document."""

    document: str
    title: str
    kind: str
    owner: str
    applies_to: str
    case_number: str
    standing: Standing
    adopted: date | None
    valid_from: date | None
    valid_to: date | None
    repealed_by: str
    repealed_on: date | None
    language: str
    note: str
    url: str
    licence: str
    viewer: str


class DocumentTextReply(DocumentReply):
    """A document with its stored text."""

    text: str


class DocumentsReply(Described):
    """All documents of the edition."""

    edition: str
    day: date
    documents: list[DocumentReply]


class LineReply(Described):
    """A rule with the number of its source."""

    about: str
    text: str
    strength: str
    origin: Origin
    source: int


class RecommendedReply(Described):
    """A channel to use."""

    channel: str
    name: str
    role: Role
    status: ChannelStatus
    reasons: list[LineReply]
    demands: list[LineReply]
    note: str


class RejectedReply(Described):
    """A channel not to use."""

    channel: str
    name: str
    why: Rejection
    reasons: list[LineReply]


class ChannelAnswersReply(Described):
    """What an advice rests on."""

    audience: str
    message: str
    urgency: str
    concerns: list[str]


class AdviceReply(Described):
    """The advice of the kanalvelger."""

    answers: ChannelAnswersReply
    day: date
    edition: str
    crisis: list[LineReply]
    headline: str
    basis: Origin | None
    recommended: list[RecommendedReply]
    rejected: list[RejectedReply]
    demands: list[LineReply]
    unknown: list[LineReply]
    notices: list[str]
    contact: str
    sources: list[SourceReply]


class CheckLineReply(LineReply):
    """A line of a checklist."""

    id: str
    title: str
    who: str
    deadline: str
    ask_lawyer: bool
    always: bool
    because: list[str]
    clarify: list[str]


class PartsReply(Described):
    """A checklist in its three parts."""

    før: list[CheckLineReply]
    ved: list[CheckLineReply]
    etter: list[CheckLineReply]


class DecisionAnswersReply(Described):
    """What a checklist rests on."""

    description: str
    replies: dict[str, str]


class CheckReply(Described):
    """The checklist of the beslutningssjekk."""

    answers: DecisionAnswersReply
    day: date
    edition: str
    crisis: list[LineReply]
    parts: PartsReply
    unknown: list[LineReply]
    notices: list[str]
    contact: str
    sources: list[SourceReply]


class FaultReply(Described):
    """One fault of what was sent."""

    pointer: str | None = None
    parameter: str | None = None
    detail: str
    repair: str


class ProblemReply(Described):
    """An error in the form of RFC 9457."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[FaultReply] = Field(default=[])
