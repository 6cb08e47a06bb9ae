"""What the two guided tools share: the rules they read and the proof of every line they show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from assistent import texts_guidance as texts
from assistent.errors import IndexDamagedError
from assistent.scope import is_foreign
from assistent.sections import split_into_sections
from assistent.types import Document, DocumentInfo, Origin, Registers, Rule, Source, Standing

HOME = "Oslo kommune"
# A rule of any other document is no rule today.
_USABLE = (Standing.IN_FORCE, Standing.SUMMARY)
BINDING = ("skal", "må")


@dataclass(frozen=True, slots=True)
class Library:
    """The documents and registers of one edition, and whose rules they are.

    ``contact`` is whom to ask, as shown to the user.
    """

    documents: Mapping[str, Document]
    registers: Registers
    edition: str = ""
    home: str = HOME
    contact: str = ""
    # Where each quote stands: looking it up means cutting the document into sections.
    places: dict[tuple[str, int], tuple[tuple[str, ...], int | None]] = field(
        default_factory=dict, compare=False, repr=False
    )


@dataclass(frozen=True, slots=True)
class ProvenRule:
    """A line to show: what it says, how strongly, whose word it is, and the quote behind it.

    ``strength`` is the source's own word (skal, må, bør, kan), råd for mere advice, and empty for
    what only informs. ``about`` names the demand, for example «teksting av video».
    """

    about: str
    text: str
    strength: str
    origin: Origin
    source: Source

    @property
    def label(self) -> str:
        """Whose word it is, as shown to the user."""
        return texts.ORIGIN[self.origin]


class Prover:
    """Proves rules for one result and numbers their sources in the order of use.

    The same quote has one number. Rules of documents that do not apply on the day are left out,
    and :meth:`notices` says which.
    """

    def __init__(self, library: Library, day: date) -> None:
        self._library = library
        self._day = day
        self._sources: dict[tuple[str, int, int], Source] = {}
        self._left_out: dict[str, str] = {}
        self._applying: dict[str, bool] = {}

    def usable(self, rules: Iterable[Rule]) -> list[Rule]:
        """Return the rules whose document applies on the day."""
        return [rule for rule in rules if self._applies(rule)]

    def prove(self, rule: Rule) -> ProvenRule:
        """Return a usable rule as a line with its source.

        Raises:
            IndexDamagedError: the quote does not stand where the register says.
        """
        info = self._library.documents[rule.document].info
        return ProvenRule(
            about=rule.about,
            text=rule.text,
            strength=rule.strength,
            origin=origin_of(rule, info, self._library.home),
            source=self._source(rule),
        )

    def prove_all(self, rules: Iterable[Rule]) -> tuple[ProvenRule, ...]:
        """Return the usable ones of some rules as lines, each quote once."""
        lines: dict[tuple[str, int, str], Rule] = {}
        for rule in self.usable(rules):
            lines.setdefault((rule.document, rule.start, rule.text), rule)
        return tuple(self.prove(rule) for rule in lines.values())

    @property
    def sources(self) -> tuple[Source, ...]:
        """All sources so far, by number."""
        return tuple(self._sources.values())

    def notices(self) -> tuple[str, ...]:
        """Return what must be said about the documents."""
        said = list(self._left_out.values())
        if any(source.standing is Standing.SUMMARY for source in self._sources.values()):
            said.append(texts.NOTICE_SUMMARY)
        return tuple(said)

    def _applies(self, rule: Rule) -> bool:
        path = rule.document
        if path not in self._applying:
            document = self._library.documents.get(path)
            if document is None:
                raise IndexDamagedError(texts.quote_lost(path))
            info = document.info
            standing = info.standing_on(self._day)
            foreign = is_foreign(info, self._library.home)
            self._applying[path] = standing in _USABLE and not foreign
            if not self._applying[path]:
                self._left_out[path] = texts.not_used(info.title, "" if foreign else standing)
        return self._applying[path]

    def _source(self, rule: Rule) -> Source:
        key = (rule.document, rule.start, rule.end)
        if key not in self._sources:
            document = self._library.documents[rule.document]
            if document.text[rule.start : rule.end] != rule.quote or not rule.quote:
                raise IndexDamagedError(texts.quote_lost(rule.document))
            section, page = self._place(document, rule.start)
            self._sources[key] = Source(
                number=len(self._sources) + 1,
                document=rule.document,
                title=document.info.title,
                section=section,
                page=page,
                quote=rule.quote,
                start=rule.start,
                end=rule.end,
                standing=document.info.standing_on(self._day),
                note=document.info.note,
                url=document.info.url,
            )
        return self._sources[key]

    def _place(self, document: Document, start: int) -> tuple[tuple[str, ...], int | None]:
        """Return the headings above a quote and its page."""
        key = (document.info.path, start)
        if key not in self._library.places:
            section = next(
                (
                    section.path
                    for section in split_into_sections(document.text, document.blocks)
                    if section.start <= start < section.end
                ),
                (),
            )
            page = next((b.page for b in document.blocks if b.start <= start < b.end), None)
            self._library.places[key] = (section, page)
        return self._library.places[key]


def origin_of(rule: Rule, info: DocumentInfo, home: str) -> Origin:
    """Return whose word a rule is: as the register says, else from document and strength."""
    if rule.origin is not None:
        return rule.origin
    if rule.strength in ("", "kan"):
        return Origin.FACT
    if is_own(info, home):
        return Origin.OSLO
    return Origin.LAW if rule.strength in BINDING else Origin.ADVICE


def is_own(info: DocumentInfo, home: str) -> bool:
    """Whether a document is the home organisation's own, not merely a summary or another's."""
    return info.declared_standing is not Standing.SUMMARY and not is_foreign(info, home)
