"""Who is signed in, and sign-ins that have begun.

A token is known to the browser alone: only its SHA-256 is stored, so that a copy of the database
opens no session. What has expired is removed whenever somebody begins to sign in.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import (
    JSON,
    Column,
    Connection,
    Index,
    Row,
    String,
    Table,
    delete,
    func,
    insert,
    select,
    update,
)

from assistent.database import Database
from assistent.database.tables import METADATA, Moment

LONGEST = timedelta(hours=10)
"""A working day; after it one has to sign in anew, whatever one does."""

IDLE = timedelta(hours=2)
"""How long a session is kept that nobody uses."""

SIGN_IN = timedelta(minutes=10)
"""How long a sign-in may take."""

MOST_SIGN_INS = 20_000
"""How many sign-ins may be under way. Anybody can begin one, so that the oldest give way."""

_SEEN_EVERY = timedelta(minutes=1)
_TOKEN_BYTES = 32
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
_MAX_TEXT = 255
_MAX_TARGET = 2000

_sessions = Table(
    "sessions",
    METADATA,
    Column("token_hash", String(64), primary_key=True),
    Column("subject", String(_MAX_TEXT), nullable=False),
    Column("name", String(_MAX_TEXT), nullable=False),
    Column("roles", JSON, nullable=False),
    Column("groups", JSON, nullable=False),
    Column("created_at", Moment(), nullable=False),
    Column("seen_at", Moment(), nullable=False),
    Column("expires_at", Moment(), nullable=False),
    Index("ix_sessions_expires_at", "expires_at"),
)
_sign_ins = Table(
    "sign_ins",
    METADATA,
    Column("state_hash", String(64), primary_key=True),
    Column("nonce", String(128), nullable=False),
    Column("verifier", String(128), nullable=False),
    Column("target", String(_MAX_TARGET), nullable=False),
    Column("expires_at", Moment(), nullable=False),
    Index("ix_sign_ins_expires_at", "expires_at"),
)


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody who is signed in.

    ``subject`` is the provider's own, lasting identity of the person. ``roles`` are those that the
    groups gave when the session began.
    """

    subject: str
    name: str
    roles: frozenset[str]
    groups: frozenset[str]
    created_at: datetime
    seen_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class SignIn:
    """A sign-in that has begun; ``target`` is where on our own pages it leads."""

    nonce: str
    verifier: str
    target: str


def utc_now() -> datetime:
    """Return the time, with its zone."""
    return datetime.now(UTC)


def new_token() -> str:
    """Return 256 random bits as text that fits in a cookie and an address."""
    return secrets.token_urlsafe(_TOKEN_BYTES)


def is_token(text: str) -> bool:
    """Whether a text has the form of :func:`new_token`."""
    return _TOKEN.fullmatch(text) is not None


class Sessions:
    """Keeps sessions in a database; may be used from several threads and processes.

    Every method raises DatabaseError where the database does not answer.

    Args:
        database: where they are kept.
        now: tells the time.
    """

    def __init__(self, database: Database, *, now: Callable[[], datetime] = utc_now) -> None:
        self._database = database
        self._now = now

    def create(
        self, subject: str, name: str, *, roles: Iterable[str], groups: Iterable[str]
    ) -> str:
        """Begin a session and return its token, which is not kept."""
        token, now = new_token(), self._now()
        values = {
            "token_hash": _hash(token),
            "subject": subject[:_MAX_TEXT],
            "name": name[:_MAX_TEXT],
            "roles": sorted(roles),
            "groups": sorted(groups),
            "created_at": now,
            "seen_at": now,
            "expires_at": _expiry(now, now),
        }
        with self._database.writing() as connection:
            connection.execute(insert(_sessions).values(values))
        return token

    def find(self, token: str) -> Session | None:
        """Return the session that a token opens, and keep it alive; None if it opens none."""
        if not is_token(token):
            return None
        key, now = _hash(token), self._now()
        with self._database.reading() as connection:
            query = select(_sessions).where(_sessions.c.token_hash == key)
            row = connection.execute(query).one_or_none()
        if row is None:
            return None
        session = _session(row)
        if now >= session.expires_at:
            self.end(token)
            return None
        if now - session.seen_at < _SEEN_EVERY:
            return session
        seen = replace(session, seen_at=now, expires_at=_expiry(session.created_at, now))
        with self._database.writing() as connection:
            connection.execute(
                update(_sessions)
                .where(_sessions.c.token_hash == key)
                .values(seen_at=seen.seen_at, expires_at=seen.expires_at)
            )
        return seen

    def end(self, token: str) -> None:
        """End a session; nothing happens if there is none."""
        with self._database.writing() as connection:
            connection.execute(delete(_sessions).where(_sessions.c.token_hash == _hash(token)))

    def begin_sign_in(self, state: str, sign_in: SignIn) -> None:
        """Remember a sign-in under its state, and remove all that has expired."""
        now = self._now()
        values = {
            "state_hash": _hash(state),
            "nonce": sign_in.nonce,
            "verifier": sign_in.verifier,
            "target": sign_in.target[:_MAX_TARGET],
            "expires_at": now + SIGN_IN,
        }
        with self._database.writing() as connection:
            for table in (_sign_ins, _sessions):
                connection.execute(delete(table).where(table.c.expires_at <= now))
            _make_room(connection)
            connection.execute(insert(_sign_ins).values(values))

    def take_sign_in(self, state: str) -> SignIn | None:
        """Return a sign-in by its state, once; None if it has expired, been taken, or never was."""
        taken = (
            delete(_sign_ins)
            .where(_sign_ins.c.state_hash == _hash(state))
            .returning(
                _sign_ins.c.nonce,
                _sign_ins.c.verifier,
                _sign_ins.c.target,
                _sign_ins.c.expires_at,
            )
        )
        with self._database.writing() as connection:
            row = connection.execute(taken).one_or_none()
        if row is None or self._now() >= row.expires_at:
            return None
        return SignIn(nonce=row.nonce, verifier=row.verifier, target=row.target)


def _make_room(connection: Connection) -> None:
    """Remove the oldest tenth of the sign-ins where there are too many."""
    count = connection.execute(select(func.count()).select_from(_sign_ins)).scalar_one()
    if count < MOST_SIGN_INS:
        return
    ordered = select(_sign_ins.c.expires_at).order_by(_sign_ins.c.expires_at)
    last = connection.execute(ordered.offset(MOST_SIGN_INS // 10).limit(1)).scalar_one()
    connection.execute(delete(_sign_ins).where(_sign_ins.c.expires_at < last))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _expiry(created: datetime, seen: datetime) -> datetime:
    return min(created + LONGEST, seen + IDLE)


def _session(row: Row[tuple[object, ...]]) -> Session:
    return Session(
        subject=row.subject,
        name=row.name,
        roles=frozenset(row.roles),
        groups=frozenset(row.groups),
        created_at=row.created_at,
        seen_at=row.seen_at,
        expires_at=row.expires_at,
    )
