"""The gate: which findings of a report are new, which are known, and which somebody has accepted."""

from consistency_check.gate.baseline import load_baseline, show_baseline
from consistency_check.gate.problems import GateError
from consistency_check.gate.standing import settle_report

__all__ = ["GateError", "load_baseline", "settle_report", "show_baseline"]
