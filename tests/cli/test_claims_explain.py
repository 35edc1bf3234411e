"""`claims --explain`, and `--min-confidence` of the commands that read replies."""

import json
import re

import pytest

from consistency_check.read import MIN_CONFIDENCE

HOSTILE = "\x1b[31mItems can be returned within 14 days of delivery.\x1b]0;x\x07 [bold]\u202eabc\r\n:smile:"


def fold(text):
    return " ".join(text.split())


def write_reply(project, **record):
    path = project / "exports" / "extra.jsonl"
    path.write_text(json.dumps({"id": "X1", "channel": "sms", **record}) + "\n", encoding="utf-8")


def test_a_reply_is_shown_with_each_step_of_its_reading(project, run):
    result = run("claims", "exports", "--explain", "R0")
    assert (result.exit_code, result.stderr) == (0, "")
    shown = fold(result.stdout)
    for words in (
        "R0 · email · 2026-04-01 10:00+00:00 · Kim",
        "exports/all.jsonl:1; customer dana@mail.example, linked by email",
        "Question How long do I have to return an item?",
        "Reply Items can be returned within 14 days of delivery.",
        "“within 14 days”: up to 14 days (duration)",
        "Cues met",
        "returns.window, up to 14 days: a claim",
        "returns.window: up to 14 days, conflicts, confidence 0.",
        "the policy says 30 days (the general value); said in “Items can be returned within 14 days",
    ):
        assert words in shown
    assert "\x1b" not in result.stdout


@pytest.mark.parametrize("least", ["0", "0.5"])
def test_it_tells_of_the_same_claims_as_claims(project, run, least):
    write_reply(project, text="Thank you for your letter of 4 days ago. The label is $7, for 30 days.")
    lines = [
        json.loads(line) for line in run("claims", "exports", "--min-confidence", least).stdout.splitlines()
    ]
    for name in ("R0", "R1", "R2", "X1"):
        own = [line for line in lines if line["reply_id"] == name]
        shown = fold(run("claims", "exports", "--min-confidence", least, "--explain", name).stdout)
        assert shown.count(": a claim") == len(own)
        assert re.search(rf"Claims ─+ {len(own)}\b", shown)
        for line in own:
            assert f"{line['policy']}: {line['value']}, {line['verdict']}, confidence " in shown


def test_it_is_judged_as_the_customer_whom_the_other_replies_tell(project, run):
    policies = project / "policies" / "returns.yaml"
    gold = "    severity: high\n    exceptions: [{when: {tier: gold}, value: 14 days}]\n"
    policies.write_text(policies.read_text("utf-8").replace("    severity: high\n", gold), encoding="utf-8")
    (project / "crm.csv").write_text("customer_id,email,tier\nC7,dana@mail.example,gold\n", encoding="utf-8")
    shown = fold(run("claims", "exports", "--customers", "crm.csv", "--explain", "R0").stdout)
    assert "customer C7" in shown
    assert "tier gold" in shown
    assert "14 days, agrees" in shown


def test_what_the_customer_asked_before_is_shown(project, run):
    records = [
        {"id": "T1", "text": "One moment.", "question": "How long do I have to return it?"},
        {"id": "T2", "text": "Up to 14 days.\n\n\n\nBye.", "question": "Hello?"},
    ]
    lines = [json.dumps({"channel": "chat", "conversation_id": "t", **r}) + "\n" for r in records]
    (project / "exports" / "chat.jsonl").write_text("".join(lines), encoding="utf-8")
    output = run("claims", "exports", "--explain", "T2").stdout
    assert "Asked before        How long do I have to return it?" in output
    assert "Reply               Up to 14 days.\n\n                    Bye.\n" in output


