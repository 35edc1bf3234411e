"""Nobody of the corpora is left in the bytes of any format, and no value is damaged."""

import csv
import io
import json
import re
from pathlib import Path

import pytest

from consistency_check.audit import run_audit
from consistency_check.identify import fold_name
from consistency_check.intake import AuditSettings
from consistency_check.privacy import Privacy
from consistency_check.redaction.names import read_common_words
from consistency_check.report import OUTPUTS, ReportOptions, write_report
from consistency_check.values import find_mentions

CORPORA = Path(__file__).parents[1] / "corpora"
KEY = bytes(range(32))
REGIONS = {"airline": "IE", "carhire": "AU", "hotel": "US", "retail": "US"}
NAMES = ("name", "agent")
# Agents that are desks and shops: their names are words of teams, channels and policies too.
DESKS = frozenset(("baggage", "boulder", "claims", "refunds", "repairs", "sms", "social", "soho"))


def render(report, name):
    stream = io.StringIO()
    write_report(name, report, stream, ReportOptions())
    return stream.getvalue()


def read_records(folder):
    with (folder / "customers.csv").open(encoding="utf-8") as stream:
        yield from csv.DictReader(stream)
    for path in sorted((folder / "exports").glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            yield json.loads(line)


def gather(records, *fields):
    said = (
        part.strip()
        for record in records
        for field in fields
        for part in (record.get(field) or "").split(";")
    )
    return {part for part in said if part}


@pytest.fixture(scope="module", params=["airline", "hotel", "retail"])
def audited(request):
    folder = CORPORA / request.param
    settings = AuditSettings(
        (str(folder / "exports"),),
        folder / "policies",
        folder / "customers.csv",
        region=REGIONS.get(request.param, "GB"),
    )
    privacy = Privacy(settings, KEY)
    report = run_audit(privacy.settings)
    return list(read_records(folder)), report, privacy.redact_report(report)


def test_nobody_of_a_corpus_is_left_in_any_format(audited):
    records, _, redacted = audited
    words = {word for name in gather(records, *NAMES) for word in re.findall(r"[^\W\d_]{3,}", name)}
    words = {word for word in words if fold_name(word) not in read_common_words() | DESKS}
    keys = {key.casefold() for key in gather(records, "email", "customer_id", "booking_ref", "order_id")}
    keys |= {handle.lstrip("@").casefold() for handle in gather(records, "handle")}
    phones = {re.sub(r"\D", "", phone)[-9:] for phone in gather(records, "phone")}
    written = "|".join(re.escape(key) for key in sorted(keys) if len(key) > 4)
    for name in OUTPUTS:
        shown = render(redacted, name)
        assert not words & set(re.findall(r"[^\W\d_]+", shown)), name
        assert not re.search(rf"(?<!\w)(?:{written})(?!\w)", shown.casefold()), name
        digits = re.sub(r"[ ().+-]", "", shown)
        assert not {phone for phone in phones if phone in digits}, name


def test_no_value_of_a_corpus_is_damaged(audited):
    _, report, redacted = audited
    assert [finding.id for finding in report.findings] == [finding.id for finding in redacted.findings]
    for before, after in zip(report.findings, redacted.findings, strict=True):
        assert (before.expected, before.reason, before.severity) == (
            after.expected,
            after.reason,
            after.severity,
        )
        for told, shown in zip(before.answers, after.answers, strict=True):
            assert told.value == shown.value
            assert (told.start, told.end) == (shown.start, shown.end)
            at = shown.start - shown.context_start
            assert shown.context[at : at + len(shown.quote)] == shown.quote
            kept = [mention.value for mention in find_mentions(shown.quote)]
            lost = [each.value for each in find_mentions(told.quote) if each.value not in kept]
            assert all(value.type == "contact" for value in lost), told.quote


def test_customers_stay_countable(audited):
    _, report, redacted = audited
    pairs = {(a.customer, b.customer) for a, b in zip(report.findings, redacted.findings, strict=True)}
    assert len(pairs) == len({key for key, _ in pairs}) == len({shown for _, shown in pairs})
    assert all(re.fullmatch(r"customer-[0-9a-f]{12}", shown) for _, shown in pairs)
