"""`--redact`, `--redact-key` and `--context`, as they are used."""

import json
import shutil
import stat

import pytest

from consistency_check.report import OUTPUTS

KEY_FILE = ".consistency-check-redact.key"
PERSONAL = ("dana", "kim", "mail.example", "07700")


@pytest.fixture
def people(project):
    """The project's replies with people in them, a bad record that names one, and the CRM's export."""
    path = project / "exports" / "all.jsonl"
    records = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    for record in records:
        record |= {"text": f"Hi Dana, {record['text']} Call 07700 900123. Regards, Kim"}
        record |= {"question": f"Dana Whitfield here, dana@mail.example. {record['question']}"}
    lines = [json.dumps(record) for record in records]
    lines.append('{"id": "R9", "text": "", "sent_at": "Dana Whitfield"}')
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    crm = "customer_id,name,email,phone\nDW-10044,Dana Whitfield,dana@mail.example,+447700900123\n"
    (project / "customers.csv").write_text(crm, encoding="utf-8")
    return project


def audit(run, *arguments):
    return run("audit", "exports", "--customers", "customers.csv", "--region", "GB", "--redact", *arguments)


@pytest.mark.parametrize("name", sorted(OUTPUTS))
def test_nobody_is_left_in_any_format(people, run, name):
    plain = run("audit", "exports", "--customers", "customers.csv", "--region", "GB", "--format", name)
    assert "DW-10044" in plain.stdout or "Dana" in plain.stdout
    result = audit(run, "--format", name)
    assert result.exit_code == 1
    said = (result.stdout + result.stderr).casefold()
    assert not [word for word in (*PERSONAL, "dw-10044", "whitfield") if word in said]
    assert "14 days" in result.stdout


def test_nobody_is_left_who_is_known_from_a_ledger_alone(people, run):
    ledger = ("--ledger", "ledger.duckdb", "--format", "json")
    first = audit(run, *ledger)
    (people / "exports" / "all.jsonl").write_text("", encoding="utf-8")
    later = audit(run, *ledger)
    for result in (first, later):
        assert result.exit_code == 1
        said = result.stdout.casefold()
        assert "14 days" in said
        assert not [word for word in (*PERSONAL, "dw-10044", "whitfield") if word in said]


def test_a_key_is_made_once_and_the_same_bytes_come_again(people, run):
    first = audit(run, "--format", "json")
    assert f"{KEY_FILE}: made; keep it" in first.stderr
    assert stat.S_IMODE((people / KEY_FILE).stat().st_mode) == 0o600
    second = audit(run, "--format", "json")
    assert second.stdout == first.stdout and "made" not in second.stderr
    (people / KEY_FILE).unlink()
    assert audit(run, "--format", "json").stdout != first.stdout


def test_the_key_stands_beside_the_configuration(people, run, monkeypatch):
    (people / ".consistency-check.yaml").write_text("redact: yes\ncontext: 0\n", encoding="utf-8")
    (people / "below").mkdir()
    monkeypatch.chdir(people / "below")
    result = run("audit", "../exports", "-p", "../policies", "--format", "json")
    assert (people / KEY_FILE).is_file() and not (people / "below" / KEY_FILE).exists()
    answers = [answer for finding in json.loads(result.stdout)["findings"] for answer in finding["answers"]]
    assert all(answer["context"] == answer["quote"] and answer["question"] == "" for answer in answers)
    assert "Dana" in run("audit", "../exports", "-p", "../policies", "--no-redact", "--context", "99").stdout


def test_a_key_that_is_none_is_refused(people, run):
    (people / "key").write_text("hush\n", encoding="utf-8")
    result = audit(run, "--redact-key", "key")
    assert result.exit_code == 2 and result.stderr.startswith("key: is no key of 64 hexadecimal digits;")


