"""Looks for secrets where a running product leaves traces."""

from __future__ import annotations

import gzip
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from tests.canaries.values import Canary

_GZIP, _ZIP = b"\x1f\x8b", b"PK\x03\x04"


@dataclass
class Traces:
    """What was looked through, and what was found.

    ``looked`` counts files and texts by place, ``hits`` the finds by place and secret; ``where``
    names each find.
    """

    canaries: tuple[Canary, ...]
    looked: Counter[str] = field(default_factory=Counter)
    hits: Counter[tuple[str, str]] = field(default_factory=Counter)
    where: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._forms = {canary.name: canary.forms() for canary in self.canaries}

    def look_through(self, place: str, name: str, content: bytes | str) -> None:
        """Look through a text or the bytes of a file, also those packed in it."""
        self.looked[place] += 1
        whole = content.encode() if isinstance(content, str) else content
        for part in _unpacked(whole):
            for canary, forms in self._forms.items():
                if any(form in part for form in forms):
                    self.hits[place, canary] += 1
                    self.where.append(f"{canary}: {place}, {name}")

    def look_below(self, place: str, folder: Path, *, but: Iterable[Path] = ()) -> None:
        """Look through every file below a folder, and the names of all."""
        apart = tuple(but)
        for path in sorted(folder.rglob("*")):
            if any(path.is_relative_to(each) for each in apart):
                continue
            # A server at work takes files away meanwhile.
            with suppress(OSError):
                content = path.read_bytes() if path.is_file() else b""
                self.look_through(place, str(path), str(path).encode() + b"\n" + content)


def _unpacked(content: bytes) -> Iterator[bytes]:
    yield content
    body = content.partition(b"\n")[2] if content.startswith(b"/") else content
    with suppress(OSError, EOFError, zipfile.BadZipFile, RuntimeError):
        if body.startswith(_GZIP):
            yield gzip.decompress(body)
        if body.startswith(_ZIP):
            yield from _members(body)


def _members(body: bytes) -> Iterator[bytes]:
    import io

    with zipfile.ZipFile(io.BytesIO(body)) as file:
        for name in file.namelist():
            yield file.read(name)
