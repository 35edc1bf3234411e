"""`review` and `stats`: deciding by keys, by options and by a file; nothing decided is ever lost."""

import contextlib
import json
import os
import select
import signal
import time

import pytest
from typer.testing import CliRunner

from consistency_check.cli import app

LEDGER = "audit.duckdb"
DAY = ("--today", "2026-05-01")
DANA, MAX, ZOE = "dana@mail.example", "max@mail.example", "zoe@mail.example"


def add(project, number, who, text, channel="chat"):
    record = {
        "id": f"X{number}",
        "channel": channel,
        "email": who,
        "text": text,
        "sent_at": "2026-04-04T09:00:00Z",
    }
    with (project / "exports" / "all.jsonl").open("a") as stream:
        stream.write(json.dumps(record) + "\n")


@pytest.fixture
def audited(project, run, monkeypatch):
    """Dana's two findings, and the same wrong fee told to Max and Zoe."""
    monkeypatch.setenv("TERM", "dumb")
    add(project, 1, MAX, "A return label costs $9.")
    add(project, 2, ZOE, "A return label costs $9.")
    audit(run)
    return project


def audit(run, day="2026-05-01"):
    result = run("audit", "exports", "--ledger", LEDGER, "--today", day, "--format", "json")
    return {(each["customer"], each["check"]): each for each in json.loads(result.stdout)["findings"]}


def type_in(text, *options):
    arguments = ["review", LEDGER, "--author", "Kim", *DAY, *options]
    result = CliRunner().invoke(app, arguments, input=text, prog_name="consistency-check")
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def test_findings_are_shown_worst_first_and_decided_by_keys(audited, run):
    said = type_in("a\npromised by phone\n90d\nx\nf\nan old list\n")
    assert said.exit_code == 0
    assert (
        said.stdout.index("1 of 4: new") < said.stdout.index("2 of 4: new") < said.stdout.index("3 of 4: new")
    )
    assert "«Items can be returned within 14 days of delivery.»" in said.stdout
    assert "The same words settle 1 more finding." in said.stdout
    assert "3 findings decided (1 more by the same words), 0 left." in said.stdout
    found = audit(run, "2026-05-02")
    assert {key: (each["status"], each["status_reason"]) for key, each in found.items()} == {
        (DANA, "channel-conflict"): ("accepted", "promised by phone (Kim, 2026-05-01, until 2026-07-30)"),
        (DANA, "policy-conflict"): ("fixed", "(Kim, 2026-05-01)"),
        (MAX, "policy-conflict"): ("false", "an old list (Kim, 2026-05-01)"),
        (ZOE, "policy-conflict"): ("false", "an old list (Kim, 2026-05-01)"),
    }


def test_a_false_alarm_of_the_same_words_never_comes_back(audited, run):
    type_in("f\nold list\n", "--customer", MAX)
    add(audited, 3, "new@mail.example", "A return label costs $9.")
    add(audited, 4, "ann@mail.example", "A return label costs $8.")
    found = audit(run, "2026-05-02")
    assert found["new@mail.example", "policy-conflict"]["status"] == "false"
    assert found["ann@mail.example", "policy-conflict"]["status"] == "new", "other words are another matter"


def test_what_was_accepted_until_a_day_is_open_after_it(audited, run):
    type_in("a\ngoodwill\n2026-05-03\n", "--customer", MAX)
    assert audit(run, "2026-05-03")[MAX, "policy-conflict"]["status"] == "accepted"
    late = audit(run, "2026-05-04")[MAX, "policy-conflict"]
    assert (late["status"], "accepted until 2026-05-03" in late["status_reason"]) == ("reopened", True)


def test_a_false_alarm_that_is_decided_anew_settles_no_other_finding(audited, run):
    said = type_in("f\nold list\nb\na\nit is right after all\n\nq\n", "--policy", "returns.label_fee").stdout
    assert "The same words settle 1 more finding." in said
    assert "1 finding decided, 1 left." in said
    found = audit(run, "2026-05-02")
    assert found[MAX, "policy-conflict"]["status"] == "accepted"
    assert found[ZOE, "policy-conflict"]["status"] == "known"


