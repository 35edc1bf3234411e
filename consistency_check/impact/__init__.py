"""The blast radius of a change: which answers that are out there it makes wrong, and which right."""

from consistency_check.impact.measure import measure_impact, measure_read_impact
from consistency_check.impact.versions import Versions, compare_versions, find_last_day

__all__ = ["Versions", "compare_versions", "find_last_day", "measure_impact", "measure_read_impact"]
