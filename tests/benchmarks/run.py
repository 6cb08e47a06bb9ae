"""All benchmarks, one after the other: ``make bench``."""

from __future__ import annotations

from tests.benchmarks import questions


def main() -> None:
    """Run the benchmarks that need nothing from outside the repository."""
    questions.main()


if __name__ == "__main__":
    main()
