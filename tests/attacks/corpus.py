"""The harmless corpus that every attack is run over."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tests.fakes import KANTINE, KATALOG, SYKKEL

QUESTION = "Hvordan betaler jeg i kantinen?"

BESKJEDER = """# Beskjeder

## Intranettet
Nyheter til ansatte bør legges på intranettet. Intranettet leses av de fleste ansatte.

## SMS
Vaktleder kan sende SMS til ansatte på vakt. SMS skal ikke brukes til personopplysninger.

## Publikum
Publikum ringer servicetorget i åpningstiden. Servicetorget svarer på telefon til klokken femten.

## Workplace
Workplace er avviklet.
"""
_CATALOGUE = """
[[dokument]]
fil = "regler/beskjeder.md"
tittel = "Beskjeder"
type = "retningslinje"
eier = "Oslo kommune"
gyldig_fra = 2024-01-01
"""
_CHANNELS = """[[kanal]]
id = "workplace"
navn = "Workplace"
retning = "intern"
maalgrupper = ["ansatte"]
status = "avviklet"
status_fra = 2026-06-01
status_kilde = "regler/beskjeder.md"
status_sitat = "Workplace er avviklet."

[[kanal]]
id = "intranett"
navn = "Intranettet"
retning = "intern"
maalgrupper = ["ansatte"]
status = "i bruk"
"""
_HARMLESS = {
    "regler/kantine.md": KANTINE,
    "regler/sykkel.md": SYKKEL,
    "regler/beskjeder.md": BESKJEDER,
    "registre/kanaler.toml": _CHANNELS,
}
_CATALOGUE_FILE = "katalog.toml"


def write_corpus(corpus: Path, files: Mapping[str, str]) -> None:
    """Write the harmless corpus with an attacker's files in it.

    What the attacker writes into the catalogue is added to it; a register is replaced.
    """
    added = files.get(_CATALOGUE_FILE, "")
    written = {
        **_HARMLESS,
        **files,
        _CATALOGUE_FILE: f"{KATALOG}{_CATALOGUE}\n{added}",
    }
    for path, text in written.items():
        (corpus / path).parent.mkdir(parents=True, exist_ok=True)
        (corpus / path).write_text(text, encoding="utf-8")
