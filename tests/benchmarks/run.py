"""All benchmarks, one after the other: ``make bench``, ``make bench NORQUAD=validation.json``."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks import norquad, questions, readers, scale


def main(words: Sequence[str] | None = None) -> None:
    """Run the benchmarks that need nothing from outside, and NorQuAD where its file is given."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--norquad", type=Path, help="a NorQuAD file to measure the search on")
    chosen = parser.parse_args(words)
    questions.main()
    scale.main([])
    if chosen.norquad is not None:
        norquad.main(["--data", str(chosen.norquad)])
    readers.main([])


if __name__ == "__main__":
    main()
