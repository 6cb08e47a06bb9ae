"""Sessions begin, are kept alive, and end; a sign-in can be taken once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from assistent.database import Database
from assistent.sessions import (
    IDLE,
    LONGEST,
    SIGN_IN,
    Session,
    Sessions,
    SignIn,
    is_token,
    new_token,
)

START = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)  # summer time ends half an hour later


class Time:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def passes(self, span: timedelta) -> None:
        self.now += span


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def sessions(database: Database, time: Time) -> Sessions:
    return Sessions(database, now=time)


def begin(sessions: Sessions, subject: str = "nr-1") -> str:
    return sessions.create(subject, "Kim Ødegård", roles={"ansatt"}, groups={"b", "a"})


def test_a_token_opens_its_session_and_no_other_does(sessions: Sessions) -> None:
    token = begin(sessions)
    begin(sessions, "nr-2")
    expected = Session(
        subject="nr-1",
        name="Kim Ødegård",
        roles=frozenset({"ansatt"}),
        groups=frozenset({"a", "b"}),
        created_at=START,
        seen_at=START,
        expires_at=START + IDLE,
    )
    assert sessions.find(token) == expected
    for other in ("", "x", token[:-1], token.lower(), new_token(), f"{token} "):
        assert sessions.find(other) is None


def test_the_token_itself_is_stored_nowhere(database: Database, sessions: Sessions) -> None:
    token, state = begin(sessions), new_token()
    sessions.begin_sign_in(state, SignIn("n", "v", "/"))
    with database.reading() as connection:
        rows = [
            *connection.execute(text("SELECT * FROM sessions")),
            *connection.execute(text("SELECT * FROM sign_ins")),
        ]
    assert len(rows) == 2
    assert token not in str(rows)
    assert state not in str(rows)


def test_a_session_that_is_used_lives_until_the_day_is_over(sessions: Sessions, time: Time) -> None:
    token = begin(sessions)
    while time.now - START < LONGEST - timedelta(minutes=90):
        time.passes(timedelta(minutes=90))
        assert sessions.find(token) is not None
    time.now = START + LONGEST - timedelta(seconds=1)
    assert sessions.find(token) is not None
    time.now = START + LONGEST
    assert sessions.find(token) is None


def test_a_session_that_is_not_used_ends(sessions: Sessions, time: Time) -> None:
    token = begin(sessions)
    time.passes(IDLE - timedelta(seconds=1))
    assert sessions.find(token) is not None
    time.passes(IDLE)
    assert sessions.find(token) is None
    time.now = START
    assert sessions.find(token) is None, "an ended session does not come back with the clock"


def test_looking_often_writes_seldom(sessions: Sessions, time: Time) -> None:
    token = begin(sessions)
    time.passes(timedelta(seconds=59))
    assert sessions.find(token).seen_at == START
    time.passes(timedelta(seconds=1))
    assert sessions.find(token).seen_at == time.now


def test_what_is_ended_is_over(sessions: Sessions) -> None:
    one, two, other = begin(sessions), begin(sessions), begin(sessions, "nr-2")
    sessions.end(one)
    sessions.end(one)
    assert sessions.find(one) is None
    assert sessions.find(two) is not None
    assert sessions.find(other) is not None


def test_long_names_are_cut(sessions: Sessions) -> None:
    token = sessions.create("s", "Å" * 1000, roles=(), groups=())
    assert sessions.find(token).name == "Å" * 255


def test_a_sign_in_is_taken_once(sessions: Sessions) -> None:
    state, sign_in = new_token(), SignIn("nonce", "verifier", "/om")
    sessions.begin_sign_in(state, sign_in)
    assert sessions.take_sign_in(new_token()) is None
    assert sessions.take_sign_in(state) == sign_in
    assert sessions.take_sign_in(state) is None


def test_of_many_at_once_one_takes_it(sessions: Sessions) -> None:
    state = new_token()
    sessions.begin_sign_in(state, SignIn("nonce", "verifier", "/om"))
    taken: list[SignIn | None] = []
    take: Callable[[], None] = lambda: taken.append(sessions.take_sign_in(state))  # noqa: E731
    threads = [threading.Thread(target=take) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(taken) == 8
    assert sum(each is not None for each in taken) == 1


def test_a_sign_in_that_took_too_long_is_over(sessions: Sessions, time: Time) -> None:
    state = new_token()
    sessions.begin_sign_in(state, SignIn("nonce", "verifier", "/om"))
    time.passes(SIGN_IN)
    assert sessions.take_sign_in(state) is None


def test_what_has_expired_is_removed(database: Database, sessions: Sessions, time: Time) -> None:
    begin(sessions)
    sessions.begin_sign_in(new_token(), SignIn("n", "v", "/"))
    time.passes(LONGEST)
    kept = begin(sessions)
    sessions.begin_sign_in(new_token(), SignIn("n", "v", "/"))
    with database.reading() as connection:
        for table in ("sessions", "sign_ins"):
            assert connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one() == 1
    assert sessions.find(kept) is not None


def test_tokens_differ_and_have_one_form() -> None:
    tokens = {new_token() for _ in range(1000)}
    assert len(tokens) == 1000
    assert all(map(is_token, tokens))


def test_the_oldest_sign_ins_give_way_where_there_are_too_many(
    sessions: Sessions, time: Time, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistent.sessions.MOST_SIGN_INS", 20)
    states = [new_token() for _ in range(60)]
    for state in states:
        time.passes(timedelta(milliseconds=1))
        sessions.begin_sign_in(state, SignIn("n", "v", "/"))
    with database.reading() as connection:
        kept = connection.execute(text("SELECT count(*) FROM sign_ins")).scalar_one()
    assert 18 <= kept <= 20
    assert sessions.take_sign_in(states[0]) is None
    assert all(sessions.take_sign_in(state) for state in states[-15:])
