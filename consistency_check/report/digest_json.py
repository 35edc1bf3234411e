"""`digest-json`: what the five lines of the digest say, as one object for a webhook."""

from __future__ import annotations

from typing import TextIO

from consistency_check.model import Report
from consistency_check.report.digest import build_digest
from consistency_check.report.escape import dump_json
from consistency_check.report.output import Output, ReportOptions
from consistency_check.report.plain import SCHEMA_VERSION


def write_digest_document(report: Report, stream: TextIO, options: ReportOptions) -> None:
    """One line of JSON. It has no answers, but a finding's message may quote what was said or asked."""
    del options
    digest, headline = build_digest(report), report.headline
    document = {
        "schema_version": SCHEMA_VERSION,
        "day": digest.day,
        "headline": digest.headline,
        "by_status": dict(digest.by_status),
        "asked_twice": headline.asked_twice,
        "recognised": headline.recognised,
        "told_different": headline.told_different,
        "findings": [
            {
                "id": finding.id,
                "status": finding.status.value,
                "severity": finding.severity.value,
                "check": finding.check,
                "policy": finding.policy,
                "customer": finding.customer,
                "message": finding.message,
            }
            for finding in digest.findings
        ],
        "more": digest.more,
    }
    stream.write(dump_json(document) + "\n")


OUTPUT = Output("digest-json", "the digest as one object, for a webhook", write_digest_document)
