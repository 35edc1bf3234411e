"""An audit on a cluster of two executors, one of which is killed: `python -m tests.engines.executors FOLDER`.

FOLDER holds `exports`, `policies` and `customers.csv`; the report is printed as JSON.
"""

from __future__ import annotations

import sys
from pathlib import Path

from consistency_check.engines.spark import audit_sources
from consistency_check.intake import AuditSettings
from consistency_check.report import ReportOptions, write_report
from tests.engines.dying import Dying


def main(folder: Path, mark: str) -> None:
    """The command."""
    settings = AuditSettings(
        (str(folder / "exports"),),
        policies=folder / "policies",
        customers=folder / "customers.csv",
        response_times=Dying(mark, "executor"),
    )
    report = audit_sources(settings, "local-cluster[2,1,512]").make_report()
    write_report("json", report, sys.stdout, ReportOptions())


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