def test_undo_brings_back_what_was_decided_before(audited, run):
    type_in("a\nfirst\n\n", "--customer", MAX)
    type_in("x\nu\nq\n", "--customer", MAX, "--status", "accepted")
    assert audit(run)[MAX, "policy-conflict"]["status_reason"].startswith("first (Kim")
    said = type_in("u\nq\n")
    assert "There is nothing to undo." in said.stdout


def test_nothing_is_lost_at_the_end_of_the_input(audited, run):
    said = type_in("x\na\nhalf a")
    assert said.exit_code == 0
    assert "1 finding decided, 3 left." in said.stdout
    assert [each["status"] for each in audit(run).values()].count("fixed") == 1


def test_other_keys_and_bad_answers_explain_themselves(audited):
    said = type_in("?\na\n\na\nwhy\nsoon\n2020-01-01\n1w\nb\nb\nq\n").stdout
    assert "f  false alarm" in said
    assert "Not accepted: that needs a reason." in said
    assert "'soon' is no day; write 2026-12-31, or 90d" in said
    assert "2020-01-01 is over; write a later day" in said
    assert "You decided: accepted: why (Kim, 2026-05-01, until 2026-05-08)" in said


def test_replies_of_the_customer_are_opened(audited):
    said = type_in("o\nq\n").stdout
    assert "Dana · dana@mail.example: 3 replies" in said
    assert "answered            «Items can be returned within 14 days of delivery.»" in said
    assert "A return label costs $7." in said, "all of them, not only those of the finding"


def test_filters(audited, run):
    assert "1 of 1:" in type_in("q\n", "--check", "channel-conflict").stdout
    assert "1 of 2:" in type_in("q\n", "--policy", "returns.label_fee").stdout
    assert "1 of 4:" in type_in("q\n", "--policy", "returns").stdout
    assert "Nothing to decide" in type_in("", "--status", "false").stdout
    refused = run("review", LEDGER, "--customer", "max@mail.exampel")
    assert (refused.exit_code, "did you mean max@mail.example?" in refused.stderr) == (2, True)


def test_an_audit_may_come_in_between(audited, run):
    """The ledger is not held while the person thinks."""
    from consistency_check.cli import desk

    def think(prompt):
        del prompt
        audit(run, "2026-05-02")
        return "x" if not asked.append(1) and len(asked) == 1 else "q"

    asked = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("consistency_check.cli.reviewing.ask_key", think)
        assert "1 finding decided" in run("review", LEDGER, *DAY).stdout
    assert desk.END == "\x04"
    assert [each["status"] for each in audit(run, "2026-05-02").values()].count("fixed") == 1


def test_decisions_by_options(audited, run):
    ids = {key: each["id"] for key, each in audit(run).items()}
    said = run(
        *("review", LEDGER, "--decide", f"{ids[MAX, 'policy-conflict']}=accepted", "--reason", "goodwill"),
        *("--expires", "90d", "--author", "Ann", *DAY),
    )
    assert (said.exit_code, said.stdout) == (0, "1 finding decided.\n")
    assert (
        audit(run)[MAX, "policy-conflict"]["status_reason"] == "goodwill (Ann, 2026-05-01, until 2026-07-30)"
    )
    run("review", LEDGER, "--decide", f"{ids[MAX, 'policy-conflict'][:6]}=open")
    assert audit(run)[MAX, "policy-conflict"]["status"] == "new"


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--decide", "ffff=false"], "--decide: 'ffff' is no finding of this ledger"),
        (["--decide", "ffff"], "write an id and a word"),
        (["--decide", "ffff=maybe"], "write one of accepted, false, fixed, open"),
        (["--decide", "ffff=accepted"], "accepts without a reason"),
        (["--decide", "ffff=accepted", "--reason", "x", "--expires", "soon"], "is no day"),
        (["--decide", "ffff=false", "--expires", "bogus"], "'bogus' is no day"),
        (["--decide", "ffff=false", "--expires", "90d"], "only what --decide accepts ends on a day"),
        (["--from", "none.csv"], "cannot be read"),
        (["--status", "old"], "write one of accepted, false, fixed, known, new, reopened"),
    ],
)
def test_what_cannot_be_decided_is_said(audited, run, options, words):
    result = run("review", LEDGER, *options)
    assert result.exit_code == 2
    assert words in " ".join(result.stderr.replace("│", " ").split())


