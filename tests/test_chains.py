from __future__ import annotations

from langchain_core.runnables import RunnableLambda

from assistent.answering import Assistant
from assistent.chains import AssistantEmbeddings, AssistantRetriever
from tests.conftest import Built
from tests.fakes import WordEmbedder


def test_retriever_works_in_a_chain_and_says_where_passages_stand(small_index: Built) -> None:
    assistant = Assistant(small_index.index, WordEmbedder())
    retriever = AssistantRetriever(assistant=assistant, k=2)
    chain = retriever | RunnableLambda(lambda found: [d.metadata["document"] for d in found])
    assert chain.invoke("Når åpner kantinen?")[0] == "regler/kantine.md"
    for found in retriever.invoke("Når åpner kantinen?"):
        document = assistant.document(found.metadata["document"])
        assert document is not None
        span = slice(found.metadata["start"], found.metadata["end"])
        assert document.text[span] == found.page_content
        assert found.metadata["standing"] == "gjeldende"


def test_embeddings_are_those_of_the_assistant() -> None:
    embedder = WordEmbedder()
    embeddings = AssistantEmbeddings(embedder)
    assert embeddings.embed_query("kantine") == embedder.embed_questions(["kantine"])[0].tolist()
    assert len(embeddings.embed_documents(["a", "b"])) == 2
