"""Make a web page ready for trafilatura, which then picks its content.

Everything that a browser would not show is taken out, since trafilatura knows only a few of the
ways to hide text. What it would lose on a page of this kind is brought into a form that it keeps.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml import etree, html

from assistent.readers.hidden import hidden_names, hidden_places, is_hidden_tag, is_white

_NEVER_SHOWN = ("script", "style", "template", "noscript", "object", "iframe", "svg", "dialog")
_BLOCKS = set(
    "p h1 h2 h3 h4 h5 h6 ul ol dl table div section article main blockquote figure pre hr header "
    "footer nav aside details form fieldset center".split()
)
_BOILERPLATE = re.compile(
    r"nav|menu|foot|head(?!ing)|side|crumb|cookie|consent|shar|social|relat|banner|comment|modal"
    r"|dialog|search|login|widget|toolbar|skip|promo|teaser|newsletter|main|content|article",
    re.IGNORECASE,
)
GUARD = "\ue000"  # a private character; no text has it
_SHORT = 60  # characters
_LANDMARKS = (
    "//header | //nav | //footer | //aside | //*[@role='navigation' or @role='banner'"
    " or @role='contentinfo' or @role='search' or @role='complementary'"
    " or (self::div and (@title='header' or @title='footer'))]"  # as LibreOffice writes them
)
_MIN_MAIN_CHARACTERS = 40  # less is a page that a script fills


def drop_hidden(root: html.HtmlElement) -> None:
    """Remove what a browser would not show."""
    sheets = "\n".join(style.text or "" for style in root.iter("style"))
    classes, ids = hidden_names(sheets)
    hidden, shown = (_matched(root, places) for places in hidden_places(sheets))
    # Behind white letters is white only where nothing else is known to be.
    white = "background" not in sheets and not root.xpath(
        "//link[@rel='stylesheet'] | //*[@bgcolor or contains(@style, 'background')]"
    )
    for element in list(root.iter(etree.Element)):
        if element.getparent() is None or element.tag in {"html", "body", "head"}:
            continue
        attributes = "".join(f' {name}="{value}"' for name, value in element.attrib.items())
        tag = f"<{element.tag}{attributes}>"
        if (
            element.tag in _NEVER_SHOWN
            or is_hidden_tag(tag)
            or (white and is_white(tag))
            or (element in hidden and element not in shown)
            or not classes.isdisjoint((element.get("class") or "").split())
            or element.get("id") in ids
        ):
            element.drop_tree()


def _matched(root: html.HtmlElement, places: Iterable[str]) -> set[html.HtmlElement]:
    return {element for place in places for element in root.xpath(place)}


def content_page(root: html.HtmlElement) -> html.HtmlElement:
    """Return a page that holds the content alone: the main element where there is one.

    A page without one is taken whole, less its menus, headers and footers, since trafilatura
    forgets the headings of a page in which it sees no article.
    """
    _write_numbers(root)
    _guard_names(root)
    _unwrap(root)
    mains = root.xpath("//main | //*[@role='main']") or root.xpath("//article")
    if len(mains) == 1 and len(mains[0].text_content()) > _MIN_MAIN_CHARACTERS:
        content = mains[0]
        for link in list(content.iter("a")):
            link.drop_tag()  # else a list of links looks like a menu
    else:
        content = root.body
        for landmark in root.xpath(_LANDMARKS):
            landmark.drop_tree()
    page = html.document_fromstring("<html><body></body></html>")
    content.tag = "article"
    content.attrib.clear()
    page.body.append(content)
    return page


def _write_numbers(root: html.HtmlElement) -> None:
    """Write the number of each item of a numbered list into it, since trafilatura drops «start»."""
    for numbered in root.iter("ol"):
        start = numbered.get("start") or "1"
        number = int(start) if start.isdigit() else 1
        for item in numbered.iterchildren("li"):
            value = item.get("value") or ""
            number = int(value) if value.isdigit() else number
            item.text = f"{number}. {(item.text or '').lstrip()}"
            number += 1


def _guard_names(root: html.HtmlElement) -> None:
    """Mark short texts, so that trafilatura keeps those that are only a channel's name.

    It takes «Facebook», «E-mail» or «PDF» alone in a cell or on a line for a button. This corpus
    is about channels.
    """
    for element in root.iter(etree.Element):
        if element.text and element.text.strip():
            text = element.text.replace("\n", " ")
            words = text.rstrip()
            guard = GUARD if len(words) < _SHORT else ""
            element.text = words + guard + text[len(words) :]


def _unwrap(root: html.HtmlElement) -> None:
    """Take away boxes that only hold other blocks.

    Content systems put a box or two around every heading, and trafilatura drops a heading that
    stands alone in a box. Boxes named as a menu, a footer and the like stay: it goes by the names.
    """
    for element in list(root.iter("div", "section", "center")):
        names = " ".join(element.get(name) or "" for name in ("class", "id", "role", "title"))
        texts_inside = [element.text, *(child.tail for child in element)]
        if (
            not _BOILERPLATE.search(names)
            and element.getparent() is not None
            and all(child.tag in _BLOCKS for child in element)
            and not any((text or "").strip() for text in texts_inside)
        ):
            element.drop_tag()


def as_content(page: html.HtmlElement) -> etree._Element:
    """Return all blocks of a page in the form in which trafilatura gives its content."""
    names = {"ul": "list", "ol": "list", "dl": "list", "li": "item", "dt": "item", "dd": "item"}
    names |= {"tr": "row", "td": "cell", "th": "cell", "br": "lb", "blockquote": "quote"}
    for element in page.iter(etree.Element):
        if element.tag in {"ul", "ol", "dl", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "dd"}:
            element.set("rend", element.tag)
        if element.tag == "th":
            element.set("role", "head")
        name = "head" if re.fullmatch("h[1-6]", element.tag) else names.get(element.tag)
        if name is not None:
            element.tag = name
    etree.strip_tags(page, "thead", "tbody", "tfoot", "div", "section", "article", "main")
    return page.find("body")