def test_decisions_from_a_file_whose_bad_lines_are_told(audited, run):
    ids = {key: each["id"] for key, each in audit(run).items()}
    rows = [
        "finding,decision,reason,expires,author,message",
        f"{ids[MAX, 'policy-conflict']},false,old list,,Ann,x",
        f"{ids[MAX, 'policy-conflict']},false,old list,,Ann,a second answer of the same finding",
        f"{ids[DANA, 'policy-conflict']},,,,,nobody has decided yet",
        f"{ids[DANA, 'channel-conflict']},accepted,,,,",
        "0123456789abcdef,fixed,,,,",
        f"{ids[MAX, 'policy-conflict']},fixed,,,,",
        '"unfinished',
    ]
    (audited / "decided.csv").write_text("\n".join(rows))
    result = run("review", LEDGER, "--from", "decided.csv", *DAY)
    assert result.exit_code == 2
    assert result.stdout == "1 finding decided.\n"
    lines = result.stderr.splitlines()
    assert [line.split(":")[:2] for line in lines] == [["decided.csv", number] for number in "5678"]
    assert audit(run)[MAX, "policy-conflict"]["status_reason"] == "old list (Ann, 2026-05-01)"


def test_two_names_of_one_finding_are_one_finding(audited, run):
    ids = {key: each["id"] for key, each in audit(run).items()}
    name = ids[MAX, "policy-conflict"]
    (audited / "decided.csv").write_text(f"finding,decision\n{name[:8]},false\n{name.upper()},fixed\n")
    result = run("review", LEDGER, "--from", "decided.csv", *DAY)
    assert (result.exit_code, result.stdout) == (2, "1 finding decided.\n")
    assert result.stderr == f"decided.csv:3: decided.csv:2 decides otherwise on {name.upper()!r}; keep one\n"
    assert audit(run)[MAX, "policy-conflict"]["status"] == "false"


def test_one_day_is_of_those_that_accept(audited, run):
    ids = {key: each["id"] for key, each in audit(run).items()}
    accepted, false = ids[DANA, "policy-conflict"], ids[MAX, "policy-conflict"]
    decide = ("--decide", f"{accepted}=accepted", "--decide", f"{false}=false")
    assert run("review", LEDGER, *decide, "--reason", "x", "--expires", "90d", *DAY).exit_code == 0
    assert "until 2026-07-30" in audit(run)[DANA, "policy-conflict"]["status_reason"]
    (audited / "decided.csv").write_text(f"finding,decision,expires\n{false},fixed,2026-12-31\n")
    assert "leave '2026-12-31' out" in run("review", LEDGER, "--from", "decided.csv", *DAY).stderr


def test_a_line_separator_in_a_cell_ends_no_row(audited, run):
    ids = {key: each["id"] for key, each in audit(run).items()}
    row = f'{ids[MAX, "policy-conflict"]},false,"an\u2028old\u0085list"\n'
    (audited / "decided.csv").write_text("finding,decision,reason\n" + row, encoding="utf-8")
    assert run("review", LEDGER, "--from", "decided.csv", *DAY).exit_code == 0
    assert audit(run)[MAX, "policy-conflict"]["status_reason"].startswith("an\u2028old\u0085list (")


def test_decisions_from_json_lines(audited, run):
    ids = {key: each["id"] for key, each in audit(run).items()}
    lines = [json.dumps({"finding": ids[MAX, "policy-conflict"], "decision": False}), "[1]", "", "{"]
    (audited / "decided.jsonl").write_text("\n".join(lines))
    result = run("review", LEDGER, "--from", "decided.jsonl", *DAY)
    assert [line.split(":")[1] for line in result.stderr.splitlines()] == ["2", "4"]
    assert audit(run)[MAX, "policy-conflict"]["status"] == "false"


