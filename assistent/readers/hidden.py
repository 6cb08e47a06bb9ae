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
    r"|(?:^|[;\s{\"'])(?:max-)?(?:width|height)\s*:\s*[01](?:px)?\s*(?:;|!|\}|$|[\"'])"
    r"|(?:^|[;\s{\"'])color\s*:\s*(?:transparent|rgba\([^)]*,\s*0?\.?0+\s*\))"
    r"|(?:left|top|right|bottom)\s*:\s*-\s*\d{4,}|text-indent\s*:\s*-\s*\d{3,}"
    r"|clip(?:-path)?\s*:\s*(?:rect\(\s*[01]|inset\(\s*(?:50|100)%)"
    r"|transform\s*:\s*scale\(\s*0\s*\)",
    re.IGNORECASE,
)
_HIDDEN_ATTRIBUTE = re.compile(
    r"\shidden(?:[\s=>/]|$)|\saria-hidden\s*=\s*[\"']?true", re.IGNORECASE
)
_COLOUR = re.compile(
    r"(?:^|[;\s{\"'])(color|background(?:-color)?)\s*:\s*(#[0-9a-f]+|rgba?\([^)]*\)|[a-z]+)",
    re.IGNORECASE,
)
_WHITES = frozenset({"#fff", "#ffffff", "white", "rgb(255,255,255)"})
_DISPLAY = re.compile(r"(?:^|[;\s{])display\s*:\s*(?!none)\w", re.IGNORECASE)
_COMPOUND = re.compile(r"([a-z][\w-]*|\*)?((?:[.#][\w-]+)*)", re.IGNORECASE)
_SIMPLE_SELECTOR = re.compile(r"(?:[a-z][\w-]*)?([.#])([\w-]+)", re.IGNORECASE)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def is_hidden_tag(tag: str) -> bool:
    """Whether an opening tag hides what it holds by its own attributes."""
    if _HIDDEN_ATTRIBUTE.search(tag) or HIDDEN_STYLE.search(tag):
        return True
    colours = _colours(tag)
    return "color" in colours and colours["color"] == colours.get("background")


def is_white(tag: str) -> bool:
    """Whether an opening tag makes its words white and says nothing of what is behind them."""
    colours = _colours(tag)
    return colours.get("color") == "white" and "background" not in colours


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


def hidden_places(stylesheet: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what a style sheet hides by longer selectors («main p.skjult»), and what it shows.

    Both are XPath expressions. Only tags, classes and ids one inside the other count.
    """
    hidden: dict[str, None] = {}
    shown: dict[str, None] = {}
    for rule in _without_at_rules(_COMMENT.sub("", stylesheet)).split("}"):
        selectors, opened, body = rule.rpartition("{")
        chosen = hidden if HIDDEN_STYLE.search(body) else shown
        if opened and (chosen is hidden or _DISPLAY.search(body)):
            chosen |= dict.fromkeys(filter(None, map(_as_xpath, selectors.split(","))))
    return tuple(hidden), tuple(shown)


def _as_xpath(selector: str) -> str:
    """Return a selector as XPath; an empty string if it is more than tags, classes and ids."""
    path, joint = "", "//"
    for step in selector.replace(">", " > ").split():
        found = _COMPOUND.fullmatch(step)
        if found is not None:
            path, joint = f"{path}{joint}{_compound(found)}", "//"
        elif step == ">" and path:
            joint = "/"
        else:
            return ""
    return path


def _compound(found: re.Match[str]) -> str:
    tests = [
        f"[@id='{name}']"
        if mark == "#"
        else f"[contains(concat(' ', normalize-space(@class), ' '), ' {name} ')]"
        for mark, name in re.findall(r"([.#])([\w-]+)", found.group(2))
    ]
    return f"{(found.group(1) or '*').lower()}{''.join(tests)}"


def _colours(tag: str) -> dict[str, str]:
    """Return the colours of letters and of what is behind them in an opening tag."""
    found = {}
    for name, value in _COLOUR.findall(tag):
        colour = value.lower().replace(" ", "")
        found[name.lower().split("-")[0]] = "white" if colour in _WHITES else colour
    return found


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
