"""Makes a try and says what it gave away."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import httpx
import pypdfium2
from fastapi.testclient import TestClient

from tests.access.tries import INSIDERS_ASK, Try
from tests.access.world import (
    HIDDEN,
    LAWYERS,
    LEADERS,
    SECRETS,
    World,
    assistant_over,
    open_corpus,
    world_in,
)
from tests.fakes import build

# What differs from one request to the next, whatever may be seen.
_CHANGING = re.compile(
    "|".join(
        (
            r"\d{8}T\d{12,}-[0-9a-f]{6}",  # an edition
            r"assistent-[0-9a-f]{12}",
            r"nonce[-=\"\w]+",
            r"\d+\.\d+",
            r"\d\d[:.]\d\d",
            # The ID of an answer in JSON, in forms, as it is shown, and in links.
            r'(?<="reference":")\w{10}(?=")',
            r'(?<=name="svar" value=")\w{10}',
            r'(?<=name=\\"svar\\" value=\\")\w{10}',
            r"(?<=Svar-ID: )\w{10}",
            r"(?<=svar=)\w{10}",
        )
    )
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
    """The app with hidden documents, and one that never had them.

    ``ids`` are those of what insiders have asked in the one, and said of the answers.
    """

    full: World
    bare: World
    ids: Mapping[str, str]

    def settle(self) -> None:
        """Have everything that was asked written down."""
        assert self.full.journal.flush()
        assert self.bare.journal.flush()


@dataclass(frozen=True)
class Outsiders:
    """Those who may not see the documents, each in both apps: an employee and a redaktør."""

    staff: tuple[TestClient, TestClient]
    editors: tuple[TestClient, TestClient]
    worlds: Worlds

    def of(self, one: Try) -> tuple[TestClient, TestClient]:
        """Return the browsers of whoever makes a try."""
        if one.editor:
            self.worlds.settle()
        return self.editors if one.editor else self.staff


@contextmanager
def outsiders_in(worlds: Worlds) -> Iterator[Outsiders]:
    """Sign them in."""
    with ExitStack() as stack:
        clients = [
            stack.enter_context(world.client(*groups))
            for groups in ((), ("redaksjon",))
            for world in (worlds.full, worlds.bare)
        ]
        yield Outsiders((clients[0], clients[1]), (clients[2], clients[3]), worlds)


@contextmanager
def worlds_in(folder: Path) -> Iterator[Worlds]:
    """Build both, and let insiders ask."""
    one, other = folder / "full", folder / "bar"
    one.mkdir()
    other.mkdir()
    bare_corpus = open_corpus(folder / "åpen")
    build(bare_corpus, other / "index")
    # Where words are the vectors, many are equally near, and Chroma's graph picks any of them.
    with patch("assistent.index._SCANNED_FROM", 0):
        bare = assistant_over(other / "index")
    with world_in(one) as full, world_in(other, assistant=bare) as without:
        yield Worlds(full, without, _asked_by_insiders(full))


def _asked_by_insiders(world: World) -> dict[str, str]:
    """Ask and say something of the answers; return the IDs by their names in addresses."""
    ids = {}
    with world.client(LEADERS, LAWYERS) as insider:
        for number, question in enumerate(INSIDERS_ASK):
            answer = insider.post("/api/svar", json={"question": question}).json()
            assert {each["document"] for each in answer["sources"]} & set(HIDDEN), question
            said = {"svar": answer["reference"], "nyttig": "nei", "tekst": "Sirkelsmia er feil."}
            thanks = insider.post("/tilbakemelding", data=said, headers={"Accept": "*/*"}).text
            (identity,) = re.findall(r": ([2-9a-z]{10})\b", thanks)
            ids |= {f"answer {number}": answer["reference"], f"feedback {number}": identity}
    assert world.journal.flush()
    return ids


def ask(client: TestClient, one: Try, address: str = "", ids: Mapping[str, str] = {}) -> Seen:
    """Make a try.

    Args:
        client: the browser.
        one: the try.
        address: where to instead of the try's own.
        ids: what stands in an address for a name in braces.
    """
    response = client.request(
        one.method,
        _filled(address or one.address, ids),
        json=one.body,
        data=one.form,
        headers=one.headers,
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


def _filled(address: str, ids: Mapping[str, str]) -> str:
    for name, identity in ids.items():
        address = address.replace(f"{{{name}}}", identity)
    return address


def leaks(outsiders: Outsiders, one: Try) -> list[str]:
    """Return in what ways a response differs from one where nothing is hidden."""
    outsider, elsewhere = outsiders.of(one)
    seen = ask(outsider, one, ids=outsiders.worlds.ids)
    found = [f"says «{word}»" for word in secrets_in(seen, one)]
    if one.twin:
        twin = ask(outsider, one, one.twin)
        own = _filled(one.address, outsiders.worlds.ids)
        if _without(seen, own) != _without(twin, one.twin):
            found.append("differs from what does not exist")
    elif one.alike and one.address != "/":  # Gradio's start page has its own random words
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
