"""Check an Office file before it is parsed: how large it unpacks, and what XML it holds."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from assistent import texts_corpus
from assistent.errors import ReadError

MAX_UNPACKED = 200 * 2**20  # bytes
_MAX_RATIO = 200  # unpacked to packed
_RATIO_FROM = 10 * 2**20  # bytes; below, a high ratio is harmless
_MAX_PARTS = 10_000
_CHUNK = 2**20
_OVERLAP = 64
_XML_ENDINGS = (".xml", ".rels", ".vml")
_DEFINITIONS = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_DECLARED = re.compile(rb"""^<\?xml[^>]*?encoding\s*=\s*["']([\w.-]+)["']""")
_SAFE_ENCODINGS = {b"utf-8", b"us-ascii", b"ascii", b"iso-8859-1", b"windows-1252"}
_CONTENT_TYPES = "[Content_Types].xml"
_KINDS = (
    (b"wordprocessingml.document.main+xml", ".docx", texts_corpus.FOUND_WORD),
    (b"ms-word.document.macroEnabled.main+xml", ".docm", texts_corpus.FOUND_WORD),
    (b"presentationml.presentation.main+xml", ".pptx", texts_corpus.FOUND_SLIDES),
    (b"spreadsheetml.sheet.main+xml", ".xlsx", texts_corpus.FOUND_SHEET),
)


def check_package(path: Path, *, max_unpacked: int = MAX_UNPACKED) -> None:
    """Refuse an Office file that is a bomb or not what its ending says.

    The sizes in the ZIP directory may lie, so every part is also unpacked once and counted.

    Args:
        path: the file.
        max_unpacked: bytes that all parts together may take.

    Raises:
        ReadError: the file is damaged, too large unpacked, defines XML entities, or is of
            another kind.
    """
    limit = ReadError(texts_corpus.file_unpacks_too_large(path.name, max_unpacked // 2**20))
    try:
        with zipfile.ZipFile(path) as package:
            parts = package.infolist()
            declared = sum(part.file_size for part in parts)
            packed = max(1, sum(part.compress_size for part in parts))
            bomb = declared > _RATIO_FROM and declared > _MAX_RATIO * packed
            if len(parts) > _MAX_PARTS or declared > max_unpacked or bomb:
                raise limit
            _check_parts(path, package, max_unpacked, limit)
            _check_kind(path, package)
    except (zipfile.BadZipFile, KeyError, EOFError, OSError, ValueError) as error:
        raise ReadError(texts_corpus.file_damaged(path.name)) from error
    except RuntimeError as error:  # zipfile's way to say that a part is encrypted
        raise ReadError(texts_corpus.file_encrypted(path.name)) from error
    except NotImplementedError as error:  # a packing method that no Office program uses
        raise ReadError(texts_corpus.file_damaged(path.name)) from error


def _check_parts(path: Path, package: zipfile.ZipFile, max_unpacked: int, limit: ReadError) -> None:
    total = 0
    for part in package.infolist():
        is_xml = part.filename.lower().endswith(_XML_ENDINGS)
        for chunk, first in _chunks(package, part):
            total += len(chunk)
            if total > max_unpacked:
                raise limit
            if is_xml and _is_unsafe_xml(chunk, first=first):
                raise ReadError(texts_corpus.file_has_entities(path.name))


def _chunks(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[tuple[bytes, bool]]:
    """Yield a part piece by piece; each piece begins with the end of the one before."""
    with package.open(part) as stream:
        before = b""
        while chunk := stream.read(_CHUNK):
            yield before + chunk, not before
            before = chunk[-_OVERLAP:]


def _is_unsafe_xml(chunk: bytes, *, first: bool) -> bool:
    """Whether XML defines a document type or entities, or hides what it says in its encoding.

    No Office program writes either.
    """
    if first:
        if chunk.startswith((b"\xfe\xff", b"\xff\xfe")) or b"\x00" in chunk[:64]:
            return True
        declared = _DECLARED.match(chunk.removeprefix(b"\xef\xbb\xbf").lstrip())
        if declared and declared.group(1).lower() not in _SAFE_ENCODINGS:
            return True
    return bool(_DEFINITIONS.search(chunk))


def _check_kind(path: Path, package: zipfile.ZipFile) -> None:
    names = set(package.namelist())
    found = texts_corpus.FOUND_ZIP
    if _CONTENT_TYPES in names:
        content_types = package.read(_CONTENT_TYPES)
        for mark, ending, name in _KINDS:
            if mark in content_types:
                if ending == path.suffix.lower():
                    return
                found = name
    raise ReadError(texts_corpus.file_wrong_ending(path.name, found))
