"""Hand-made stand-ins for what a test cannot run, and small corpora to build from."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from types import TracebackType

import numpy as np
from numpy.typing import NDArray

from assistent.abstention import Judge, Model
from assistent.answering import Assistant
from assistent.ingestion import BuildReport, build_index
from assistent.readers import read_file
from assistent.types import ParsedText
from assistent.words import content_stems

Vectors = NDArray[np.float32]


# Standings depend on the day; a fixed one keeps the answers repeatable.
TODAY = date(2026, 11, 22)


class WordEmbedder:
    """Embeds a text as the words in it, so that a cosine can be checked by hand.

    Each weighty word's stem has a place of its own. Two texts of n and m different words that
    share k of them have the word cosine k / sqrt(n * m), and the cosine 0.75 + 0.25 of that: like
    the real model's, cosines of unrelated texts are far from zero.
    """

    def __init__(self, *, places: int = 1000, fingerprint: str = "ord:1") -> None:
        self.dimensions = places + 1
        self.fingerprint = fingerprint
        self.embedded: list[str] = []

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        return np.stack([self._vector(text) for text in texts])

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        self.embedded += texts
        return np.stack([self._vector(text) for text in texts])

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(text.split()) for text in texts]

    def _vector(self, text: str) -> NDArray[np.float32]:
        words = np.zeros(self.dimensions, dtype=np.float32)
        for word in content_stems(text):
            digest = hashlib.sha256(word.encode()).digest()
            words[1 + int.from_bytes(digest[:4], "big") % (self.dimensions - 1)] += 1
        length = np.linalg.norm(words) or np.float32(1)
        vector: NDArray[np.float32] = words / length * np.float32(0.25**0.5)
        vector[0] = np.sqrt(1 - (vector[1:] ** 2).sum())
        return vector


# The shipped weights are fitted to the real model's cosines; with word cosines this one answers
# what shares words with the documents, so that tuning does not touch what it has no part in.
WORD_JUDGE = Judge(
    topic=Model({"coverage": 20.0}, bias=-5.0),
    kind=Model({"gap": -10.0}, bias=5.0),
    slope=1.0,
    offset=0.0,
    refuse_below=0.3,
    uncertain_below=0.6,
)


class PlainReader:
    """Reads files in this process; the safe reader with its worker has its own tests."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def __enter__(self) -> PlainReader:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        return None

    def read(self, path: Path) -> ParsedText:
        return read_file(path)


KANTINE = """# Kantineordningen

## Åpningstider
Kantinen åpner klokken elleve. Kantinen stenger klokken fjorten.

## Betaling
Alle betaler med kort. Kontanter kan ikke benyttes.

Følgende kort godtas:
- Adgangskort
- Bankkort
"""
SYKKEL = """# Sykkelordningen

## Lån av sykkel
Sykler lånes i resepsjonen. Hjelm følger med sykkelen.

## Vedtak
Sykkelordningen ble vedtatt 3. mars 2025. Den gamle sykkelordningen oppheves.
"""
KATALOG = """[[dokument]]
fil = "regler/kantine.md"
tittel = "Kantineordningen"
type = "retningslinje"
eier = "Oslo kommune"
gyldig_fra = 2024-01-01

[[dokument]]
fil = "regler/sykkel.md"
tittel = "Sykkelordningen"
type = "retningslinje"
eier = "Oslo kommune"
vedtatt = 2025-03-03
gyldig_fra = 2025-03-03
merknad = "Gjelder bare rådhuset."
adresse = "https://eksempel.no/sykkel"
"""


STRATEGY = "strategi/000_f46e2f4d7fabfedf.txt"
REGION = "strategi/001_2e0d28288a8e41a5.txt"


def strategy_corpus(folder: Path) -> Path:
    """Copy the two strategies and their catalogue entries out of the starter corpus."""
    starter = Path(__file__).resolve().parent.parent / "korpus"
    corpus = folder / "korpus"
    (corpus / "strategi").mkdir(parents=True)
    entries = re.split(
        r"^(?=\[\[dokument\]\]$)", (starter / "katalog.toml").read_text("utf-8"), flags=re.M
    )
    kept = []
    for name in (STRATEGY, REGION):
        shutil.copy(starter / name, corpus / name)
        kept += [entry for entry in entries if f'fil = "{name}"' in entry]
    assert len(kept) == 2
    (corpus / "katalog.toml").write_text("".join(kept), encoding="utf-8")
    return corpus


def small_corpus(folder: Path) -> Path:
    """Write a corpus of two documents with a catalogue."""
    corpus = folder / "korpus"
    (corpus / "regler").mkdir(parents=True)
    (corpus / "regler/kantine.md").write_text(KANTINE, encoding="utf-8")
    (corpus / "regler/sykkel.md").write_text(SYKKEL, encoding="utf-8")
    (corpus / "katalog.toml").write_text(KATALOG, encoding="utf-8")
    return corpus


def build(corpus: Path, index: Path, embedder: WordEmbedder | None = None) -> BuildReport:
    """Build an edition with the hand-made embedder."""
    return build_index(corpus, index, embedder or WordEmbedder(), PlainReader)


def assistant_over(folder: Path, catalogue: str = "", **documents: str) -> Assistant:
    """Build an index of the given markdown documents and open it; ``plan`` becomes plan.md."""
    corpus = folder / "korpus"
    corpus.mkdir()
    for name, text in documents.items():
        (corpus / f"{name}.md").write_text(text, encoding="utf-8")
    if catalogue:
        (corpus / "katalog.toml").write_text(catalogue, encoding="utf-8")
    build(corpus, folder / "indeks")
    return Assistant(folder / "indeks", WordEmbedder(), today=lambda: TODAY)
