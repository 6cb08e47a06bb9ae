"""The two cookies: of a session, and of a browser that has begun to sign in.

On https their names begin with ``__Host-``: a browser takes such a cookie only from this very host
over https, so that no other host of the municipality can plant one. Over plain http, which is for
this machine alone, the prefix is not allowed.
"""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import Scope

from assistent.sessions import SIGN_IN, is_token

_SESSION = "assistent"
_BROWSER = "assistent-inn"


class Cookies:
    """Reads and writes the cookies; ``secure`` says whether browsers reach us by https."""

    def __init__(self, *, secure: bool) -> None:
        self._secure = secure
        prefix = "__Host-" if secure else ""
        self._session_name = f"{prefix}{_SESSION}"
        self._browser_name = f"{prefix}{_BROWSER}"

    def session(self, scope: Scope) -> str | None:
        """Return the token of the session, if the request has one of the right form."""
        return _token(scope, self._session_name)

    def browser(self, scope: Scope) -> str | None:
        """Return what tells the browser that began a sign-in from all others."""
        return _token(scope, self._browser_name)

    def set_session(self, response: Response, token: str) -> None:
        """Give the session's token to the browser, until it is closed or the session ends."""
        self._set(response, self._session_name, token, None)

    def set_browser(self, response: Response, token: str) -> None:
        """Mark the browser as one that has begun to sign in."""
        self._set(response, self._browser_name, token, int(SIGN_IN.total_seconds()))

    def drop_all(self, response: Response) -> None:
        """Have the browser forget both."""
        for name in (self._session_name, self._browser_name):
            self._set(response, name, "", 0)

    def _set(self, response: Response, name: str, value: str, seconds: int | None) -> None:
        # Lax, for the way back from the provider is a link from another site.
        response.set_cookie(
            name,
            value,
            max_age=seconds,
            path="/",
            secure=self._secure,
            httponly=True,
            samesite="lax",
        )


def _token(scope: Scope, name: str) -> str | None:
    """Return a cookie's value; None where there is none, several, or of another form.

    Read by hand: one odd cookie of another application makes Python's parser drop them all.
    """
    headers = Headers(scope=scope).getlist("cookie")
    pairs = [pair.strip().partition("=") for header in headers for pair in header.split(";")]
    values = [value for key, _, value in pairs if key == name]
    return values[0] if len(values) == 1 and is_token(values[0]) else None
