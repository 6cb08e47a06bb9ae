"""Fit the weights of ``assistent/abstention.py`` on the development questions.

    python -m tests.evals.tune_abstention [--write]

Prints what each layer adds (out of fold, eight folds, five times), a table of thresholds and the
calibration, and writes ``assistent/data/abstention.json`` if asked. Never reads a test set.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

import assistent
from assistent.abstention import KIND_SIGNALS, TOPIC_SIGNALS, Signals, read_signals
from assistent.answering import Assistant
from assistent.settings import load_settings
from tests.evals.assistants import build_eval_assistant
from tests.evals.questions import EvalQuestion, load_sets

TARGET = Path(assistent.__file__).parent / "data" / "abstention.json"
_STRENGTH = 0.3  # inverse of the ridge penalty
_FOLDS, _REPEATS = 8, 5
# An answer this little above the threshold is shown with a doubt.
_DOUBT = 0.15
Numbers = NDArray[np.float64]


def auroc(positive: Sequence[float] | Numbers, negative: Sequence[float] | Numbers) -> float:
    """Return the chance that a positive scores above a negative; ties count half."""
    p, n = np.asarray(positive)[:, None], np.asarray(negative)[None, :]
    return float(np.mean((p > n) + 0.5 * (p == n)))


@dataclass(frozen=True)
class Rows:
    """The signals of the development questions, one row each.

    ``miss`` is ``off``, ``near`` or empty for an answerable question.
    """

    signals: list[Signals]
    miss: NDArray[np.str_]

    @property
    def answerable(self) -> NDArray[np.bool_]:
        """Which rows have an answer."""
        return self.miss == ""

    def table(self, names: Sequence[str]) -> Numbers:
        """Return some signals, shape (rows, names)."""
        return np.array([[getattr(s, name) for name in names] for s in self.signals])


def only_strategies(folder: Path) -> Path:
    """Copy the two strategies with their catalogue entries to an empty folder."""
    corpus = load_settings().corpus
    shutil.copytree(corpus / "strategi", folder / "strategi")
    entries = (corpus / "katalog.toml").read_text("utf-8").split("[[dokument]]")[1:]
    kept = ["[[dokument]]" + entry for entry in entries if 'fil = "strategi/' in entry]
    (folder / "katalog.toml").write_text("".join(kept), encoding="utf-8")
    return folder


def strategy_questions() -> list[EvalQuestion]:
    """Return the development questions that the two strategies answer, or no document."""
    return [
        question
        for question in load_sets("dev")
        if question.identity.startswith("dev-")
        and (
            not question.gold
            or any(document.startswith("strategi/") for document, _ in question.gold)
        )
    ]


def collect(assistant: Assistant, questions: Sequence[EvalQuestion]) -> list[tuple[Signals, str]]:
    """Return the signals of each question with what it misses."""
    rows = []
    for question in questions:
        draft = assistant.draft(question.text, question.history)
        if draft is not None and draft.extract is not None:
            signals = read_signals(draft.question, draft.hits, draft.extract)
            rows.append((signals, "" if question.answerable else question.miss))
    return rows


def fit(x: Numbers, y: NDArray[np.bool_]) -> tuple[Numbers, float]:
    """Fit a ridge logistic regression with balanced classes; return slopes and bias."""
    model = make_pipeline(
        StandardScaler(),
        LogisticRegression(C=_STRENGTH, class_weight="balanced", max_iter=5000),
    ).fit(x, y)
    scaler, regression = model[0], model[-1]
    slopes = regression.coef_[0] / scaler.scale_
    return slopes, float(regression.intercept_[0] - slopes @ scaler.mean_)


def predict(x: Numbers, slopes: Numbers, bias: float) -> Numbers:
    """Return probabilities, shape (rows,)."""
    return 1 / (1 + np.exp(-(x @ slopes + bias)))


def out_of_fold(rows: Rows, names: Sequence[str], against: Sequence[str]) -> Numbers:
    """Return each row's probability from models that have not seen it.

    Args:
        against: the misses that count as negative; rows of the others are left out of fitting.
    """
    x, y = rows.table(names), rows.answerable
    used = y | np.isin(rows.miss, against)
    total = np.zeros(len(y))
    for repeat in range(_REPEATS):
        folds = StratifiedKFold(_FOLDS, shuffle=True, random_state=repeat)
        for train, held in folds.split(x, rows.miss):
            chosen = train[used[train]]
            total[held] += predict(x[held], *fit(x[chosen], y[chosen]))
    return total / _REPEATS


def describe(name: str, rows: Rows, p: Numbers) -> None:
    """Print the AUROC of one way of scoring."""
    y = rows.answerable
    parts = [f"{miss} {auroc(p[y], p[rows.miss == miss]):.3f}" for miss in ("off", "near")]
    print(f"{name:44} AUROC {'  '.join(parts)}  all {auroc(p[y], p[~y]):.3f}")


def main() -> None:
    """Collect the signals of every development question, compare the layers, fit."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--write", action="store_true")
    write = parser.parse_args().write
    with tempfile.TemporaryDirectory() as folder:
        strategies = only_strategies(Path(folder))
        # The best of few passages scores lower than the best of many: fit on both sizes.
        pairs = [
            *collect(build_eval_assistant(), load_sets("dev")),
            *collect(build_eval_assistant(strategies), strategy_questions()),
        ]
    rows = Rows([signals for signals, _ in pairs], np.array([miss for _, miss in pairs]))
    report(rows, write=write)


