"""Assistants over an index built for measuring, gone when the process ends."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from datetime import date
from pathlib import Path

from assistent import bootstrap
from assistent.answering import Assistant
from assistent.settings import load_settings

# Standings depend on the day; a fixed one keeps the figures repeatable.
TODAY = date(2026, 11, 22)


def build_eval_assistant(corpus: Path | None = None) -> Assistant:
    """Build an index of the corpus, the settings' own by default, and open it."""
    settings = load_settings()
    folder = Path(tempfile.mkdtemp(prefix="assistent-eval-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    chosen = settings.model_copy(update={"index": folder, "corpus": corpus or settings.corpus})
    bootstrap.rebuild_index(chosen, progress=lambda step, done, total: None)
    return bootstrap.build_assistant(chosen, today=lambda: TODAY)
