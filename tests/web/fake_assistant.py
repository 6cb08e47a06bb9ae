"""A hand-made assistant for the page's tests: real documents, answers written by hand."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from assistent.guidance import Library
from assistent.originals import checksum_of
from assistent.readers import read_file
from assistent.types import (
    Answer,
    Block,
    BlockKind,
    Claim,
    ClaimRole,
    Document,
    DocumentInfo,
    Outcome,
    Progress,
    Source,
    Step,
    Turn,
)
from tests.fakes import Vectors, WordEmbedder
from tests.guidance_library import starter_library

CORPUS = Path(__file__).resolve().parents[2] / "korpus"
STRATEGY = "strategi/000_f46e2f4d7fabfedf.txt"
REGION = "strategi/001_2e0d28288a8e41a5.txt"
HOSTILE = 'strategi/<img src=x onerror=alert(1)>"&.txt'
EDITION = "20261122T120000000000-abcdef"
TODAY = date(2025, 11, 20)

ATTACK = '<img src=x onerror="document.title=\'hacked\'"><script>document.title="hacked"</script>'

HOW_TO_WRITE = "Hvordan skal vi skrive?"
CHANNELS = "Hvilke kanaler er viktigst for å nå innbyggerne?"
GOALS = "Hvilke mål har strategien?"
REGION_CHANNELS = "Hvilke kanaler bruker Osloregionen?"
UNKNOWN = "Hva koster en parkeringsplass?"
PERSONAL = "Kari Nordmann, 01017012345, vil klage"
PERSONAL_LEFT = "[…] vil klage"
SLOW = "Svar sakte"
COMPOSED = "Svar med språkmodell"
REPHRASED = "Og hva med dem?"
BROKEN = "Bryt sammen"
HOSTILE_QUESTION = ATTACK


def strategy() -> Document:
    info = DocumentInfo(
        path=STRATEGY,
        title="Kommunikasjonsstrategi for Oslo kommune",
        kind="strategi",
        owner="Oslo kommune",
        applies_to="byrådsavdelingene og underliggende virksomheter",
        case_number="Byrådssak 1038/25",
        adopted=date(2025, 5, 22),
        valid_from=date(2025, 5, 22),
        note="Erstatter byrådssak 1091/18.",
    )
    return _read(info)


def region() -> Document:
    info = DocumentInfo(
        path=REGION,
        title="Kommunikasjonsstrategi for Osloregionen IPR 2021–2024",
        kind="strategi",
        owner="Osloregionen IPR",
        valid_from=date(2021, 1, 1),
        valid_to=date(2024, 12, 31),
    )
    return _read(info)


def hostile() -> Document:
    text = f"{ATTACK}\n\nEn tabell\n\nKanal | Bruk\n\nSMS | {ATTACK}"
    kinds = (BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.TABLE_ROW, BlockKind.TABLE_ROW)
    blocks, at = [], 0
    for kind, line in zip(kinds, text.split("\n\n"), strict=True):
        blocks.append(Block(kind, at, at + len(line), level=1 if kind is kinds[0] else 0))
        at += len(line) + 2
    info = DocumentInfo(HOSTILE, ATTACK, owner=ATTACK, url="javascript:alert(1)", note=ATTACK)
    return Document(info, text, tuple(blocks))


def _read(info: DocumentInfo) -> Document:
    parsed = read_file(CORPUS / info.path)
    return Document(info, parsed.text, parsed.blocks, checksum_of(CORPUS / info.path))


def source(document: Document, number: int, quote: str, section: tuple[str, ...] = ()) -> Source:
    start = document.text.index(quote)
    return Source(
        number=number,
        document=document.info.path,
        title=document.info.title,
        section=section,
        page=None,
        quote=quote,
        start=start,
        end=start + len(quote),
        standing=document.info.standing_on(TODAY),
        note=document.info.note,
        url="",
    )


def answer(
    question: str,
    outcome: Outcome,
    text: str,
    *,
    sources: tuple[Source, ...] = (),
    claims: tuple[Claim, ...] = (),
    notices: tuple[str, ...] = (),
    contact: str = "",
) -> Answer:
    return Answer(
        question=question,
        search_question=question,
        language="nb",
        outcome=outcome,
        text=text,
        writer="extract" if claims else "fixed",
        claims=claims,
        sources=sources,
        notices=notices,
        contact=contact,
        edition=EDITION,
    )


def quoted(
    question: str, document: Document, *quotes: tuple[str, tuple[str, ...]], **more: object
) -> Answer:
    sources = tuple(
        source(document, number, quote, section)
        for number, (quote, section) in enumerate(quotes, start=1)
    )
    items = {each.start for each in document.blocks if each.kind is BlockKind.LIST_ITEM}
    claims = tuple(
        Claim(
            " ".join(each.quote.split()),
            (each.number,),
            ClaimRole.ITEM if each.start in items else ClaimRole.SENTENCE,
        )
        for each in sources
    )
    text = "\n".join(f"{claim.text} [{claim.sources[0]}]" for claim in claims)
    return answer(question, Outcome.ANSWERED, text, sources=sources, claims=claims, **more)


class FakeAssistant:
    """Answers a few known questions; everything else is not in the sources."""

    edition = EDITION

    def __init__(self) -> None:
        self.asked: list[tuple[str, tuple[Turn, ...]]] = []
        self._documents = {each.info.path: each for each in (strategy(), region(), hostile())}

    def document(self, path: str) -> Document | None:
        return self._documents.get(path) or self.library().documents.get(path)

    def library(self) -> Library:
        return replace(starter_library(), edition=EDITION)

    def finds(self) -> bool:
        return True

    def chat_faults(self) -> dict[str, int]:
        return {}

    def vectors(self, questions: Sequence[str]) -> Vectors:
        return WordEmbedder().embed_questions(questions)

    def documents(self) -> tuple[Document, ...]:
        return tuple(self._documents.values())

    def stream(
        self,
        question: str,
        history: Sequence[Turn] = (),
        *,
        today: date | None = None,
    ) -> Iterator[Progress | Answer]:
        yield Progress(Step.SEARCHING)
        answer = self.answer(question, history, today=today)
        if question == COMPOSED:
            yield replace(answer, provisional=True)
            yield Progress(Step.WRITING)
            time.sleep(0.5)
            answer = replace(answer, writer="openai:test", dropped=1)
        yield answer

    def answer(
        self,
        question: str,
        history: Sequence[Turn] = (),
        *,
        today: date | None = None,  # noqa: ARG002
    ) -> Answer:
        self.asked.append((question, tuple(history)))
        ours, theirs, bad = self._documents.values()
        if question == SLOW:
            time.sleep(1)
        if question == BROKEN:
            raise RuntimeError("broken on purpose")
        if question in (HOW_TO_WRITE, SLOW, COMPOSED):
            path = ("5. Strategiske innsatsområder", "Medvirkning og åpenhet")
            return quoted(
                question,
                ours,
                (_sentence(ours, "skal bruke et klart språk og"), path),
                (_sentence(ours, "vår kommunikasjon er tydelig"), ("3. Kommunikasjonsmål",)),
            )
        if question == REPHRASED:
            channels = self.answer(CHANNELS, history)
            return replace(channels, question=question, suggestions=(HOW_TO_WRITE,))
        if question == CHANNELS:
            sentence = _sentence(ours, "viktigste kanaler for å nå innbyggerne")
            heading = "Behov: Gjøre det enklere for innbyggere å vite hvor de finner informasjon"
            return quoted(question, ours, (sentence, ("2. Identifiserte behov", heading)))
        if question == GOALS:
            goals = (
                "Følgende mål er definert:",
                "Oslo kommune er én aktør og kommuniserer helhetlig, åpent og med klart språk",
                "Innbyggerne kjenner og har tillit til Oslo kommune",
                "Ansatte er stolte av å jobbe i Oslo kommune",
            )
            return quoted(question, ours, *((goal, ("Sammendrag",)) for goal in goals))
        if question == REGION_CHANNELS:
            quote = "Bruke både riks- og lokalmediene aktivt som kanal"
            return quoted(
                question,
                theirs,
                (quote, ("3. Strategier for kommunikasjon", "Kanalvalg")),
                notices=(
                    "«Kommunikasjonsstrategi for Osloregionen IPR 2021–2024» gjaldt til "
                    "31. desember 2024 og er utløpt.",
                    "«Kommunikasjonsstrategi for Osloregionen IPR 2021–2024» gjelder "
                    "Osloregionen IPR, ikke Oslo kommune.",
                ),
            )
        if question == HOSTILE_QUESTION:
            return quoted(question, bad, (ATTACK, (ATTACK,)), notices=(ATTACK,), contact=ATTACK)
        if question == PERSONAL:
            text = "Spørsmålet ser ut til å inneholde et fødselsnummer.\nSkriv det uten."
            return answer(PERSONAL_LEFT, Outcome.PERSONAL_DATA, text)
        if not question.strip():
            text = "Skriv et spørsmål om kanaler eller kommunikasjon, så leter jeg i dokumentene."
            return answer(question, Outcome.UNCLEAR, text)
        return answer(
            question,
            Outcome.NOT_IN_SOURCES,
            "Jeg finner ikke svaret i dokumentene jeg har.\nJeg har søkt i 3 dokumenter.",
            contact="Spør kommunikasjonsavdelingen i din virksomhet.",
        )


def _sentence(document: Document, part: str) -> str:
    """Return the block around ``part``, cut to the sentence that holds it."""
    at = document.text.index(part)
    block = next(each for each in document.blocks if each.start <= at < each.end)
    start = max(document.text.rfind(". ", block.start, at) + 2, block.start)
    stop = document.text.find(".", at, block.end)
    while stop != -1 and document.text[stop + 1 : stop + 2].isalpha():
        stop = document.text.find(".", stop + 1, block.end)
    return document.text[start : stop + 1 if stop != -1 else block.end]
