"""`nightly`: one run, several outputs, and what becomes of it when something is not as it should be."""

import json
import signal
import stat
import subprocess
import sys
import time
from datetime import date

import pytest

from tests.cli.conftest import build_record

CONFIG = ".consistency-check.yaml"
LEDGER = ".consistency-check.duckdb"
WRONG = "Items can be returned within 14 days of delivery."
RIGHT = "Items can be returned within 30 days of delivery."


@pytest.fixture
def site(project):
    """A folder that is configured for its nights."""
    (project / CONFIG).write_text(
        "paths: [exports]\npolicies: policies\nfail-on: high\n"
        "output: [markdown=page.md, 'json=night-{day}.json']\n",
        encoding="utf-8",
    )
    return project


@pytest.fixture
def add(site):
    """Add the export of another day: one reply by e-mail."""

    def add_export(day, text, number):
        record = build_record(number, "email", day, "How long do I have to return an item?", text)
        (site / "exports" / f"{day}.jsonl").write_text(json.dumps(record) + "\n", encoding="utf-8")

    return add_export


def read_night(site, day):
    return json.loads((site / f"night-{day}.json").read_text(encoding="utf-8"))


def read_statuses(site, day):
    return sorted(each["status"] for each in read_night(site, day)["findings"])


def test_one_run_writes_all_outputs_and_keeps_the_ledger_beside_the_configuration(site, run, monkeypatch):
    (site / "sub").mkdir()
    monkeypatch.chdir(site / "sub")
    result = run("nightly", "--today", "2026-04-04")
    assert (result.exit_code, result.stdout) == (1, "")
    assert (site / "page.md").read_text(encoding="utf-8").startswith("#")
    assert read_night(site, "2026-04-04")["summary"]["replies"] == 3
    assert stat.S_IMODE((site / LEDGER).stat().st_mode) == 0o600
    assert not list(site.glob(".*.part"))


def test_the_outputs_say_what_an_audit_with_the_ledger_says(site, run):
    run("nightly", "--today", "2026-04-04")
    options = ["--ledger", "other.duckdb", "--today", "2026-04-04"]
    audited = run("audit", *options, "--format", "json", "--quiet").stdout
    assert (site / "night-2026-04-04.json").read_text(encoding="utf-8") == audited


def test_the_second_night_knows_the_first(site, run, add):
    run("nightly", "--today", "2026-04-04")
    first = read_night(site, "2026-04-04")["findings"]
    add("2026-04-05", "Items can be returned within 10 days of delivery.", 7)
    assert run("nightly", "--today", "2026-04-05").exit_code == 1
    second = read_night(site, "2026-04-05")["findings"]
    new = {each["id"] for each in second if each["status"] == "new"}
    assert new
    assert not new & {each["id"] for each in first}
    (site / "exports" / "2026-04-05.jsonl").unlink()
    assert run("nightly", "--today", "2026-04-06").exit_code == 0, "nothing is new"


def test_baseline_and_fail_on_are_heeded_as_by_audit(site, run):
    assert run("nightly", "--fail-on", "critical").exit_code == 0
    assert run("nightly", "--exit-zero").exit_code == 0
    assert run("nightly", "--max-new", "9").exit_code == 0
    run("baseline", "create")
    assert run("nightly", "--baseline", ".consistency-check-baseline").exit_code == 0


def test_flag_over_environment_over_file(site, run, monkeypatch):
    monkeypatch.setenv("CONSISTENCY_CHECK_OUTPUT", "csv=a.csv,jsonl=b.jsonl")
    assert run("nightly").exit_code == 1
    assert {each.name for each in site.iterdir()} >= {"a.csv", "b.jsonl", LEDGER}
    assert not (site / "page.md").exists()
    run("nightly", "--output", "csv=c.csv", "--ledger", "own.duckdb")
    assert (site / "c.csv").exists()
    assert (site / "own.duckdb").exists()


def test_a_dash_is_standard_output(site, run):
    assert "returns.window" in run("nightly", "--output", "concise=-").stdout


def test_without_an_output_the_ledger_is_kept_and_the_log_says_so(project, run):
    result = run("nightly", "exports")
    assert result.exit_code == 1
    assert "no output is named" in result.stderr
    assert (project / LEDGER).exists()


@pytest.mark.parametrize("broken", ["json=gone/night.json", "json=/dev/full"])
def test_an_output_that_cannot_be_written_keeps_no_other_and_not_the_ledger(site, run, broken):
    result = run("nightly", "--output", broken, "--output", "csv=page.csv", "--today", "2026-04-04")
    assert result.exit_code == 2
    assert "output-failed" in result.stderr
    assert broken.partition("=")[2] in result.stderr
    assert (site / "page.csv").read_text(encoding="utf-8").startswith('"finding",')
    assert "new=0" in run("nightly", "--today", "2026-04-05").stderr, "the ledger kept the first night"


