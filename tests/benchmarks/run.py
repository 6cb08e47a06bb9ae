"""All benchmarks, one after the other: ``make bench``."""

from __future__ import annotations

from tests.benchmarks import questions, readers


def main() -> None:
    """Run the benchmarks that need nothing from outside the repository."""
    questions.main()
    readers.main()


if __name__ == "__main__":
    main()
