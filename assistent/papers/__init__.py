"""Papers: documents made once as plain values and written as Word, PDF or Markdown alike."""

from collections.abc import Callable, Mapping

from assistent.papers.markdown import as_markdown
from assistent.papers.model import Block, Bullets, Heading, Paper, Paragraph, Table
from assistent.papers.pdf import as_pdf
from assistent.papers.word import as_word

WRITERS: Mapping[str, tuple[str, Callable[[Paper], bytes]]] = {
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", as_word),
    "pdf": ("application/pdf", as_pdf),
    "md": ("text/markdown; charset=utf-8", as_markdown),
}
"""The media type and the writer by file ending."""

__all__ = [
    "WRITERS",
    "Block",
    "Bullets",
    "Heading",
    "Paper",
    "Paragraph",
    "Table",
    "as_markdown",
    "as_pdf",
    "as_word",
]
