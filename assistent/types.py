"""The values that flow through the assistant.

Everything here is frozen and free of third-party types. Offsets are character offsets into a
document's stored text (:attr:`Document.text`), half open, so that ``text[start:end]`` is the part
meant. A score is always "higher is better".
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Standing(StrEnum):
    """What a document is worth on a given day, as shown to the user."""

    IN_FORCE = "gjeldende"
    EXPIRED = "utløpt"
    REPEALED = "opphevet"
    DRAFT = "utkast"
    SUMMARY = "sammendrag"


class Outcome(StrEnum):
    """What became of a question. The list is closed; every step ends in one of these."""

    ANSWERED = "answered"
    PARTIAL = "partial"
    NOT_IN_SOURCES = "not_in_sources"
    OUT_OF_SCOPE = "out_of_scope"
    UNCLEAR = "unclear"
    PERSONAL_DATA = "personal_data"
    TOO_LONG = "too_long"
    FAILED = "failed"


class BlockKind(StrEnum):
    """The role that one block of a document plays in its structure."""

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE_ROW = "table_row"
    SIGNATURE = "signature"


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of characters in a document's stored text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Block:
    """One heading, paragraph, list item, table row or signature of a document.

    ``level`` is the depth of a heading (1 is the highest) or the nesting of a list item (1 is the
    outermost), otherwise 0. ``page`` counts from 1 and is None where the format has no pages.
    ``depth`` says how many headings of the path in force still apply to a block that is no
    heading; None means all of them. A signature after the last numbered decision, for example,
    belongs to the decision as a whole and not to its last subheading.
    """

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    page: int | None = None
    depth: int | None = None


@dataclass(frozen=True, slots=True)
class ParsedText:
    """What a reader makes of a file: the stored text and the blocks that cover it in order."""

    text: str
    blocks: tuple[Block, ...]
    title: str | None = None


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """A document's catalogue entry; see ``korpus/katalog.toml`` for the meaning of each field.

    ``path`` is relative to the corpus folder, with forward slashes. ``declared_standing`` is set
    only where the standing does not follow from the dates. A higher ``precedence`` prevails.
    ``access`` names the groups that may see the document; empty means everyone.
    """

    path: str
    title: str
    kind: str = "ukjent"
    owner: str = ""
    applies_to: str = ""
    case_number: str = ""
    adopted: date | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    repealed_by: str = ""
    repealed_on: date | None = None
    repeals: tuple[str, ...] = ()
    declared_standing: Standing | None = None
    precedence: int = 0
    language: str = "nb"
    url: str = ""
    licence: str = ""
    note: str = ""
    names: tuple[str, ...] = ()
    inferred: bool = False
    access: tuple[str, ...] = ()

    def open_to(self, groups: Collection[str]) -> bool:
        """Whether somebody in these groups may see the document."""
        return not self.access or any(group in groups for group in self.access)

    def standing_on(self, day: date) -> Standing:
        """Return the document's standing on ``day``."""
        if self.declared_standing is not None:
            return self.declared_standing
        if self.repealed_on is not None and day >= self.repealed_on:
            return Standing.REPEALED
        if self.valid_to is not None and day > self.valid_to:
            return Standing.EXPIRED
        if self.valid_from is not None and day < self.valid_from:
            return Standing.DRAFT
        return Standing.IN_FORCE


@dataclass(frozen=True, slots=True)
class Document:
    """One source file: its catalogue entry, its stored text and its blocks.

    ``checksum`` is the file's SHA-256 as it was read; empty where it could not be taken.
    """

    info: DocumentInfo
    text: str
    blocks: tuple[Block, ...]
    checksum: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands under it, up to the next heading of any level.

    ``path`` holds the headings from the outermost to the section's own; it is empty for what
    stands before the first heading. ``heading`` is None there.
    """

    path: tuple[str, ...]
    heading: Block | None
    blocks: tuple[Block, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Statement:
    """The smallest unit an answer can quote: a sentence, a list item, a table row, a signature.

    ``lead_in`` is the line that a list item hangs under («Følgende mål er definert:»), None for
    anything else. ``follows`` says that the statement continues the one before it in the same
    paragraph, which matters when it begins with «Dette» or «Derfor».
    """

    start: int
    end: int
    kind: BlockKind
    lead_in: Span | None = None
    follows: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of one section: what is indexed and found.

    The passages of a document cover its text without gaps or overlaps. ``body_start`` is where
    the text after the section's heading begins; it equals ``start`` where no heading is included.
    """

    id: str
    document: str
    section: tuple[str, ...]
    page: int | None
    start: int
    end: int
    body_start: int
    statements: tuple[Statement, ...]


