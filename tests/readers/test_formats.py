"""The same documents in every format and layout: the benchmark on a few of them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from assistent.readers import read_file
from tests.benchmarks.reader_pdf import LAYOUTS, writer
from tests.benchmarks.reader_sources import KORPUS, STRATEGIES, section_texts, source_documents
from tests.benchmarks.reader_versions import SLIDES, WEB, WORD, Writer

PDF = {name: writer(layout) for name, layout in LAYOUTS.items()}
CASES = [
    pytest.param(ending, write, id=f"{ending[1:]} {layout}")
    for ending, writers in ((".pdf", PDF), (".docx", WORD), (".html", WEB), (".pptx", SLIDES))
    for layout, write in writers.items()
]
STARTERS = ("designmanual/kontrast.md", "lov/kommuneloven.md")


@pytest.mark.parametrize(("ending", "write"), CASES)
def test_headings_words_and_pages_come_back(tmp_path: Path, ending: str, write: Writer) -> None:
    wanted: Counter[tuple[tuple[str, ...], str, int | None]] = Counter()
    found: Counter[tuple[tuple[str, ...], str, int | None]] = Counter()
    for document in source_documents([KORPUS / name for name in (*STRATEGIES, *STARTERS)]):
        path = tmp_path / f"{document.name}{ending}"
        expected = write(document, path)
        pages = any(section.page for section in expected)
        for counter, sections in ((wanted, expected), (found, section_texts(read_file(path)))):
            counter.update(
                (s.path, s.text, s.page if pages and s.headed else None) for s in sections
            )
    assert (wanted & found).total() >= 0.95 * wanted.total()
