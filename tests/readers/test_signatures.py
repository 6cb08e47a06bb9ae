from __future__ import annotations

import pytest

from assistent import texts_corpus
from assistent.readers.signatures import wrong_kind


@pytest.mark.parametrize(
    ("head", "ending"),
    [
        (b"%PDF-1.7\n", ".pdf"),
        (b"\xef\xbb\xbf\r\n%PDF-1.4", ".pdf"),
        (b"PK\x03\x04....", ".docx"),
        (b"PK\x03\x04....", ".pptx"),
        (b"<!doctype html><html>", ".html"),
        ("bare tekst med æ".encode(), ".txt"),
        (b"# Overskrift", ".md"),
        (b"\xff\xfeH\x00e\x00i\x00", ".txt"),
    ],
)
def test_content_that_fits_its_ending_passes(head: bytes, ending: str) -> None:
    assert wrong_kind(head, ending) is None


@pytest.mark.parametrize(
    ("head", "ending", "found"),
    [
        (b"PK\x03\x04", ".pdf", texts_corpus.FOUND_ZIP),
        (b"%PDF-1.7", ".docx", texts_corpus.FOUND_PDF),
        (b"%PDF-1.7", ".txt", texts_corpus.FOUND_PDF),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".docx", texts_corpus.FOUND_OLD_OFFICE),
        (b"\x89PNG\r\n", ".pdf", texts_corpus.FOUND_PICTURE),
        (b"\x7fELF\x02", ".md", texts_corpus.FOUND_PROGRAM),
        (b"{\\rtf1", ".docx", texts_corpus.FOUND_RTF),
        (b"\x1f\x8b\x08", ".html", texts_corpus.FOUND_ARCHIVE),
        (b"  <!DOCTYPE html><html>", ".txt", texts_corpus.FOUND_WEB_PAGE),
        (b"\xef\xbb\xbf<html lang='nb'>", ".pdf", texts_corpus.FOUND_WEB_PAGE),
        (b"helt vanlig tekst", ".pdf", texts_corpus.FOUND_OTHER),
    ],
)
def test_content_of_another_kind_is_named(head: bytes, ending: str, found: str) -> None:
    assert wrong_kind(head, ending) == found