@pytest.mark.parametrize(
    ("outputs", "words"),
    [
        (["page.html"], ["page.html", "a format and a file"]),
        (["jsn=a"], ["did you mean json?"]),
        (["json={date}.json"], ["{date}", "only {day}"]),
        (["json=a", "csv=./a"], ["a file of its own"]),
        (["json=exports/a.json"], ["is read (exports)"]),
        ([f"json={LEDGER}"], ["is read (--ledger)"]),
        ([f"json={CONFIG}"], ["is read (the configuration)"]),
        (["json=policies/a.json"], ["is read (--policies)"]),
        (["json=.consistency-check-accept.yaml"], ["is read (--accept)"]),
        (["json=.consistency-check-redact.key"], ["is read (--redact-key)"]),
    ],
)
def test_a_wrong_output_is_refused_before_anything_is_done(site, run, outputs, words):
    result = run("nightly", *(part for each in outputs for part in ("--output", each)))
    assert result.exit_code == 2
    for word in words:
        assert word in result.stderr
    assert not (site / LEDGER).exists()


@pytest.mark.parametrize("source", ["exports/all.jsonl", "exports/*.jsonl", "email=./exports/*", "e?ports"])
@pytest.mark.parametrize("output", ["exports/all.jsonl", "exports/more.jsonl"])
def test_a_night_writes_over_no_export_however_it_is_named(site, run, source, output):
    is_read = not (source == "exports/all.jsonl" and output == "exports/more.jsonl")
    before = (site / "exports" / "all.jsonl").read_bytes()
    result = run("nightly", source, "--output", f"jsonl={output}")
    assert (result.exit_code, f"{output} is read (" in result.stderr) == (
        (2, True) if is_read else (1, False)
    )
    assert (site / "exports" / "all.jsonl").read_bytes() == before


def test_a_night_writes_over_no_list_of_customers(site, run):
    (site / "crm.csv").write_text("customer_id,email\n1,dana@mail.example\n")
    result = run("nightly", "--customers", "crm.csv", "--output", "csv=crm.csv")
    assert (result.exit_code, "crm.csv is read (--customers)" in result.stderr) == (2, True)
    assert (site / "crm.csv").read_text().startswith("customer_id")


def test_what_stands_beside_exports_may_be_written(site, run):
    (site / "exports" / "sub").mkdir()
    result = run("nightly", "exports/*.jsonl", "--output", "jsonl=exports/sub/a.jsonl")
    assert (result.exit_code, (site / "exports" / "sub" / "a.jsonl").exists()) == (1, True)


def test_a_configured_file_of_links_is_left_aside_at_night(site, run):
    with (site / CONFIG).open("a") as stream:
        stream.write("links: links.jsonl\n")
    assert run("nightly").exit_code == 1


def test_a_wrong_output_of_the_file_is_named_with_its_place(site, run):
    (site / CONFIG).write_text("paths: [exports]\noutput: [jsn=a]\n", encoding="utf-8")
    assert f"{CONFIG}:2:9: " in run("nightly").stderr


@pytest.mark.parametrize(
    "option", [["--since", "2026-01-01"], ["--channel", "email"], ["--topic", "returns"], ["--links", "l"]]
)
@pytest.mark.parametrize("dry", [[], ["--dry-run"]])
def test_a_part_of_the_replies_is_no_night(site, run, option, dry):
    result = run("nightly", *option, *dry)
    assert result.exit_code == 2
    assert option[0] in result.stderr


def test_no_more_is_shown_of_a_reply_than_asked_for(site, run):
    run("nightly", "--today", "2026-04-04", "--context", "0")
    (window,) = [
        each for each in read_night(site, "2026-04-04")["findings"] if each["check"] == "policy-conflict"
    ]
    assert all(each["context"] == each["quote"] for each in window["answers"])


def test_where_nothing_can_be_compared_the_exit_status_is_2(site, run):
    (site / "exports" / "all.jsonl").write_text("", encoding="utf-8")
    result = run("nightly", "--log-level", "error")
    assert result.exit_code == 2
    assert "Nothing was compared" in result.stderr


def test_what_is_older_than_it_is_kept_leaves_the_ledger_for_good(site, run, add):
    add("2026-03-01", RIGHT, 8)
    run("nightly", "--today", "2026-04-04")
    assert read_night(site, "2026-04-04")["summary"]["replies"] == 4
    result = run("nightly", "--today", "2026-04-05", "--keep-days", "3")
    assert "replies-retired before=2026-04-02 replies=2" in result.stderr
    assert "replies-loaded new=0" in result.stderr, "the exports still hold them"
    assert "fixed=0" in result.stderr, "what leaves was not mended"
    assert "ledger-rewritten" in result.stderr
    assert read_night(site, "2026-04-05")["summary"]["replies"] == 2
    later = run("nightly", "--today", "2026-04-05", "--keep-days", "3")
    assert "replies-retired before=2026-04-02 replies=0" in later.stderr
    assert "ledger-rewritten" not in later.stderr


def test_the_oldest_day_kept_is_so_many_days_before_the_run(site, run, monkeypatch):
    asked = []

    class Erased:
        replies = 5

    def retire(ledger, before):
        asked.append(before)
        return Erased

    monkeypatch.setattr("consistency_check.follow_up.retire", retire)
    run("nightly", "--today", "2026-04-30", "--keep-days", "365")
    run("nightly", "--today", "2026-04-30")
    assert asked == [date(2025, 4, 30)]


