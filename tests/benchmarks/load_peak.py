"""One loading in a process of its own: `python -m tests.benchmarks.load_peak EXPORT`.

Prints the replies and the process's peak resident memory in bytes, as JSON.
"""

from __future__ import annotations

import json
import sys

from consistency_check.load import load_replies
from consistency_check.model import Reply
from tests.benchmarks.peak import measure_peak

if __name__ == "__main__":
    count = sum(isinstance(item, Reply) for item in load_replies([sys.argv[1]]))
    print(json.dumps({"replies": count, "bytes": measure_peak()}))
