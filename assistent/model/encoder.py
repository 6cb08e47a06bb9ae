"""Run the prepared ONNX file: texts in, unit vectors out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistent import texts_model
from assistent.errors import ModelError
from assistent.model.manifest import VOCABULARY, WEIGHTS
from assistent.model.unigram import UnigramTokenizer, Vocabulary

MAX_TOKENS = 512
"""The model's positions; longer texts are cut there. The two marks around a text count."""

QUESTION_PREFIX = "query: "
PASSAGE_PREFIX = "passage: "
"""The model was trained with one of the two before every text (Wang et al. 2024, section 3)."""

INPUT_IDS = "input_ids"
ATTENTION_MASK = "attention_mask"
OUTPUT = "embedding"


class OnnxEncoder:
    """The model as it stands in a folder, without prefixes.

    Texts are run one at a time. Dynamic int8 scales the activations of a whole batch at once, so
    in a batch a vector would depend on its neighbours; alone, equal texts have equal vectors
    whenever they are computed, which reusing stored vectors rests on. It costs nothing for
    passages (47 ms at 200 tokens, 53 ms in a batch of 16) and 2 ms for a short sentence.

    Raises:
        ModelError: the files are missing or damaged.
    """

    def __init__(self, folder: Path, *, threads: int) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        # Idle threads that spin take processor time from the web server beside them.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        try:
            self.tokenizer = UnigramTokenizer(Vocabulary.load(folder / VOCABULARY))
            self._session = onnxruntime.InferenceSession(
                str(folder / WEIGHTS), options, providers=["CPUExecutionProvider"]
            )
            self.dimensions = int(self._session.get_outputs()[0].shape[1])
        except Exception as error:  # onnxruntime's own errors share no other base
            raise ModelError(texts_model.model_damaged(str(folder))) from error

    def encode(self, sentences: Sequence[str]) -> NDArray[np.float32]:
        """Return one unit vector per text, shape (n, dimensions)."""
        vectors = np.empty((len(sentences), self.dimensions), dtype=np.float32)
        for row, sentence in enumerate(sentences):
            vectors[row] = self._encode_one(sentence)
        return vectors

    def _encode_one(self, sentence: str) -> NDArray[np.float32]:
        vocabulary = self.tokenizer.vocabulary
        content = self.tokenizer.encode(sentence, limit=MAX_TOKENS - 2)
        ids = np.array([[vocabulary.begin, *content, vocabulary.end]], dtype=np.int64)
        feed = {INPUT_IDS: ids, ATTENTION_MASK: np.ones_like(ids)}
        vector: NDArray[np.float32] = self._session.run([OUTPUT], feed)[0][0]
        return vector