def test_a_dry_run_says_what_would_be_done_and_does_nothing(site, run):
    before = sorted(each.name for each in site.iterdir())
    size = sum(each.stat().st_size for each in (site / "exports").iterdir())
    result = run("nightly", "--dry-run", "--today", "2026-04-04", "--keep-days", "30")
    assert (result.exit_code, result.stderr) == (0, "")
    assert sorted(each.name for each in site.iterdir()) == before
    for words in (
        f"exports: 1 file, {size} bytes",
        "policies: 2 policies",
        f"{LEDGER}: not there yet",
        "replies of 2026-03-05 and later",
        "markdown in page.md",
        "json in night-2026-04-04.json",
    ):
        assert words in result.stdout
    run("nightly", "--today", "2026-04-04")
    kept = (site / LEDGER).read_bytes()
    assert "3 replies, last run for 2026-04-04" in run("nightly", "--dry-run").stdout
    assert (site / LEDGER).read_bytes() == kept


def test_a_dry_run_finds_what_would_fail(site, run):
    result = run("nightly", "--dry-run", "--output", "json=gone/a.json", "--customers", "crm.csv")
    assert result.exit_code == 2
    assert "gone" in result.stderr
    assert "crm.csv" in result.stderr
    assert "without --dry-run it would fail" in result.stdout


@pytest.mark.parametrize(
    "options",
    [
        ["--timezone", "Mars/Olympus"],
        ["--region", "XX"],
        ["--reference", "("],
        ["--ledger", "gone/a.duckdb"],
        ["--ledger", "exports"],
    ],
)
def test_a_dry_run_fails_where_the_night_would(site, run, options):
    tried = run("nightly", "--dry-run", *options)
    done = run("nightly", "--log-level", "error", *options)
    assert (tried.exit_code, done.exit_code) == (2, 2)
    said = tried.stderr.splitlines()[-1].removeprefix("--ledger: ")
    assert said.partition("; ")[0] in " ".join(done.stderr.replace('\\"', '"').split())
    assert "it would be" not in tried.stdout


def test_a_first_night_that_failed_is_as_if_it_had_not_been(site, run):
    run("nightly", "--region", "XX")
    assert "not there yet" in run("nightly", "--dry-run").stdout
    for command in (["stats"], ["ledger", "info"], ["review"]):
        assert "there is no ledger" in run(*command, LEDGER).stderr
    assert run("nightly").exit_code == 1


HOLD = (
    "import duckdb, sys, time; held = duckdb.connect(sys.argv[1])\nprint('held', flush=True)\ntime.sleep({})"
)


def hold_ledger(site, seconds):
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD.format(seconds), str(site / LEDGER)], stdout=subprocess.PIPE
    )
    assert holder.stdout.readline() == b"held\n"
    return holder


def test_a_ledger_in_use_is_waited_for_and_then_given_up(site, run):
    run("nightly", "--today", "2026-04-04")
    with hold_ledger(site, 60) as holder:
        result = run("nightly", "--ledger-wait", "0.1")
        holder.kill()
    assert result.exit_code == 2
    assert f"process {holder.pid}" in result.stderr
    with hold_ledger(site, 1.5):
        result = run("nightly", "--ledger-wait", "60")
    assert (result.exit_code, result.stderr.count("ledger-awaited")) == (0, 1)


@pytest.mark.skipif(sys.platform == "win32", reason="needs signals")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_night_that_is_stopped_leaves_nothing_half_done(site, start, run, number, code):
    run("nightly", "--today", "2026-04-04")
    kept = (site / "page.md").read_bytes()
    process = start(
        "nightly", "email=-", "--log-format", "json", stdin=-1,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )  # fmt: skip
    for record in range(3000):  # more than a pipe holds: once all is written, the night is under way
        process.stdin.write(
            (json.dumps(build_record(record + 100, "email", "2026-04-05", "", "Hi " * 50)) + "\n").encode()
        )
    process.stdin.flush()
    time.sleep(0.5)
    process.send_signal(number)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == code
    events = [json.loads(line) for line in errors.splitlines()]
    assert [each["event"] for each in events][-2:] == ["run-failed", "run-finished"]
    assert events[-1]["exit"] == code
    assert (site / "page.md").read_bytes() == kept
    assert not list(site.glob(".*.part"))
    result = run("nightly", "--today", "2026-04-06")
    assert "replies-loaded new=0 changed=0 moved=0 same=3" in result.stderr


def test_config_show_tells_what_holds_at_night(site, run):
    rows = {row["setting"]: row for row in json.loads(run("config", "show", "--format", "json").stdout)}
    assert rows["output"]["value"] == ["markdown=page.md", "json=night-{day}.json"]
    assert rows["output"]["origin"] == f"{CONFIG}:4:9"
    assert rows["ledger"] == {
        "setting": "ledger", "value": "", "origin": f"default, {LEDGER} for nightly"
    }  # fmt: skip
    assert rows["ledger-wait"]["origin"] == "default, 600 for nightly"
    assert rows["fail-on"]["origin"].startswith(CONFIG)
