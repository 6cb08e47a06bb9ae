"""The set-up: pinned versions, plain words when something is missing, nothing done twice."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SCRIPT = ROOT / "scripts" / "setup.sh"

PINS = [
    line
    for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
VERSIONS = dict(line.split("==") for line in PINS)


def normalised(requirement: str) -> str:
    """Return the name in a requirement, as registries spell it."""
    match = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert match, requirement
    return re.sub(r"[-_.]+", "-", match[0]).lower()


def test_constraints_are_exact_versions_and_nothing_else() -> None:
    assert all(re.fullmatch(r"[a-z0-9-]+==[0-9][0-9a-z.]*", line) for line in PINS)
    assert list(VERSIONS) == sorted(VERSIONS)
    assert len(VERSIONS) == len(PINS)


def test_constraints_leave_the_gpu_libraries_to_torch() -> None:
    assert VERSIONS["torch"] == "2.13.0"
    assert not [name for name in VERSIONS if name.startswith(("nvidia", "cuda", "triton"))]


def test_constraints_cover_all_that_the_project_names() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    extras = project["project"]["optional-dependencies"]
    named = [
        *project["build-system"]["requires"],
        *project["project"]["dependencies"],
        *(name for extra in extras.values() for name in extra),
        "uv",
    ]
    missing = sorted({normalised(name) for name in named} - set(VERSIONS))
    assert not missing, f"run `make constraints`; it lacks {', '.join(missing)}"


def test_make_lists_its_targets() -> None:
    done = subprocess.run(["make", "-s"], cwd=ROOT, capture_output=True, text=True, check=True)
    for target in (
        "start",
        "test",
        "check",
        "eval",
        "bench",
        "faults",
        "constraints",
        "sbom",
        "clean",
    ):
        assert f"make {target} " in done.stdout


# --- scripts/setup.sh on a machine of our own making ---------------------------------------------

# Stands in for an interpreter: `-m venv` and `-m pip` leave what the script looks for, what writes
# the bytecode is noted, and the rest is the real Python's.
PYTHON = """\
#!/bin/sh
case "$1 $2" in
"-m venv")
    mkdir -p .venv/bin
    cp "$0" .venv/bin/python
    echo "command = python -m venv $(pwd -P)/.venv" >.venv/pyvenv.cfg
    ;;
