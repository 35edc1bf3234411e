"""What a good knowledge base becomes: every key of the format, and where files may lie."""

import subprocess
import sys
from datetime import date
from pathlib import Path
from time import perf_counter

import pytest
import yaml

from consistency_check.model import DatedValue, KnowledgeBase, Policy, Severity, Source, Value
from consistency_check.policies import KnowledgeBaseError, load_policies
from consistency_check.values import parse_value

RETURNS = """\
topic: returns
title: Returns and refunds
owner: returns-team        # free text
questions:
  - How do I send something back?
keywords: [return, send back]

policies:
  window:
    statement: Items can be returned within {value} of delivery.
    type: duration
    value: 30 days
    questions:
      - How long do I have to return an item?
    phrasings:
      - you have {value} to send it back
    exceptions:
      - when: {tier: gold}
        value: 60 days
      - when: {category: [mattress, sofa]}
        value:
          2026-03-01: 100 days
          2025-03-01: 90 days
    severity: high
    favours: higher
    compare: at_most
    tolerance: 1 day
    source: https://intranet.example/returns#window
    examples:
      agrees: ["You've got a month to return it."]
      conflicts: ["Two weeks."]
      silent: ["Refunds take a week."]

  opened_items:
    statement: Opened items can be returned.
    type: yes_no
    value: no
    phrasings:
      yes: [we take opened items back]
      no: [we can only accept sealed items]

  refund_method:
    statement: Refunds are paid as {value}.
    type: choice
    value: store credit
    options:
      original payment method: [same card]
      store credit: [gift card, voucher]
      cash:

  processing_time:
    statement: >
      Refunds arrive
      within {value}.
    type: duration
    value:
      2026-03-01: 3-5 business days
      2024-01-01: 10 business days

  pickup_date:
    statement: The courier collects the parcel on {value}.
    type: date
    value: any
"""


