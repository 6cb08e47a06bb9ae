"""Markup that a browser would not show.

Text that readers of a page never see is where instructions to a language model are hidden, so it
must not reach the index.
"""

from __future__ import annotations

import re

HIDDEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|content-visibility\s*:\s*hidden"
    r"|opacity\s*:\s*0*\.?0+\s*(?:;|!|\}|$|[\"'])"
    r"|font-size\s*:\s*(?:0*\.?0+(?:[a-z]+|%)?|[01]p[xt]|0?\.[01]\d*r?em)\s*(?:;|!|\}|$|[\"'])"
    r"|(?:^|[;\s{\"'])(?:width|height)\s*:\s*[01](?:px)?\s*(?:;|!|\}|$|[\"'])"
    r"|(?:left|top|right|bottom)\s*:\s*-\s*\d{4,}|text-indent\s*:\s*-\s*\d{3,}"
    r"|clip(?:-path)?\s*:\s*(?:rect\(\s*[01]|inset\(\s*(?:50|100)%)"
    r"|transform\s*:\s*scale\(\s*0\s*\)",
    re.IGNORECASE,
)
_HIDDEN_ATTRIBUTE = re.compile(
    r"\shidden(?:[\s=>/]|$)|\saria-hidden\s*=\s*[\"']?true", re.IGNORECASE
)
_SIMPLE_SELECTOR = re.compile(r"(?:[a-z][\w-]*)?([.#])([\w-]+)", re.IGNORECASE)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def is_hidden_tag(tag: str) -> bool:
    """Whether an opening tag hides what it holds by its own attributes."""
    return bool(_HIDDEN_ATTRIBUTE.search(tag) or HIDDEN_STYLE.search(tag))


def hidden_names(stylesheet: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the classes and the ids that a style sheet hides.

    Only selectors that are a single class or id count; what a rule inside ``@media`` hides is
    shown elsewhere.
    """
    classes: set[str] = set()
    ids: set[str] = set()
    for rule in _without_at_rules(_COMMENT.sub("", stylesheet)).split("}"):
        selectors, opened, body = rule.rpartition("{")
        if not opened or not HIDDEN_STYLE.search(body):
            continue
        for selector in selectors.split(","):
            match = _SIMPLE_SELECTOR.fullmatch(selector.strip())
            if match:
                (classes if match.group(1) == "." else ids).add(match.group(2))
    return frozenset(classes), frozenset(ids)


def _without_at_rules(css: str) -> str:
    """Take out ``@media print { … }`` and the like, braces inside braces included."""
    kept: list[str] = []
    position = 0
    while (start := css.find("@", position)) >= 0:
        kept.append(css[position:start])
        opening, end = css.find("{", start), css.find(";", start)
        if opening < 0 or 0 <= end < opening:
            position = end + 1 if end >= 0 else len(css)
            continue
        depth, position = 1, opening + 1
        while depth and position < len(css):
            depth += {"{": 1, "}": -1}.get(css[position], 0)
            position += 1
    kept.append(css[position:])
    return "".join(kept)
