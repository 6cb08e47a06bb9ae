"""What the style of a Word paragraph says about its role."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn

from assistent.readers.heading_looks import Look

_HEADING = re.compile(r"(?:heading|overskrift|rubrik|titre)\s*(\d)\b", re.IGNORECASE)
_TITLE = re.compile(r"(?:title|tittel|dokumenttittel)$", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|innhold(?:sfortegnelse)?|inh|contents)\b", re.IGNORECASE)
_LIST = re.compile(
    r"(list bullet|punktliste|punktmerket liste|list number|nummerert liste)\s*(\d?)", re.IGNORECASE
)
_OFF = {"0", "false", "off", "none"}


@dataclass(frozen=True, slots=True)
class Styles:
    """The paragraph and character styles of a document by id."""

    elements: dict[str, Any]
    default: str
    default_size: float

    def chain(self, paragraph: Any) -> list[Any]:
        """Return the paragraph's style and those it is based on, nearest first."""
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        return self._bases(style.get(qn("w:val")) if style is not None else self.default)

    def _bases(self, name: str | None) -> list[Any]:
        found: list[Any] = []
        while name in self.elements and self.elements[name] not in found:
            found.append(self.elements[name])
            base = found[-1].find(qn("w:basedOn"))
            name = base.get(qn("w:val")) if base is not None else None
        return found

    def heading_level(self, paragraph: Any, chain: list[Any]) -> int | None:
        """Return the level of a heading, else None: by style name, then by outline level."""
        for style in chain:
            match = _HEADING.match(_name(style)) or _HEADING.match(style.get(qn("w:styleId")) or "")
            if match:
                return int(match.group(1))
        for holder in (paragraph, *chain):
            outline = holder.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
            if outline is not None:
                level = int(outline.get(qn("w:val")))
                return level + 1 if level < 9 else None
        return None

    def is_title(self, chain: list[Any]) -> bool:
        """Whether the paragraph is the document's title."""
        return any(_TITLE.match(_name(style)) for style in chain[:1])

    def is_contents(self, chain: list[Any]) -> bool:
        """Whether the paragraph is a line of the table of contents."""
        return any(_CONTENTS.match(_name(style)) for style in chain)

    def list_level(self, chain: list[Any]) -> int | None:
        """Return the level of a list style that has no numbering of its own, else None."""
        for style in chain:
            match = _LIST.match(_name(style))
            if match:
                return int(match.group(2) or 1)
        return None

    def numbering(self, paragraph: Any, chain: list[Any]) -> tuple[str, int] | None:
        """Return the numbering id and level (from 0) of a paragraph, None where it has none."""
        level: int | None = None
        for holder in (paragraph, *chain):
            properties = holder.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
            if properties is None:
                continue
            depth = properties.find(qn("w:ilvl"))
            if level is None and depth is not None:
                level = int(depth.get(qn("w:val")))
            number = properties.find(qn("w:numId"))
            if number is not None:
                number_id = str(number.get(qn("w:val")))
                return None if number_id == "0" else (number_id, level or 0)
        return None

    def look(self, paragraph: Any, chain: list[Any]) -> Look:
        """Return how the words of a paragraph are printed: the smallest size, all bold or not."""
        sizes: list[float] = []
        bold: list[bool] = []
        for run in paragraph.iter(qn("w:r")):
            if not any((text.text or "").strip() for text in run.iter(qn("w:t"))):
                continue
            named = run.find(f"{qn('w:rPr')}/{qn('w:rStyle')}")
            holders = [run, *self._bases(named.get(qn("w:val")) if named is not None else None)]
            sizes.append(self._size([*holders, *chain]))
            bold.append(_bold([*holders, *chain]))
        return Look(min(sizes, default=self.default_size), bool(bold) and all(bold))

    def _size(self, holders: list[Any]) -> float:
        for holder in holders:
            size = holder.find(f"{qn('w:rPr')}/{qn('w:sz')}")
            if size is not None and (size.get(qn("w:val")) or "").isdigit():
                return int(size.get(qn("w:val"))) / 2
        return self.default_size


def read_styles(document: Any) -> Styles:
    """Collect the styles of a python-docx document."""
    root = document.styles.element
    elements = {style.get(qn("w:styleId")): style for style in root.iter(qn("w:style"))}
    paragraphs = {key: style for key, style in elements.items() if _is_default_paragraph(style)}
    default = next(iter(paragraphs), "")
    size = root.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}/{qn('w:sz')}")
    points = int(size.get(qn("w:val"))) / 2 if size is not None else 10.0
    return Styles(elements, default, points)


def is_on(properties: Any, tag: str) -> bool:
    """Whether a switch such as ``w:b`` or ``w:vanish`` stands in run properties and is on."""
    switch = properties.find(qn(tag)) if properties is not None else None
    return switch is not None and switch.get(qn("w:val"), "1").lower() not in _OFF


def _is_default_paragraph(style: Any) -> bool:
    kind, default = style.get(qn("w:type")), style.get(qn("w:default"), "0")
    return kind == "paragraph" and default.lower() not in _OFF


def _bold(holders: list[Any]) -> bool:
    for holder in holders:
        properties = holder.find(qn("w:rPr"))
        if properties is not None and properties.find(qn("w:b")) is not None:
            return is_on(properties, "w:b")
    return False


def _name(style: Any) -> str:
    name = style.find(qn("w:name"))
    return str(name.get(qn("w:val")) or "") if name is not None else ""
