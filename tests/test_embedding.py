from __future__ import annotations

import shutil
import subprocess
import sys
import unicodedata
from pathlib import Path

import numpy as np
import pytest

from assistent.embedding import (
    OnnxEmbedder,
    SentenceTransformerEmbedder,
    _prefixes,
    load_embedder,
)
from assistent.errors import ModelError
from assistent.model import manifest

QUESTION = "Hvordan når vi ansatte som ikke sitter ved en pult?"


@pytest.fixture(scope="module")
def embedder(model_folder: Path) -> OnnxEmbedder:
    return OnnxEmbedder(model_folder)


@pytest.fixture
def copied_model(model_folder: Path, tmp_path: Path) -> Path:
    """The files that the assistant runs on, free to be damaged."""
    folder = tmp_path / "modell"
    shutil.copytree(model_folder, folder, ignore=shutil.ignore_patterns(manifest.TRAINING))
    return folder


def test_missing_model_says_how_to_make_it(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"Fant ingen embeddingmodell.*«assistent modell»"):
        load_embedder(tmp_path / "modell", None)


def test_half_a_model_says_how_to_repair_it(tmp_path: Path) -> None:
    (tmp_path / manifest.WEIGHTS).write_bytes(b"")
    with pytest.raises(ModelError, match=r"er skadet.*«assistent modell»"):
        load_embedder(tmp_path, None)


def test_a_models_own_prompts_are_used() -> None:
    assert _prefixes("noe", {"query": "q: ", "document": "d: "}) == ("q: ", "d: ")


def test_e5_models_without_prompts_get_their_prefixes() -> None:
    prompts = {"query": "", "document": ""}
    assert _prefixes("intfloat/multilingual-e5-large", prompts) == ("query: ", "passage: ")


def test_other_models_get_no_prefix() -> None:
    assert _prefixes("/e5-modeller/labse", {}) == ("", "")


@pytest.mark.model
def test_damaged_weights_are_noticed(copied_model: Path) -> None:
    weights = copied_model / manifest.WEIGHTS
    weights.write_bytes(bytes(weights.stat().st_size))
    with pytest.raises(ModelError, match="er skadet"):
        OnnxEmbedder(copied_model)


@pytest.mark.model
def test_damaged_vocabulary_is_noticed(copied_model: Path) -> None:
    vocabulary = copied_model / manifest.VOCABULARY
    vocabulary.write_bytes(b" " * vocabulary.stat().st_size)
    with pytest.raises(ModelError, match="er skadet"):
        OnnxEmbedder(copied_model)


@pytest.mark.model
def test_model_runs_without_the_training_folder(copied_model: Path, embedder: OnnxEmbedder) -> None:
    copy = OnnxEmbedder(copied_model)
    assert copy.fingerprint == embedder.fingerprint
    assert np.array_equal(copy.embed_questions([QUESTION]), embedder.embed_questions([QUESTION]))


@pytest.mark.model
def test_vectors_have_length_one(embedder: OnnxEmbedder) -> None:
    vectors = embedder.embed_passages(["Én", "to ord", QUESTION])
    assert vectors.shape == (3, embedder.dimensions)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)


@pytest.mark.model
def test_a_paraphrase_is_nearer_than_another_topic(embedder: OnnxEmbedder) -> None:
    passages = [
        "Medarbeidere uten fast kontorplass skal få informasjon på mobil og av nærmeste leder.",
        "Medarbeidarar utan fast kontorplass skal få informasjon på mobilen og frå leiaren sin.",
        "Badevannet i fjorden holdt tjue grader i juli.",
    ]
    bokmal, nynorsk, unrelated = (
        embedder.embed_passages(passages) @ embedder.embed_questions([QUESTION])[0]
    )
    assert min(bokmal, nynorsk) > unrelated + 0.02


@pytest.mark.model
def test_a_vector_does_not_depend_on_its_neighbours(embedder: OnnxEmbedder) -> None:
    together = embedder.embed_passages(["kort", QUESTION * 5, "middels lang tekst"])
    assert np.array_equal(together[0], embedder.embed_passages(["kort"])[0])


@pytest.mark.model
def test_composed_and_decomposed_letters_give_equal_vectors(embedder: OnnxEmbedder) -> None:
    text = "Når må etaten på Østensjø gå ut med «blålys»-varsel?"
    decomposed = unicodedata.normalize("NFD", text)
    assert decomposed != text
    assert embedder.count_tokens([text]) == embedder.count_tokens([decomposed])
    assert np.array_equal(embedder.embed_questions([text]), embedder.embed_questions([decomposed]))


@pytest.mark.model
def test_no_texts_give_no_vectors(embedder: OnnxEmbedder) -> None:
    assert embedder.embed_questions([]).shape == (0, embedder.dimensions)
    assert embedder.count_tokens([]) == []


@pytest.mark.model
@pytest.mark.parametrize("text", ["", " \n", "\x00", "\ud800", "🙂" * 50])
def test_odd_texts_give_a_vector(embedder: OnnxEmbedder, text: str) -> None:
    assert np.isfinite(embedder.embed_questions([text])).all()


@pytest.mark.model
@pytest.mark.parametrize("text", ["kommune " * 20_000, "a" * 100_000])
def test_very_long_text_is_cut(embedder: OnnxEmbedder, text: str) -> None:
    assert embedder.count_tokens([text])[0] > 512
    cut = embedder.embed_passages([text])
    assert np.array_equal(cut, embedder.embed_passages([text + " og noe helt annet"]))


@pytest.mark.model
def test_tokens_are_counted_without_prefix_and_marks(embedder: OnnxEmbedder) -> None:
    assert embedder.count_tokens(["kommune", "", "kommune kommune"]) == [1, 0, 2]


@pytest.mark.model
def test_embedding_imports_neither_torch_nor_transformers(model_folder: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from assistent.embedding import load_embedder;"
        "assert 'onnxruntime' not in sys.modules;"
        f"load_embedder(Path({str(model_folder)!r}), None).embed_questions(['hei']);"
        "assert not {'torch', 'transformers', 'sentence_transformers'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.model
def test_training_model_agrees_with_the_one_that_runs(
    model_folder: Path, embedder: OnnxEmbedder
) -> None:
    full = SentenceTransformerEmbedder(str(model_folder / manifest.TRAINING))
    texts = [QUESTION, "Strategien gjelder for byrådsavdelingene."]
    assert full.count_tokens(texts) == embedder.count_tokens(texts)
    assert full.embed_questions([]).shape == (0, full.dimensions)
    for ours, theirs in (
        (embedder.embed_questions(texts), full.embed_questions(texts)),
        (embedder.embed_passages(texts), full.embed_passages(texts)),
    ):
        assert (ours * theirs).sum(axis=1).min() > 0.985
    assert full.fingerprint.startswith("sentence-transformers:")


@pytest.mark.model
def test_unknown_sentence_transformers_model_gives_a_plain_message(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="ASSISTENT_EMBEDDING_MODELL"):
        SentenceTransformerEmbedder(str(tmp_path / "finnes-ikke"))
