"""A machine that looks after the app: it has a key, no session, and reaches one address."""

from __future__ import annotations

import hmac

from pydantic import SecretStr
from starlette.datastructures import Headers
from starlette.types import Scope

from assistent.web.sign_in.person import Person, Role

_SCHEME = "bearer"


class WatchKey:
    """Tells a machine that may fetch one address from everybody else.

    Args:
        address: what the key opens, by GET and nothing else.
        key: what has to stand in ``Authorization: Bearer …``.
    """

    def __init__(self, address: str, key: SecretStr) -> None:
        self._address = address
        self._key = key

    def holder(self, scope: Scope, path: str) -> Person | None:
        """Return who comes with the key; None for every other request.

        Args:
            scope: of the request.
            path: what it asks for, below where the app is mounted.
        """
        if path != self._address or scope["method"] != "GET":
            return None
        given = Headers(scope=scope).getlist("authorization")
        if len(given) != 1:
            return None
        scheme, _, token = given[0].partition(" ")
        key = self._key.get_secret_value().encode()
        # In the same time whatever is wrong, so that nobody can find the key out piece by piece.
        same = hmac.compare_digest(token.strip(" ").encode(), key)
        return _MACHINE if same and scheme.lower() == _SCHEME else None


_MACHINE = Person("", "", frozenset({Role.OPERATOR}))


def watch_key(address: str, key: SecretStr | None) -> WatchKey | None:
    """Return what the key opens; None where none is set."""
    return WatchKey(address, key) if key else None
