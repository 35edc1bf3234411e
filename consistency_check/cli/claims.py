"""`claims`: what the replies say, one JSON line a claim."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from consistency_check.cli import options

if TYPE_CHECKING:
    from consistency_check.model import JudgedClaim


def claims(
    paths: options.Sources,
    policies: options.Policies = Path("policies"),
    customers: options.Customers = None,
    output_file: options.OutputFile = None,
    channel: options.Channels = None,
    topic: options.Topics = None,
    since: options.Since = None,
    until: options.Until = None,
    timezone: options.Timezone = "UTC",
    region: options.Region = "US",
    near_misses: options.NearMisses = False,
    quiet: options.Quiet = False,
) -> None:
    """Print what the replies claim, a JSON line each."""
    from consistency_check.audit import AuditSettings, run_claims, run_near_misses
    from consistency_check.cli.output import check_output, open_output
    from consistency_check.cli.progress import show_progress
    from consistency_check.report.escape import dump_json

    settings = AuditSettings(
        sources=tuple(paths),
        policies=policies,
        customers=customers,
        channels=tuple(channel or ()),
        topics=tuple(topic or ()),
        since=options.read_day("--since", since),
        until=options.read_day("--until", until),
        timezone=timezone,
        region=region,
    )
    check_output(output_file)
    with show_progress(settings.sources, quiet) as progress:
        lines: Iterable[dict[str, Any]]
        if near_misses:
            lines = [asdict(miss) for miss in run_near_misses(settings, progress)]
        else:
            lines = map(build_line, run_claims(settings, progress))
    with open_output(output_file) as stream:
        for line in lines:
            stream.write(dump_json(line) + "\n")


def build_line(judged: JudgedClaim) -> dict[str, Any]:
    """One claim as formats.md names its fields."""
    from consistency_check.values import show_value

    claim = judged.claim
    return {
        "reply_id": claim.reply_id,
        "channel": judged.reply.channel,
        "customer": judged.customer.key,
        "topic": judged.policy.topic,
        "policy": claim.policy,
        "value": show_value(claim.value),
        "verdict": judged.judgement.verdict.value,
        "quote": claim.quote,
        "start": claim.start,
        "end": claim.end,
        "confidence": claim.confidence,
        "case": dict(claim.case),
        "reason": judged.judgement.reason,
    }
