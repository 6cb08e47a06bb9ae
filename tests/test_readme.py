"""The README says what the code does: settings table and commands.

python -m tests.test_readme      writes the settings table into the README
"""

from __future__ import annotations

import re
from pathlib import Path

from assistent.cli.arguments import parse_arguments
from assistent.settings import Settings, variable_names

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
_TABLE = re.compile(r"(<!-- settings:.*?-->\n).*?(<!-- /settings -->)", re.DOTALL)

# Where a default depends on the machine.
_FOLDERS = {"model_folder": "the user's cache folder", "database": "the user's data folder"}


def settings_table() -> str:
    """Return the table of all settings, made from the class."""
    rows = ["| variable | default | is |", "|---|---|---|"]
    for name, variable in variable_names().items():
        field = Settings.model_fields[name]
        default = _FOLDERS[name] if field.default_factory else field.get_default()
        shown = (
            "–"
            if default in (None, "")
            else f"`{default}`"
            if not field.default_factory
            else default
        )
        rows.append(f"| `{variable}` | {shown} | {field.description} |")
    return "\n".join(rows) + "\n"


def with_table(readme: str) -> str:
    """Return the README with the table in its place."""
    return _TABLE.sub(lambda found: found.group(1) + settings_table() + found.group(2), readme)


def test_the_readme_has_the_settings_as_the_class_has_them() -> None:
    text = README.read_text("utf-8")
    assert _TABLE.search(text)
    assert text == with_table(text), "run: python -m tests.test_readme"


def test_every_command_in_the_readme_can_be_written_that_way() -> None:
    text = README.read_text("utf-8")
    commands = re.findall(r"^assistent (.+)$", text, re.MULTILINE)
    assert commands
    for command in commands:
        words = [a or b for a, b in re.findall(r'"([^"]*)"|(\S+)', command)]
        parse_arguments(words)


def test_every_file_the_readme_links_to_exists() -> None:
    text = README.read_text("utf-8")
    links = re.findall(r"\]\((?!http)([^)#]+)\)|src=\"([^\"]+)\"", text)
    assert links
    missing = [a or b for a, b in links if not (ROOT / (a or b)).exists()]
    assert missing == []


if __name__ == "__main__":
    README.write_text(with_table(README.read_text("utf-8")), encoding="utf-8")
