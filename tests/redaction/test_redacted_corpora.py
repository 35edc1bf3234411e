"""Nobody of the corpora is left in the bytes of any format, and no value is damaged."""

import csv
import io
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from consistency_check.audit import run_audit
from consistency_check.identify import Spotter, fold_name
from consistency_check.intake import AuditSettings, Gathered, build_linker, load_knowledge, select_replies
from consistency_check.privacy import Privacy, describe_people
from consistency_check.redaction import Redactor
from consistency_check.redaction.words import read_name_words, read_plain_words
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


def list_words(names):
    return {word for name in names for word in re.findall(r"[^\W\d_]{3,}", name)}


def find_left(names, plain, shown):
    """What is left of names: whole ones, words that are nothing else, others behind a title or a greeting."""
    words = list_words(names)
    both = {word for word in words if fold_name(word) in read_name_words()}
    sure = {word for word in words - both if fold_name(word) not in plain}
    left = sure & set(re.findall(r"[^\W\d_]+", shown))
    left |= {
        name for name in names if " " in name and name in shown and not plain.issuperset(list_parts(name))
    }
    if both:
        cue = rf"\b(?:Dear|Hi|Hello|Mr|Mrs|Ms|Miss|Dr)\.? (?:{'|'.join(sorted(both))})\b"
        left |= set(re.findall(cue, shown))
    return left


def test_what_is_left_is_found():
    names = {"Rose Gold", "Dana Whitfield"}
    assert find_left(names, set(), "Hi Rose, Gold has a rose for Dana") == {"Hi Rose", "Dana"}
    assert find_left(names, set(), "as Rose Gold was told") == {"Rose Gold"}
    assert not find_left(names, set(), "the Gold tier, for person-1")


def list_parts(name):
    return re.findall(r"[^\W\d_]+", fold_name(name))


def make_settings(name):
    folder = CORPORA / name
    region = REGIONS.get(name, "GB")
    exports = (str(folder / "exports"),)
    return folder, AuditSettings(exports, folder / "policies", folder / "customers.csv", region=region)


@pytest.fixture(scope="module", params=["airline", "hotel", "retail"])
def audited(request):
    folder, settings = make_settings(request.param)
    privacy = Privacy(settings, KEY)
    report = run_audit(privacy.settings)
    return list(read_records(folder)), report, privacy.redact_report(report)


@pytest.mark.parametrize("name", sorted(path.name for path in CORPORA.iterdir() if path.is_dir()))
def test_nobody_is_left_in_the_texts_themselves(name):
    folder, settings = make_settings(name)
    linker = build_linker(settings, [])
    nodes = [(linker.add(reply), reply) for reply in select_replies(settings, Gathered(linker), None)]
    resolution = linker.resolve()
    wanted = {customer.key for customer in resolution.customers}
    people = describe_people(resolution, wanted, load_knowledge(settings))
    redactor = Redactor(replace(people, find=Spotter(resolution).find), KEY)
    names = gather(read_records(folder), *NAMES)
    assert list_words(names) & set(re.findall(r"[^\W\d_]+", " ".join(reply.text for _, reply in nodes)))
    for node, reply in nodes:
        key = resolution.customer_of(node).key
        shown = redactor.redact_text(f"{reply.text}\n\n{reply.question}", key, reply.agent)
        assert not find_left(names, people.public | read_plain_words() | DESKS, shown), reply.id


def test_nobody_of_a_corpus_is_left_in_any_format(audited):
    records, _, redacted = audited
    names = gather(records, *NAMES)
    keys = {key.casefold() for key in gather(records, "email", "customer_id", "booking_ref", "order_id")}
    keys |= {handle.lstrip("@").casefold() for handle in gather(records, "handle")}
    phones = {re.sub(r"\D", "", phone)[-9:] for phone in gather(records, "phone")}
    written = "|".join(re.escape(key) for key in sorted(keys) if len(key) > 4 or not key.isdecimal())
    for name in OUTPUTS:
        shown = render(redacted, name)
        assert not find_left(names, read_plain_words() | DESKS, shown), name
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
