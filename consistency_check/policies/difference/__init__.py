"""What changed in meaning between two versions of a knowledge base; how it is written is no change."""

from consistency_check.policies.difference.answers import describe_answers
from consistency_check.policies.difference.compare import compare_policies
from consistency_check.policies.difference.renames import pair_policies

__all__ = ["compare_policies", "describe_answers", "pair_policies"]
