"""What editors are told: what ends, what stands no more, and nothing that they may not see."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from assistent.editorial import (
    days_until,
    ending_documents,
    fallen_quotes,
    feedback_by_place,
    leaving_channels,
    needs_work,
    readable_feedback,
    readable_unmet,
    unmet_groups,
    used_parts,
)
from assistent.journal import Feedback, Given, Place, Triage, new_reference
from assistent.journal.entries import hash_of
from assistent.journal.reading import StoredQuote, Unmet, Used
from assistent.types import Channel, ChannelStatus, Document, DocumentInfo, Outcome, Standing
from tests.fakes import WordEmbedder
from tests.journal_entries import NOW

TODAY = date(2026, 11, 22)
OPEN = Place("åpent.md", ("Språk",))
CLOSED = Place("hemmelig.md", (), ("ledere",))


def document(path: str, text: str = "", **info: object) -> Document:
    return Document(DocumentInfo(path, path, **info), text, ())


# --- Documents and channels ----------------------------------------------------------------------


def test_what_ends_next_comes_first_and_then_what_has_ended() -> None:
    documents = [
        document("lenge-igjen", valid_to=TODAY + timedelta(days=91)),
        document("utløpt-for-lenge-siden", valid_to=TODAY - timedelta(days=400)),
        document("siste-dag-i-dag", valid_to=TODAY),
        document("om-90-dager", valid_to=TODAY + timedelta(days=90)),
        document("utløp-i-går", valid_to=TODAY - timedelta(days=1)),
        document("uten-slutt"),
        document("oppheves", repealed_on=TODAY + timedelta(days=2)),
        document("erklært-utløpt", declared_standing=Standing.EXPIRED),
    ]
    found = ending_documents(documents, TODAY, 90)
    assert [(each.info.path, each.standing) for each in found] == [
        ("siste-dag-i-dag", Standing.IN_FORCE),
        ("oppheves", Standing.IN_FORCE),
        ("om-90-dager", Standing.IN_FORCE),
        ("utløp-i-går", Standing.EXPIRED),
        ("utløpt-for-lenge-siden", Standing.EXPIRED),
        ("erklært-utløpt", Standing.EXPIRED),
    ]
    assert found[1].day == TODAY + timedelta(days=1)


def channel(name: str, status: ChannelStatus, day: date | None, **more: str) -> Channel:
    return Channel(
        *(name, name, (), "", (), status, day),
        **{"replaced_by": "", "owner": "", **more},  # type: ignore[arg-type]
    )


def test_channels_near_their_end_are_told_with_what_comes_instead() -> None:
    closing, closed, in_use = ChannelStatus.CLOSING, ChannelStatus.CLOSED, ChannelStatus.IN_USE
    channels = [
        channel("ny", in_use, None),
        channel("snart", closed, TODAY + timedelta(days=30), replaced_by="ny"),
        channel("siden", closed, TODAY + timedelta(days=200)),
        channel("borte", closed, TODAY - timedelta(days=5)),
        channel("avvikles", closing, None),
    ]
    found = leaving_channels(channels, TODAY, 90)
    assert [(each.channel.id, each.status, each.replacement) for each in found] == [
        ("snart", in_use, "ny"),
        ("borte", closed, ""),
        ("avvikles", closing, ""),
    ]


# --- Quotes --------------------------------------------------------------------------------------


def stored(words: str, start: int, place: Place = OPEN, *, text: bool = False) -> StoredQuote:
    return StoredQuote(
        *(place, start, start + len(words), hash_of(words)),
        *(words if text else None, 1, NOW),
    )


def test_a_quote_that_has_moved_still_stands() -> None:
    text = "Nytt avsnitt.\n\n«Vi skal skrive klart.» Og kort."
    now = {OPEN.document: document(OPEN.document, text)}
    there = stored("Vi skal skrive klart.", 0)
    assert text[0:21] != "Vi skal skrive klart."
    changed = stored("Vi skal skrive tydelig.", 0)
    assert [each.quote for each in fallen_quotes([there, changed], now, ())] == [changed]


def test_quotes_of_a_document_that_is_gone_have_all_fallen() -> None:
    [fallen] = fallen_quotes([stored("Noe", 4)], {}, ())
    assert fallen.gone


def test_quotes_of_what_one_may_not_see_are_not_told_of() -> None:
    assert fallen_quotes([stored("Noe", 4, CLOSED)], {}, ()) == []
    assert fallen_quotes([stored("Noe", 4, CLOSED)], {}, ("ansatte",)) == []
    assert len(fallen_quotes([stored("Noe", 4, CLOSED)], {}, ("ledere",))) == 1


# --- Questions -----------------------------------------------------------------------------------


def unmet(question: str, *, minutes: int = 0, disliked: bool = False, place: Place | None = None):
    return Unmet(
        new_reference(),
        NOW + timedelta(minutes=minutes),
        Outcome.NOT_IN_SOURCES,
        question,
        question,
        disliked,
        (place,) if place else (),
    )


def test_questions_of_one_meaning_are_one_group_counted_every_time() -> None:
    asked = [
        unmet("Hva koster møterom?", minutes=3),
        unmet("hva koster møterom", minutes=2, disliked=True),
        unmet("Hvem kan bestille visittkort til meg?", minutes=1),
        unmet("HVA KOSTER MØTEROM?"),
    ]
    embedder = WordEmbedder()
    first, second = unmet_groups(asked, embedder.embed_questions)
    assert (first.asked, first.disliked, first.newest) == (3, 1, NOW + timedelta(minutes=3))
    assert first.questions == ("Hva koster møterom?",)  # each wording once, as asked last
    assert first.references == (asked[0].reference,)
    assert second.questions == ("Hvem kan bestille visittkort til meg?",)


def test_no_questions_are_no_groups() -> None:
    assert unmet_groups([], WordEmbedder().embed_questions) == []


def test_a_question_is_grouped_as_it_was_searched() -> None:
    follow_up = replace(unmet("Og det?"), searched="Hva koster møterom?")
    [group] = unmet_groups(
        [follow_up, unmet("Hva koster møterom?")], WordEmbedder().embed_questions
    )
    assert group.asked == 2
    assert "Og det?" not in group.questions


def test_questions_asked_after_the_same_one_are_not_one_group_for_that() -> None:
    before = "Hvor mange følgere har Oslo kommune på Instagram?"
    after = ("Hvor bestiller jeg visittkort?", "Når er kantina åpen?")
    joined = [replace(unmet(each), searched=f"{before} {each}") for each in after]
    alone = unmet(after[0])
    groups = unmet_groups([*joined, unmet(before), alone], WordEmbedder().embed_questions)
    assert {group.questions: group.asked for group in groups} == {
        (after[0],): 2,
        (after[1],): 1,
        (before,): 1,
    }


# --- Who may see what ----------------------------------------------------------------------------


def feedback(*places: Place) -> Feedback:
    given = Given(new_reference(), useful=False)
    return Feedback(new_reference(), NOW, given, places, Triage.NEW, "", "", None)


def test_whoever_may_not_see_a_source_sees_nothing_that_rests_on_it() -> None:
    both, one = feedback(OPEN, CLOSED), feedback(OPEN)
    assert readable_feedback([both, one], ()) == [one]
    assert readable_feedback([both, one], ("ledere",)) == [both, one]
    secret, plain = unmet("Hemmelig?", place=CLOSED), unmet("Åpent?", place=OPEN)
    assert readable_unmet([secret, plain], ("ansatte",)) == [plain]
    assert readable_unmet([secret, plain], ("ledere",)) == [secret, plain]
    used = [Used(CLOSED, 9), Used(OPEN, 1)]
    assert used_parts(used, ()) == used[1:]
    assert used_parts(used, ("ledere",)) == used


def test_feedback_stands_under_each_part_the_most_spoken_of_first() -> None:
    other = Place("annet.md", ())
    first, second, third, nowhere = feedback(OPEN, other), feedback(OPEN), feedback(), feedback()
    said = feedback_by_place([third, first, second, nowhere])
    assert [(each.place, each.feedback) for each in said] == [
        (OPEN, (first, second)),
        (None, (third, nowhere)),
    ]


def test_praise_alone_is_no_work() -> None:
    def told(triage: Triage = Triage.NEW, **given: object) -> Feedback:
        return replace(feedback(), given=Given(new_reference(), **given), triage=triage)

    assert not needs_work(told(useful=True))
    assert needs_work(told(useful=True, text="Bra, men lenken er død."))
    assert needs_work(told(useful=True, contact="en@example.no"))
    assert needs_work(told(useful=False, triage=Triage.ONGOING))
    assert not needs_work(told(useful=False, triage=Triage.SOLVED))
    assert not needs_work(told(useful=False, triage=Triage.REJECTED))


# --- Days ----------------------------------------------------------------------------------------


def test_days_are_those_of_clocks_in_oslo_also_when_they_are_changed() -> None:
    spans = days_until(date(2026, 10, 26), 3, ZoneInfo("Europe/Oslo"))
    assert [begin.date() for begin, _ in spans] == [date(2026, 10, day) for day in (24, 25, 26)]
    hours = [
        (end.astimezone(UTC) - begin.astimezone(UTC)) // timedelta(hours=1) for begin, end in spans
    ]
    assert hours == [24, 25, 24]
    assert spans[1][0].astimezone(UTC) == datetime(2026, 10, 24, 22, tzinfo=UTC)
