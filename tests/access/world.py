"""A corpus of which some documents are for some people, and the app over it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistent.answering import Assistant
from assistent.bootstrap import build_journal
from assistent.database import open_database
from assistent.journal import Journal
from assistent.sessions import Sessions
from assistent.settings import Settings, load_settings
from assistent.web.server import create_app
from assistent.web.sign_in.person import Person, Role, present_groups
from tests.fakes import TODAY, WORD_JUDGE, WordEmbedder, build
from tests.guidance_library import CORPUS as STARTER
from tests.pictures.papers import Paper

BASE = "http://127.0.0.1:7860"
LEADERS, LAWYERS = "ledelsen", "jurister"

PLAN = "ledelse/flytteplan.md"
FRAME = "ledelse/ramme.pdf"
CASE = "jus/rettssak.md"
HIDDEN = (PLAN, FRAME, CASE)

MOVING = "Kommunikasjonsstaben flytter til Kvernhusbekken i april."
INFORMING = "Ansatte skal få vite om flyttingen til Kvernhusbekken på Rypekanalen."
PAYING = "Flyttingen til Tyttebærsvingen koster sju millioner kroner."
SUING = "Kommunen har tapt rettssaken mot Sirkelsmia."
ASKED = "Når flytter kommunikasjonsstaben til Kvernhusbekken?"
CHANNEL = "Rypekanalen"

SECRETS = (
    "kvernhusbekk",
    "tyttebær",
    "sirkelsmia",
    "rypekanal",
    "flytteplan",
    "ramme.pdf",
    "rettssak",
    "lønnsbrev",
)
"""Words that stand in hidden documents, their names, titles and rules, and nowhere else."""

_PLAN = f"""# Plan for Lønnsbrev og flytting

## Når vi flytter
{MOVING} {INFORMING}

## Hva vi må gjøre
Lederen skal orientere tillitsvalgte om Kvernhusbekken før flyttingen blir vedtatt.
"""
_DUTY_QUOTE = "Lederen skal orientere tillitsvalgte om Kvernhusbekken før flyttingen blir vedtatt."
_CASE = f"""# Rettssak

## Utfallet
{SUING} Dommen er unntatt offentlighet.
"""
_ENTRIES = f"""
[[dokument]]
fil = "{PLAN}"
tittel = "Flytteplan"
type = "retningslinje"
eier = "Oslo kommune"
gyldig_fra = 2024-01-01
navn = ["flytteplanen"]
tilgang = ["{LEADERS}"]

[[dokument]]
fil = "{FRAME}"
tittel = "Tyttebærsvingen"
type = "retningslinje"
eier = "Oslo kommune"
gyldig_fra = 2024-01-01
tilgang = ["{LEADERS}", "{LAWYERS}"]

[[dokument]]
fil = "{CASE}"
tittel = "Rettssak"
type = "retningslinje"
eier = "Oslo kommune"
gyldig_fra = 2024-01-01
tilgang = ["{LAWYERS}"]
"""
_CHANNEL = f"""
[[kanal]]
id = "rypekanalen"
navn = "{CHANNEL}"
kallenavn = ["rypa"]
retning = "intern"
maalgrupper = ["ansatte"]
status = "i bruk"
erstattet_av = ""
eier = "ukjent"

