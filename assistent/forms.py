"""The questions of the two guided tools and what can be answered to them: closed lists only.

The values are those that editors write in the registers and that the command line takes; how a
question reads on the screen stands in :mod:`assistent.texts_guidance`.
"""

from __future__ import annotations

from collections.abc import Mapping

# --- Kanalvelger ---------------------------------------------------------------------------------

AUDIENCE = "maalgruppe"
MESSAGE = "melding"
URGENCY = "hast"
CONCERN = "hensyn"

AUDIENCES = (
    "innbyggere",
    "ansatte",
    "ansatte uten kontor",
    "ledere",
    "media",
    "samarbeidspartnere",
    "egen gruppe",
)
# What concerns single persons by its nature.
PERSONAL = "plikt eller vedtak til enkeltpersoner"
MESSAGES = (
    PERSONAL,
    "driftsmelding",
    "hendelse som haster",
    "nyhet",
    "invitasjon",
    "dialog og medvirkning",
    "intern endring",
)
# What every message becomes when life or health is in danger; nobody chooses it from a list.
CRISIS = "krise"
DANGER = "fare for liv eller helse"
URGENCIES = (DANGER, "i dag", "denne uken", "god tid")
NO_HURRY = URGENCIES[-1]
CONCERNS = ("personopplysninger", "mange språk", "uten digital tilgang", "trenger svar")

# What a condition in ``kanaler.toml`` may ask for.
CHANNEL_QUESTIONS: Mapping[str, tuple[str, ...]] = {
    AUDIENCE: AUDIENCES,
    MESSAGE: (*MESSAGES, CRISIS),
    URGENCY: URGENCIES,
    CONCERN: CONCERNS,
}

# --- Beslutningssjekk ----------------------------------------------------------------------------

YES, NO, UNSURE = "ja", "nei", "usikker"
REPLIES = (YES, NO, UNSURE)

GROUPS = "eldre/ungdom/funksjonsnedsettelse"
DECIDER = "hvem beslutter"
THEMES = (
    GROUPS,
    "innbyggeres rettigheter",
    "ansattes arbeid",
    "nytt verktøy",
    "plan eller bygg",
    "personopplysninger",
    "mange språk",
    "medieinteresse",
    DECIDER,
    CRISIS,
)
# What each theme is called in an address and on the command line.
THEME_KEYS: Mapping[str, str] = dict(
    zip(
        THEMES,
        (
            "grupper",
            "rettigheter",
            "ansatte",
            "verktoy",
            "plan",
            "personopplysninger",
            "sprak",
            "media",
            "beslutter",
            "krise",
        ),
        strict=True,
    )
)
# A duty that applies to this applies whatever is answered.
EVERY_DECISION = "alle beslutninger"
OCCASIONS = (EVERY_DECISION, *THEMES)
# What a condition in ``plikter.toml`` may ask for.
DECISION_QUESTIONS: Mapping[str, tuple[str, ...]] = dict.fromkeys(THEMES, REPLIES)

MAX_DESCRIPTION = 200
