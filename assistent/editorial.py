"""What those who look after the documents should know: what is missing, ends, or stands no more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from assistent.conversation import leans
from assistent.embedding import Vectors
from assistent.grouping import groups_of
from assistent.journal import Feedback, Place, Triage
from assistent.journal.entries import hash_of
from assistent.journal.reading import StoredQuote, Unmet, Used
from assistent.types import Channel, ChannelStatus, Document, DocumentInfo, Outcome, Standing

_LEAVING = (ChannelStatus.CLOSING, ChannelStatus.CLOSED)
_DONE = (Triage.SOLVED, Triage.REJECTED)


@dataclass(frozen=True, slots=True)
class Group:
    """Questions of one meaning; ``questions`` has the most typical first, each wording once.

    ``asked`` counts every time; ``references`` go with ``questions``. ``missing`` were not
    answered, ``unsure`` only in part; ``disliked`` counts those where somebody was not content with
    the answer.
    """

    questions: tuple[str, ...]
    references: tuple[str, ...]
    asked: int
    missing: int
    unsure: int
    disliked: int
    newest: datetime


@dataclass(frozen=True, slots=True)
class Ending:
    """A document that is no longer valid or will not be soon; ``day`` is its last, if known."""

    info: DocumentInfo
    standing: Standing
    day: date | None


@dataclass(frozen=True, slots=True)
class Leaving:
    """A channel that has closed, is closing or will; ``day`` is when, if known."""

    channel: Channel
    status: ChannelStatus
    day: date | None
    replacement: str


@dataclass(frozen=True, slots=True)
class Fallen:
    """A quote that was shown and stands no more; ``gone`` if its whole document is."""

    quote: StoredQuote
    gone: bool


@dataclass(frozen=True, slots=True)
class Said:
    """Feedback on one part of a document; ``place`` is None for what no document is known of."""

    place: Place | None
    feedback: tuple[Feedback, ...]


def unmet_groups(unmet: Sequence[Unmet], embed: Callable[[Sequence[str]], Vectors]) -> list[Group]:
    """Group questions by meaning, the most asked first.

    Args:
        unmet: the questions, newest first.
        embed: returns one unit vector per text.
    """
    by_words: dict[str, list[Unmet]] = {}
    for each in unmet:
        by_words.setdefault(_plain(_meaning(each)), []).append(each)
    wordings = list(by_words.values())
    if not wordings:
        return []
    vectors = embed([_meaning(each[0]) for each in wordings])
    groups = [_group([wordings[row] for row in rows]) for rows in groups_of(vectors)]
    return sorted(groups, key=lambda group: (-group.asked, -group.newest.timestamp()))


def _meaning(unmet: Unmet) -> str:
    """Return the words that say what a question means.

    One that cannot be understood alone («og på mobil?») is taken as it was searched, with what was
    asked before. Others are searched so, too, in case they lean on it, but may be about something
    else; together they would look alike to whatever else was asked after the same question.
    """
    only_respelled = len(unmet.searched.split()) == len(unmet.question.split())
    return unmet.searched if only_respelled else in_full(unmet.question, unmet.searched)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(" ?.!")


def _group(wordings: Sequence[Sequence[Unmet]]) -> Group:
    everyone = [each for same in wordings for each in same]
    return Group(
        questions=tuple(in_full(same[0].question, same[0].searched) for same in wordings),
        references=tuple(same[0].reference for same in wordings),
        asked=len(everyone),
        missing=sum(each.outcome is Outcome.NOT_IN_SOURCES for each in everyone),
        unsure=sum(each.outcome is Outcome.PARTIAL for each in everyone),
        disliked=sum(each.disliked for each in everyone),
        newest=max(each.asked_at for each in everyone),
    )


def in_full(question: str, searched: str) -> str:
    """Return a question as somebody understands it who has not read what came before."""
    return searched if leans(question) else question


def ending_documents(documents: Iterable[Document], day: date, within: int) -> list[Ending]:
    """Return the documents that have expired or been repealed, or will within some days.

    What ends next comes first, then what has ended, the latest first.
    """
    found = []
    for document in documents:
        info = document.info
        days = [each for each in (_last_day(info), info.valid_to) if each is not None]
        last = min(days, default=None)
        standing = info.standing_on(day)
        ended = standing in (Standing.EXPIRED, Standing.REPEALED)
        if ended or (last is not None and day <= last <= day + timedelta(days=within)):
            found.append(Ending(info, standing, last))
    return sorted(found, key=lambda each: _soonest(each.day, day))


def _last_day(info: DocumentInfo) -> date | None:
    return info.repealed_on - timedelta(days=1) if info.repealed_on else None


def leaving_channels(channels: Iterable[Channel], day: date, within: int) -> list[Leaving]:
    """Return the channels that have closed, are closing, or will be within some days."""
    listed = list(channels)
    names = {channel.id: channel.name for channel in listed}
    found = []
    for channel in listed:
        status = channel.status_on(day)
        soon = channel.status_from is not None and channel.status_from <= day + timedelta(
            days=within
        )
        if status in _LEAVING or (channel.status in _LEAVING and soon):
            replacement = names.get(channel.replaced_by, "")
            found.append(Leaving(channel, status, channel.status_from, replacement))
    return sorted(found, key=lambda each: (_soonest(each.day, day), each.channel.name))


def _soonest(end: date | None, day: date) -> tuple[int, int]:
    """Order what is to come by how near it is, then what is past, then what has no date."""
    if end is None:
        return 2, 0
    return (0, (end - day).days) if end >= day else (1, (day - end).days)


def fallen_quotes(
    quotes: Iterable[StoredQuote], documents: Mapping[str, Document], groups: Collection[str]
) -> list[Fallen]:
    """Return the quotes that stand in their documents no more, wherever in the text.

    Args:
        quotes: what was shown.
        documents: what the reader may see, by path.
        groups: those that the reader is in; quotes of documents that were not for them are left
            out.
    """
    shown: dict[str, list[StoredQuote]] = {}
    for quote in quotes:
        if quote.place.open_to(groups):
            shown.setdefault(quote.place.document, []).append(quote)
    fallen = []
    for path, each in shown.items():
        document = documents.get(path)
        if document is None:
            fallen += [Fallen(quote, gone=True) for quote in each]
            continue
        standing = _standing(each, document.text)
        fallen += [Fallen(quote, gone=False) for quote in each if quote.text_hash not in standing]
    return sorted(fallen, key=lambda each: (-each.quote.shown, each.quote.place.document))


def _standing(quotes: Sequence[StoredQuote], text: str) -> set[str]:
    """Return the hashes of those quotes that stand in a text.

    Only the hash may be known. A quote that is not where it was is looked for at the beginning of
    every word; quotes begin nowhere else.
    """
    found = set()
    missing: dict[int, set[str]] = {}
    for quote in quotes:
        if hash_of(text[quote.start : quote.end]) == quote.text_hash:
            found.add(quote.text_hash)
        else:
            missing.setdefault(quote.end - quote.start, set()).add(quote.text_hash)
    if missing:
        starts = [
            at
            for at in range(len(text))
            if not text[at].isspace() and (at == 0 or not text[at - 1].isalnum())
        ]
        for length, hashes in missing.items():
            found |= {hash_of(text[at : at + length]) for at in starts} & hashes
    return found


def used_parts(used: Iterable[Used], groups: Collection[str]) -> list[Used]:
    """Return the most used parts of those documents that somebody in these groups may see."""
    return [each for each in used if each.place.open_to(groups)]


def readable_feedback(feedback: Iterable[Feedback], groups: Collection[str]) -> list[Feedback]:
    """Return the feedback on answers of which somebody in these groups may see all sources."""
    return [each for each in feedback if all(place.open_to(groups) for place in each.places)]


def readable_unmet(unmet: Iterable[Unmet], groups: Collection[str]) -> list[Unmet]:
    """Return the questions whose answers rest only on what somebody in these groups may see."""
    return [each for each in unmet if all(place.open_to(groups) for place in each.places)]


def needs_work(feedback: Feedback) -> bool:
    """Whether an editor has something to do: somebody said more than that it was useful."""
    given = feedback.given
    praised = given.useful and not (given.text or given.contact or given.reasons)
    return feedback.triage not in _DONE and not praised


def feedback_by_place(feedback: Iterable[Feedback]) -> list[Said]:
    """Group feedback by document and section, the most spoken of first.

    Each stands once: of the parts that its answer rests on, under the one that most feedback is
    about.
    """
    listed = list(feedback)
    spoken_of = Counter(place for each in listed for place in each.places)
    by_place: dict[Place | None, list[Feedback]] = {}
    for each in listed:
        place = max(each.places, key=spoken_of.__getitem__, default=None)
        by_place.setdefault(place, []).append(each)
    said = [Said(place, tuple(each)) for place, each in by_place.items()]
    return sorted(said, key=lambda one: (one.place is None, -len(one.feedback)))


def days_until(today: date, count: int, zone: tzinfo) -> list[tuple[datetime, datetime]]:
    """Return begin and end of each of the last days, today the last, as clocks in a zone show it.

    A day on which the clock is changed has 23 or 25 hours.
    """

    def midnight(day: date) -> datetime:
        return datetime.combine(day, time(), zone)

    days = [today - timedelta(days=back) for back in range(count - 1, -1, -1)]
    return [(midnight(day), midnight(day + timedelta(days=1))) for day in days]
