"""What a reply claims about which policy: sentences, values, policies, stance."""

from consistency_check.read.reader import MIN_CONFIDENCE, Reader, build_reader

__all__ = ["MIN_CONFIDENCE", "Reader", "build_reader"]