def report(rows: Rows, *, write: bool) -> None:
    """Print what the layers add, fit, calibrate, choose thresholds."""
    y = rows.answerable
    print({miss or "answerable": int((rows.miss == miss).sum()) for miss in ("", "near", "off")})
    describe("likeness alone (best statement)", rows, rows.table(["sentence"])[:, 0])
    describe("likeness alone (score of the best hit)", rows, rows.table(["score"])[:, 0])
    topic = out_of_fold(rows, TOPIC_SIGNALS, ["off"])
    describe("topic", rows, topic)
    for left_out in ("", "demanded", "tie", "gap", "certain", "missing_names"):
        names = [name for name in KIND_SIGNALS if name != left_out]
        kind = out_of_fold(rows, names, ["near"])
        label = f"topic × kind without «{left_out}»" if left_out else "topic × kind"
        describe(label, rows, topic * kind)
    kind = out_of_fold(rows, KIND_SIGNALS, ["near"])
    describe("kind", rows, kind)
    product = np.clip(topic * kind, 1e-6, 1 - 1e-6)
    odds = np.log(product / (1 - product))[:, None]
    platt = LogisticRegression(C=1e6, max_iter=5000).fit(odds, y)
    slope, offset = float(platt.coef_[0][0]), float(platt.intercept_[0])
    support = predict(odds, np.array([slope]), offset)
    print("threshold  answered  refusal precision  recall    F1   off  near")
    best = (0.0, 0.0)
    for threshold in np.arange(0.2, 0.81, 0.02):
        refused = support < threshold
        right = float((refused & ~y).sum())
        precision, recall = right / max(refused.sum(), 1), right / (~y).sum()
        f1 = 2 * precision * recall / max(precision + recall, 1e-9)
        shares = [float(refused[rows.miss == miss].mean()) for miss in ("off", "near")]
        print(
            f"{threshold:9.2f}  {1 - refused[y].mean():8.3f}  {precision:17.3f}  {recall:6.3f}"
            f"  {f1:.3f}  {shares[0]:.2f}  {shares[1]:.2f}"
        )
        best = max(best, (f1, float(threshold)))
    bins = np.clip((support * 10).astype(int), 0, 9)
    error = sum(
        abs(support[bins == b].mean() - y[bins == b].mean()) * (bins == b).mean()
        for b in np.unique(bins)
    )
    print(f"expected calibration error {error:.3f}; best F1 {best[0]:.3f} at {best[1]:.2f}")
    if write:
        _write(rows, slope, offset, best[1])


def _write(rows: Rows, slope: float, offset: float, refuse_below: float) -> None:
    y = rows.answerable
    models = {}
    for key, names, against in (
        ("topic", TOPIC_SIGNALS, "off"),
        ("kind", KIND_SIGNALS, "near"),
    ):
        used = y | (rows.miss == against)
        slopes, bias = fit(rows.table(names)[used], y[used])
        weights = {name: round(float(w), 3) for name, w in zip(names, slopes, strict=True)}
        models[key] = {"weights": weights, "bias": round(bias, 3)}
    data = {
        **models,
        "slope": round(slope, 3),
        "offset": round(offset, 3),
        "refuse_below": round(refuse_below, 2),
        "uncertain_below": round(min(0.9, refuse_below + _DOUBT), 2),
    }
    TARGET.write_text(json.dumps(data, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"wrote {TARGET.name}")


if __name__ == "__main__":
    main()