def write_base(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def base(tmp_path: Path) -> KnowledgeBase:
    return load_policies(write_base(tmp_path, returns=RETURNS))


def load_entry(folder: Path, **fields: str) -> Policy:
    lines = "".join(f"    {name}: {text}\n" for name, text in fields.items())
    text = f"topic: t\npolicies:\n  p:\n    statement: It is {{value}}.\n{lines}"
    return load_policies(write_base(folder, t=text)).policies["t.p"]


def list_messages(path: Path) -> list[str]:
    with pytest.raises(KnowledgeBaseError) as raised:
        load_policies(path)
    return [str(problem) for problem in raised.value.problems]


def test_topic(base: KnowledgeBase, tmp_path: Path) -> None:
    topic = base.topics["returns"]
    assert (topic.title, topic.owner) == ("Returns and refunds", "returns-team")
    assert topic.questions == ("How do I send something back?",)
    assert topic.keywords == ("return", "send back")
    assert topic.policies == tuple(sorted(base.policies))
    assert topic.source == Source(str(tmp_path / "returns.yaml"), 1, 8)


def test_every_field_of_a_policy(base: KnowledgeBase, tmp_path: Path) -> None:
    policy = base.policies["returns.window"]
    assert policy.statement == "Items can be returned within {value} of delivery."
    assert (policy.topic, policy.type, policy.owner) == ("returns", "duration", "returns-team")
    assert policy.questions == ("How long do I have to return an item?",)
    assert policy.phrasings == ("you have {value} to send it back",)
    assert (policy.severity, policy.favours, policy.compare) == (Severity.HIGH, "higher", "at_most")
    assert policy.tolerance == parse_value("duration", "1 day")
    assert policy.reference == "https://intranet.example/returns#window"
    assert policy.agrees_examples == ("You've got a month to return it.",)
    assert policy.conflicts_examples == ("Two weeks.",)
    assert policy.silent_examples == ("Refunds take a week.",)
    path = str(tmp_path / "returns.yaml")
    assert policy.source == Source(path, 9, 3)
    assert policy.values == (DatedValue(None, parse_value("duration", "30 days"), Source(path, 12, 12)),)


def test_exceptions_keep_their_order_and_sort_their_days(base: KnowledgeBase, tmp_path: Path) -> None:
    gold, large = base.policies["returns.window"].exceptions
    assert gold.when == (("tier", ("gold",)),)
    assert large.when == (("category", ("mattress", "sofa")),)
    assert gold.source == Source(str(tmp_path / "returns.yaml"), 18, 9)
    assert [dated.since for dated in large.values] == [date(2025, 3, 1), date(2026, 3, 1)]


def test_yes_no(base: KnowledgeBase) -> None:
    policy = base.policies["returns.opened_items"]
    assert policy.values[0].value == parse_value("yes_no", "no")
    assert policy.phrasings == ()
    assert policy.yes_phrasings == ("we take opened items back",)
    assert policy.no_phrasings == ("we can only accept sealed items",)
    assert (policy.severity, policy.favours, policy.compare) == (Severity.MEDIUM, "", "")


def test_choice(base: KnowledgeBase) -> None:
    policy = base.policies["returns.refund_method"]
    assert policy.values[0].value == Value("choice", word="store credit")
    assert policy.options == (
        ("original payment method", ("same card",)),
        ("store credit", ("gift card", "voucher")),
        ("cash", ()),
    )


def test_dated_values_are_sorted_and_folded_text_is_one_line(base: KnowledgeBase) -> None:
    policy = base.policies["returns.processing_time"]
    assert [dated.since for dated in policy.values] == [date(2024, 1, 1), date(2026, 3, 1)]
    assert policy.statement == "Refunds arrive within {value}."


def test_any_is_no_fixed_value(base: KnowledgeBase) -> None:
    policy = base.policies["returns.pickup_date"]
    assert policy.values[0].value is None
    assert policy.is_open


@pytest.mark.parametrize(
    ("type_name", "written"),
    [
        ("time", "18:30"),
        ("time", "09:00-17:00"),
        ("number", "00123"),
        ("number", "1,000"),
        ("date", "2026-03-01"),
        ("money", "$5-$10"),
        ("percent", "10%"),
        ("contact", "+353 1 555 0163"),
        ("text", "no"),
        ("text", "0x1F"),
    ],
)
def test_a_scalar_is_text_until_its_type_reads_it(tmp_path: Path, type_name: str, written: str) -> None:
    assert load_entry(tmp_path, type=type_name, value=written).values[0].value == parse_value(
        type_name, written
    )


@pytest.mark.parametrize(
    ("type_name", "value", "written", "read_as"),
    [
        ("duration", "30 days", "1 day", "duration"),
        ("date", "2026-03-01", "1 day", "duration"),
        ("time", "18:30", "15 minutes", "duration"),
        ("money", "$5", "$1", "money"),
        ("percent", "10%", "2%", "percent"),
        ("number", "5", "1", "number"),
    ],
)
def test_tolerance(tmp_path: Path, type_name: str, value: str, written: str, read_as: str) -> None:
    policy = load_entry(tmp_path, type=type_name, value=value, tolerance=written)
    assert policy.tolerance == parse_value(read_as, written)


def test_a_tolerance_may_be_a_plain_number(tmp_path: Path) -> None:
    tolerance = load_entry(tmp_path, type="money", value="$5", tolerance="0.5").tolerance
    assert tolerance is not None
    assert tolerance.high == 0.5


def test_a_good_knowledge_base_needs_no_spelling_help(tmp_path: Path) -> None:
    write_base(tmp_path, returns=RETURNS, attributes="attributes:\n  tier:\n    gold:\n  category:\n")
    code = f"""
import sys
from pathlib import Path
from consistency_check.policies import load_policies
load_policies(Path({str(tmp_path)!r}))
sys.exit("rapidfuzz" in sys.modules)
"""
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("comment", ["# note", "## note", "#--- note", "# is this right?"])
def test_comments_after_a_text_are_no_slips(tmp_path: Path, comment: str) -> None:
    policy = load_entry(
        tmp_path, type="duration", value=f"30 days {comment}", source=f"https://x.example/#a {comment}"
    )
    assert policy.reference == "https://x.example/#a"


def test_attributes(tmp_path: Path) -> None:
    words = "attributes:\n  tier:\n    gold: [gold member, VIP]\n    100: []\n  category:\n    sofa: [sofa]\n"
    base = load_policies(write_base(tmp_path, returns=RETURNS, attributes=words))
    assert base.attributes == {
        "tier": {"gold": ("gold member", "VIP"), "100": ()},
        "category": {"sofa": ("sofa",)},
    }


def test_an_exception_may_name_values_that_only_the_replies_have(tmp_path: Path) -> None:
    words = "attributes:\n  tier:\n    silver:\n  category:\n    zone a: [zone A]\n"
    text = RETURNS.replace("[mattress, sofa]", "[zone b, zone c, sofa]")
    assert load_policies(write_base(tmp_path, returns=text, attributes=words)).policies


def test_without_attributes_any_field_of_the_replies_will_do(base: KnowledgeBase) -> None:
    assert base.attributes == {}


def test_subfolders_both_suffixes_and_what_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "more" / "deep").mkdir(parents=True)
    (tmp_path / ".git").mkdir()
    (tmp_path / "more" / "deep" / "returns.YML").write_text(RETURNS, encoding="utf-8")
    for name in ("returns.test.yaml", ".hidden.yaml", "notes.txt", ".git/x.yaml"):
        (tmp_path / name).write_text("}", encoding="utf-8")
    assert len(load_policies(tmp_path).policies) == 5


