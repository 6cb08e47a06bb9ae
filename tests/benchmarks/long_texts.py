"""How the search for personal data grows with a text: ``python -m tests.benchmarks.long_texts``.

Printed are the processor time for texts that patterns find hard, and how many times that of a
quarter of the text it is: 4 grows with the length, 16 with its square.
"""

from __future__ import annotations

import time

from assistent.personal_data import find_personal_data

LONG_TEXTS = (
    "1 " * 10_000,
    "1" * 20_000,
    "12.34 " * 3_000,
    "+47 " * 5_000,
    "NO" + "1" * 19_000,
    "a@" * 10_000,
    "a." * 10_000,
    "a" * 20_000,
    "Kari har " * 2_000 + "kreft",
    "Kari har kreft " * 1_400,
    "kreft Kari " * 2_000,
    "Kari " * 4_000 + "kreft " * 4_000,
)
_TIMES = 3


def seconds(text: str) -> float:
    """Return the shortest processor time of a few."""
    spent = []
    for _ in range(_TIMES):
        began = time.process_time()
        find_personal_data(text)
        spent.append(time.process_time() - began)
    return min(spent)


def main() -> None:
    """Print the table."""
    print(f"{'text':14} characters       ms   times a quarter's")
    for text in LONG_TEXTS:
        whole, part = seconds(text), seconds(text[-len(text) // 4 :])
        print(f"{text[:12]:14} {len(text):10} {1000 * whole:8.1f} {whole / part:19.1f}")


if __name__ == "__main__":
    main()
