"""The source viewer: a document at the place of a quote, its pages as pictures, and its file."""

from __future__ import annotations

import logging
import re
import unicodedata
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path, PurePosixPath
from typing import BinaryIO
from urllib.parse import quote as percent_encoded

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response, StreamingResponse

from assistent import texts_viewer as words
from assistent.answering import Assistant
from assistent.originals import OriginalError, OriginalFault, Originals
from assistent.pictures.drawing import WIDTHS, PagePictures, PictureError, PictureFault
from assistent.web.addresses import document_address
from assistent.web.pages import not_found
from assistent.web.rendering import render
from assistent.web.request_log import code_line
from assistent.web.viewer_page import PICTURED, ViewerPages

_log = logging.getLogger(__name__)

FILE_TYPES = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".htm": "text/html",
    ".html": "text/html",
    ".md": "text/markdown",
    ".pdf": "application/pdf",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".txt": "text/plain",
}
PACKED_TYPES = tuple(kind for kind in FILE_TYPES.values() if kind.startswith("application/"))
"""Files that are compressed inside; doing it again takes time and saves nothing."""

_CHUNK = 256 * 1024
_YEAR = "private, max-age=31536000, immutable"
# What not everyone may see is kept on no device; the service worker minds this, too.
_NEVER = "no-store"
_RETRY_SECONDS = "5"
_UNSAFE = re.compile(r'[\x00-\x1f\x7f"\\/:*?<>|]+')
_PAGE_NUMBER = re.compile("[1-9][0-9]{0,5}")
_FAULTS = {
    OriginalFault.CHANGED: (words.ORIGINAL_CHANGED_TITLE, words.ORIGINAL_CHANGED, 409),
    OriginalFault.MISSING: (words.ORIGINAL_MISSING_TITLE, words.ORIGINAL_MISSING, 404),
}


def build_source_pages(
    assistant: Assistant, *, corpus: Path, today: Callable[[], date] = date.today
) -> APIRouter:
    """Return the routes of the source viewer.

    Args:
        assistant: whose documents are shown.
        corpus: the folder with the files that the documents were read from.
        today: the day for which standings are judged.
    """
    router = APIRouter()
    originals, pictures = Originals(corpus), PagePictures()
    viewer = ViewerPages(originals, pictures)

    @router.get("/kilde/{path:path}/original")
    def original(request: Request, path: str) -> Response:
        root = request.scope.get("root_path", "")
        document = assistant.document(path)
        if document is None:
            return not_found(root)
        try:
            file, size = originals.open(document)
        except OriginalError as error:
            title, text, status = _FAULTS[error.fault]
            back = f"{root}{document_address(path)}"
            # Not which one: the log names no document that somebody looked at.
            _log.warning("an original cannot be shown: %s", error.fault.value)
            values = {"title": title, "text": text, "back": back, "code": code_line()}
            return render("original.html", status=status, root=root, v=words, **values)
        ending = PurePosixPath(path).suffix.lower()
        headers = {
            "Content-Type": FILE_TYPES.get(ending, "application/octet-stream"),
            "Content-Length": str(size),
            "Content-Disposition": attachment(PurePosixPath(path).name),
            "Cache-Control": _NEVER if document.info.access else "private, no-cache",
        }
        return StreamingResponse(_chunks(file), headers=headers)

    @router.get("/kilde/{path:path}/side/{page}")
    def picture(request: Request, path: str, page: str, bredde: str = "", v: str = "") -> Response:
        root = request.scope.get("root_path", "")
        document = assistant.document(path)
        pictured = PurePosixPath(path).suffix.lower() == PICTURED
        if document is None or not pictured or not _PAGE_NUMBER.fullmatch(page):
            return not_found(root)
        width = next((each for each in WIDTHS if str(each) == bredde), WIDTHS[0])
        try:
            found = originals.find(document)
            drawn = pictures.picture(found.path, document.checksum, int(page), width)
        except OriginalError:
            return not_found(root)
        except PictureError as error:
            if error.fault is PictureFault.BUSY:
                return Response(status_code=503, headers={"Retry-After": _RETRY_SECONDS})
            return not_found(root)
        kept = v and document.checksum.startswith(v)
        cache = _YEAR if kept else "private, no-cache"
        headers = {"Cache-Control": _NEVER if document.info.access else cache}
        return Response(drawn, media_type="image/webp", headers=headers)

    @router.get("/kilde/{path:path}", response_class=HTMLResponse)
    def source(request: Request, path: str) -> Response:
        root = request.scope.get("root_path", "")
        document = assistant.document(path)
        if document is None:
            return not_found(root)
        documents = {each.info.path: each for each in assistant.documents()}
        values = viewer.values(document, documents, request.query_params, today(), root)
        response = render("viewer.html", root=root, v=words, **values)
        if document.info.access:
            response.headers["Cache-Control"] = _NEVER
        return response

    return router


def attachment(name: str) -> str:
    """Return the header that has a browser save a file under its name.

    The name is given twice: in ASCII, and for browsers that know it (all do) as it is.
    """
    safe = _UNSAFE.sub("_", name).strip(". ") or "dokument"
    letters = safe.replace("æ", "ae").replace("ø", "o").replace("Æ", "Ae").replace("Ø", "O")
    plain = unicodedata.normalize("NFKD", letters).encode("ascii", "ignore").decode("ascii")
    if plain.startswith("."):  # nothing but the ending is left of a name in another script
        plain = f"dokument{plain}"
    encoded = percent_encoded(safe, safe="", errors="replace")
    return f"attachment; filename=\"{plain or 'dokument'}\"; filename*=UTF-8''{encoded}"


def _chunks(file: BinaryIO) -> Iterator[bytes]:
    with file:
        while chunk := file.read(_CHUNK):
            yield chunk
