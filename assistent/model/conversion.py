"""Turn the packed model into a sentence-transformers folder, and that into an int8 ONNX file.

This is the only part of the built-in model that needs torch, and only while preparing.
"""

from __future__ import annotations

import json
import logging
import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistent.model.encoder import (
    ATTENTION_MASK,
    INPUT_IDS,
    OUTPUT,
    PASSAGE_PREFIX,
    QUESTION_PREFIX,
)
from assistent.model.fast_tokenizer import MASK, TOKENIZER, fast_tokenizer, tokenizer_config
from assistent.model.packed import PackedModel
from assistent.model.unigram import Vocabulary

_OPSET = 17

_MATRICES = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "fi": "intermediate.dense",
    "fo": "output.dense",
}
_NORMS = {"aln": "attention.output.LayerNorm", "oln": "output.LayerNorm"}
"""Names of a layer's parts: in the packed file, in transformers' BertModel."""


@contextmanager
def quiet_libraries() -> Iterator[None]:
    """Keep the libraries from the network, and their warnings and bars from the screen."""
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    from transformers.utils import logging as transformers_logging

    bars: Any = transformers_logging  # its switches have no type hints
    bars.disable_progress_bar()
    before = logging.root.manager.disable
    logging.disable(logging.WARNING)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(before)
        bars.enable_progress_bar()


def vocabulary_of(source: PackedModel) -> Vocabulary:
    """Return the tokenizer's vocabulary and rules.

    The character map is NFKC but for control characters, more kinds of space, and some 70
    characters that are younger than the map and never occur in Norwegian.
    """
    becomes = source.character_map.items()
    special = [source.begin, source.end, source.padding, source.unknown]
    return Vocabulary(
        pieces=list(source.pieces),
        scores=[float(str(score)) for score in source.scores],  # as short as 32 bits allow
        begin=source.begin,
        end=source.end,
        padding=source.padding,
        unknown=source.unknown,
        special=[*special, source.pieces.index(MASK)],
        spaces="".join(character for character, text in becomes if text == " "),
        dropped="".join(character for character, text in becomes if text == ""),
    )


def write_training_model(source: PackedModel, folder: Path) -> None:
    """Write a complete sentence-transformers model in 32 bits into ``folder``."""
    from safetensors.numpy import save_file
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import (
        Normalize,
        Pooling,
        Transformer,
    )

    bare = folder.with_name(folder.name + "-bare")
    bare.mkdir()
    save_file(_bert_weights(source), bare / "model.safetensors", metadata={"format": "pt"})
    _write_json(bare / "config.json", _bert_config(source))
    vocabulary = vocabulary_of(source)
    _write_json(bare / "tokenizer_config.json", tokenizer_config(vocabulary))
    fast_tokenizer(vocabulary).save(str(bare / TOKENIZER), pretty=False)
    model = SentenceTransformer(
        modules=[Transformer(str(bare)), Pooling(source.hidden, "mean"), Normalize()],
        prompts={"query": QUESTION_PREFIX, "passage": PASSAGE_PREFIX},
        device="cpu",
    )
    model.save(str(folder), create_model_card=False)
    for path in bare.iterdir():
        path.unlink()
    bare.rmdir()


def export_onnx(training: Path, target: Path) -> None:
    """Write the model with pooling and normalisation as one ONNX file in 32 bits.

    Inputs are token ids and their mask, shape (n, tokens); the output has shape (n, dimensions).
    """
    import torch
    from transformers import AutoModel

    class Pooled(torch.nn.Module):  # type: ignore[misc, unused-ignore]
        """Mean over the tokens, then length 1: what the sentence-transformers folder does."""

        def __init__(self) -> None:
            super().__init__()
            # The plain attention has the simplest graph, which onnxruntime fuses itself.
            self.bert = AutoModel.from_pretrained(training, attn_implementation="eager")

        def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
            states = self.bert(input_ids=ids, attention_mask=mask).last_hidden_state
            weights = mask.unsqueeze(-1).to(states.dtype)
            mean = (states * weights).sum(1) / weights.sum(1)
            return torch.nn.functional.normalize(mean, dim=1)

    ids = torch.tensor([[0, 5, 6, 2], [0, 7, 2, 1]])
    axes = {0: "texts", 1: "tokens"}
    with torch.no_grad():
        # The newer exporter needs the package onnxscript and gains nothing here.
        torch.onnx.export(
            Pooled().eval(),
            (ids, (ids != 1).long()),
            str(target),
            input_names=[INPUT_IDS, ATTENTION_MASK],
            output_names=[OUTPUT],
            dynamic_axes={INPUT_IDS: axes, ATTENTION_MASK: axes, OUTPUT: {0: "texts"}},
            opset_version=_OPSET,
            dynamo=False,
        )


def quantise(source: Path, target: Path) -> None:
    """Write the ONNX file with 8-bit weights.

    One scale per output channel: mean cosine to 32 bits 0.996 against 0.987 with one per matrix.
    Seven of the eight bits are used, as processors without VNNI overflow with all of them; that
    costs less than 0.001.
    """
    from onnxruntime.quantization import QuantType, quantize_dynamic

    quantize_dynamic(
        source, target, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True
    )


def _bert_weights(source: PackedModel) -> dict[str, NDArray[np.float32]]:
    hidden = source.hidden
    weights = {
        "embeddings.word_embeddings.weight": source.tensor("emb.word").reshape(-1, hidden),
        "embeddings.position_embeddings.weight": source.tensor("emb.pos").reshape(-1, hidden),
        "embeddings.token_type_embeddings.weight": source.tensor("emb.type").reshape(-1, hidden),
        "embeddings.LayerNorm.weight": source.tensor("emb.ln.w"),
        "embeddings.LayerNorm.bias": source.tensor("emb.ln.b"),
        # BertModel has a pooler, which mean pooling leaves unused and the file leaves out.
        "pooler.dense.weight": np.zeros((hidden, hidden), dtype=np.float32),
        "pooler.dense.bias": np.zeros(hidden, dtype=np.float32),
    }
    for layer in range(source.layers):
        for short, name in (_MATRICES | _NORMS).items():
            weight = source.tensor(f"l{layer}.{short}.w")
            bias = source.tensor(f"l{layer}.{short}.b")
            if short in _MATRICES:
                weight = weight.reshape(bias.size, -1)
            weights[f"encoder.layer.{layer}.{name}.weight"] = weight
            weights[f"encoder.layer.{layer}.{name}.bias"] = bias
    return weights


def _bert_config(source: PackedModel) -> dict[str, Any]:
    return {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "vocab_size": source.rows,
        "hidden_size": source.hidden,
        "num_hidden_layers": source.layers,
        "num_attention_heads": source.heads,
        "intermediate_size": source.feed_forward,
        "hidden_act": "gelu",
        "max_position_embeddings": source.positions,
        "type_vocab_size": source.token_types,
        "layer_norm_eps": source.epsilon,
        "pad_token_id": source.padding,
        "hidden_dropout_prob": 0.1,
        "attention_probs_dropout_prob": 0.1,
        "initializer_range": 0.02,
    }


def _write_json(path: Path, values: dict[str, Any]) -> None:
    path.write_text(json.dumps(values, indent=2), encoding="utf-8")
