"""Ask whether the pinned packages have known vulnerabilities: part of ``make check``.

    python scripts/audit.py                                 asks the registry's own service
    python scripts/audit.py -s osv --osv-url http://…       asks another; options are pip-audit's

Asks pip-audit about exactly what constraints.txt says, so that nothing is resolved or installed.
A vulnerability fails, unless sarbarheter.toml says why it is accepted and until when. Where no
service can be reached, nothing fails, but it is said: a machine without network is no fault of the
change that is checked. What it prints is Norwegian, as everything in the set-up.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
CONSTRAINTS = ROOT / "constraints.txt"
ACCEPTED = ROOT / "scripts" / "sarbarheter.toml"
PATIENCE = 180
"""Seconds for all questions together."""

NOT_ASKED = (
    "Fikk ikke spurt noen tjeneste om kjente sårbarheter. Pakkene er ikke sjekket.\n"
    "  Prøv igjen fra en maskin med nett: .venv/bin/python scripts/audit.py"
)


class AcceptedError(Exception):
    """The list of accepted vulnerabilities cannot be used; the message says why."""


@dataclass(frozen=True, slots=True)
class Acceptance:
    """A vulnerability that is lived with until a day, and why."""

    identity: str
    package: str
    reason: str
    until: date


@dataclass(frozen=True, slots=True)
class Vulnerability:
    """What a service knows against a package. ``names`` are its identity and all others it has."""

    package: str
    version: str
    names: tuple[str, ...]
    mended_in: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a service said. ``unknown`` are the packages that it told nothing of."""

    asked: int
    unknown: tuple[str, ...]
    found: tuple[Vulnerability, ...]


def read_accepted(file: Path) -> list[Acceptance]:
    """Return what is accepted.

    Raises:
        AcceptedError: an entry lacks its identity, package, reason or last day.
    """
    try:
        entries = tomllib.loads(file.read_text(encoding="utf-8")).get("godtatt", [])
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise AcceptedError(f"{file.name} kan ikke leses: {error}") from error
    return [_acceptance(entry, file.name) for entry in entries]


def _acceptance(entry: Mapping[str, Any], file: str) -> Acceptance:
    texts = [entry.get(key) for key in ("id", "pakke", "grunn")]
    until = entry.get("til")
    if set(entry) - {"id", "pakke", "grunn", "til"} or not all(
        isinstance(text, str) and text.strip() for text in texts
    ):
        raise AcceptedError(f"{file}: hver «godtatt» må ha id, pakke, grunn og til: {dict(entry)}")
    if type(until) is not date:
        raise AcceptedError(f"{file}: {texts[0]} må ha en siste dag, for eksempel 2027-01-31.")
    identity, package, reason = (str(text) for text in texts)
    return Acceptance(identity, package, reason, until)


def ask(options: Sequence[str]) -> Asked | None:
    """Ask about every pinned package; None where no service could be reached.

    Args:
        options: further options of pip-audit, such as which service it asks.
    """
    command = [sys.executable, "-m", "pip_audit", "--requirement", str(CONSTRAINTS), "--no-deps"]
    command += ["--disable-pip", "--progress-spinner", "off", "--format", "json", *options]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE)
        packages = json.loads(done.stdout)["dependencies"]
    except (subprocess.TimeoutExpired, ValueError, KeyError):
        return None
    unknown = tuple(each["name"] for each in packages if "skip_reason" in each)
    if len(unknown) == len(packages):
        return None
    return Asked(len(packages), unknown, tuple(_found(packages)))


def _found(packages: Sequence[Mapping[str, Any]]) -> Iterator[Vulnerability]:
    for package in packages:
        for each in package.get("vulns", ()):
            names = (each["id"], *each.get("aliases", ()))
            mended = tuple(each.get("fix_versions", ()))
            yield Vulnerability(package["name"], package["version"], names, mended)


def judge(asked: Asked, accepted: Sequence[Acceptance], today: date) -> tuple[list[str], bool]:
    """Return what is to be said, and whether the packages may be used.

    A vulnerability may stay as long as an acceptance of the same package and identity lasts, that
    day included.
    """
    lines, good = [], True
    used = set()
    for found in asked.found:
        match = next((each for each in accepted if _covers(each, found)), None)
        name = f"{found.package} {found.version}: {', '.join(found.names)}"
        if match is not None:
            used.add(match)
        if match is not None and today <= match.until:
            lines.append(f"Godtatt til {match.until}: {name}. {match.reason}")
            continue
        good = False
        if match is not None:
            lines.append(f"Sårbar, og fristen gikk ut {match.until}: {name}")
        else:
            lines.append(f"Sårbar: {name}")
        mended = ", ".join(found.mended_in)
        lines.append(f"  Rettet i {mended}." if mended else "  Ingen rettet versjon er kjent.")
    lines += [
        f"{each.identity} ({each.package}) ble ikke funnet. Ta den ut av {ACCEPTED.name}."
        for each in accepted
        if each not in used and each.package not in asked.unknown
    ]
    if not good:
        lines.append(
            "Oppgrader med «make constraints UPGRADE=1», eller skriv grunn og siste dag i "
            f"scripts/{ACCEPTED.name}."
        )
    if asked.unknown:
        lines.append(f"Tjenesten kjenner ikke {', '.join(asked.unknown)}.")
    answered = asked.asked - len(asked.unknown)
    lines.append(f"Sjekket {answered} av {asked.asked} pakker mot kjente sårbarheter.")
    return lines, good


def _covers(acceptance: Acceptance, found: Vulnerability) -> bool:
    return acceptance.package == found.package and acceptance.identity in found.names


def main(options: Sequence[str]) -> int:
    """Ask, and say what came of it.

    Returns:
        0 when nothing stands against the packages, or nobody could be asked; 1 otherwise.
    """
    try:
        accepted = read_accepted(ACCEPTED)
    except AcceptedError as error:
        print(error, file=sys.stderr)
        return 1
    asked = ask(options)
    if asked is None:
        print(NOT_ASKED)
        return 0
    lines, good = judge(asked, accepted, date.today())
    print("\n".join(lines), file=sys.stdout if good else sys.stderr)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
