"""The embedding model as the assistant sees it: questions and passages in, unit vectors out.

Two adapters: the built-in model (:mod:`assistent.model`), which needs neither torch nor
transformers, and any other sentence-transformers model, which is one setting.
"""

from __future__ import annotations

import hashlib
import os
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from assistent import texts_model
from assistent.errors import ModelError
from assistent.model import manifest
from assistent.model.encoder import PASSAGE_PREFIX, QUESTION_PREFIX, OnnxEncoder

Vectors = NDArray[np.float32]
"""One row per text, each of length 1, so that a dot product is a cosine."""

_ADAPTER_VERSION = "1"
"""Raised when prefixes, normalisation, pooling or cutting change, so that an index is rebuilt."""


class Embedder(Protocol):
    """Turns text into vectors. Questions and passages are told apart, as the model was trained so.

    Texts longer than the model reads are cut. Equal text in NFC and NFD has equal vectors.
    """

    @property
    def dimensions(self) -> int:
        """Length of a vector."""

    @property
    def fingerprint(self) -> str:
        """Name, weights and treatment of the text; vectors of another fingerprint do not mix."""

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector per question, shape (n, dimensions)."""

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector per passage, shape (n, dimensions)."""

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return the tokens of each text, without prefix and the marks around it."""


class OnnxEmbedder:
    """The built-in model, multilingual-e5-small in 8 bits, on onnxruntime.

    Args:
        folder: what :func:`assistent.model.prepare_model` made.
        threads: processor threads for one text.

    Raises:
        ModelError: the folder holds no model, or a damaged one.
    """

    def __init__(self, folder: Path, *, threads: int = 1) -> None:
        found = manifest.read_manifest(folder)
        if found is None:
            missing = not folder.is_dir() or not any(folder.iterdir())
            message = texts_model.model_missing if missing else texts_model.model_damaged
            raise ModelError(message(str(folder)))
        if not manifest.sizes_match(folder, found):
            raise ModelError(texts_model.model_damaged(str(folder)))
        self._encoder = OnnxEncoder(folder, threads=threads)
        self.dimensions = self._encoder.dimensions
        self.fingerprint = f"{found.fingerprint()}:{_ADAPTER_VERSION}"

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector per question, shape (n, dimensions)."""
        return self._encoder.encode([QUESTION_PREFIX + text for text in texts])

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector per passage, shape (n, dimensions)."""
        return self._encoder.encode([PASSAGE_PREFIX + text for text in texts])

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return the tokens of each text, without prefix and the marks around it."""
        return [len(self._encoder.tokenizer.encode(text)) for text in texts]


class SentenceTransformerEmbedder:
    """Any other sentence-transformers model, on torch.

    Prefixes are the model's own prompts named query and passage (or document); where it has none
    and is called e5 something, those that e5 models were trained with; otherwise nothing.

    Args:
        name_or_path: a folder, or the name of a model that is already in the local cache.
        threads: processor threads for torch, in the whole process.

    Raises:
        ModelError: there is no such model on this machine.
    """

    def __init__(self, name_or_path: str, *, threads: int = 1) -> None:
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
        import torch
        from sentence_transformers import SentenceTransformer

        torch.set_num_threads(threads)
        try:
            self._model = SentenceTransformer(name_or_path, device="cpu")
            self.dimensions = int(self._model.encode(["a"], show_progress_bar=False).shape[1])
        except Exception as error:  # the libraries raise whatever a file's fault leads to
            raise ModelError(texts_model.other_model_unusable(name_or_path)) from error
        self._question_prefix, self._passage_prefix = _prefixes(name_or_path, self._model.prompts)
        self.fingerprint = self._identify(Path(name_or_path).name)

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector per question, shape (n, dimensions)."""
        return self._embed(texts, self._question_prefix)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector per passage, shape (n, dimensions)."""
        return self._embed(texts, self._passage_prefix)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return the tokens of each text, without prefix and the marks around it."""
        tokenizer = self._model.tokenizer
        return [
            len(tokenizer(unicodedata.normalize("NFC", text), add_special_tokens=False).input_ids)
            for text in texts
        ]

    def _embed(self, sentences: Sequence[str], prefix: str) -> Vectors:
        if not sentences:
            return np.empty((0, self.dimensions), dtype=np.float32)
        # prompt="" keeps the library from adding the model's default prompt to our prefix.
        vectors = self._model.encode(
            [prefix + unicodedata.normalize("NFC", sentence) for sentence in sentences],
            prompt="",
            normalize_embeddings=True,
            show_progress_bar=False,
        )
        return np.asarray(vectors, dtype=np.float32)

    def _identify(self, name: str) -> str:
        """Return name, weights and everything else that decides a vector, the latter hashed."""
        digest = hashlib.sha256()
        for key, weights in sorted(self._model.state_dict().items()):
            digest.update(key.encode())
            digest.update(weights.contiguous().cpu().numpy())
        # The printed form of the modules names pooling and normalisation, not any folder.
        rest = [str(module) for module in list(self._model)[1:]]
        prefixes = (self._question_prefix, self._passage_prefix)
        digest.update(repr((rest, self._model.max_seq_length, prefixes)).encode())
        return f"{name}:{digest.hexdigest()[:16]}:{_ADAPTER_VERSION}"


def load_embedder(folder: Path, model: str | None, threads: int = 1) -> Embedder:
    """Load the built-in model from ``folder``, or the sentence-transformers model ``model``.

    Raises:
        ModelError: it is missing or damaged.
    """
    if model is None:
        return OnnxEmbedder(folder, threads=threads)
    return SentenceTransformerEmbedder(model, threads=threads)


def _prefixes(name: str, prompts: Mapping[str, str | None]) -> tuple[str, str]:
    """Return what stands before a question and before a passage."""
    question = prompts.get("query") or ""
    passage = prompts.get("passage") or prompts.get("document") or ""
    if question or passage:
        return question, passage
    if "e5" in Path(name).name.lower():
        return QUESTION_PREFIX, PASSAGE_PREFIX
    return "", ""
