"""How well and how fast files are read. Run ``python tests/benchmarks/readers.py``.

The two strategies and ten starter documents are written in every format and layout and read back
through the sandbox, as ingestion does. For each layout the table says how many of the sections

- came back with the same path of headings and the same words (white space aside),
- stand in the right order,
- begin on the right page (PDF and PPTX),

and how many of the letters æ, ø and å came back. A second part reads 1 000 pages of PDF and splits
them into passages. With LibreOffice installed there is one more PDF layout, made by it from DOCX.
"""

from __future__ import annotations

import argparse
import difflib
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from assistent.errors import ReadError
from assistent.passages import split_into_passages
from assistent.readers.sandbox import SafeReader
from assistent.types import Document, DocumentInfo
from tests.benchmarks.reader_pdf import LAYOUTS, write_long_pdf, writer
from tests.benchmarks.reader_sources import (
    Expected,
    SourceDocument,
    section_texts,
    source_documents,
)
from tests.benchmarks.reader_versions import SLIDES, WEB, WORD, Writer, word_with_styles

_LETTERS = "æøåÆØÅ"


@dataclass(frozen=True, slots=True)
class Score:
    """Counts for one format and layout."""

    sections: int = 0
    right: int = 0
    ordered: int = 0
    paged: int = 0
    pages_right: int = 0
    letters: int = 0
    letters_right: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(*(getattr(self, n) + getattr(other, n) for n in self.__slots__))


def main(words: Sequence[str] | None = None) -> None:
    """Print both parts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--misses", action="store_true", help="show what did not come back")
    arguments = parser.parse_args(words)
    documents = source_documents()
    with tempfile.TemporaryDirectory() as folder:
        print_table(documents, Path(folder), misses=arguments.misses)
        print_speed(documents, Path(folder), pages=arguments.pages)


def print_table(documents: Sequence[SourceDocument], folder: Path, *, misses: bool) -> None:
    """Write, read and compare every document in every layout."""
    print(
        f"{'format':<7}{'layout':<14}{'sections':>9}{'right':>8}{'order':>8}{'pages':>8}{'æøå':>8}"
    )
    formats: list[tuple[str, str, dict[str, Writer]]] = [
        ("PDF", ".pdf", {name: writer(layout) for name, layout in LAYOUTS.items()}),
        ("DOCX", ".docx", WORD),
        ("HTML", ".html", WEB),
        ("PPTX", ".pptx", SLIDES),
    ]
    if shutil.which("soffice"):
        formats[0][2]["LibreOffice"] = _by_libreoffice
    with SafeReader(folder) as reader:
        for name, ending, writers in formats:
            total = Score()
            for layout, write in writers.items():
                score = Score()
                for document in documents:
                    path = folder / f"{document.name}{ending}"
                    expected = write(document, path)
                    score += _compare(reader, path, expected, f"{name} {layout}", misses)
                _print_row(name, layout, score)
                total += score
            _print_row(name, "in all", total)


def _by_libreoffice(document: SourceDocument, path: Path) -> tuple[Expected, ...]:
    source = path.with_suffix(".docx")
    word_with_styles(document, source)
    command = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(path.parent)]
    subprocess.run([*command, str(source)], check=True, capture_output=True)
    return document.sections


def _compare(
    reader: SafeReader, path: Path, expected: Sequence[Expected], label: str, misses: bool
) -> Score:
    try:
        parsed = reader.read(path)
    except ReadError as error:
        print(error)
        return Score(sections=len(expected))
    found = section_texts(parsed)
    wanted = Counter((section.path, section.text) for section in expected)
    got = Counter((section.path, section.text) for section in found)
    if misses:
        for key in wanted - got:
            print(f"  {label}: {path.name} lacks {key[0]} {key[1][:2000]}")
        for key in got - wanted:
            print(f"  {label}: {path.name} has   {key[0]} {key[1][:2000]}")
    matcher = difflib.SequenceMatcher(
        None, [s.path for s in expected], [s.path for s in found], autojunk=False
    )
    blocks = matcher.get_matching_blocks()
    paged = pages_right = 0
    for block in blocks:
        for offset in range(block.size):
            page = expected[block.a + offset].page
            pages_right += page is not None and page == found[block.b + offset].page
    paged = sum(1 for section in expected if section.page is not None)
    letters = _letters("".join("".join(s.path[-1:]) + s.text for s in expected))
    letters_found = _letters("".join("".join(s.path[-1:]) + s.text for s in found))
    return Score(
        len(expected),
        (wanted & got).total(),
        sum(block.size for block in blocks),
        paged,
        pages_right,
        letters.total(),
        (letters & letters_found).total(),
    )


def _letters(text: str) -> Counter[str]:
    return Counter(character for character in text if character in _LETTERS)


def _print_row(name: str, layout: str, score: Score) -> None:
    pages = _percent(score.pages_right, score.paged) if score.paged else "–"
    print(
        f"{name:<7}{layout:<14}{score.sections:>9}{_percent(score.right, score.sections):>8}"
        f"{_percent(score.ordered, score.sections):>8}{pages:>8}"
        f"{_percent(score.letters_right, score.letters):>8}"
    )


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / max(1, whole):.1f}"


def print_speed(documents: Sequence[SourceDocument], folder: Path, *, pages: int) -> None:
    """Read and split one long PDF, and say what that took."""
    path = folder / "lang.pdf"
    real = write_long_pdf(documents, path, pages=pages)
    before_cpu = _cpu_seconds()
    before = time.perf_counter()
    with SafeReader(folder) as reader:
        parsed = reader.read(path)
    document = Document(DocumentInfo(path.name, path.stem), parsed.text, parsed.blocks)
    passages = split_into_passages(document, _approximate_tokens)
    seconds = time.perf_counter() - before
    cpu = _cpu_seconds() - before_cpu
    worker = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"\n{real} pages of PDF ({path.stat().st_size / 2**20:.1f} MB) → {len(passages)} passages: "
        f"{seconds:.1f} s, {cpu:.1f} CPU s, worker {worker:.0f} MB, this process {own:.0f} MB"
    )


def _approximate_tokens(texts: Sequence[str]) -> list[int]:
    return [round(len(text) / 4) for text in texts]


def _cpu_seconds() -> float:
    own = resource.getrusage(resource.RUSAGE_SELF)
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


if __name__ == "__main__":
    main()
