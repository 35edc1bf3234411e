"""What a reply claims about which policy: sentences, values, policies, stance."""

from consistency_check.read.reader import MIN_CONFIDENCE, Reader, build_reader
from consistency_check.read.threads import recall_questions
from consistency_check.read.versions import VersionsReader

__all__ = ["MIN_CONFIDENCE", "Reader", "VersionsReader", "build_reader", "recall_questions"]
