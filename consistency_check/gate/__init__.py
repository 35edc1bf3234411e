"""The gate: which findings of a report are new, which are known, and which somebody has accepted."""

from consistency_check.gate.baseline import show_baseline
from consistency_check.gate.files import open_gate
from consistency_check.gate.problems import GateError
from consistency_check.gate.standing import Gate, settle_report

__all__ = ["Gate", "GateError", "open_gate", "settle_report", "show_baseline"]
