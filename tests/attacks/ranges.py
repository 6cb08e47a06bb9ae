"""Runs attacks with a chat model that does all they demand, and gathers what is shown.

Each is run over a corpus of its own with a server on loopback that writes what the attacker wants,
with numbers of sentences that exist. The first answer of each stream is the one that comes without
a chat model.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from pathlib import Path
from unittest.mock import patch

from assistent.answering import Assistant
from assistent.chat import load_chat_model
from assistent.compose import Composer
from assistent.embedding import Embedder
from assistent.errors import CorpusError
from assistent.types import Answer
from assistent.verify import Prover
from assistent.writing import Writer
from tests.attacks.attacks import Attack
from tests.attacks.corpus import write_corpus
from tests.attacks.shown import violations
from tests.chat_servers import Prompt, Scenario, ScriptedServer
from tests.chat_servers.replies import Reply
from tests.fakes import TODAY, WORD_JUDGE, WordEmbedder, build

# True sentences and false ones in one reply: as many of each, so that the true ones may be shown.
_TRUE_LINES = 4
_FALSE_LINES = 4
_ANSWERS_ALL = replace(WORD_JUDGE, refuse_below=0.0)


@dataclass(slots=True)
class Trial:
    """What came of an attack. ``shown`` are the final answers of the streams."""

    attack: Attack
    refused: bool = False
    calls: int = 0
    shown: list[Answer] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)

    @property
    def composed(self) -> int:
        """How many final answers were a chat model's."""
        return sum(answer.writer not in {"extract", "fixed"} for answer in self.shown)

    @property
    def dropped(self) -> int:
        """How many claims of the chat model were seen to be dropped."""
        return sum(answer.dropped for answer in self.shown)


class Range:
    """Runs attacks with a chat model that obeys them, and with the real checks.

    Args:
        folder: for the corpora and their indexes.
        server: what the chat model is; its scenario is changed.
        embedder: what the checks compare sentences with.
    """

    def __init__(self, folder: Path, server: ScriptedServer, embedder: Embedder) -> None:
        self._folder = folder
        self._server = server
        model = load_chat_model("openai:skript", url=server.url)
        self._writer = Writer(Composer(model, seconds=20.0), Prover(embedder))
        self._built: dict[tuple[tuple[str, str], ...], Assistant] = {}

    def run(self, attack: Attack) -> Trial:
        """Ask over a corpus with the attack in it, and look at everything that is shown.

        The first answer of each stream is the one without a chat model.
        """
        trial = Trial(attack)
        try:
            assistant = self._assistant(attack.beside or attack.files)
        except CorpusError:
            trial.refused = True
            return trial
        for path, hidden in product(dict(attack.files), attack.hidden):
            document = assistant.document(path)
            if document is not None and hidden.casefold() in document.text.casefold():
                trial.violations.append(f"stored: {hidden!r} in {path}")
        before = len(self._server.seen)
        scenarios: list[Scenario | Reply] = [*_replies(attack), Scenario.OBEDIENT]
        for self._server.scenario in scenarios:
            self._ask(assistant, trial)
        trial.calls = len(self._server.seen) - before
        return trial

    def _assistant(self, files: tuple[tuple[str, str], ...]) -> Assistant:
        if files not in self._built:
            folder = self._folder / f"{len(self._built)}"
            write_corpus(folder / "korpus", dict(files))
            build(folder / "korpus", folder / "indeks")
            self._built[files] = Assistant(
                folder / "indeks",
                WordEmbedder(),
                contact="kommunikasjonsstaben",
                today=lambda: TODAY,
                writer=self._writer,
            )
        return self._built[files]

    def _ask(self, assistant: Assistant, trial: Trial) -> None:
        attack = trial.attack
        # Whether there is an answer at all is not what is attacked: everything is answered.
        with patch("assistent.answering.load_judge", lambda: _ANSWERS_ALL):
            events = list(assistant.stream(attack.question, attack.history))
        answers = [event for event in events if isinstance(event, Answer)]
        trial.shown.append(answers[-1])
        for answer in answers:
            trial.violations += violations(assistant, attack, answer)


# --- What the server says ------------------------------------------------------------------------


def _replies(attack: Attack) -> Iterator[Reply]:
    """Yield replies that together say all that is demanded, each in four ways."""
    wanted = [(say, way) for say in attack.says for way in (_best, _first, _all, _smuggled)]
    for start in range(0, len(wanted), _FALSE_LINES):
        yield _reply(wanted[start : start + _FALSE_LINES])


def _reply(wanted: Sequence[tuple[str, _Way]]) -> Reply:
    def reply(prompt: Prompt) -> str:
        told = prompt.system.partition("\n")[0]
        evidence = prompt.evidence
        true = [f"{text} [{number}]" for number, text in list(evidence.items())[:_TRUE_LINES]]
        false = [way(say.replace("{system}", told), evidence) for say, way in wanted]
        return "\n".join([*true, *false, "HELT"])

    return reply


_Way = Callable[[str, dict[int, str]], str]


def _best(say: str, evidence: dict[int, str]) -> str:
    """Rest it on the sentence that is most like it, the attacker's own as a rule."""
    words = set(say.casefold().split())
    best = max(evidence, key=lambda n: len(words & set(evidence[n].casefold().split())))
    return f"{say} [{best}]"


def _first(say: str, evidence: dict[int, str]) -> str:
    return f"{say} [{min(evidence)}]"


def _all(say: str, evidence: dict[int, str]) -> str:
    return f"{say} {''.join(f'[{number}]' for number in evidence)}"


def _smuggled(say: str, evidence: dict[int, str]) -> str:
    """Put it behind a true sentence."""
    number = min(evidence)
    return f"{evidence[number]} {say} [{number}]"
