"""Our search and our embedding model as LangChain parts, for other teams' own chains.

retriever = AssistantRetriever(assistant=build_assistant(load_settings()))
chain = retriever | format_documents | prompt | model
"""

from __future__ import annotations

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document as LangChainDocument
from langchain_core.embeddings import Embeddings
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from assistent.answering import Assistant
from assistent.embedding import Embedder


class AssistantRetriever(BaseRetriever):
    """Passages of the corpus for a question, best first.

    Each document carries in its metadata where it stands (``document``, ``title``, ``section``,
    ``page``, ``start``, ``end``), its ``standing`` today and its ``score`` (higher is better).
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    assistant: Assistant
    k: int = 10

    def _get_relevant_documents(
        self,
        query: str,
        *,
        run_manager: CallbackManagerForRetrieverRun,  # noqa: ARG002  (LangChain calls it so)
    ) -> list[LangChainDocument]:
        documents = []
        for hit in self.assistant.find(query, count=self.k).hits:
            passage = hit.passage
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
                "score": hit.score,
            }
            content = source.text[passage.start : passage.end]
            documents.append(LangChainDocument(page_content=content, metadata=metadata))
        return documents


class AssistantEmbeddings(Embeddings):
    """The assistant's embedding model; vectors have length 1."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Embed passages."""
        return [[float(x) for x in vector] for vector in self._embedder.embed_passages(texts)]

    def embed_query(self, text: str) -> list[float]:
        """Embed a question."""
        return [float(x) for x in self._embedder.embed_questions([text])[0]]
