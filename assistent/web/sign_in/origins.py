"""Whether a request that changes something comes from our own pages."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_OURS = "same-origin"
_USUAL_PORT = {"https": 443, "http": 80}


def is_own(method: str, headers: Headers, base: str | None, *, with_session: bool) -> bool:
    """Whether a request may do what it asks for (cross-site request forgery).

    A browser says which site a request comes from, in ``Sec-Fetch-Site`` or ``Origin``, and no page
    can change what it says. A request with neither comes from no browser; it may pass as long as
    it carries nobody's session.

    Args:
        method: of the request.
        headers: of the request.
        base: where people reach the app, as an origin; None if only the request itself tells.
        with_session: whether it carries the cookie of a session.
    """
    if method in _SAFE:
        return True
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is None and origin is None:
        return not with_session
    if site not in (None, _OURS):
        return False
    if origin in (None, "null"):
        return site == _OURS
    return _same(origin, base, headers.get("host", ""))


def is_own_host(headers: Headers, base: str | None) -> bool:
    """Whether a request is addressed to the host that people reach the app by."""
    if base is None:
        return True
    parts = urlsplit(base)
    names = [parts.netloc]
    if parts.port is None:
        names.append(f"{parts.netloc}:{_USUAL_PORT[parts.scheme]}")
    given = headers.getlist("host")
    return len(given) == 1 and given[0].lower() in names


def _same(origin: str, base: str | None, host: str) -> bool:
    if base is not None:
        return origin.lower() == base
    # Behind a proxy that we do not know to believe, the scheme may be another than the browser's.
    scheme, _, rest = origin.partition("://")
    return scheme in ("http", "https") and bool(rest) and rest.lower() == host.lower()
