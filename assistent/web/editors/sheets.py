"""The tables that can be taken home: a head and rows, in the words of the pages."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from assistent import texts_editors as texts
from assistent import texts_feedback
from assistent.journal import Place
from assistent.types import Document
from assistent.web.editors.chart import KINDS
from assistent.web.editors.desk import HERE, EditorsDesk

Sheet = tuple[Sequence[str], Sequence[Sequence[object]]]
LONG_AHEAD = 365


def title_of(path: str, documents: Mapping[str, Document]) -> str:
    """Return a document's title; its path where it is no longer there."""
    document = documents.get(path)
    return document.info.title if document else path


def section_of(place: Place) -> str:
    """Return the headings of a part, outermost first."""
    return " › ".join(place.section) or texts.WHOLE_DOCUMENT


def sheet(name: str, desk: EditorsDesk, groups: Collection[str]) -> Sheet:
    """Return one of the tables by its name in ``texts_editors.FILE_NAMES``."""
    return _SHEETS[name](desk, groups)


def _outcomes(desk: EditorsDesk, groups: Collection[str]) -> Sheet:  # noqa: ARG001
    head = (texts.DAY, *(texts.OUTCOME_KINDS[kind] for kind in KINDS), texts.SUM)
    return head, [
        (texts.short_day(each.day), *(each.counts[kind] for kind in KINDS), each.total)
        for each in desk.outcomes()
    ]


def _used(desk: EditorsDesk, groups: Collection[str]) -> Sheet:
    documents = desk.documents()
    head = (texts.DOCUMENT, texts.SECTION, texts.TIMES)
    return head, [
        (title_of(each.place.document, documents), section_of(each.place), each.answers)
        for each in desk.used(groups)
    ]


def _unmet(desk: EditorsDesk, groups: Collection[str]) -> Sheet:
    head = (
        *(texts.QUESTION, texts.ASKED, texts.MISSING, texts.UNSURE, texts.DISLIKED),
        *(texts.LAST_ASKED, texts.OTHER_WORDINGS),
    )
    return head, [
        (
            each.questions[0],
            each.asked,
            each.missing,
            each.unsure,
            each.disliked,
            texts.short_day(each.newest.astimezone(HERE)),
            " | ".join(each.questions[1:]),
        )
        for each in desk.unmet(groups)
    ]


def _ending(desk: EditorsDesk, groups: Collection[str]) -> Sheet:  # noqa: ARG001
    head = (texts.DOCUMENT, texts.STANDING, texts.LAST_DAY)
    return head, [
        (each.info.title, each.standing, texts.short_day(each.day) if each.day else "")
        for each in desk.ending(LONG_AHEAD)
    ]


def _leaving(desk: EditorsDesk, groups: Collection[str]) -> Sheet:  # noqa: ARG001
    head = (texts.CHANNEL, texts.STATUS, texts.FROM_DAY, texts.REPLACEMENT)
    return head, [
        (
            each.channel.name,
            each.status,
            texts.short_day(each.day) if each.day else "",
            each.replacement,
        )
        for each in desk.leaving(LONG_AHEAD)
    ]


def _fallen(desk: EditorsDesk, groups: Collection[str]) -> Sheet:
    documents = desk.documents()
    head = (
        *(texts.DOCUMENT, texts.SECTION, texts.WORDS, texts.WHAT),
        *(texts.SHOWN_TIMES, texts.LAST_SHOWN),
    )
    return head, [
        (
            title_of(each.quote.place.document, documents),
            section_of(each.quote.place),
            each.quote.text or "",
            texts.FALLEN_GONE if each.gone else texts.FALLEN_CHANGED,
            each.quote.shown,
            texts.short_day(each.quote.last_shown.astimezone(HERE)),
        )
        for each in desk.fallen(groups)
    ]


def _feedback(desk: EditorsDesk, groups: Collection[str]) -> Sheet:
    documents = desk.documents()
    said = desk.feedback(groups)
    subjects = desk.subjects(said, groups)
    head = (
        *(texts.IDENTITY, texts.GIVEN, texts.REFERENCE, texts.QUESTION, texts.CLAIM),
        texts.VERDICT,
        *(texts.REASONS, texts.COMMENT, texts.REPLY_WANTED, texts.SOURCES),
        *(texts.TRIAGE, texts.NOTE, texts.HANDLED_BY),
    )
    return head, [
        (
            each.identity,
            texts.short_day(each.given_at.astimezone(HERE)),
            each.given.reference,
            subjects[each.identity].question,
            each.given.claim or "",
            texts.USEFUL if each.given.useful else texts.NOT_USEFUL,
            ", ".join(texts_feedback.REASONS[reason] for reason in each.given.reasons),
            each.given.text,
            # The address itself stays where it can be erased.
            texts.YES if each.given.contact else texts.NO,
            " | ".join(
                f"{title_of(place.document, documents)}: {section_of(place)}"
                for place in each.places
            ),
            each.triage,
            each.note,
            each.handled_by,
        )
        for each in said
    ]


_SHEETS: Mapping[str, Callable[[EditorsDesk, Collection[str]], Sheet]] = {
    "utfall": _outcomes,
    "kilder": _used,
    "ubesvart": _unmet,
    "dokumenter": _ending,
    "kanaler": _leaving,
    "sitater": _fallen,
    "tilbakemeldinger": _feedback,
}
