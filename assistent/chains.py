"""Our search and our embedding model as LangChain parts, for other teams' own chains.

retriever = AssistantRetriever(assistant=build_assistant(load_settings()))
chain = {"context": retriever | as_context, "question": RunnablePassthrough()} | prompt | model
"""

from __future__ import annotations

from collections.abc import Iterable

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document as LangChainDocument
from langchain_core.embeddings import Embeddings
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict, Field

from assistent import guard
from assistent.answering import Assistant
from assistent.embedding import Embedder
from assistent.types import Passage


class AssistantRetriever(BaseRetriever):
    """Passages of the corpus for a question, best first.

    Each document carries in its metadata where it stands (``document``, ``title``, ``section``,
    ``page``, ``start``, ``end``), its ``standing`` today, a ``note`` about it, its public ``url``
    and its ``score`` (higher is better); its id is that of the passage. ``page_content`` equals the
    stored document's ``text[start:end]``.

    Raises:
        ValueError: the question holds personal data, is too long or is none; the message is for
            whoever asked. Nothing was searched.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    assistant: Assistant
    k: int = Field(10, ge=1)

    def _get_relevant_documents(
        self,
        query: str,
        *,
        run_manager: CallbackManagerForRetrieverRun,  # noqa: ARG002  (LangChain calls it so)
    ) -> list[LangChainDocument]:
        stopped = guard.check(guard.clean(query))
        if stopped is not None:
            raise ValueError(stopped.text)
        hits = self.assistant.find(query, count=self.k).hits
        return [self._document(hit.passage, hit.score) for hit in hits]

    def _document(self, passage: Passage, score: float) -> LangChainDocument:
        source = self.assistant.document(passage.document)
        assert source is not None  # the hit is of the same edition
        metadata = {
            "document": passage.document,
            "title": source.info.title,
            "section": " › ".join(passage.section),
            "page": passage.page,
            "start": passage.start,
            "end": passage.end,
            "standing": str(self.assistant.standing(source)),
            "note": source.info.note,
            "url": source.info.url,
            "score": score,
        }
        content = source.text[passage.start : passage.end]
        return LangChainDocument(id=passage.id, page_content=content, metadata=metadata)


def as_context(passages: Iterable[LangChainDocument]) -> str:
    """Return passages as numbered text for a prompt, each with title, section and standing."""
    parts = []
    for number, passage in enumerate(passages, start=1):
        about = passage.metadata
        place = " › ".join(each for each in (about["title"], about["section"]) if each)
        text = passage.page_content.strip()
        parts.append(f"[{number}] {place} ({about['standing']})\n{text}")
    return "\n\n".join(parts)


class AssistantEmbeddings(Embeddings):
    """The assistant's embedding model; vectors have length 1.

    Questions and passages are told apart, so an index made with :meth:`embed_documents` is
    searched with :meth:`embed_query`.
    """

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Embed passages."""
        if not texts:
            return []
        return [[float(x) for x in vector] for vector in self._embedder.embed_passages(texts)]

    def embed_query(self, text: str) -> list[float]:
        """Embed a question."""
        return [float(x) for x in self._embedder.embed_questions([text])[0]]
