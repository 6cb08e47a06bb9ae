"""Tables as CSV that a Norwegian spreadsheet opens, and in which nothing is a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def csv_of(head: Sequence[str], rows: Sequence[Sequence[object]]) -> bytes:
    """Return a table with semicolons between the fields, in UTF-8 with a byte order mark."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(map(harmless, head))
    writer.writerows([harmless(field) for field in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def harmless(field: object) -> str:
    """Return a field as text that no spreadsheet computes: what would be a formula gets a quote.

    People have written what stands in these tables, and whoever opens them has more rights.
    """
    text = str(field).replace("\0", "")
    return f"'{text}" if text.startswith(_FORMULA) else text
