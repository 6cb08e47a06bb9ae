"""The form of what is said around an answer, the same for every language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from assistent.texts import long_date

_ENGLISH_MONTHS = (
    "January February March April May June July August September October November December".split()
)
USUAL_CONTACT = "kommunikasjonsavdelingen i din virksomhet"
"""Whom to ask where nobody else is set; each language has its own words for it."""


@dataclass(frozen=True, slots=True)
class AnswerTexts:
    """What is said around an answer, in one language.

    Names in braces are filled in. ``standing``, ``things`` (what a question asked for, by
    ``demands.Demand``), ``steps``, ``offer`` and ``offer_link`` (by tool) go by the values of their
    enumerations. ``quoted`` leads in quotes in another language than the answer's, and is empty
    where none need it. ``names`` are what others are called in this language.
    """

    language: str
    quote_marks: tuple[str, str]
    and_: str
    or_: str
    names: Mapping[str, str]

    # The card
    answer_heading: str
    sources_heading: str
    notice_label: str
    standing_label: str
    standing: Mapping[str, str]
    source_mark: str
    page: str
    show_in_document: str
    opens_in_new_tab: str
    more_lines: tuple[str, str]
    you_asked: str
    question_removed: str
    quoted: str
    by_quotes: str
    by_model: str
    steps: Mapping[str, str]
    searched_for: str
    edit_search: str
    new_topic: str
    ask_next: str
    copy: str
    copied: str
    rests_on: str
    dropped: tuple[str, str]
    send_without: str

    # Notices
    uncertain: str
    expired: str
    expired_undated: str
    repealed: str
    repealed_by: str
    draft: str
    summary: tuple[str, str]
    other_owner: str
    conflict: str
    prevails: Mapping[str, str]
    closed: str
    closed_on: str
    replaced_by: str
    replaced_by_unknown: str

    # Refusals
    not_found: str
    answer: str
    things: Mapping[str, str]
    other_municipality: str
    unmentioned: str
    mentioned_nowhere: str
    searched: tuple[str, str]
    closest: str
    section_of: str
    contact: str
    usual_contact: str
    failed: str

    # Tools
    offer: Mapping[str, str]
    offer_link: Mapping[str, str]
    new_tab: str

    def day(self, day: date) -> str:
        """Write a date: «22. mai 2025», "22 May 2025"."""
        if self.language == "en":
            return f"{day.day} {_ENGLISH_MONTHS[day.month - 1]} {day.year}"
        return long_date(day)

    def name(self, owner: str) -> str:
        """Return what an owner is called in this language."""
        return self.names.get(owner, owner)

    def quotation(self, words: str) -> str:
        """Set words in quotation marks."""
        left, right = self.quote_marks
        return f"{left}{words}{right}"

    def listed(self, words: Sequence[str], conjunction: str) -> str:
        """Join words with commas and a conjunction."""
        if len(words) < 2:
            return "".join(words)
        return f"{', '.join(words[:-1])} {conjunction} {words[-1]}"

    def more(self, number: int) -> str:
        """Offer the rest of an answer."""
        return _of(self.more_lines, number).format(number=number)

    def left_out(self, number: int) -> str:
        """Say how many sentences of a chat model were not proven."""
        return _of(self.dropped, number).format(number=number)

    def summaries(self, titles: Sequence[str]) -> str:
        """Say which documents are our own summaries."""
        named = self.listed([self.quotation(title) for title in titles], self.and_)
        return _of(self.summary, len(titles)).format(titles=named)

    def disagreement(self, first: str, second: str, *, by: str) -> str:
        """Say that two documents disagree.

        Args:
            first: the title of the one that prevails, where one does.
            by: why it prevails, as in ``prevails``; empty if neither does.
        """
        both = {"first": self.quotation(first), "second": self.quotation(second)}
        return f"{self.conflict.format(**both)} {self.prevails[by].format(**both)}"

    def closed_channel(self, name: str, *, since: date | None, replacement: str) -> str:
        """Say that a channel is closed, and what replaced it if that is known."""
        closed = (
            self.closed_on.format(name=name, day=self.day(since))
            if since
            else self.closed.format(name=name)
        )
        if replacement:
            return f"{closed} {self.replaced_by.format(replacement=replacement)}"
        return f"{closed} {self.replaced_by_unknown}"

    def not_in_sources(
        self,
        documents: int,
        *,
        section: str,
        title: str,
        demand: str = "",
        unmentioned: Sequence[str] = (),
        other: str = "",
        home: str = "Oslo kommune",
    ) -> str:
        """Say that the answer is not there, what was searched, and what comes closest.

        Args:
            demand: what the question asked for, as in ``things``; empty for anything else.
            unmentioned: words of the question that stand in no document.
            other: another municipality that the question is about.
        """
        lines = [self.not_found.format(thing=self.things[demand] if demand else self.answer)]
        if other:
            lines.append(self.other_municipality.format(home=self.name(home), other=other))
        words = [self.quotation(word) for word in unmentioned if word != other]
        if words:
            lines.append(self.unmentioned.format(words=self.listed(words, self.or_)))
        lines.append(_of(self.searched, documents).format(number=documents))
        if title and not other:
            place = self.quotation(title)
            if section:
                place = self.section_of.format(section=self.quotation(section), title=place)
            lines.append(self.closest.format(place=place))
        return " ".join(lines)

    def doubt(self, missing: Sequence[str] = ()) -> str:
        """Say that what is shown may not be the answer, and which words stand in no document.

        The same words end every doubt: see :meth:`is_doubt`.
        """
        if not missing:
            return self.uncertain
        return f"{self.nowhere(missing)} {self.uncertain}"

    def nowhere(self, missing: Sequence[str]) -> str:
        """Say which words of a question stand in no document."""
        words = self.listed([self.quotation(word) for word in missing], self.or_)
        return self.mentioned_nowhere.format(words=words)

    def is_doubt(self, notice: str) -> bool:
        """Whether a notice is of :meth:`doubt`."""
        return notice.endswith(self.uncertain)

    def ask(self, contact: str) -> str:
        """Say whom to ask; empty where nobody is known."""
        if not contact:
            return ""
        usual = contact == USUAL_CONTACT
        return self.contact.format(contact=self.usual_contact if usual else contact)


def _of(forms: tuple[str, str], number: int) -> str:
    """Return the singular or the plural."""
    return forms[0 if number == 1 else 1]