class ChannelStatus(StrEnum):
    """Where a channel is in its life; unknown where the sources do not say."""

    PLANNED = "planlagt"
    IN_USE = "i bruk"
    CLOSING = "avvikles"
    CLOSED = "avviklet"
    UNKNOWN = "ukjent"


class Origin(StrEnum):
    """Whose word a rule is. Only the first is a rule of Oslo kommune."""

    OSLO = "oslo kommune"
    LAW = "lov"
    AGREEMENT = "avtale"
    NATIONAL = "nasjonal ordning"
    GUIDANCE = "veiledning"
    ADVICE = "råd"
    FACT = "opplysning"


class Role(StrEnum):
    """What a channel is for a message: the first choice, beside it, or merely named."""

    MAIN = "hovedkanal"
    SUPPLEMENT = "tillegg"
    POSSIBLE = "mulighet"


@dataclass(frozen=True, slots=True)
class Clause:
    """One part of a condition: the question is answered with one of the answers."""

    question: str
    answers: tuple[str, ...]


# All clauses of one case must hold; one case is enough. Without cases it always holds.
Condition = tuple[tuple[Clause, ...], ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of a register with the quote that proves it.

    ``about`` is the purpose a channel is meant or not meant for, or what it demands. ``strength``
    is the modality of the source: skal, må, bør, kan, or råd for mere advice. ``quote`` equals the
    document's ``text[start:end]``. ``origin`` is None where it follows from document and strength;
    ``role`` is for rules that recommend a channel. Of two rules that disagree about a channel the
    one of higher ``rank`` prevails.
    """

    about: str
    text: str
    strength: str
    document: str
    quote: str
    start: int
    end: int
    condition: Condition = ()
    origin: Origin | None = None
    role: Role | None = None
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Channel:
    """An entry of the channel register, ``korpus/registre/kanaler.toml``.

    ``status`` holds from ``status_from``; before that day a closed or closing channel was in use
    and a channel in use was planned. ``replaced_by`` is the id of another channel, empty where none
    is known. ``status_rule`` proves the status. A channel that is not ``selectable`` is known to
    the register but takes no part in choosing.
    """

    id: str
    name: str
    nicknames: tuple[str, ...]
    direction: str
    audiences: tuple[str, ...]
    status: ChannelStatus
    status_from: date | None
    replaced_by: str
    owner: str
    suited: tuple[Rule, ...] = ()
    unsuited: tuple[Rule, ...] = ()
    demands: tuple[Rule, ...] = ()
    status_rule: Rule | None = None
    selectable: bool = True

    def status_on(self, day: date) -> ChannelStatus:
        """Return the channel's status on ``day``."""
        if self.status_from is None or day >= self.status_from:
            return self.status
        if self.status in {ChannelStatus.CLOSED, ChannelStatus.CLOSING}:
            return ChannelStatus.IN_USE
        return ChannelStatus.PLANNED if self.status is ChannelStatus.IN_USE else self.status


@dataclass(frozen=True, slots=True)
class Duty:
    """An entry of the duty register, ``korpus/registre/plikter.toml``.

    ``when`` is før, ved, etter or alltid, relative to a decision; ``applies_to`` are the sorts of
    decisions it follows. ``rule`` carries strength, quote and condition. ``clarify`` is what to
    find out when somebody is unsure, empty for the standing question of the theme.
    """

    id: str
    title: str
    who: str
    when: str
    deadline: str
    applies_to: tuple[str, ...]
    ask_lawyer: bool
    rule: Rule
    clarify: str = ""


@dataclass(frozen=True, slots=True)
class Registers:
    """Both registers of a corpus; empty where it has none.

    ``demands`` hold in every channel. ``crisis`` comes before everything else when life or health
    is in danger. ``unknown_channels`` and ``unknown_duties`` say what the sources do not tell.
    """

    channels: tuple[Channel, ...] = ()
    duties: tuple[Duty, ...] = ()
    demands: tuple[Rule, ...] = ()
    crisis: tuple[Rule, ...] = ()
    unknown_channels: tuple[Rule, ...] = ()
    unknown_duties: tuple[Rule, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found for a question.

    ``score`` orders the hits. ``dense`` is the cosine between question and passage, ``sentence``
    the best cosine between question and one of its statements, ``lexical`` the BM25 share in
    [0, 1]. ``statement_scores`` has one cosine per statement of the passage. ``asked`` is the best
    cosine between the question and one that is known to be answered there; 0 if none is known.
    """

    passage: Passage
    score: float
    dense: float
    sentence: float
    lexical: float
    statement_scores: tuple[float, ...] = ()
    asked: float = 0.0


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as people put it, and the place in a document that answers it."""

    question: str
    document: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """A numbered sentence of a document that a chat model may build on.

    ``text`` equals the document's ``text[start:end]``. ``context`` is what the sentence stands
    under, outermost first: the headings, the line that leads in its list, the sentence that it
    points back to.
    """

    number: int
    text: str
    document: str
    section: tuple[str, ...]
    page: int | None
    start: int
    end: int
    context: tuple[str, ...] = ()


class ClaimRole(StrEnum):
    """How a claim is set: on its own, as the line that leads in a list, or as an item of it."""

    SENTENCE = "sentence"
    LEAD_IN = "lead_in"
    ITEM = "item"


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence of an answer and the numbers of the sources that prove it.

    ``beside`` says that it stands near what was asked, and fits clearly less well than the best.
    """

    text: str
    sources: tuple[int, ...]
    role: ClaimRole = ClaimRole.SENTENCE
    beside: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """A numbered place in a document under an answer; ``quote`` equals ``text[start:end]``."""

    number: int
    document: str
    title: str
    section: tuple[str, ...]
    page: int | None
    quote: str
    start: int
    end: int
    standing: Standing
    note: str
    url: str


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of the conversation so far; ``role`` is ``user`` or ``assistant``."""

    role: str
    content: str


class Relation(StrEnum):
    """How a question stands to the conversation before it."""

    ALONE = "alone"
    FOLLOW_UP = "follow_up"
    SIMPLER = "simpler"
    NEW_TOPIC = "new_topic"


class Step(StrEnum):
    """What is being done for a question right now."""

    SEARCHING = "searching"
    WRITING = "writing"
    CHECKING = "checking"


@dataclass(frozen=True, slots=True)
class Progress:
    """A sign of life between the answers of a stream."""

    step: Step


@dataclass(frozen=True, slots=True)
class Answer:
    """Everything that is shown for one question.

    ``question`` holds no personal data; where some was found, it is what is left without them.
    ``language`` is ``nb``, ``nn`` or ``en``: that of all around the quotes.
    ``text`` is the answer as plain text with numbered marks. ``milliseconds`` maps each step to
    its wall time. ``writer`` is ``extract``, ``fixed`` (a standing text) or the chat model's name.
    ``support`` is the calibrated probability that the documents answer, None where nothing was
    searched. A ``provisional`` answer is complete in itself, but may be replaced by a later one of
    the same stream. ``suggestions`` are questions that could be asked next. ``dropped`` counts the
    sentences of a chat model that could not be proven.
    ``reference`` is what a user can quote to say which answer is meant; empty where no journal is
    kept.
    """

    question: str
    search_question: str
    language: str
    outcome: Outcome
    text: str
    writer: str
    claims: tuple[Claim, ...] = ()
    sources: tuple[Source, ...] = ()
    notices: tuple[str, ...] = ()
    contact: str = ""
    edition: str = ""
    milliseconds: dict[str, float] = field(default_factory=dict)
    support: float | None = None
    relation: Relation = Relation.ALONE
    suggestions: tuple[str, ...] = ()
    provisional: bool = False
    dropped: int = 0
    reference: str = ""

    @property
    def verbatim(self) -> bool:
        """Whether its sentences are the documents' own words."""
        return self.writer == "extract"
