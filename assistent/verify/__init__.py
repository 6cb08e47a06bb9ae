"""Proof before showing."""

from assistent.verify.prover import Prover
from assistent.verify.verdict import Fault, Verdict

__all__ = ["Fault", "Prover", "Verdict"]
