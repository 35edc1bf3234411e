"""One audit in a process of its own: `python -m tests.benchmarks.peak REPLIES POLICIES`.

Prints the replies audited, the claims read and the process's peak resident memory in bytes, as JSON.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from consistency_check.audit import run_audit
from consistency_check.intake import AuditSettings

STATUS = Path("/proc/self/status")


def measure_peak() -> int:
    """Peak resident memory of this process, bytes.

    Linux's own account is preferred to `getrusage`, which a process inherits from the one that started it.
    """
    if STATUS.exists():
        fields = dict(line.split(":", 1) for line in STATUS.read_text("ascii").splitlines())
        return int(fields["VmHWM"].split()[0]) * 1024
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def main() -> None:
    """The command."""
    summary = run_audit(AuditSettings((sys.argv[1],), Path(sys.argv[2]))).summary
    print(json.dumps({"replies": summary.replies, "claims": summary.claims, "bytes": measure_peak()}))


if __name__ == "__main__":
    main()
