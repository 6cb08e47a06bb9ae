"""The process that draws pages: ``python -m assistent.pictures.worker MEGABYTES``.

A PDF can bring down or take over the library that draws it, so that library never runs in the
process that serves the pages. Limits and messages are those of :mod:`assistent.readers.worker`.
"""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

import pypdfium2

from assistent.pictures.render import NoPageError, describe, picture
from assistent.readers.worker import serve


def answer(request: dict[str, Any]) -> dict[str, Any]:
    """Describe a page, or with ``width`` draw it; a fault is answered by its name."""
    path, number = Path(request["path"]), request["page"]
    try:
        if "width" in request:
            drawn = picture(path, number, request["width"])
            return {"picture": base64.b64encode(drawn).decode("ascii")}
        return describe(path, number)
    except NoPageError:
        return {"fault": "no page"}
    except (pypdfium2.PdfiumError, MemoryError, OSError, ValueError, ArithmeticError):
        return {"fault": "damaged"}


if __name__ == "__main__":
    serve(answer)
