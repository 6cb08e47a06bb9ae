"""Readers: a file becomes a text with blocks. The file's ending chooses the reader.

The reader modules are imported when their first file is read: the libraries under them are large,
and the web app, which never reads a document file, should not carry them.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from assistent import texts_corpus
from assistent.errors import ReadError
from assistent.types import ParsedText

Reader = Callable[[Path], ParsedText]


def _reader(module: str, function: str) -> Reader:
    def read(path: Path) -> ParsedText:
        reader: Reader = getattr(import_module(f"assistent.readers.{module}"), function)
        return reader(path)

    return read


READERS: dict[str, Reader] = {
    ".txt": _reader("plain_text", "read_plain_text"),
    ".md": _reader("markdown", "read_markdown"),
    ".html": _reader("web_page", "read_web_page"),
    ".htm": _reader("web_page", "read_web_page"),
    ".docx": _reader("word", "read_word"),
    ".pptx": _reader("slides", "read_slides"),
    ".pdf": _reader("pdf", "read_pdf"),
}


def read_file(path: Path) -> ParsedText:
    """Read one file of the corpus in this process, without limits.

    For files of unknown origin use :class:`assistent.readers.sandbox.SafeReader`.

    Raises:
        ReadError: the kind of file is unknown or this file cannot be read.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise ReadError(texts_corpus.file_kind_unknown(path.name, sorted(READERS)))
    return reader(path)
