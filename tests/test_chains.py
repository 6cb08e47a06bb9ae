from __future__ import annotations

import asyncio

import pytest
from langchain_core.runnables import RunnableLambda

from assistent.answering import Assistant
from assistent.chains import AssistantEmbeddings, AssistantRetriever, as_context
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
    assert embeddings.embed_documents([]) == []


def test_nothing_is_searched_for_what_the_guard_stops(small_index: Built) -> None:
    retriever = AssistantRetriever(assistant=Assistant(small_index.index, WordEmbedder()))
    for question in ("Kari er syk, 01017012345. Når åpner kantinen?", ""):
        with pytest.raises(ValueError, match="pørsmål") as caught:
            retriever.invoke(question)
        assert "01017012345" not in str(caught.value)


def test_the_retriever_also_works_beside_an_event_loop(small_index: Built) -> None:
    retriever = AssistantRetriever(assistant=Assistant(small_index.index, WordEmbedder()), k=1)
    [found] = asyncio.run(retriever.ainvoke("Når åpner kantinen?"))
    assert found.id
    assert "klokken elleve" in found.page_content


def test_passages_become_numbered_text_for_a_prompt(small_index: Built) -> None:
    retriever = AssistantRetriever(assistant=Assistant(small_index.index, WordEmbedder()), k=2)
    first, second = (retriever | as_context).invoke("Når åpner kantinen?").split("\n\n[2] ")
    assert first.startswith("[1] Kantineordningen › ")
    assert "(gjeldende)\n" in first
    assert "Kantinen åpner klokken elleve." in first
    assert second
