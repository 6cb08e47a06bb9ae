"""What the product is built from: hashes, known vulnerabilities, licences, list of parts."""

from __future__ import annotations

import http.server
import importlib.util
import json
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from types import ModuleType

import pytest

from tests.test_setup import PINS, VERSIONS

ROOT = Path(__file__).resolve().parent.parent
TODAY = date(2026, 11, 22)


def script(name: str) -> ModuleType:
    """Load a script as a module."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


hashes, audit, licences = script("hashes"), script("audit"), script("licences")

# --- Hashes --------------------------------------------------------------------------------------

RUNNING = hashes.RUNNING.read_text(encoding="utf-8")
TESTING = hashes.TESTING.read_text(encoding="utf-8")


def versions(text: str) -> dict[str, str]:
    """Map each package of a file of hashes to its version."""
    return dict(re.findall(r"^([a-z0-9-]+)==([^\s;]+)", text, re.MULTILINE))


def test_every_pinned_package_has_hashes_of_that_version() -> None:
    found = versions(RUNNING) | versions(TESTING)
    missing = [pin for pin in PINS if found.get(pin.partition("==")[0]) != pin.partition("==")[2]]
    assert not missing, f"run `make constraints`; the hashes lack {', '.join(missing)}"


def test_what_only_other_systems_need_says_so() -> None:
    blocks = hashes.blocks(RUNNING) | hashes.blocks(TESTING)
    unpinned = [name for name in blocks if name.partition("==")[0] not in VERSIONS]
    assert unpinned
    assert not [name for name in unpinned if ";" not in name]


@pytest.mark.parametrize("text", [RUNNING, TESTING], ids=["running", "testing"])
def test_files_of_hashes_hold_nothing_but_hashes(text: str) -> None:
    head, *lines = text.splitlines()
    assert head.startswith("# Made by")
    pin = r"[a-z0-9-]+==[0-9][0-9a-z.]*(?: ; [^\\]+)? \\"
    assert all(
        re.fullmatch(rf"{pin}|    --hash=sha256:[0-9a-f]{{64}}(?: \\)?", each) for each in lines
    )
    assert "".join(lines).count("--hash") == len(lines) - len(hashes.blocks(text))
    assert "://" not in text


def test_the_tests_packages_are_not_what_the_product_runs_on() -> None:
    assert {"pytest", "ruff", "pip-audit"} <= set(versions(TESTING))
    assert {"chromadb", "gradio", "psycopg", "torch", "uv"} <= set(versions(RUNNING))
    assert not set(hashes.blocks(RUNNING)) & set(hashes.blocks(TESTING))


# --- Known vulnerabilities -----------------------------------------------------------------------


def known(**also: object) -> dict[str, object]:
    """Return an entry as a vulnerability service sends it."""
    events = [{"introduced": "0"}, {"fixed": "999.0"}]
    return {
        "id": "GHSA-test-test-test",
        "aliases": ["CVE-2099-0001"],
        "summary": "for the test",
        "modified": "2026-11-01T00:00:00Z",
        "affected": [
            {
                "package": {"name": "chromadb", "ecosystem": "PyPI"},
                "ranges": [{"type": "ECOSYSTEM", "events": events}],
                "versions": [VERSIONS["chromadb"]],
            }
        ],
        **also,
    }


@contextmanager
def service(found: list[dict[str, object]]) -> Iterator[str]:
    """Run a vulnerability service that knows something of chromadb; gives its address."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            question = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            of_chroma = question["package"]["name"] == "chromadb"
            body = json.dumps({"vulns": found} if of_chroma else {}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None: ...

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/v1/query"
        finally:
            server.shutdown()
            thread.join()


def test_a_known_vulnerability_is_found_by_all_its_names() -> None:
    with service([known()]) as address:
        asked = audit.ask(["--vulnerability-service", "osv", "--osv-url", address])
    assert asked.asked == len(VERSIONS)
    assert not asked.unknown
    (found,) = asked.found
    assert (found.package, found.version) == ("chromadb", VERSIONS["chromadb"])
    assert set(found.names) == {"GHSA-test-test-test", "CVE-2099-0001"}
    assert found.mended_in == ("999.0",)
    lines, good = audit.judge(asked, [], TODAY)
    assert not good
    assert any("Rettet i 999.0." in line for line in lines)


def test_no_service_to_ask_is_said_and_fails_nothing() -> None:
    done = subprocess.run(
        [
            sys.executable,
            "scripts/audit.py",
            "-s",
            "osv",
            "--osv-url",
            "http://127.0.0.1:1/v1/query",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "Fikk ikke spurt" in done.stdout


def asked(*found: object, unknown: tuple[str, ...] = ()) -> object:
    return audit.Asked(3, unknown, found)


FOUND = audit.Vulnerability("chromadb", "1.5.9", ("PYSEC-1", "CVE-2099-0001"), ())


def acceptance(until: date, identity: str = "CVE-2099-0001", package: str = "chromadb") -> object:
    return audit.Acceptance(identity, package, "Rammer oss ikke.", until)


def test_an_accepted_vulnerability_may_stay_until_its_day() -> None:
    lines, good = audit.judge(asked(FOUND), [acceptance(TODAY)], TODAY)
    assert good
    assert any("Godtatt til 2026-11-22" in line and "Rammer oss ikke." in line for line in lines)
    lines, good = audit.judge(asked(FOUND), [acceptance(TODAY - timedelta(1))], TODAY)
    assert not good
    assert any("fristen gikk ut 2026-11-21" in line for line in lines)


@pytest.mark.parametrize(
    "other", [{"identity": "CVE-2099-0002"}, {"package": "chroma"}], ids=["identity", "package"]
)
def test_one_acceptance_covers_no_other(other: dict[str, str]) -> None:
    lines, good = audit.judge(asked(FOUND), [acceptance(TODAY, **other)], TODAY)
    assert not good
    assert any("ble ikke funnet" in line for line in lines)


def test_what_the_service_does_not_know_is_said() -> None:
    lines, good = audit.judge(asked(unknown=("torch",)), [], TODAY)
    assert good
    assert "Tjenesten kjenner ikke torch." in lines
    assert "Sjekket 2 av 3 pakker mot kjente sårbarheter." in lines


@pytest.mark.parametrize(
    "entry",
    [
        'id = "CVE-1"\npakke = "a"\ntil = 2027-01-01',
        'id = "CVE-1"\npakke = "a"\ngrunn = " "\ntil = 2027-01-01',
        'id = "CVE-1"\npakke = "a"\ngrunn = "b"',
        'id = "CVE-1"\npakke = "a"\ngrunn = "b"\ntil = "alltid"',
        'id = "CVE-1"\npakke = "a"\ngrunn = "b"\ntil = 2027-01-01\nfor = "c"',
        "id =",
    ],
)
def test_an_acceptance_without_reason_or_end_is_refused(entry: str, tmp_path: Path) -> None:
    file = tmp_path / "sarbarheter.toml"
    file.write_text(f"[[godtatt]]\n{entry}\n", encoding="utf-8")
    with pytest.raises(audit.AcceptedError, match=r"sarbarheter\.toml"):
        audit.read_accepted(file)


def test_what_is_accepted_is_pinned() -> None:
    for each in audit.read_accepted(audit.ACCEPTED):
        assert each.package in VERSIONS


# --- Licences ------------------------------------------------------------------------------------


def test_the_list_of_licences_is_complete_and_as_the_metadata_says() -> None:
    found = [licences.licensed(name, version) for name, version in licences.pins().items()]
    assert licences.PAGE.read_text("utf-8") == licences.page(found), "run `make constraints`"


def test_no_licence_slips_in_that_nobody_looked_at() -> None:
    found = [licences.licensed(name, version) for name, version in licences.pins().items()]
    assert not [each for each in found if not each.may_be_used]
    copyleft = [each for each in found if re.search(r"\bA?L?GPL", each.licence)]
    assert copyleft
    assert all(each.explanation for each in copyleft)


@pytest.mark.parametrize(
    ("licence", "good"),
    [
        ("MIT", True),
        ("Apache-2.0 WITH LLVM-exception AND (BSD-2-Clause OR MIT)", True),
        ("AGPL-3.0-only", False),
        ("MIT AND GPL-3.0-or-later", False),
        ("Proprietary", False),
        ("", False),
    ],
)
def test_which_licences_may_be_used(licence: str, good: bool) -> None:
    assert licences.Licensed("noe", "1", licence).may_be_used is good


def test_a_reason_belongs_to_a_package_that_needs_one() -> None:
    found = {name: licences.licensed(name, version) for name, version in licences.pins().items()}
    for name in licences.EXPLAINED:
        names = set(re.findall(r"[A-Za-z0-9.+-]+", found[name].licence))
        assert names - licences.ALLOWED, name


# --- List of parts -------------------------------------------------------------------------------


def test_the_list_of_parts_names_every_package(tmp_path: Path) -> None:
    file = tmp_path / "sbom.json"
    recipe = subprocess.run(
        ["make", "-n", "sbom"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.replace("\\\n", " ")
    (line,) = [line for line in recipe.splitlines() if "cyclonedx-py" in line]
    command = line.replace("build/sbom.json", str(file)).split()
    command[0] = str(Path(sys.executable).with_name("cyclonedx-py"))
    command[-1] = sys.executable
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    listed = json.loads(file.read_text(encoding="utf-8"))
    assert listed["bomFormat"] == "CycloneDX"
    assert listed["metadata"]["component"]["name"] == "assistent"
    names = {re.sub(r"[-_.]+", "-", each["name"]).lower() for each in listed["components"]}
    assert not set(VERSIONS) - names
