from __future__ import annotations

from pathlib import Path

import pytest

from assistent.guidance import Library
from assistent.rule_check import check_rules
from tests.fakes import TODAY
from tests.guidance_library import small_library, starter_library
from tests.test_channels import BAD, BOARD, GOOD
from tests.test_duties import DUTY

CRISIS = """[[krisetekst]]
regel = "Ta på hjelm."
styrke = "skal"
kilde = "regler/sykkel.md"
sitat = "Hjelm følger med sykkelen."

"""
ALWAYS = 'gjelder_ved = ["alle beslutninger"]\n'
DEMAND = """
[[kanal.krav]]
krav = "hjelm"
regel = "Ta på hjelm."
styrke = "skal"
kilde = "regler/sykkel.md"
sitat = "Hjelm følger med sykkelen."
"""


def findings(library: Library) -> list[str]:
    return [str(finding) for finding in check_rules(library, TODAY).findings]


def test_the_starter_rules_are_in_order() -> None:
    report = check_rules(starter_library(), TODAY)
    assert [str(finding) for finding in report.findings] == []
    assert (report.combinations, report.decisions) == (3136, 59049)
    assert len(report.rows) == 49
    assert report.rules > 180


def test_a_small_register_in_order_has_no_findings(tmp_path: Path) -> None:
    library = small_library(tmp_path, kanaler=CRISIS + BOARD + GOOD + DEMAND, plikter=DUTY + ALWAYS)
    assert findings(library) == []


@pytest.mark.parametrize(
    ("kanaler", "says"),
    [
        (BOARD + GOOD + BAD, "egnet_for nr. 1 anbefaler og Tavla, ikke_for nr. 1 fraråder"),
        (BOARD + GOOD + BAD + "rang = 1\n", "taper alltid"),
        (
            BOARD + GOOD + 'hvis = { melding = ["invitasjon"] }\n',
            "egnet_for nr. 1: ingen svar kan føre til denne regelen",
        ),
        (BOARD + DEMAND, "krav nr. 1: kravet vises aldri"),
        (
            BOARD.replace('"i bruk"', '"avviklet"') + GOOD,
            "Tavla: kanalen er avviklet, men «egnet_for» anbefaler den",
        ),
        (BOARD.replace('"i bruk"', '"avviklet"'), "Tavla: kanalen er avviklet, men det mangler"),
        (BOARD.replace('"i bruk"', '"ukjent"') + GOOD, "status «ukjent», men er satt opp som"),
        (
            BOARD + GOOD + BOARD.replace("tavla", "veggen").replace("Tavla", "Veggen") + GOOD,
            "Tavla og Veggen er hovedkanal for samme svar (ansatte, nyhet, ",
        ),
        (
            BOARD + GOOD.replace("Alle betaler med kort.", "Kontanter kan ikke benyttes."),
            "styrken er «skal», men sitatet sier «kan»",
        ),
        (BOARD + GOOD.replace("Betal med", "Betal 50 kroner med"), "tallet 50 står ikke i"),
        (BOARD + GOOD + GOOD, "egnet_for nr. 2: regelen står to ganger"),
        (
            BOARD + 'erstattet_av = "veggen"\n' + GOOD
            + BOARD.replace("tavla", "veggen").replace("Tavla", "Veggen").replace(
                '"i bruk"',
                '"avviklet"\nstatus_kilde = "regler/kantine.md"\n'
                'status_sitat = "Kontanter kan ikke benyttes."',
            ),
            "Tavla: kanalen er erstattet av «Veggen», som ikke er i bruk",
        ),
    ],
)  # fmt: skip
def test_a_fault_of_meaning_is_named_with_its_repair(
    tmp_path: Path, kanaler: str, says: str
) -> None:
    found = findings(small_library(tmp_path, kanaler=CRISIS + kanaler))
    assert any(says in finding for finding in found), found
    assert all(finding.startswith("registre/kanaler.toml: ") for finding in found)


def test_a_register_without_crisis_text_is_a_finding(tmp_path: Path) -> None:
    [finding] = findings(small_library(tmp_path, kanaler=BOARD + GOOD))
    assert finding == (
        "registre/kanaler.toml: hele filen: registeret har ingen krisetekst. "
        "Legg til [[krisetekst]]."
    )


@pytest.mark.parametrize(
    ("plikter", "says"),
    [
        (DUTY.replace('"skal"', '"skal"\nfrist = "innen 14 dager"'), "tallet 14 står ikke i"),
        (DUTY.replace("Alle betaler med kort.", "Kontanter kan ikke benyttes."), "sier «kan»"),
    ],
)
def test_a_faulty_duty_is_named(tmp_path: Path, plikter: str, says: str) -> None:
    [finding] = findings(small_library(tmp_path, plikter=plikter + ALWAYS))
    assert finding.startswith("registre/plikter.toml: Betal med kort (kort): ")
    assert says in finding


def test_a_rule_of_a_draft_is_a_finding(tmp_path: Path) -> None:
    library = small_library(tmp_path, plikter=DUTY + ALWAYS)
    [finding] = check_rules(library, TODAY.replace(year=2020)).findings
    assert "regler/kantine.md» er utkast og blir ikke brukt" in str(finding)