"-m pip") cp "$(dirname "$0")/../../uv" .venv/bin/uv && cp .venv/bin/uv .venv/bin/assistent ;;
"-c import assistent"*) echo "$2" >>loaded && [ ! -e unloadable ] ;;
*) exec {python} "$@" ;;
esac
"""
UV = """\
#!/bin/sh
echo "$* links=${UV_FIND_LINKS:-}" >>calls
[ ! -e broken ]
"""
OLD_PYTHON = "#!/bin/sh\nexit 1\n"
WITHOUT_VENV = '#!/bin/sh\ncase "$2" in *ensurepip*) exit 1 ;; esac\nexec {python} "$@"\n'
WORKING = "#!/bin/sh\nexit 0\n"


@dataclass
class Machine:
    """A copy of the set-up in a folder, and a PATH with nothing but what a test puts there."""

    folder: Path
    tools: Path

    def put(self, name: str, text: str) -> None:
        """Add a command to the PATH."""
        command = self.tools / name
        command.write_text(text.replace("{python}", sys.executable), encoding="utf-8")
        command.chmod(0o755)

    def run(self, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """Run the set-up script."""
        return subprocess.run(
            [self.folder / "scripts" / "setup.sh", *arguments],
            env={"PATH": str(self.tools), **variables},
            capture_output=True,
            text=True,
            timeout=60,
        )

    @property
    def installs(self) -> list[str]:
        """The calls of uv so far."""
        calls = self.folder / "calls"
        return calls.read_text(encoding="utf-8").splitlines() if calls.exists() else []


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """Return a machine with a good Python and a C compiler."""
    folder, tools = tmp_path / "my project", tmp_path / "bin"
    (folder / "scripts").mkdir(parents=True)
    tools.mkdir()
    shutil.copy(SCRIPT, folder / "scripts")
    for name in ("pyproject.toml", "constraints.txt"):
        shutil.copy(ROOT / name, folder)
    for name in ("sh", "cat", "cp", "dirname", "grep", "mkdir", "mv", "rm", "sed", "tr"):
        found = shutil.which(name)
        assert found, name
        (tools / name).symlink_to(found)
    machine = Machine(folder, tools)
    machine.put("python3", PYTHON)
    machine.put("cc", WORKING)
    machine.put("id", "#!/bin/sh\necho 1000\n")
    uv = folder / "uv"
    uv.write_text(UV, encoding="utf-8")
    uv.chmod(0o755)
    return machine


def test_a_second_run_installs_nothing(machine: Machine) -> None:
    first = machine.run("packages")
    assert first.returncode == 0, first.stderr
    assert len(machine.installs) == 1
    assert machine.installs[0].split("--editable ")[1].startswith(". ")
    second = machine.run("packages")
    assert (second.returncode, second.stdout, second.stderr) == (0, "", "")
    assert len(machine.installs) == 1


def test_the_tests_need_more_and_the_page_no_less(machine: Machine) -> None:
    machine.run("packages")
    machine.run("packages", "test")
    assert "--editable .[test] " in machine.installs[1]
    machine.run("packages", "test")
    machine.run("packages")
    assert len(machine.installs) == 2


@pytest.mark.parametrize("name", ["pyproject.toml", "constraints.txt"])
def test_changed_dependencies_are_installed(machine: Machine, name: str) -> None:
    machine.run("packages")
    with (machine.folder / name).open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    machine.run("packages")
    assert len(machine.installs) == 2


def test_a_failed_install_is_said_and_tried_again(machine: Machine) -> None:
    (machine.folder / "broken").touch()
    failed = machine.run("packages")
    assert failed.returncode == 1
    assert "Kunne ikke installere pakkene." in failed.stderr
    (machine.folder / "broken").unlink()
    assert machine.run("packages").returncode == 0


def test_what_is_installed_has_to_load(machine: Machine) -> None:
    (machine.folder / "unloadable").touch()
    failed = machine.run("packages")
    assert failed.returncode == 1
    assert "kan ikke lastes" in failed.stderr
    (machine.folder / "unloadable").unlink()
    assert machine.run("packages").returncode == 0
    loaded = (machine.folder / "loaded").read_text(encoding="utf-8").splitlines()
    assert loaded == ["import assistent.bootstrap, assistent.web.server"] * 2


def test_a_moved_project_gets_a_new_environment(machine: Machine) -> None:
    machine.run("packages")
    moved = machine.folder.with_name("moved")
    machine.folder.rename(moved)
    machine.folder = moved
    assert "Lager .venv" in machine.run("packages").stdout


def test_uv_takes_packages_from_where_pip_does(machine: Machine) -> None:
    machine.run("packages", PIP_FIND_LINKS="wheels more")
    assert machine.installs[0].endswith("links=wheels,more")


def test_a_python_that_is_too_old_is_said(machine: Machine) -> None:
    machine.put("python3", OLD_PYTHON)
    done = machine.run("packages")
    assert done.returncode == 1
    assert "Python 3.11 eller nyere mangler." in done.stderr
    assert "C-kompilator" not in done.stderr


def test_another_python_on_the_path_will_do(machine: Machine) -> None:
    machine.put("python3", OLD_PYTHON)
    machine.put("python3.12", PYTHON)
    assert machine.run("packages").returncode == 0


def test_a_python_without_venv_is_said(machine: Machine) -> None:
    machine.put("python3", WITHOUT_VENV)
    assert "Python-modulen venv mangler i python3." in machine.run("packages").stderr


def test_all_that_is_missing_is_said_at_once(machine: Machine) -> None:
    (machine.tools / "python3").unlink()
    (machine.tools / "cc").unlink()
    done = machine.run("packages")
    assert done.returncode == 1
    assert "Python 3.11 eller nyere mangler." in done.stderr
    assert "C-kompilator (cc, gcc eller clang) mangler." in done.stderr


def test_chromium_on_the_path_is_used(machine: Machine) -> None:
    machine.put("chromium", WORKING)
    done = machine.run("browser")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


ROOT_USER = "#!/bin/sh\necho 0\n"
SHELL = "chromium-headless-shell"


def apt_get(known: str) -> str:
    """Return an apt-get that has this package and no other."""
    return f"""#!/bin/sh
case "$1 $4" in
"update "*) ;;
"install {known}") cp "${{0%apt-get}}cc" "${{0%apt-get}}$4" ;;
*) exit 100 ;;
esac
"""


@pytest.mark.parametrize("package", [SHELL, "chromium"])
def test_root_gets_chromium_from_the_system(machine: Machine, package: str) -> None:
    machine.put("id", ROOT_USER)
    machine.put("apt-get", apt_get(package))
    done = machine.run("browser")
    assert done.returncode == 0, done.stderr
    assert "Installerer Chromium fra" in done.stdout
    assert (machine.tools / package).exists()


def test_root_gets_the_quicker_chromium_where_the_system_knows_of_it(machine: Machine) -> None:
    machine.put("chromium", WORKING)
    machine.put("id", ROOT_USER)
    machine.put("apt-get", apt_get(SHELL))
    machine.put("apt-cache", WORKING)
    assert "Installerer Chromium uten vindu" in machine.run("browser").stdout
    assert (machine.tools / SHELL).exists()
    again = machine.run("browser")
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")


def test_the_chromium_that_is_there_will_do_if_the_quicker_one_fails(machine: Machine) -> None:
    machine.put("chromium", WORKING)
    machine.put("id", ROOT_USER)
    machine.put("apt-get", apt_get("none"))
    machine.put("apt-cache", WORKING)
    done = machine.run("browser")
    assert (done.returncode, done.stderr) == (0, "")


def test_no_chromium_to_be_had_is_said(machine: Machine) -> None:
    machine.put("chromium", OLD_PYTHON)  # a stub that does not start
    done = machine.run("browser")
    assert done.returncode == 1
    assert "trenger Chromium" in done.stderr
    assert "make test" in done.stderr


def test_wrong_usage_is_said(machine: Machine) -> None:
    assert machine.run("noe").stderr.startswith("Bruk: scripts/setup.sh")
