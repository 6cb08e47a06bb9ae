"""Fit the weights of ``assistent/abstention.py`` on the development questions.

    python -m tests.evals.tune_abstention

Prints the weights to put into the module, the AUROC on the development set for off-topic and
near-miss questions, and a table of thresholds. Never reads a test set.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistent.abstention import holds_kind, read_signals
from assistent.answering import Assistant
from assistent.settings import load_settings
from tests.evals.questions import EvalQuestion, load_sets
from tests.evals.run import build_eval_assistant

_STEPS = 20_000
_RATE = 0.5
_RIDGE = 0.02


def auroc(positive: Sequence[float], negative: Sequence[float]) -> float:
    """Return the chance that a positive scores above a negative; ties count half."""
    p, n = np.array(positive)[:, None], np.array(negative)[None, :]
    return float(np.mean((p > n) + 0.5 * (p == n)))


def fit(x: NDArray[np.float64], y: NDArray[np.bool_]) -> tuple[NDArray[np.float64], float]:
    """Fit a ridge logistic regression with balanced classes by gradient descent."""
    mean, deviation = x.mean(0), x.std(0) + 1e-9
    z = np.c_[(x - mean) / deviation, np.ones(len(x))]
    weights = np.zeros(z.shape[1])
    balance = np.where(y, 0.5 / y.sum(), 0.5 / (~y).sum())
    for _ in range(_STEPS):
        error = (1 / (1 + np.exp(-z @ weights)) - y) * balance
        weights -= _RATE * (z.T @ error + _RIDGE * np.r_[weights[:-1], 0.0])
    slopes = weights[:-1] / deviation
    return slopes, float(weights[-1] - slopes @ mean)


def only_strategies(folder: Path) -> Path:
    """Copy the two strategies with their catalogue entries to an empty folder."""
    corpus = load_settings().corpus
    shutil.copytree(corpus / "strategi", folder / "strategi")
    entries = (corpus / "katalog.toml").read_text("utf-8").split("[[dokument]]")[1:]
    kept = ["[[dokument]]" + entry for entry in entries if 'fil = "strategi/' in entry]
    (folder / "katalog.toml").write_text("".join(kept), encoding="utf-8")
    return folder


def strategy_questions() -> list[EvalQuestion]:
    """Return the development questions that the two strategies alone answer, or no document."""
    return [
        question
        for question in load_sets("dev")
        if question.identity.startswith("dev-")
        and all(document.startswith("strategi/") for document, _ in question.gold)
    ]


Row = tuple[EvalQuestion, tuple[float, ...], bool]


def collect(assistant: Assistant, questions: Sequence[EvalQuestion]) -> list[Row]:
    """Return each question with its signals and whether the kind asked for is there."""
    rows: list[Row] = []
    for question in questions:
        draft = assistant.draft(question.text)
        if draft is None or draft.extract is None:
            continue
        signals = read_signals(draft.question, draft.hits, draft.extract)
        rows.append((question, signals.values(), holds_kind(draft.question, draft.extract)))
    return rows


def main() -> None:
    """Collect the signals of every development question and fit."""
    with tempfile.TemporaryDirectory() as folder:
        strategies = only_strategies(Path(folder))
        # The best of few passages scores lower than the best of many: fit on both sizes.
        rows = [
            *collect(build_eval_assistant(), load_sets("dev")),
            *collect(build_eval_assistant(strategies), strategy_questions()),
        ]
    x = np.array([values for _, values, _ in rows])
    y = np.array([question.answerable for question, _, _ in rows])
    slopes, bias = fit(x, y)
    print("WEIGHTS =", tuple(round(float(slope), 2) for slope in slopes))
    print("BIAS =", round(bias, 2))
    p = 1 / (1 + np.exp(-(x @ slopes + bias)))
    p = np.where([holds for _, _, holds in rows], p, 0.0)
    for miss in ("off", "near"):
        negative = [v for v, (q, _, _) in zip(p, rows, strict=True) if q.miss == miss]
        print(f"AUROC {miss}: {auroc(p[y].tolist(), negative):.3f}")
    print("threshold  answered  off refused  near refused")
    for threshold in np.arange(0.1, 0.75, 0.05):
        refused = {
            miss: np.mean(
                [v < threshold for v, r in zip(p, rows, strict=True) if r[0].miss == miss]
            )
            for miss in ("off", "near")
        }
        print(
            f"{threshold:9.2f}  {np.mean(p[y] >= threshold):8.3f}  {refused['off']:11.3f}"
            f"  {refused['near']:12.3f}"
        )


if __name__ == "__main__":
    main()
