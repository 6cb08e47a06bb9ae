"""Who a request comes from, for the pages and for the search."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum

from fastapi import Request
from starlette.types import Scope

KEY = "assistent.person"
"""Where a request's scope holds the person; a client cannot write there."""


class Role(StrEnum):
    """What somebody may do; each role stands for itself."""

    STAFF = "ansatt"
    EDITOR = "redaktør"
    OPERATOR = "drift"


@dataclass(frozen=True, slots=True)
class Person:
    """Whoever a request comes from.

    ``subject`` is the provider's lasting identity, "" where nobody signs in; then ``name`` is "",
    too. ``groups`` are the provider's, as the catalogue's ``tilgang`` names them.
    """

    subject: str
    name: str
    roles: frozenset[Role]
    groups: frozenset[str] = frozenset()

    @property
    def signed_in(self) -> bool:
        """Whether there is anybody to sign out."""
        return bool(self.subject)


class RoleMissingError(Exception):
    """Whoever asks lacks the role that a page needs."""


_present: ContextVar[Person | None] = ContextVar("present", default=None)


@contextmanager
def acting_for(person: Person | None) -> Iterator[None]:
    """Let what is computed inside see what a person may see; None is nobody in particular."""
    token = _present.set(person)
    try:
        yield
    finally:
        _present.reset(token)


def present_groups() -> frozenset[str]:
    """Return the groups of the person whom this is computed for; none where that is unknown."""
    person = _present.get()
    return person.groups if person else frozenset()


def person_of(scope: Scope) -> Person | None:
    """Return who a request comes from; None for what is open to everyone."""
    person = scope.get(KEY)
    return person if isinstance(person, Person) else None


def require(role: Role) -> Callable[[Request], Person]:
    """Return a dependency for routes that need a role: ``Depends(require(Role.EDITOR))``.

    It raises RoleMissingError, which the app answers with its page for «no access».
    """

    def present(request: Request) -> Person:
        person = person_of(request.scope)
        if person is None or role not in person.roles:
            raise RoleMissingError
        return person

    return present
