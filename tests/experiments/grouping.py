"""Choose how alike unanswered questions must be to be shown to the editors as one group.

    python -m tests.experiments.grouping

Twenty things that the documents do not answer, each asked in five ways, stand among the development
questions about other work, which belong to no group. Printed are for each likeness, for every other
thing and for the rest, the share of pairs in one group that belong together (P), and the share of
pairs that belong together and are in one group (R). A group of strangers helps an editor less than
two groups of the same, so that P comes first.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from assistent.bootstrap import build_embedder
from assistent.grouping import groups_of
from assistent.settings import load_settings
from tests.evals.questions import FOLDER, load_set

ASKED = """
Hva koster det å leie et møterom?
Pris på møterom?
Hvor dyrt er det å leie møterom for et kurs?
Kva kostar det å leige eit møterom?
møterom pris

Hvem kan ta bilder for oss?
Har kommunen en fotograf?
Hvordan bestiller jeg fotograf?
Finnes det en fast fotograf vi kan bruke?
Can we book a photographer?

Hvor bestiller jeg visittkort?
Visittkort, hvordan får jeg det?
Kan jeg få trykket visittkort?
Korleis tingar eg visittkort?
trenger nye visittkort

Hvordan får jeg tilgang til publiseringsløsningen?
Hvem gir meg redaktørtilgang på nettsidene?
Jeg får ikke logget inn i publiseringsverktøyet
Hvem må jeg spørre for å kunne publisere på nettsiden?
How do I get access to publish on the website?

Kan vi bruke WhatsApp i teamet?
Er WhatsApp lov?
Får vi lov til å ha en gruppe på WhatsApp for ansatte?
whatsapp gruppe avdelingen ok?
Is WhatsApp allowed for our team?

Når er fristen for å sende inn saker til årsrapporten?
Frist årsrapport?
Hvilken dato må bidragene til årsmeldingen være inne?
Når skal vi levere tekst til årsrapporten?
Kva er fristen for årsmeldinga?

Hvordan lager jeg undertekster på video?
Hvem hjelper med teksting av film?
Hvilket verktøy tekster videoene våre?
Korleis tekstar vi ein video?
teksting video verktøy

Hvor finner jeg mal for pressemelding?
Har vi en mal for pressemeldinger?
Finnes det en ferdig mal når vi skal skrive pressemelding?
mal pressemelding
Where is the press release template?

Hva skal stå i fraværsmeldingen på e-post?
Tekst til autosvar når jeg har ferie?
Hvordan skriver jeg automatisk svar i Outlook?
Kva skal stå i autosvaret mitt?
autosvar ferie tekst

Hvordan bestiller vi oversettelse til polsk?
Hvem oversetter brosjyrer for oss?
Har kommunen avtale med et oversettelsesbyrå?
Kan noen oversette et brev til polsk?
Who translates our leaflets?

Hvor kan vi henge opp plakater?
Er det lov å henge plakater på bygget?
Får vi henge opp plakat i resepsjonen?
Kor kan vi hengje opp plakatar?
plakat oppheng hvor

Hvordan melder jeg meg på klarspråkkurs?
Når er neste kurs i klarspråk?
Finnes det opplæring i klarspråk?
Er det eit kurs i klarspråk eg kan ta?
kurs klarspråk påmelding

Hvem svarer på kommentarer på Facebook i helgene?
Må vi svare på Facebook på lørdag?
Har vi vakt på sosiale medier i helga?
facebook helg hvem svarer
Who answers Facebook comments at weekends?

Hvor mange følger oss på Instagram?
Hvor mange følgere har kommunen på Instagram?
Instagram antall følgere
Kor mange følgjarar har vi på Instagram?
How many followers do we have on Instagram?

Kan vi ha egen podkast?
Får avdelingen lage en podcast?
Vi vil starte podkast, er det greit?
podkast lov?
May we make a podcast?

Hvordan sender vi SMS til alle innbyggere?
Kan vi varsle innbyggerne på SMS?
Hvilket system bruker vi for SMS-varsling?
sms til alle i bydelen
Korleis sender vi SMS til alle?

Hvem eier bildebanken?
Hvor ligger bildebanken?
Hvordan får jeg tilgang til bildebanken?
bildebank innlogging
Where is the image bank?

Hvilken skrift skal vi bruke i PowerPoint?
Hvilken font i presentasjoner?
Font PowerPoint?
Kva skrift skal vi ha i presentasjonar?
Which font for slides?

Hvor lenge skal et nyhetsbrev være?
Hvor langt kan nyhetsbrevet være?
Lengde på nyhetsbrev?
Kor langt bør eit nyheitsbrev vere?
Er det en grense for hvor langt et nyhetsbrev kan være?

Kan vi betale for annonser på Facebook?
Har vi lov til å kjøpe annonser i sosiale medier?
Hvem godkjenner betalt annonsering?
annonse facebook betaling
Kan vi sponse et innlegg?
"""
LIKENESSES = (0.84, 0.85, 0.86, 0.87, 0.88, 0.89, 0.9, 0.91, 0.92)


def questions() -> list[list[str]]:
    """Return the things with their wordings."""
    return [thing.splitlines() for thing in ASKED.strip().split("\n\n")]


def pairs(vectors: NDArray[np.float32], thing: NDArray[np.int64], alike: float) -> tuple[int, ...]:
    """Return how many pairs are grouped, belong together, and both; alone is thing -1."""
    group = np.zeros(len(vectors), dtype=np.int64)
    for number, members in enumerate(groups_of(vectors, alike=alike)):
        group[members] = number
    upper = np.triu_indices(len(vectors), 1)
    grouped = (group[:, None] == group)[upper]
    together = ((thing[:, None] == thing) & (thing[:, None] >= 0))[upper]
    return int(grouped.sum()), int(together.sum()), int((grouped & together).sum())


def main() -> None:
    """Print the figures of both halves."""
    embedder = build_embedder(load_settings())
    alone = [each.text for each in load_set(FOLDER / "utenfor_dev.jsonl")]
    things = questions()
    for name, part in (("one half", things[::2]), ("other half", things[1::2])):
        texts = [text for wordings in part for text in wordings] + alone
        thing = [number for number, wordings in enumerate(part) for _ in wordings]
        labels = np.array([*thing, *[-1] * len(alone)])
        vectors = embedder.embed_questions(texts)
        for alike in LIKENESSES:
            grouped, together, both = pairs(vectors, labels, alike)
            print(f"{name:10} {alike:.2f}  P {both / max(grouped, 1):.2f}  R {both / together:.2f}")


if __name__ == "__main__":
    main()
