"""Recreate constraints.txt from pyproject.toml: exact versions, sorted, no addresses.

Versions that still fit are kept; ``--upgrade`` takes the newest of everything. Run it with
``make constraints``. What it prints is Norwegian, as everything in the set-up.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CONSTRAINTS = ROOT / "constraints.txt"
HEADER = """\
# Exact versions of everything that `make start` and `make test` install.
# Made by `make constraints` from pyproject.toml; do not edit by hand.
"""
TOOLS = "setuptools\nuv\n"  # what builds and installs the project; no dependency names them
# The GPU libraries of the ordinary Linux build of torch: torch itself pins them.
GPU = re.compile(r"^(nvidia|cuda|triton)\b")
PIN = re.compile(r"^([a-z0-9-]+)==([^\s;+]+)")


def pins(resolved: str) -> list[str]:
    """Return the sorted ``name==version`` lines of a resolution, without local versions."""
    found = (PIN.match(line) for line in resolved.splitlines())
    versions = {match[1]: match[2] for match in found if match and not GPU.match(match[1])}
    return [f"{name}=={version}" for name, version in sorted(versions.items())]


def resolve(upgrade: bool) -> str:
    """Resolve pyproject.toml with all its extras for the oldest Python that it allows."""
    environment = dict(os.environ)
    for of_pip, of_uv in (
        ("PIP_FIND_LINKS", "UV_FIND_LINKS"),
        ("PIP_INDEX_URL", "UV_DEFAULT_INDEX"),
    ):
        if environment.get(of_pip):
            environment.setdefault(of_uv, ",".join(environment[of_pip].split()))
    with tempfile.TemporaryDirectory() as folder:
        tools = Path(folder, "tools.in")
        tools.write_text(TOOLS, encoding="utf-8")
        output = Path(folder, "constraints.txt")  # uv keeps the versions that it finds there
        if CONSTRAINTS.exists() and not upgrade:
            output.write_text(CONSTRAINTS.read_text(encoding="utf-8"), encoding="utf-8")
        command = [str(Path(sys.executable).with_name("uv")), "pip", "compile", "--quiet"]
        command += ["--all-extras", "--python-version", "3.11", "--no-header", "--no-annotate"]
        command += ["--output-file", str(output), "pyproject.toml", str(tools)]
        subprocess.run(command, check=True, env=environment, cwd=ROOT)
        return output.read_text(encoding="utf-8")


def main() -> int:
    """Write constraints.txt and say what came of it."""
    try:
        lines = pins(resolve(upgrade="--upgrade" in sys.argv[1:]))
    except subprocess.CalledProcessError:
        print("Fant ingen versjoner som passer sammen. Feilen står over.", file=sys.stderr)
        return 1
    CONSTRAINTS.write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")
    print(f"constraints.txt har nå {len(lines)} pakker.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