def test_stats_tell_how_often_alarms_were_right(audited, run):
    type_in("a\nyes\n\nx\nf\nno\n")
    shown = run("stats", LEDGER).stdout
    lines = [line.split() for line in shown.splitlines()]
    assert ["policy-conflict", "returns.label_fee", "0", "of", "1", "0%", "0%"] in lines
    assert ["channel-conflict", "returns.window", "1", "of", "1", "100%", "21%"] in lines
    assert lines.index(["policy-conflict", "returns.label_fee", "0", "of", "1", "0%", "0%"]) == 3
    document = json.loads(run("stats", LEDGER, "--format", "json").stdout)
    assert [each["false"] for each in document["precision"]] == [1, 0, 0]
    assert [night["day"] for night in document["nights"]] == ["2026-05-01"]
    assert len(run("stats", LEDGER, "--format", "csv").stdout.splitlines()) == 4
    assert (
        run("stats", LEDGER, "--format", "csv", "--nights")
        .stdout.splitlines()[1]
        .startswith('"1","2026-05-01","5"')
    )


class Terminal:
    """A real terminal with a process in it."""

    def __init__(self, *arguments):
        import pty
        import sys
        from pathlib import Path

        self.number, self.end = pty.fork()
        if self.number == 0:
            os.environ.update(TERM="xterm", PAGER="cat", PYTHONPATH=str(Path(__file__).parents[2]))
            os.execv(sys.executable, [sys.executable, "-m", "consistency_check", *arguments])
        self.shown = ""

    def wait_for(self, words, seconds=30):
        deadline = time.monotonic() + seconds
        while words not in self.shown:
            ready, _, _ = select.select([self.end], [], [], max(0.0, deadline - time.monotonic()))
            assert ready, f"{words!r} does not come: {self.shown[-500:]!r}"
            self.shown += os.read(self.end, 65536).decode("utf-8", "replace")
        self.shown = self.shown.partition(words)[2]

    def press(self, keys):
        os.write(self.end, keys.encode())

    def finish(self):
        with contextlib.suppress(OSError):  # Linux ends a terminal nobody holds with an error
            while os.read(self.end, 65536):
                pass
        return os.waitstatus_to_exitcode(os.waitpid(self.number, 0)[1])


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a pseudo terminal")
@pytest.mark.parametrize(("last", "status"), [("q", 0), ("\x04", 0), ("\x03", 130)])
def test_single_keys_in_a_terminal(audited, run, last, status):
    terminal = Terminal("review", LEDGER, "--author", "Kim", *DAY)
    terminal.wait_for("1 of 4")
    terminal.wait_for("> ")
    terminal.press("\x1b[C")
    terminal.wait_for("2 of 4")
    terminal.wait_for("> ")
    terminal.press("a")
    terminal.wait_for("Why is it accepted?")
    time.sleep(0.5)  # an interrupt between the prompt and the wait for a line would come with the line
    terminal.press("\x03")
    terminal.wait_for("Given up.")
    terminal.wait_for("> ")  # keys pressed before it are dropped
    terminal.press("x")
    terminal.wait_for("3 of 4")
    terminal.wait_for("> ")
    terminal.press(last)
    terminal.wait_for("1 finding decided, 3 left.")
    assert terminal.finish() == status
    assert [each["status"] for each in audit(run).values()].count("fixed") == 1


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a pseudo terminal")
def test_a_review_that_is_killed_keeps_what_was_decided(audited, run):
    terminal = Terminal("review", LEDGER, "--author", "Kim", *DAY)
    terminal.wait_for("> ")
    terminal.press("x")
    terminal.wait_for("2 of 4")
    os.kill(terminal.number, signal.SIGKILL)
    assert terminal.finish() == -signal.SIGKILL
    assert [each["status"] for each in audit(run).values()].count("fixed") == 1
