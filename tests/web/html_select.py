"""Find elements by simple CSS selectors (tag, .class, #id, [attribute], descendant, comma)."""

import re

from lxml.html import HtmlElement

_PART = re.compile(r"^(?P<tag>[a-z0-9]*)(?P<rest>(?:[.#][\w-]+|\[[a-z-]+(?:\^?='[^']*')?\])*)$")
_RULE = re.compile(r"\.([\w-]+)|#([\w-]+)|\[([a-z-]+)(?:(\^?)='([^']*)')?\]")


def select(element: HtmlElement, selector: str) -> list[HtmlElement]:
    paths = ["descendant-or-self::" + _path(each) for each in selector.split(",")]
    return element.xpath(" | ".join(paths))


def _path(selector: str) -> str:
    return "/descendant::".join(_step(part) for part in selector.split())


def _step(part: str) -> str:
    match = _PART.match(part)
    assert match, f"unknown selector: {part}"
    step = match["tag"] or "*"
    for name, identity, attribute, begins, value in _RULE.findall(match["rest"]):
        if name:
            step += f"[contains(concat(' ', @class, ' '), ' {name} ')]"
        elif identity:
            step += f"[@id='{identity}']"
        elif begins:
            step += f"[starts-with(@{attribute}, '{value}')]"
        else:
            step += f"[@{attribute}='{value}']" if value else f"[@{attribute}]"
    return step
