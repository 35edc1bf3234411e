"""Nights of a small company: policies, a file of replies, and audits that go on from a ledger."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

from consistency_check.audit import run_audit
from consistency_check.follow_up import run_follow_up
from consistency_check.intake import AuditSettings
from consistency_check.ledger import open_ledger, read_ledger
from consistency_check.model import Status
from tests.cli.conftest import POLICIES

RIGHT = "You have 30 days to send it back."
WRONG = "Items can be returned within 14 days of delivery."
FEE = "A return label costs $9."


class Company:
    """Its folder, and what it does at night."""

    def __init__(self, folder):
        self.folder = folder
        self.ledger = folder / "audit.duckdb"
        self.records = []
        (folder / "policies").mkdir()
        self.policies = folder / "policies" / "returns.yaml"
        self.policies.write_text(POLICIES, encoding="utf-8")
        self.settings = AuditSettings((str(folder / "all.jsonl"),), folder / "policies")

    def tell(self, who, channel, day, text, **rest):
        number = len(self.records) + 1
        self.records.append(
            {
                "id": f"R{number}",
                "channel": channel,
                "sent_at": f"{day}T10:00:00Z" if day else "",
                "text": text,
                "agent": "Kim",
                "email": f"{who}@mail.example",
                "name": who.title(),
                **rest,
            }
        )
        return self.records[-1]

    def write(self):
        lines = (json.dumps({k: v for k, v in record.items() if v != ""}) for record in self.records)
        Path(self.settings.sources[0]).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")

    def night(self, day="2026-05-01", ledger=None):
        """The report of a night."""
        self.write()
        with open_ledger(ledger or self.ledger) as opened:
            return run_follow_up(opened, self.settings, date.fromisoformat(day)).report

    def audit(self):
        """The findings of an audit from scratch."""
        self.write()
        return run_audit(self.settings).findings

    def open(self, **rest):
        return open_ledger(self.ledger, **rest)

    def read(self):
        return read_ledger(self.ledger)


def strip(findings, *, places=True):
    """Findings without what only a ledger knows, by id; without `places`, as they stand in no file."""
    return sorted(
        (
            replace(
                each,
                status=Status.NEW,
                status_reason="",
                first_seen="",
                last_seen="",
                answers=each.answers if places else tuple(replace(a, source="") for a in each.answers),
            )
            for each in findings
        ),
        key=lambda each: each.id,
    )
