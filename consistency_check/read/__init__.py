"""What a reply claims about which policy: sentences, values, policies, stance."""

from consistency_check.read.fingerprints import fingerprint_answers, fingerprint_wording
from consistency_check.read.reader import Reader, build_reader
from consistency_check.read.scoring import MIN_CONFIDENCE
from consistency_check.read.settling import Settler, settle_kept
from consistency_check.read.versions import VersionsReader

__all__ = [
    "MIN_CONFIDENCE",
    "Reader",
    "Settler",
    "VersionsReader",
    "build_reader",
    "fingerprint_answers",
    "fingerprint_wording",
    "settle_kept",
]