def test_a_reply_that_claims_nothing_says_so(project, run):
    write_reply(project, text="Good morning!")
    result = run("claims", "exports", "--explain", "X1")
    assert result.exit_code == 0
    assert "X1 · sms · no date" in result.stdout
    shown = fold(result.stdout)
    assert (
        f"none: nothing was sure enough; a claim counts from the confidence {MIN_CONFIDENCE:g}, one" in shown
    )


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--explain", "R9"], ["no reply 'R9'; 3 replies were read; did you mean 'R2' or 'R1' or 'R0'?"]),
        (["--explain", "r0 "], ["did you mean 'R0'?"]),
        (["--explain", "zzzzzz"], ["3 replies were read; write an id such as 'R0'"]),
        (["--explain", ""], ["no reply ''", "3 replies were read"]),
        (["--explain", "R1", "--channel", "email"], ["1 reply was read (left out: 2 in other channels)"]),
        (["--explain", "R1", "--since", "2027-01-01"], ["no reply was read", "3 before 2027-01-01"]),
        (["--explain", "\x1b[31m"], ["no reply '\\x1b[31m'"]),
        (["--explain", "R1", "--near-misses"], ["leave one of --explain and --near-misses out"]),
        (["--explain", "R1", "--topic", "retuns"], ["no topic 'retuns'"]),
        (["--explain", "R1", "--output-file", "none/x.txt"], ["none"]),
    ],
)
def test_what_cannot_be_explained_is_exit_status_2_and_a_message(project, run, arguments, words):
    result = run("claims", "exports", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    shown = fold(result.stderr)
    for word in words:
        assert word in shown
    assert "\x1b" not in result.stderr


def test_an_id_of_any_length_gives_a_short_message(project, run):
    assert len(run("claims", "exports", "--explain", "x" * 5000).stderr) < 300


def test_a_reply_cannot_steer_the_terminal(project, run):
    write_reply(project, text=HOSTILE, question="\x1b[2Jwhen?", agent="\x9bM", tier="\x07gold")
    result = run("claims", "exports", "--explain", "X1", "--min-confidence", "0.2")
    assert result.exit_code == 0
    assert not set(result.stdout) & set("\x1b\x07\x9b\u202e\r")
    assert "␛[31mItems can be returned" in result.stdout
    assert "[bold]‹U+202E›abc" in result.stdout
    assert ":smile:" in result.stdout
    assert "returns.window: up to 14 days, conflicts" in fold(result.stdout)


def test_only_the_topics_asked_for_are_considered(project, run):
    fees = "topic: fees\npolicies: {late: {statement: 'Late is {value}.', type: money, value: $7}}\n"
    (project / "policies" / "fees.yaml").write_text(fees, encoding="utf-8")
    shown = run("claims", "exports", "--explain", "R2", "--topic", "fees").stdout
    assert "returns.label_fee" not in shown
    assert "“$7”" in shown


def test_it_can_be_written_to_a_file(project, run):
    result = run("claims", "exports", "--explain", "R0", "--output-file", "why.txt")
    assert (result.exit_code, result.stdout) == (0, "")
    written = (project / "why.txt").read_text(encoding="utf-8")
    assert written == run("claims", "exports", "--explain", "R0").stdout


def test_a_higher_confidence_counts_fewer_claims(project, run):
    low, middle, high = (
        run("claims", "exports", "--min-confidence", least).stdout for least in (0, MIN_CONFIDENCE, 1)
    )
    assert middle == run("claims", "exports").stdout
    assert low.count("\n") >= middle.count("\n") == 3
    assert high == ""
    misses = run("claims", "exports", "--near-misses", "--min-confidence", "1").stdout
    assert '"policy": "returns.window"' in misses
    explained = run("claims", "exports", "--explain", "R0", "--min-confidence", "1").stdout
    assert "none: nothing was sure enough; a claim counts from the confidence 1, one that disagrees" in fold(
        explained
    )


def test_an_audit_counts_only_claims_that_are_sure_enough(project, run):
    arguments = ("audit", "exports", "--format", "json", "--min-confidence")
    assert json.loads(run(*arguments, "0.5").stdout)["summary"]["claims"] == 3
    result = run(*arguments, "1")
    assert result.exit_code == 2, "nothing compared is not all clear"
    assert json.loads(result.stdout)["summary"]["claims"] == 0
