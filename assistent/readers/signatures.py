"""Whether a file is of the kind that its ending says, told by its first bytes."""

from __future__ import annotations

import re

from assistent import texts

HEAD_BYTES = 4096
_PDF_WITHIN = 1024  # bytes; readers accept this much in front of the header
_WEB_PAGE = re.compile(
    r"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.I | re.S
)
_SIGNATURES = (
    (b"%PDF-", texts.FOUND_PDF),
    (b"PK\x03\x04", texts.FOUND_ZIP),
    (b"PK\x05\x06", texts.FOUND_ZIP),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", texts.FOUND_OLD_OFFICE),
    (b"{\\rtf", texts.FOUND_RTF),
    (b"\x89PNG", texts.FOUND_PICTURE),
    (b"\xff\xd8\xff", texts.FOUND_PICTURE),
    (b"GIF8", texts.FOUND_PICTURE),
    (b"II*\x00", texts.FOUND_PICTURE),
    (b"MM\x00*", texts.FOUND_PICTURE),
    (b"\x7fELF", texts.FOUND_PROGRAM),
    (b"MZ\x90\x00", texts.FOUND_PROGRAM),
    (b"\x1f\x8b", texts.FOUND_ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", texts.FOUND_ARCHIVE),
    (b"Rar!", texts.FOUND_ARCHIVE),
)
_EXPECTED = {".pdf": texts.FOUND_PDF, ".docx": texts.FOUND_ZIP, ".pptx": texts.FOUND_ZIP}
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
        return texts.FOUND_WEB_PAGE if ending in _PLAIN and _is_web_page(head) else None
    if found is not None:
        return found
    return texts.FOUND_WEB_PAGE if _is_web_page(head) else texts.FOUND_OTHER


def _kind(head: bytes) -> str | None:
    for signature, name in _SIGNATURES:
        if head.startswith(signature):
            return name
    return texts.FOUND_PDF if b"%PDF-" in head[:_PDF_WITHIN] else None


def _is_web_page(head: bytes) -> bool:
    return bool(_WEB_PAGE.match(head.decode("latin-1").removeprefix("ï»¿")))
