"""Where somebody goes after signing in: a page of ours, never another site."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

START = "/"
_LONGEST = 2000
# One slash, then nothing that a browser reads as another host: neither // nor a backslash, which
# browsers turn into a slash, nor the white space and control characters that they leave out.
_LOCAL = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f]*")
# Their addresses say which place or answer is shown. All others may hold a question in somebody's
# own words, which must not end up in a database or a log.
_WITH_QUERY = re.compile(r"/(?:kilde/.+|kanal|beslutning|redaksjon.*)")
_NEVER = re.compile(r"/(?:inn|ut)(?:[/?#].*)?")


def local_target(given: str) -> str:
    """Return a place of ours to go to, without what may hold a question; the start page if none."""
    if len(given) > _LONGEST or not _LOCAL.fullmatch(given) or _NEVER.fullmatch(given):
        return START
    try:
        parts = urlsplit(given)
    except ValueError:
        return START
    if parts.scheme or parts.netloc:
        return START
    query = f"?{parts.query}" if parts.query and _WITH_QUERY.fullmatch(parts.path) else ""
    return f"{parts.path}{query}"