[[kanal.egnet_for]]
formaal = ["intern endring"]
rolle = "hovedkanal"
regel = "Bruk {CHANNEL} når dere flytter til Kvernhusbekken."
styrke = "skal"
kilde = "{PLAN}"
sitat = "{INFORMING}"
rang = 5
"""
_DUTY = f"""
[[plikt]]
id = "orienter-om-kvernhusbekken"
tittel = "Orienter om Kvernhusbekken"
hva = "Orienter tillitsvalgte om Kvernhusbekken."
hvem = "lederen"
naar = "før"
styrke = "skal"
gjelder_ved = ["alle beslutninger"]
sjekk_med_jurist = false
kilde = "{PLAN}"
sitat = "{_DUTY_QUOTE}"
"""
_QUESTION = (
    f'{{"dokument": "{PLAN}", "sitat": "{MOVING}", "spørsmål": ["{ASKED}", '
    '"Hvor flytter kommunikasjonsstaben?"]}\n'
)


@dataclass(frozen=True)
class World:
    """What a test needs to come in as somebody and look around."""

    app: FastAPI
    sessions: Sessions
    journal: Journal
    settings: Settings
    corpus: Path
    index: Path

    def client(self, *groups: str, signed_in: bool = True, **headers: str) -> TestClient:
        """Return a browser of ours; somebody in these groups has signed in with it."""
        client = TestClient(
            self.app,
            base_url=BASE,
            follow_redirects=False,
            raise_server_exceptions=False,
            headers={"Origin": BASE, **headers},
        )
        if signed_in:
            client.cookies.set("assistent", self.token(*groups))
        return client

    def token(self, *groups: str) -> str:
        """Begin a session of somebody in these groups."""
        person = person_in(*groups)
        return self.sessions.create(
            person.subject, person.name, roles=person.roles, groups=person.groups
        )


def person_in(*groups: str) -> Person:
    """Return somebody in these groups; «redaksjon» and «drift» give roles, too."""
    roles = {Role.STAFF}
    if "redaksjon" in groups:
        roles.add(Role.EDITOR)
    if "drift" in groups:
        roles.add(Role.OPERATOR)
    who = "-".join(groups) or "ansatt"
    return Person(f"nr-{who}", f"Kim {who}", frozenset(roles), frozenset(groups))


def open_corpus(folder: Path) -> Path:
    """Copy the starter corpus, all of which is open to everyone."""
    corpus = folder / "korpus"
    shutil.copytree(STARTER, corpus)
    return corpus


def restricted_corpus(folder: Path) -> Path:
    """Add documents, rules and known questions that not everyone may see."""
    corpus = open_corpus(folder)
    (corpus / "ledelse").mkdir()
    (corpus / "jus").mkdir()
    (corpus / PLAN).write_text(_PLAN, encoding="utf-8")
    (corpus / CASE).write_text(_CASE, encoding="utf-8")
    paper = Paper(corpus / FRAME)
    paper.heading("Ramme for flyttingen")
    paper.paragraph(PAYING)
    paper.canvas.save()
    for name, addition in (
        ("katalog.toml", _ENTRIES),
        ("registre/kanaler.toml", _CHANNEL),
        ("registre/plikter.toml", _DUTY),
    ):
        with (corpus / name).open("a", encoding="utf-8") as file:
            file.write(addition)
    (corpus / "sporsmal" / "ledelse.jsonl").write_text(_QUESTION, encoding="utf-8")
    return corpus


@contextmanager
def world_in(folder: Path, *, assistant: Assistant | None = None) -> Iterator[World]:
    """Build the corpus and the app over it, with sign-in switched on.

    Sessions are begun behind the provider's back; signing in itself has its own tests.
    """
    corpus = restricted_corpus(folder)
    settings = load_settings(
        {
            "ASSISTENT_KORPUS": str(corpus),
            "ASSISTENT_INDEKS": str(folder / "indeks"),
            "ASSISTENT_DATABASE": f"sqlite:///{folder / 'assistent.db'}",
            "ASSISTENT_OIDC_UTSTEDER": "http://127.0.0.1:1",
            "ASSISTENT_OIDC_KLIENT": "assistent",
            "ASSISTENT_GRUPPER_REDAKTOER": "redaksjon",
            "ASSISTENT_GRUPPER_DRIFT": "drift",
            "ASSISTENT_KONTAKT": "kommunikasjonsstaben",
            "ASSISTENT_JOURNAL": "full",
            "ASSISTENT_EVALUERING": str(folder / "evaluering"),
        }
    )
    if assistant is None:
        build(corpus, folder / "indeks")
        assistant = assistant_over(folder / "indeks")
    database = open_database(settings.database.get_secret_value())
    journal = build_journal(settings, database)
    assert journal is not None
    app = create_app(assistant, settings, database=database, journal=journal)
    with patch("assistent.answering.load_judge", lambda: WORD_JUDGE):
        yield World(app, Sessions(database), journal, settings, corpus, folder / "indeks")
    journal.close()
    database.close()


def assistant_over(index: Path) -> Assistant:
    """Return an assistant that shows each person what they may see."""
    return Assistant(
        index,
        WordEmbedder(),
        contact="kommunikasjonsstaben",
        today=lambda: TODAY,
        groups=present_groups,
    )
