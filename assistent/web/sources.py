"""What the tools' templates need to show a rule with its source."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from assistent import texts_tools
from assistent.types import Source, Standing
from assistent.web.addresses import viewer_address
from assistent.web.sources_html import standing_badge


def badge(standing: Standing) -> Markup:
    """Return the standing as it looks everywhere."""
    return Markup(standing_badge(standing))


def place(source: Source) -> str:
    """Return the headings above a quote and its page."""
    _, *section = texts_tools.source_place("", source.section, source.page).split(" › ")
    return " › ".join(section)


SOURCE_TOOLS: dict[str, Any] = {"badge": badge, "place": place, "viewer": viewer_address}
