"""What stands in docs/drift.md can be done, and the files beside it are as locked as they say."""

from __future__ import annotations

import re
import shutil
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistent.cli.arguments import parse_arguments
from assistent.database import open_database
from assistent.settings import variable_names

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "drift.md"
FILES = ROOT / "docs" / "drift"
TEXT = PAGE.read_text(encoding="utf-8")
ALL = {PAGE, *(each for each in FILES.iterdir() if each.is_file() and each.name != "drift.env")}

_CODE = re.compile(r"`([^`\n]+)`")
_FENCED = re.compile(r"^```\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COMMANDS = [
    *_CODE.findall(TEXT),
    *(line for block in _FENCED.findall(TEXT) for line in block.splitlines()),
]


def compose() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((FILES / "compose.yaml").read_text(encoding="utf-8"))
    return loaded


SERVICES: dict[str, dict[str, Any]] = compose()["services"]

# --- The page ------------------------------------------------------------------------------------


@pytest.mark.parametrize("file", sorted(ALL), ids=lambda file: file.name)
def test_every_setting_that_is_named_exists(file: Path) -> None:
    known = set(variable_names().values())
    # «ASSISTENT_CHATMODELL_» names all that begin so.
    for name in re.findall(r"ASSISTENT_[A-Z_]*", file.read_text(encoding="utf-8")):
        whole = {each for each in known if each.startswith(name)} if name[-1] == "_" else {name}
        assert whole
        assert whole <= known, name


def test_every_command_of_ours_can_be_written_that_way() -> None:
    ours = [each for each in COMMANDS if each.startswith("assistent ")]
    assert len(ours) > 8
    for command in ours:
        parse_arguments(command.split()[1:])


def test_every_make_target_exists() -> None:
    listed = subprocess.run(["make", "-s"], cwd=ROOT, capture_output=True, text=True, check=True)
    named = {each.split()[1] for each in COMMANDS if each.startswith("make ")}
    assert {"check", "sbom", "constraints"} <= named
    for target in named:
        assert f"make {target} " in listed.stdout


def test_every_file_it_names_exists() -> None:
    named = re.findall(r"\]\((?!http)([^)#]+)[^)]*\)", TEXT)
    named += [f"../{each}" for each in COMMANDS if re.fullmatch(r"(scripts|tests)/[\w./-]+", each)]
    assert len(named) > 5
    assert not [each for each in named if not (PAGE.parent / each).exists()]
    assert "scripts/krav-hasher.txt" in TEXT
    assert (ROOT / "scripts" / "audit.py").exists()


def test_every_statement_works_on_the_database(tmp_path: Path) -> None:
    statements = [each for each in COMMANDS if re.match(r"(SELECT|DELETE|UPDATE) ", each)]
    assert len(statements) >= 4
    with closing(open_database(f"sqlite:///{tmp_path}/a.db")) as database:
        for statement in statements:
            with database.writing() as connection:
                connection.exec_driver_sql(statement)


@pytest.mark.skipif(shutil.which("sqlite3") is None, reason="sqlite3 is not installed")
def test_a_copy_brings_everything_back(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path}/assistent.db"
    lines = [each for each in COMMANDS if "kopi.db" in each]
    insert = (
        "INSERT INTO sign_ins (state_hash, nonce, verifier, target, expires_at) "
        "VALUES ('{}', 'n', 'v', '/', '2026-11-22 12:00:00')"
    )

    def run(command: str) -> str:
        done = subprocess.run(
            ["sh", "-c", command], cwd=tmp_path, capture_output=True, text=True, check=True
        )
        return done.stdout

    with closing(open_database(address)) as database:
        with database.writing() as connection:
            connection.exec_driver_sql(insert.format("før"))
        save, check, restore = lines
        run(save)
        assert run(check).strip() == "ok"
        with database.writing() as connection:
            connection.exec_driver_sql(insert.format("etter"))
    run(restore)
    with closing(open_database(address)) as database, database.reading() as connection:
        found = connection.exec_driver_sql("SELECT state_hash FROM sign_ins").scalars().all()
    assert found == ["før"]


# --- The files beside it -------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_every_service_is_locked_in(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert service.get("image") != "assistent" or "user" not in service  # as its Containerfile says
    assert service.get("image") == "assistent" or service["user"] not in ("root", "0")


def test_only_the_proxy_is_reached_from_outside() -> None:
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["nginx"]
    assert compose()["networks"]["lukket"]["internal"] is True
    for name in ("chroma", "database"):
        assert SERVICES[name]["networks"] == ["lukket"]
    assert "lukket" not in SERVICES["nginx"]["networks"]


def test_the_app_believes_the_proxy_and_nobody_else() -> None:
    address = SERVICES["nginx"]["networks"]["foran"]["ipv4_address"]
    for name in ("app1", "app2"):
        assert SERVICES[name]["environment"]["ASSISTENT_PROXYER"] == address
        assert f"server {name}:7860" in (FILES / "nginx.conf").read_text(encoding="utf-8")


def test_the_app_may_write_nowhere_but_in_memory() -> None:
    for name in ("app1", "app2"):
        assert all(each.endswith(":ro") for each in SERVICES[name]["volumes"])
        assert SERVICES[name]["tmpfs"] == ["/tmp"]


def test_the_image_holds_no_secret_and_runs_as_nobody_special() -> None:
    lines = (FILES / "Containerfile").read_text(encoding="utf-8").splitlines()
    (user,) = [line.split()[1] for line in lines if line.startswith("USER ")]
    assert int(user) > 0
    assert not [line for line in lines if re.search(r"HEMMELIGHET|NOE?KKEL|PASSORD", line)]
    assert any("--require-hashes -r scripts/krav-hasher.txt" in line for line in lines)
    assert any("/helse/live" in line for line in lines)
    assert "stop_grace_period" in SERVICES["app1"]


def test_what_the_image_copies_exists_and_is_let_in() -> None:
    text = (FILES / "Containerfile").read_text(encoding="utf-8")
    let_in = (FILES / "Containerfile.dockerignore").read_text(encoding="utf-8").splitlines()
    copied = [
        name
        for line in re.findall(r"^COPY (?!--from)(.+)$", text, re.MULTILINE)
        for name in line.split()[:-1]
    ]
    assert "assistent" in copied
    for name in copied:
        assert (ROOT / name).exists()
        assert f"!{name}" in let_in


def test_the_example_holds_no_secret() -> None:
    for line in (FILES / "drift.env.eksempel").read_text(encoding="utf-8").splitlines():
        name, _, value = line.partition("=")
        assert not (re.search(r"PASSORD|HEMMELIGHET|NOE?KKEL", name) and value)