def test_one_file(tmp_path: Path) -> None:
    write_base(tmp_path, returns=RETURNS, broken="}")
    assert len(load_policies(tmp_path / "returns.yaml").policies) == 5


@pytest.mark.parametrize("change", ["bom", "crlf", "cr"])
def test_what_editors_do_to_files(tmp_path: Path, base: KnowledgeBase, change: str) -> None:
    data = RETURNS.encode()
    changed = {
        "bom": b"\xef\xbb\xbf" + data,
        "crlf": data.replace(b"\n", b"\r\n"),
        "cr": data.replace(b"\n", b"\r"),
    }
    (tmp_path / "returns.yaml").write_bytes(changed[change])
    assert load_policies(tmp_path) == base


def test_a_loop_of_links_ends(tmp_path: Path) -> None:
    write_base(tmp_path, returns=RETURNS)
    (tmp_path / "again").symlink_to(tmp_path, target_is_directory=True)
    assert len(load_policies(tmp_path).policies) == 5


def test_a_small_alias_is_written_out(tmp_path: Path) -> None:
    text = RETURNS.replace("[return, send back]", "[return, &back send back]")
    text = text.replace("- you have {value} to send it back", "- *back")
    assert load_policies(write_base(tmp_path, returns=text)).policies["returns.window"].phrasings == (
        "send back",
    )


def test_path_that_is_not_there(tmp_path: Path) -> None:
    assert list_messages(tmp_path / "polices") == [
        f"{tmp_path / 'polices'}: does not exist; name a folder of policy files"
    ]


def test_files_that_cannot_be_opened_do_not_hide_the_others(tmp_path: Path) -> None:
    write_base(tmp_path, broken="}")
    (tmp_path / "gone.yaml").symlink_to(tmp_path / "nowhere")
    (tmp_path / "loop.yaml").symlink_to(tmp_path / "loop.yaml")
    first, second, third = list_messages(tmp_path)
    assert first.startswith(f"{tmp_path / 'broken.yaml'}:1:1: ")
    assert "no file that can be read; replace it" in second
    assert "no file that can be read; replace it" in third


def test_a_file_over_the_limit(tmp_path: Path) -> None:
    (message,) = list_messages(write_base(tmp_path, large="#" * (1024 * 1024 + 1)))
    assert message.endswith("is larger than 1,024 KiB; split it into one file a topic")


@pytest.mark.parametrize("text", ["[" * 500_000, "- " * 500_000, "a: {" * 200_000, "? " * 500_000])
def test_nesting_without_end_is_stopped_early(tmp_path: Path, text: str) -> None:
    started = perf_counter()
    assert list_messages(write_base(tmp_path, deep=text))
    assert perf_counter() - started < 5


def test_many_slips_in_one_file_come_out_together(tmp_path: Path) -> None:
    entry = "  p{0}:\n    statement: {{value}} is it.\n    type: number\n    value: 1\n"
    text = "topic: t\npolicies:\n" + "".join(entry.format(n) for n in range(12))
    assert len(list_messages(write_base(tmp_path, t=text))) == 12


def test_more_slips_than_can_be_told_are_announced(tmp_path: Path) -> None:
    entry = "  p{0}:\n    statement: {{value}} is it.\n"
    text = "topic: t\npolicies:\n" + "".join(entry.format(n) for n in range(30))
    messages = list_messages(write_base(tmp_path, t=text))
    assert len(messages) == 21
    assert "holds more than these 20 entries" in messages[0]


def test_the_error_lists_all_problems_sorted(tmp_path: Path) -> None:
    write_base(tmp_path, b="}", a="}")
    with pytest.raises(KnowledgeBaseError) as raised:
        load_policies(tmp_path)
    assert str(raised.value).splitlines() == [str(problem) for problem in raised.value.problems]
    assert list(raised.value.problems) == sorted(raised.value.problems)


def test_500_policies_load_in_well_under_a_second(tmp_path: Path) -> None:
    entry = RETURNS[RETURNS.index("  window:") : RETURNS.index("  opened_items:")]
    for number in range(20):
        entries = "".join(entry.replace("window", f"window_{n}", 1) for n in range(25))
        write_base(tmp_path, **{f"t{number}": f"topic: t{number}\npolicies:\n{entries}"})
    ours, plain = [], []
    for _ in range(3):
        started = perf_counter()
        assert len(load_policies(tmp_path).policies) == 500
        ours.append(perf_counter() - started)
        started = perf_counter()
        for file in tmp_path.iterdir():
            yaml.load(file.read_text(encoding="utf-8"), yaml.SafeLoader)
        plain.append(perf_counter() - started)
    # A ratio holds on a busy machine too; alone, 500 policies take about 0.3 s and PyYAML's parser 0.7 s.
    assert min(ours) < min(plain)
