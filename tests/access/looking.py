"""Makes a try and says what it gave away."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import httpx
import pypdfium2
from fastapi.testclient import TestClient

from tests.access.tries import Try
from tests.access.world import SECRETS, World, assistant_over, open_corpus, world_in
from tests.fakes import build

# What differs from one request to the next, whatever may be seen.
_CHANGING = re.compile(
    r"\d{8}T\d{12,}-[0-9a-f]{6}|assistent-[0-9a-f]{12}|nonce[-=\"\w]+|\d+\.\d+|\d\d[:.]\d\d"
)
_HEADERS = ("content-type", "cache-control", "content-disposition", "location", "vary")


@dataclass(frozen=True)
class Seen:
    """What came back, without what always changes."""

    status: int
    headers: tuple[str | None, ...]
    text: str


@dataclass(frozen=True)
class Worlds:
    """The app with hidden documents, and one that never had them."""

    full: World
    bare: World


@contextmanager
def worlds_in(folder: Path) -> Iterator[Worlds]:
    """Build both."""
    one, other = folder / "full", folder / "bar"
    one.mkdir()
    other.mkdir()
    bare_corpus = open_corpus(folder / "åpen")
    build(bare_corpus, other / "index")
    # Where words are the vectors, many are equally near, and Chroma's graph picks any of them.
    with patch("assistent.index._SCANNED_FROM", 0):
        bare = assistant_over(other / "index")
    with world_in(one) as full, world_in(other, assistant=bare) as without:
        yield Worlds(full, without)


def ask(client: TestClient, one: Try, address: str = "") -> Seen:
    """Make a try; ``address`` goes to another place than the try's own."""
    response = client.request(
        one.method, address or one.address, json=one.body, data=one.form, headers=one.headers
    )
    headers = tuple(response.headers.get(name) for name in _HEADERS)
    return Seen(response.status_code, headers, _CHANGING.sub("·", text_of(response)))


def text_of(response: httpx.Response) -> str:
    """Return what a person can read in a response: the words of a Word or PDF file, too."""
    content = response.content
    if content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            parts = [file.read(name).decode(errors="replace") for name in file.namelist()]
        return re.sub(r"<[^>]+>", "", "\n".join(parts))
    if content.startswith(b"%PDF"):
        paper = pypdfium2.PdfDocument(content)
        try:
            return "\n".join(page.get_textpage().get_text_bounded() for page in paper)
        finally:
            paper.close()
    return response.text


def secrets_in(seen: Seen, one: Try) -> list[str]:
    """Return the secrets in a response that its request did not say."""
    shown = f"{seen.text} {seen.headers}".casefold()
    return [word for word in SECRETS if word in shown and word not in one.asked_words()]


def leaks(worlds: tuple[TestClient, TestClient], one: Try) -> list[str]:
    """Return in what ways a response differs from one where nothing is hidden.

    Args:
        worlds: somebody who may not see the documents, and somebody in the app that has none.
        one: the try.
    """
    outsider, elsewhere = worlds
    seen = ask(outsider, one)
    found = [f"says «{word}»" for word in secrets_in(seen, one)]
    if one.twin:
        twin = ask(outsider, one, one.twin)
        if _without(seen, one.address) != _without(twin, one.twin):
            found.append("differs from what does not exist")
    elif one.address != "/":  # Gradio's start page has its own random words
        bare = ask(elsewhere, one)
        found += [
            f"{name} differs from an app without the documents"
            for name in ("status", "headers", "text")
            if getattr(seen, name) != getattr(bare, name)
        ]
    return found


def _without(seen: Seen, address: str) -> Seen:
    """Take the address out, which some pages repeat."""
    path = address.partition("?")[0]
    return Seen(seen.status, seen.headers, seen.text.replace(path, "·"))
