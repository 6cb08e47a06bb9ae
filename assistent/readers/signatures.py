"""Whether a file is of the kind that its ending says, told by its first bytes."""

from __future__ import annotations

import re

from assistent import texts_corpus

HEAD_BYTES = 4096
_PDF_WITHIN = 1024  # bytes; readers accept this much in front of the header
_WEB_PAGE = re.compile(
    r"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.I | re.S
)
_SIGNATURES = (
    (b"%PDF-", texts_corpus.FOUND_PDF),
    (b"PK\x03\x04", texts_corpus.FOUND_ZIP),
    (b"PK\x05\x06", texts_corpus.FOUND_ZIP),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", texts_corpus.FOUND_OLD_OFFICE),
    (b"{\\rtf", texts_corpus.FOUND_RTF),
    (b"\x89PNG", texts_corpus.FOUND_PICTURE),
    (b"\xff\xd8\xff", texts_corpus.FOUND_PICTURE),
    (b"GIF8", texts_corpus.FOUND_PICTURE),
    (b"II*\x00", texts_corpus.FOUND_PICTURE),
    (b"MM\x00*", texts_corpus.FOUND_PICTURE),
    (b"\x7fELF", texts_corpus.FOUND_PROGRAM),
    (b"MZ\x90\x00", texts_corpus.FOUND_PROGRAM),
    (b"\x1f\x8b", texts_corpus.FOUND_ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", texts_corpus.FOUND_ARCHIVE),
    (b"Rar!", texts_corpus.FOUND_ARCHIVE),
)
_EXPECTED = {
    ".pdf": texts_corpus.FOUND_PDF,
    ".docx": texts_corpus.FOUND_ZIP,
    ".pptx": texts_corpus.FOUND_ZIP,
}
_PLAIN = {".txt", ".md"}


def wrong_kind(head: bytes, ending: str) -> str | None:
    """Return what a file really is, None if its content fits its ending.

    Args:
        head: the first bytes of the file, 4 KiB or all of it.
        ending: the file's ending in lower case, with the dot.
    """
    found = _kind(head[:HEAD_BYTES])
    expected = _EXPECTED.get(ending)
    if found == expected:
        return texts_corpus.FOUND_WEB_PAGE if ending in _PLAIN and _is_web_page(head) else None
    if found is not None:
        return found
    return texts_corpus.FOUND_WEB_PAGE if _is_web_page(head) else texts_corpus.FOUND_OTHER


def _kind(head: bytes) -> str | None:
    for signature, name in _SIGNATURES:
        if head.startswith(signature):
            return name
    return texts_corpus.FOUND_PDF if b"%PDF-" in head[:_PDF_WITHIN] else None


def _is_web_page(head: bytes) -> bool:
    return bool(_WEB_PAGE.match(head.decode("latin-1").removeprefix("ï»¿")))
