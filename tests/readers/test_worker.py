from __future__ import annotations

import subprocess
import sys


def loaded_after(code: str) -> str:
    script = f"{code}\nimport sys; print(' '.join(sys.modules))"
    return subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    ).stdout


def test_the_worker_carries_no_model_index_or_web_server() -> None:
    loaded = loaded_after(
        "import assistent.readers.worker\n"
        "assistent.readers.worker.spare_memory()\n"
        "import assistent.readers.pdf, assistent.readers.word\n"
        "import assistent.readers.slides, assistent.readers.web_page, assistent.readers.markdown"
    ).split()
    assert not {"torch", "chromadb", "gradio", "numpy", "transformers"} & set(loaded)


def test_importing_the_readers_imports_no_parser() -> None:
    loaded = loaded_after("import assistent.readers.sandbox").split()
    assert not {"pypdfium2", "pdfplumber", "docx", "pptx", "trafilatura", "lxml"} & set(loaded)
