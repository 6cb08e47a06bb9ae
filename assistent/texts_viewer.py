"""Every Norwegian sentence of the source viewer and of what can be downloaded there."""

from __future__ import annotations

from datetime import date

from assistent.texts import long_date
from assistent.types import DocumentInfo, Standing

# --- The page ------------------------------------------------------------------------------------

SKIP = "Hopp til innholdet"
SKIP_TO_QUOTE = "Hopp til sitatet"
ABOUT = "Om dokumentet"
ON_THE_WEB = "Les dokumentet på nett"
CONTENTS = "Innhold"
TO_TOP = "Til toppen av siden"
BACK_HELP = "Samtalen din ligger i den andre fanen eller ett steg tilbake i nettleseren."
CONTINUES = "(fortsetter)"

FACT_OWNER = "Eier"
FACT_APPLIES_TO = "Gjelder for"
FACT_CASE = "Saksnummer"
FACT_ADOPTED = "Vedtatt"
FACT_VALID_FROM = "Gjelder fra"
FACT_VALID_TO = "Gjelder til"
FACT_REPEALS = "Erstatter"
FACT_REPEALED_BY = "Opphevet av"
FACT_NOTE = "Merknad"


def contents_nearest(shown: int, total: int) -> str:
    """Say that a table of contents is not whole."""
    return f"Du ser de {shown} overskriftene som er nærmest her. Dokumentet har {total}."


def table(number: int) -> str:
    """Name a table for those who cannot see it."""
    return f"Tabell {number}"


# --- Standing ------------------------------------------------------------------------------------

INFERRED = "Dokumentet står ikke i katalogen, så gyldigheten er ikke kontrollert."


def standing_meaning(info: DocumentInfo, standing: Standing, repealed_by: str) -> str:
    """Say what a standing means for the reader, with the dates that decide it.

    Args:
        info: the document's catalogue entry.
        standing: its standing today.
        repealed_by: the title of what repealed it, "" if that is not known.
    """
    if standing is Standing.SUMMARY:
        return "Vår egen sammenfatning av offentlige fakta, ikke en regel."
    if standing is Standing.DRAFT:
        return f"{_dated('Gjelder først fra', info.valid_from) or 'Gjelder ikke ennå'}."
    if standing is Standing.REPEALED:
        by = f" av «{repealed_by}»" if repealed_by else ""
        return f"Opphevet{_dated('', info.repealed_on)}{by}. Gjelder ikke lenger."
    if standing is Standing.EXPIRED:
        if info.valid_to is None:
            return "Gjelder ikke lenger."
        return f"Gjaldt til {long_date(info.valid_to)}. Gjelder ikke lenger."
    if info.inferred:
        return INFERRED
    dates = _dated(" fra", info.valid_from) + _dated(" til", info.valid_to)
    return f"Gjelder{dates or ' nå'}."


def _dated(words: str, day: date | None) -> str:
    return f"{words} {long_date(day)}" if day else ""


# --- The quote -----------------------------------------------------------------------------------

QUOTE_START = "Sitatet starter."
QUOTE_END = "Sitatet slutter."
QUOTE_BAR = "Sitatet du leser"
QUOTES = "Sitatene i svaret"
PREVIOUS_QUOTE = "Forrige sitat"
NEXT_QUOTE = "Neste sitat"
QUOTE_ELSEWHERE = "Sitatet står et annet sted i dokumentet."
BACK_TO_QUOTE = "Gå til sitatet"
QUOTE_MOVED = "Dokumentet er endret siden lenken ble laget. Sitatet er funnet igjen og merket."
QUOTE_GONE = (
    "Dokumentet er endret siden lenken ble laget, og sitatet står ikke lenger ordrett i det. "
    "Ingenting er merket."
)
QUOTE_DOUBTFUL = (
    "Dokumentet er endret siden lenken ble laget, og sitatet står flere steder i det. "
    "Ingenting er merket."
)
QUOTE_NOWHERE = "Lenken peker ikke på et sted i dokumentet. Ingenting er merket."


def quote_number(number: int, total: int) -> str:
    """Say which quote of the answer is shown."""
    return f"Sitat {number} av {total}"


def in_document(title: str) -> str:
    """Say that a quote stands in another document."""
    return f"i «{title}»"


# --- Parts of a long document --------------------------------------------------------------------

PARTS = "Deler av dokumentet"
MORE_BEFORE = "Vis teksten før"
MORE_AFTER = "Vis teksten etter"


# --- Pages of a PDF ------------------------------------------------------------------------------

PAGES = "Sider"
PREVIOUS_PAGE = "Forrige side"
NEXT_PAGE = "Neste side"
PAGE_FIELD = "Gå til side"
PAGE_BUTTON = "Vis"
PAGE_LARGE = "Vis bildet stort"
PAGE_WITH_TEXT = "Vis siden med tekst"
PAGE_EMPTY = "Siden har ingen tekst som er lest inn."
TO_PICTURE = "Se bildet"
NOT_BOXED = "Sitatet er merket i teksten, men ikke i bildet, der ordene ikke ble funnet igjen."
PICTURE_BUSY = "Bildet av siden kan ikke vises akkurat nå. Last siden på nytt om litt."
PICTURE_DAMAGED = "Siden kan ikke vises som bilde. Her er teksten."


def page_of(number: int, total: int) -> str:
    """Say which page is shown."""
    return f"Side {number} av {total}"


def page_text(number: int) -> str:
    """Name the text of a page."""
    return f"Teksten på side {number}"


def page_picture(number: int, title: str, *, boxed: bool, text: bool = True) -> str:
    """Describe the picture of a page to those who cannot see it; ``text`` says what follows it."""
    marked = " Sitatet er rammet inn." if boxed else ""
    follows = " Teksten på siden følger etter bildet." if text else ""
    return f"Bilde av side {number} i «{title}».{marked}{follows}"


def quote_goes_on(page: int) -> str:
    """Say on which page more of a quote stands."""
    return f"En del av sitatet står på side {page}."


def show_page(page: int) -> str:
    """Lead to a page."""
    return f"Vis side {page}"


# --- The original file ---------------------------------------------------------------------------

ORIGINAL_CHANGED_TITLE = "Originalen er endret"
ORIGINAL_CHANGED = (
    "Originalfilen er endret siden dokumentet ble lest inn, og kan ikke hentes her. Teksten og "
    "sitatene er fra filen slik den var da."
)
ORIGINAL_MISSING_TITLE = "Originalen mangler"
ORIGINAL_MISSING = (
    "Originalfilen finnes ikke lenger der dokumentet ble lest inn fra, og kan ikke hentes her."
)
TO_DOCUMENT = "Til dokumentet"
FILE_KINDS = {
    ".docx": "Word",
    ".htm": "HTML",
    ".html": "HTML",
    ".md": "Markdown",
    ".pdf": "PDF",
    ".pptx": "PowerPoint",
    ".txt": "tekst",
}
_KILO = 1000


def original_link(ending: str, size: int) -> str:
    """Offer the original file, with its kind and its size in bytes."""
    kind = FILE_KINDS.get(ending, ending.lstrip("."))
    return f"Last ned originalen ({', '.join(filter(None, (kind, _size(size))))})"


def _size(size: int) -> str:
    if size < _KILO:
        return f"{size} byte"
    if size < _KILO**2:
        return f"{round(size / _KILO)} kB"
    return f"{size / _KILO**2:.1f} MB".replace(".", ",")
