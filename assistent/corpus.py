"""The corpus folder: its files read into documents, each with its catalogue entry."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from assistent import texts_corpus
from assistent.asked import FOLDER as ASKED_FOLDER
from assistent.asked import asked_files, read_asked
from assistent.catalogue import CATALOGUE_NAME, infer_entry, load_catalogue
from assistent.errors import CorpusError, ReadError
from assistent.originals import checksum_of
from assistent.readers import READERS
from assistent.registers import FOLDER as REGISTER_FOLDER
from assistent.registers import load_registers
from assistent.types import Document, ParsedText, Registers

Progress = Callable[[str, int, int], None]


class FileReader(Protocol):
    """Reads files of a corpus; the safe reader does it in a process of its own."""

    def read(self, path: Path) -> ParsedText:
        """Read one file or raise :class:`ReadError`."""
        ...


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that is not in the edition, and why."""

    file: str
    reason: str


def corpus_files(corpus: Path) -> list[Path]:
    """Return the files of a corpus that can be documents, in a stable order.

    Hidden files, the catalogue, the registers and the list of questions are none.

    Raises:
        CorpusError: there is no such folder.
    """
    if not corpus.is_dir():
        raise CorpusError(texts_corpus.corpus_missing(str(corpus)))
    return sorted(
        path
        for path in corpus.rglob("*")
        if (path.is_file() or path.is_symlink())
        and path.suffix.lower() != ".toml"
        and not any(part.startswith(".") for part in path.relative_to(corpus).parts)
        and path.relative_to(corpus).parts[0] not in {REGISTER_FOLDER, ASKED_FOLDER}
    )


def corpus_digest(corpus: Path) -> str:
    """Return a digest of the names and contents of everything an edition is built from."""
    digest = hashlib.sha256()
    registers = sorted((corpus / REGISTER_FOLDER).glob("*.toml"))
    others = [corpus / CATALOGUE_NAME, *registers, *asked_files(corpus)]
    for path in [*corpus_files(corpus), *others]:
        digest.update(os.fsencode(path.relative_to(corpus)) + b"\0")
        try:
            with path.open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
        except OSError:
            digest.update(b"unreadable")
    return digest.hexdigest()


def read_corpus(
    corpus: Path,
    open_reader: Callable[[Path], AbstractContextManager[FileReader]],
    *,
    progress: Progress = lambda step, done, total: None,
) -> tuple[list[Document], list[Skipped]]:
    """Read every file of the corpus with its catalogue entry.

    A file that cannot be read is reported and left out; it never stops the others.

    Raises:
        CorpusError: the folder is missing or the catalogue has a fault.
    """
    files = corpus_files(corpus)
    catalogue = load_catalogue(corpus)
    documents: list[Document] = []
    skipped: list[Skipped] = []
    with open_reader(corpus) as reader:
        for number, path in enumerate(files):
            progress("dokumenter", number, len(files))
            name = path.relative_to(corpus).as_posix()
            if not _is_text(name):
                readable = os.fsencode(name).decode(errors="replace")
                skipped.append(Skipped(readable, texts_corpus.file_name_not_text(readable)))
                continue
            if path.suffix.lower() not in READERS and name not in catalogue:
                skipped.append(
                    Skipped(name, texts_corpus.file_kind_unknown(path.name, sorted(READERS)))
                )
                continue
            try:
                parsed = reader.read(path)
            except ReadError as error:
                skipped.append(Skipped(name, str(error)))
                continue
            info = catalogue.get(name) or infer_entry(name, parsed.title)
            documents.append(Document(info, parsed.text, parsed.blocks, checksum_of(path)))
    progress("dokumenter", len(files), len(files))
    return documents, skipped


def _is_text(name: str) -> bool:
    """Whether a file name can be stored and printed; other systems leave names that cannot."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def inspect_corpus(
    corpus: Path,
    open_reader: Callable[[Path], AbstractContextManager[FileReader]],
    *,
    progress: Progress = lambda step, done, total: None,
) -> tuple[list[Document], list[Skipped], Registers]:
    """Read and validate everything that a build would, without building.

    Raises:
        CorpusError: the folder is missing, or the catalogue or a register has a fault.
    """
    documents, skipped = read_corpus(corpus, open_reader, progress=progress)
    by_path = {document.info.path: document for document in documents}
    registers = load_registers(corpus, by_path)
    _, faults = read_asked(corpus, by_path)
    skipped += [Skipped(file, reason) for file, reason in faults]
    return documents, skipped, registers