def test_a_key_that_others_may_read_is_told_of(people, run):
    assert "others may read it" not in audit(run).stderr
    (people / KEY_FILE).chmod(0o644)
    assert f"{KEY_FILE}: others may read it" in audit(run).stderr


def test_all_commands_name_one_customer_alike(people, run):
    key = json.loads(audit(run, "--format", "json").stdout)["findings"][0]["customer"]
    rest = ("exports", "--customers", "customers.csv", "--region", "GB", "--redact")
    lines = run("claims", *rest).stdout
    assert {json.loads(line)["customer"] for line in lines.splitlines()} == {key}
    listed = run("customers", *rest, "--format", "json").stdout
    assert key in {json.loads(line)["customer"] for line in listed.splitlines()}
    told = [run("customer", "DW-10044", *rest, "--format", name).stdout for name in ("json", "table")]
    assert json.loads(told[0])["customer"] == key and key in told[1]
    said = "".join((lines, listed, *told)).casefold()
    assert not [word for word in (*PERSONAL, "dw-10044", "whitfield") if word in said]


@pytest.mark.parametrize("name", ["full", "json", "markdown"])
def test_nobody_is_left_in_the_impact_of_a_change(people, run, name):
    shutil.copytree("policies", "new")
    file = people / "new" / "returns.yaml"
    file.write_text(file.read_text("utf-8").replace("30 days", "14 days"), "utf-8")
    rest = ("--customers", "customers.csv", "--region", "GB", "-f", name)
    given = ("policies", "impact", "policies", "new", "--against", "exports", "--as-sent", *rest)
    plain, result = run(*given), run(*given, "--redact")
    shown = plain.stdout.replace("\\", "")
    said = (result.stdout + result.stderr).replace("\\", "").casefold()
    assert result.exit_code == plain.exit_code == 1
    assert "DW-10044" in shown and "Kim" in shown
    assert not [word for word in (*PERSONAL, "dw-10044", "whitfield") if word in said]
    customer = json.loads(audit(run, "--format", "json").stdout)["findings"][0]["customer"]
    assert (customer if name != "full" else "customer-") in said  # people see it broken over two lines
    assert "14 days" in said and "agent-" in said
    refused = run("policies", "impact", "policies", "new", "--claims", "claims.jsonl", "--redact")
    assert refused.exit_code == 2 and "leave it or --redact out" in " ".join(refused.stderr.split())


@pytest.mark.parametrize(
    ("command", "option"),
    [
        ("claims", ("--near-misses",)),
        ("claims", ("--explain", "R0")),
        ("customers", ("--explain", "R0", "R1")),
    ],
)
def test_what_shows_people_as_they_are_is_refused(people, run, command, option):
    result = run(command, "exports", *option, "--redact")
    assert result.exit_code == 2 and "leave it or --redact out" in " ".join(result.stderr.split())


def test_an_unknown_customer_is_not_answered_with_others(people, run):
    given = ("customer", "dana@mail.exampel", "exports")
    assert "did you mean 'dana@mail.example'" in run(*given).stderr
    result = run(*given, "--redact")
    assert result.exit_code == 2 and "there is no customer" in result.stderr and "dana" not in result.stderr


def test_accepted_findings_are_still_found_by_their_customer(people, run):
    entry = "accepted: [{customer: DW-10044, reason: Dana knows, author: Kim, expires: 2027-01-01}]\n"
    (people / ".consistency-check-accept.yaml").write_text(entry, encoding="utf-8")
    result = audit(run, "--format", "json", "--today", "2026-05-01")
    findings = json.loads(result.stdout)["findings"]
    assert {finding["status"] for finding in findings} == {"accepted"} and "Dana" not in result.stdout


def test_context_without_redact(people, run):
    result = run("audit", "exports", "--format", "json", "--context", "12")
    for finding in json.loads(result.stdout)["findings"]:
        for answer in finding["answers"]:
            assert len(answer["context"]) <= len(answer["quote"]) + 2 * 14
            assert len(answer["question"]) <= 14
