"""The journal on both databases: what is kept and not, what is lost, and what is gone for real."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text

from assistent.database import Database, open_database
from assistent.journal import Entrance, FeedbackBox, Given, Journal, Keeping, Triage
from assistent.journal.entries import hash_of, is_reference, new_reference
from assistent.journal.reading import JournalReader
from assistent.journal.retention import Removed, tidy
from assistent.journal.tables import answers, quotes
from assistent.types import Answer, Outcome
from tests.journal_entries import DOCUMENT, NOW, SECRET, StoppedClock, entry, given, source

WORDS = "Hvem har nøkkelen til kanarifuglen?"


@pytest.fixture
def clock() -> StoppedClock:
    return StoppedClock()


@pytest.fixture
def journal(database: Database, clock: StoppedClock) -> Iterator[Journal]:
    opened = Journal(database, keeping=Keeping.FULL, days=90, now=clock)
    yield opened
    opened.close()


def keep(journal: Journal, *kept: Answer, full: bool = True) -> None:
    for each in kept:
        journal.record(entry(each, at=journal.now(), full=full))
    assert journal.flush()


def test_without_text_there_are_facts_and_no_words(database: Database, journal: Journal) -> None:
    answer = given(WORDS, Outcome.PARTIAL, source(), source(2, start=90))
    journal.record(entry(answer, full=False, entrance=Entrance.PHONE))
    assert journal.flush()
    with database.reading() as connection:
        row = connection.execute(select(answers)).one()
        quoted = connection.execute(select(quotes).order_by(quotes.c.number)).all()
    assert (row.question, row.searched) == (None, None)
    assert (row.entrance, row.outcome, row.edition) == ("m", "partial", "utgave-1")
    assert (row.reference, row.asked_at, row.writer) == (answer.reference, NOW, "extract")
    assert row.milliseconds == {"total": 40.5}
    assert [each.text for each in quoted] == [None, None]
    assert [each.claims for each in quoted] == [[1], [2]]
    assert quoted[0].text_hash == hash_of("Vi skal skrive klart.")


def test_with_text_the_question_and_the_quotes_are_kept(
    database: Database, journal: Journal
) -> None:
    keep(journal, given("Og hvem?", Outcome.ANSWERED, source(), searched=WORDS))
    with database.reading() as connection:
        row = connection.execute(select(answers)).one()
        quoted = connection.execute(select(quotes)).one()
    assert (row.question, row.searched) == ("Og hvem?", WORDS)
    assert quoted.text == "Vi skal skrive klart."


@pytest.mark.parametrize(
    "outcome", [Outcome.PERSONAL_DATA, Outcome.OUT_OF_SCOPE, Outcome.UNCLEAR, Outcome.TOO_LONG]
)
def test_what_the_guard_stopped_is_never_kept_as_text(
    database: Database, journal: Journal, outcome: Outcome
) -> None:
    keep(journal, given(WORDS, outcome))
    with database.reading() as connection:
        row = connection.execute(select(answers)).one()
    assert (row.outcome, row.question, row.searched) == (outcome, None, None)


def test_a_quote_of_a_document_that_nobody_knows_is_left_out(
    database: Database, journal: Journal
) -> None:
    keep(journal, given(WORDS, Outcome.ANSWERED, source(), source(2, document="ukjent.md")))
    with database.reading() as connection:
        assert connection.execute(select(quotes.c.document)).scalars().all() == [DOCUMENT]


def test_a_journal_that_is_off_is_none(database: Database) -> None:
    with pytest.raises(ValueError, match="off"):
        Journal(database, keeping=Keeping.OFF, days=90)


def test_references_can_be_read_out_and_do_not_meet() -> None:
    made = {new_reference() for _ in range(2000)}
    assert len(made) == 2000
    assert all(is_reference(each) for each in made)
    assert not set("01ilo").intersection("".join(made))


# --- What is lost --------------------------------------------------------------------------------


def test_a_database_that_is_down_costs_entries_and_nothing_else(
    database: Database, journal: Journal, caplog: pytest.LogCaptureFixture
) -> None:
    keep(journal, given(WORDS))
    with database.writing() as connection:
        connection.execute(text("ALTER TABLE answers RENAME TO gone"))
    keep(journal, given(WORDS))
    keep(journal, given(WORDS))
    assert journal.dropped == 2
    assert caplog.text.count("cannot be written") == 1
    assert WORDS not in caplog.text
    with database.writing() as connection:
        connection.execute(text("ALTER TABLE gone RENAME TO answers"))
    keep(journal, given(WORDS))
    assert journal.dropped == 2
    assert JournalReader(database).contents().answers == 2
    assert "2 entries were lost" in caplog.text


def test_what_does_not_fit_the_queue_is_dropped_and_counted(
    database: Database, clock: StoppedClock
) -> None:
    journal = Journal(database, keeping=Keeping.MINIMAL, days=90, now=clock, capacity=5)
    held, go_on = threading.Event(), threading.Event()

    def hold_the_database() -> None:
        with database.writing() as connection:
            connection.execute(text("DELETE FROM quotes"))
            if database.engine.dialect.name == "postgresql":
                connection.execute(text("LOCK TABLE answers"))
            held.set()
            go_on.wait(4)  # less than anybody waits for a lock

    keep(journal, given(WORDS))
    holding = threading.Thread(target=hold_the_database)
    holding.start()
    assert held.wait(5)
    for _ in range(12):
        journal.record(entry(given(WORDS)))
    assert journal.dropped == 7
    assert journal.waiting == 5
    go_on.set()
    holding.join()
    assert journal.flush(10)
    journal.close()
    assert JournalReader(database).contents().answers == 6
    assert journal.dropped == 7


def test_closing_writes_what_waits_and_then_keeps_nothing(
    database: Database, clock: StoppedClock
) -> None:
    journal = Journal(database, keeping=Keeping.MINIMAL, days=90, now=clock)
    for _ in range(250):
        journal.record(entry(given(WORDS)))
    journal.close()
    assert JournalReader(database).contents().answers == 250
    journal.record(entry(given(WORDS)))
    journal.close()
    assert journal.dropped == 1


# --- What is gone --------------------------------------------------------------------------------


def test_what_is_older_than_the_retention_is_removed(
    database: Database, journal: Journal, clock: StoppedClock
) -> None:
    box = FeedbackBox(database, now=clock)
    keep(journal, given(WORDS, Outcome.ANSWERED, source()))
    box.add(Given(new_reference(), useful=True))
    clock.pass_by(days=60)
    keep(journal, given(WORDS, Outcome.ANSWERED, source(), source(2)))
    clock.pass_by(days=30)
    assert tidy(database, clock() - timedelta(days=90)) == Removed(0, 0)  # 90 days to the minute
    clock.pass_by(seconds=1)
    assert tidy(database, clock() - timedelta(days=90)) == Removed(1, 1)
    with database.reading() as connection:
        assert len(connection.execute(select(quotes)).all()) == 2
    assert JournalReader(database).contents().oldest == NOW + timedelta(days=60)


def test_a_server_removes_the_old_by_itself_once_a_day(
    database: Database, journal: Journal, clock: StoppedClock
) -> None:
    keep(journal, given(WORDS))
    clock.pass_by(days=91)
    keep(journal, given(WORDS))  # wakes the thread, as any question does
    keep(journal, given(WORDS))
    assert JournalReader(database).contents().oldest == clock()


def test_what_is_removed_is_nowhere_in_the_files(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'assistent.db'}")
    journal = Journal(database, keeping=Keeping.FULL, days=90)
    for number in range(200):
        # Some are longer than a page of the file.
        asked = f"{WORDS} {number} " * (1 if number % 7 else 300)
        journal.record(entry(given(asked, Outcome.ANSWERED, source()), full=True))
    assert journal.flush()
    box = FeedbackBox(database)
    identity = box.add(Given(new_reference(), useful=False, text="Nattergal", contact="a@b.no"))

    def on_disk(words: str) -> list[str]:
        return [f.name for f in tmp_path.iterdir() if words.encode() in f.read_bytes()]

    assert on_disk("kanarifuglen")
    assert on_disk("Nattergal")
    box.handle(identity, Triage.SOLVED, note="", by="", forget_contact=True)
    assert on_disk("a@b.no") == []
    assert on_disk("Nattergal")
    assert box.erase(identity)
    assert on_disk("Nattergal") == []
    tidy(database, NOW + timedelta(days=9999))
    assert on_disk("kanarifuglen") == []  # while the database is open
    journal.close()
    database.close()
    assert on_disk("kanarifuglen") == []


def test_a_reader_in_the_way_is_told_and_what_is_erased_is_gone_from_the_table(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'assistent.db'}")
    box = FeedbackBox(database)
    identity = box.add(Given(new_reference(), useful=True))
    with database.engine.connect() as reading:
        reading.execute(text("BEGIN"))
        reading.execute(text("SELECT count(*) FROM feedback")).all()
        assert box.erase(identity)
    assert box.find(identity) is None
    assert "may stand in the files" in caplog.text
    database.close()


def test_postgresql_keeps_no_dead_rows(postgresql: str) -> None:
    from tests.database.conftest import new_database

    database = open_database(new_database(postgresql))
    journal = Journal(database, keeping=Keeping.FULL, days=90)
    keep(journal, *(given(WORDS) for _ in range(50)))
    tidy(database, NOW + timedelta(days=9999))
    with database.reading() as connection:
        size = connection.execute(text("SELECT pg_relation_size('answers')")).scalar_one()
    assert size == 0  # emptied pages at the end of a table are given back
    journal.close()
    database.close()


# --- What it tells -------------------------------------------------------------------------------


def test_outcomes_are_counted_by_span(
    database: Database, journal: Journal, clock: StoppedClock
) -> None:
    keep(journal, given(), given(), given("Hva?", Outcome.NOT_IN_SOURCES))
    clock.pass_by(days=1)
    keep(journal, given("Hva?", Outcome.UNCLEAR))
    day = timedelta(days=1)
    spans = [(NOW - day, NOW), (NOW, NOW + day), (NOW + day, NOW + 2 * day)]
    assert JournalReader(database).outcomes(spans) == [
        {},
        {Outcome.ANSWERED: 2, Outcome.NOT_IN_SOURCES: 1},
        {Outcome.UNCLEAR: 1},
    ]


def test_used_parts_count_each_answer_once(database: Database, journal: Journal) -> None:
    elsewhere = source(3, section=("Kanaler",))
    keep(journal, given(WORDS, Outcome.ANSWERED, source(1), source(2, start=90), elsewhere))
    keep(journal, given(WORDS, Outcome.ANSWERED, source(1), source(2, document=SECRET)))
    used = JournalReader(database).used(NOW)
    assert (used[0].place.section, used[0].answers) == (("Språk", "Klarspråk"), 2)
    assert {each.place.document: each.place.access for each in used} == {
        DOCUMENT: (),
        SECRET: ("ledere",),
    }
    assert JournalReader(database).used(NOW + timedelta(seconds=1)) == []


def test_unmet_questions_are_those_without_an_answer_and_those_disliked(
    database: Database, journal: Journal
) -> None:
    good, bad = given("Ble besvart godt"), given("Ble besvart", Outcome.ANSWERED, source())
    keep(journal, good, bad, given("Fikk intet", Outcome.NOT_IN_SOURCES))
    keep(journal, given("Fikk litt", Outcome.PARTIAL), given("Sykmeldt", Outcome.OUT_OF_SCOPE))
    box = FeedbackBox(database)
    box.add(Given(good.reference, useful=True))
    box.add(Given(bad.reference, useful=False))
    unmet = JournalReader(database).unmet(NOW - timedelta(days=1), 10)
    assert {each.question: each.disliked for each in unmet} == {
        "Ble besvart": True,
        "Fikk intet": False,
        "Fikk litt": False,
    }
    [disliked] = [each for each in unmet if each.disliked]
    assert [place.document for place in disliked.places] == [DOCUMENT]


def test_quotes_of_other_editions_are_told_once_with_how_often_they_were_shown(
    database: Database, journal: Journal
) -> None:
    for edition in ("utgave-1", "utgave-2", "utgave-3"):
        keep(journal, given(WORDS, Outcome.ANSWERED, source(), edition=edition))
    [told] = JournalReader(database).quotes_before("utgave-3", 10)
    assert (told.shown, told.text, told.start) == (2, "Vi skal skrive klart.", 10)
    assert told.last_shown == NOW


# --- Feedback ------------------------------------------------------------------------------------


def test_feedback_on_a_sentence_knows_what_the_sentence_rests_on(
    database: Database, journal: Journal
) -> None:
    answer = given(WORDS, Outcome.ANSWERED, source(1), source(2, document=SECRET, section=()))
    keep(journal, answer)
    box = FeedbackBox(database, now=journal.now)
    for claim in (None, 1, 2, 9):
        box.add(Given(answer.reference, useful=False, claim=claim))
    found = {each.given.claim: [p.document for p in each.places] for each in box.newest(10)}
    assert found == {None: [DOCUMENT, SECRET], 1: [DOCUMENT], 2: [SECRET], 9: []}


def test_feedback_outlives_the_answer_until_its_own_time_is_up(
    database: Database, journal: Journal, clock: StoppedClock
) -> None:
    answer = given(WORDS, Outcome.ANSWERED, source())
    keep(journal, answer)
    clock.pass_by(days=1)
    box = FeedbackBox(database, now=clock)
    identity = box.add(Given(answer.reference, useful=False, text="Gammelt"))
    tidy(database, clock())
    found = box.find(identity)
    assert found is not None
    assert [place.document for place in found.places] == [DOCUMENT]


def test_erased_feedback_is_gone_and_cannot_be_erased_again(database: Database) -> None:
    box = FeedbackBox(database)
    identity = box.add(Given(new_reference(), useful=True, contact="kari@example.no"))
    other = box.add(Given(new_reference(), useful=True))
    assert box.erase(identity)
    assert not box.erase(identity)
    assert [each.identity for each in box.newest(10)] == [other]
