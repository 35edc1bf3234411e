"""`load` and `map`: records on standard output, the account on standard error, the mapping in its file."""

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from consistency_check.cli import app
from consistency_check.load import load_replies
from tests.load.test_xlsx import make_workbook

TURNS = (
    "Ticket ID,Author Type,Message,Created,Customer Email,Tier\n"
    "7,customer,How long may I keep it?,01/04/2026 10:00,ana@mail.example,gold\n"
    "7,agent,Items can be returned within 14 days of delivery.,13/04/2026 11:00,ana@mail.example,gold\n"
    "7,note,vip,13/04/2026 11:30,ana@mail.example,gold\n"
    "7,wizard,?,13/04/2026 11:30,ana@mail.example,gold\n"
)
NOTES = "Wann;Kunde;Notiz\n03/04/2026;ana@mail.example;You have 30 days to send it back.\n"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "tickets.csv").write_text(TURNS)
    return tmp_path


def run(*arguments):
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_records_go_out_and_the_account_beside_them(folder):
    result = run("load", "in")
    assert result.exit_code == 0
    assert json.loads(result.stdout) == {
        "id": "in/tickets.csv:3",
        "channel": "tickets",
        "text": "Items can be returned within 14 days of delivery.",
        "question": "How long may I keep it?",
        "sent_at": "2026-04-13T11:00:00+00:00",
        "asked_at": "2026-04-01T10:00:00+00:00",
        "conversation_id": "7",
        "email": "ana@mail.example",
        "tier": "gold",
    }
    assert result.stderr.splitlines() == [
        "file            format  replies  questions  left out  problems",
        "in/tickets.csv  CSV           1          1         1         1",
        "Left out: 1 internal notes",
        "in/tickets.csv:5: the author's role 'wizard' is not known; write under `author_role`, `map` of the "
        "mapping whether it is an agent, customer, bot, internal or event",
    ]


def test_what_was_loaded_loads_again(folder):
    assert run("load", "in", "-o", "out.jsonl", "-q").stderr == ""
    first, second = list(load_replies(["in"])), list(load_replies(["out.jsonl"]))
    assert [(reply.id, reply.text, reply.sent_at, reply.attributes) for reply in second] == [
        (reply.id, reply.text, reply.sent_at, reply.attributes) for reply in first if hasattr(reply, "id")
    ]


@pytest.mark.parametrize("output", ["in/tickets.csv", "in/new.jsonl"])
def test_what_is_read_is_not_written_over(folder, output):
    result = run("load", "in", "--output-file", output)
    assert (result.exit_code, "is read (in); name another place" in result.stderr) == (2, True)
    assert (folder / "in" / "tickets.csv").read_text() == TURNS


def test_every_file_is_accounted_for(folder):
    (folder / "in" / "mail.jsonl").write_text('{"text": "a"}\nnonsense\n')
    (folder / "in" / "notes.pdf").write_bytes(b"%PDF-1.7\x00\x01")
    (folder / "in" / "empty.csv").write_text("")
    result = run("load", "in")
    rows = [line.split() for line in result.stderr.splitlines()[:6]]
    assert rows == [
        ["file", "format", "replies", "questions", "left", "out", "problems"],
        ["in/empty.csv", "-", "0", "0", "0", "1"],
        ["in/mail.jsonl", "JSON", "Lines", "1", "0", "0", "1"],
        ["in/notes.pdf", "-", "0", "0", "0", "1"],
        ["in/tickets.csv", "CSV", "1", "1", "1", "1"],
        ["all", "2", "1", "1", "4"],
    ]


def test_many_files_have_a_line_a_format(folder):
    for number in range(45):
        (folder / "in" / f"{number}.jsonl").write_text(f'{{"id": "{number}", "text": "a"}}\n')
    table = run("load", "in").stderr.splitlines()
    assert [line.split()[:2] for line in table[1:4]] == [["1", "files"], ["45", "files"], ["all", "46"]]


def test_where_nothing_was_loaded_the_exit_status_says_so(folder):
    (folder / "in" / "tickets.csv").write_text("role,message\ncustomer,Hello\n")
    assert run("load", "in").exit_code == 2
    assert run("load", "nowhere").exit_code == 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["in", "--day-order", "us"], "'us' is not known; write one of dmy, mdy, ymd"),
        (["in", "--encoding", "klingon"], "there is no encoding 'klingon'"),
        (["in", "--encoding", "undefined"], "there is no encoding 'undefined'"),
        (["in", "--encoding", "idna"], "there is no encoding 'idna'"),
        (["in", "--encoding", "base64"], "there is no encoding 'base64'"),
        (["zendsk:in/tickets.csv"], "there is no format 'zendsk'; did you mean zendesk?"),
    ],
)
def test_options_that_cannot_be(folder, arguments, words):
    result = run("load", *arguments)
    assert result.exit_code == 2
    assert words in " ".join(result.stderr.replace("│", " ").split())


def test_a_named_format_is_taken_at_its_word(folder):
    (folder / "in" / "tickets.csv").write_text("a b\n")
    result = run("load", "whatsapp:in/tickets.csv")
    assert " WhatsApp " in result.stderr.splitlines()[1]


def test_what_an_export_shows_cannot_command_the_terminal(folder):
    (folder / "in" / "tickets.csv").write_text("role,message\n\x1b[2J,x\n")
    assert "\x1b" not in run("load", "in").stderr


def test_map_proposes_and_writes_only_on_request(folder):
    result = run("map", "in/tickets.csv")
    assert result.exit_code == 0
    assert "conversation: ticket_id" in result.stdout
    assert "nothing was written; --yes writes it" in result.stdout
    assert not Path(".consistency-check.yaml").exists()
    assert run("map", "in/tickets.csv", "--yes").exit_code == 0
    written = Path(".consistency-check.yaml").read_text()
    assert "    tickets:\n      files: [tickets.csv]\n" in written
    again = run("map", "in/tickets.csv", "--yes")
    assert again.exit_code == 2
    assert "there is a mapping 'tickets' already" in again.stderr
    assert run("map", "in/tickets.csv", "--yes", "--name", "other").exit_code == 0
    assert run("load", "in").exit_code == 0


def test_map_adds_to_the_configuration_above(folder, monkeypatch):
    Path(".consistency-check.yaml").write_text("region: GB\n")
    monkeypatch.chdir(folder / "in")
    assert "--yes writes it to ../.consistency-check.yaml" in run("map", "tickets.csv").stdout
    result = run("map", "tickets.csv", "--yes")
    assert "written to ../.consistency-check.yaml as 'tickets'" in result.stdout
    assert not Path(".consistency-check.yaml").exists()
    assert (folder / ".consistency-check.yaml").read_text().startswith("region: GB\nload:\n  mappings:\n")
    assert run("load", ".").exit_code == 0


def test_map_hides_no_settings_of_a_pyproject(folder):
    Path("pyproject.toml").write_text('[tool.consistency-check]\nregion = "GB"\n')
    assert run("map", "in/tickets.csv").exit_code == 0
    result = run("map", "in/tickets.csv", "--yes")
    assert result.exit_code == 2
    assert "pyproject.toml: mappings stand in .consistency-check.yaml alone; move" in result.stderr
    assert not Path(".consistency-check.yaml").exists()


@pytest.mark.parametrize(
    ("name", "label"), [("x: [", "x"), ("&a *b", "a-b"), ("- ", "tickets"), ("€", "tickets")]
)
def test_map_names_what_can_be_read_again(folder, name, label):
    result = run("map", "in/tickets.csv", "--yes", "--name", name)
    assert f"as {label!r}" in result.stdout
    assert run("load", "in").exit_code == 0


@pytest.mark.parametrize(
    ("before", "words"),
    [
        (b"# Gr\xfc\xdfe\n", "this is not UTF-8; save it as UTF-8"),
        (b"region: GB\n...\n", "the YAML is broken"),
        (b"load: {bots: yes}\n", "this is not written as lines below their key"),
        (b"region: [\n", "this is no YAML"),
    ],
)
def test_map_leaves_a_file_that_it_cannot_add_to(folder, before, words):
    Path(".consistency-check.yaml").write_bytes(before)
    result = run("map", "in/tickets.csv", "--yes")
    assert result.exit_code == 2
    assert words in result.stderr
    assert Path(".consistency-check.yaml").read_bytes() == before
    assert sorted(path.name for path in folder.iterdir()) == [".consistency-check.yaml", "in"]


def test_map_asks_what_the_names_leave_open(folder):
    Path("notes.csv").write_text(NOTES)
    result = run("map", "notes.csv", "--yes")
    assert result.exit_code == 2
    assert "say it with --set body=COLUMN" in result.stderr
    told = [
        "--set",
        "body=notiz",
        "--set",
        "author_role=agent",
        "--set",
        "customer.email=kunde",
        "--set",
        "time=wann",
    ]
    assert run("map", "notes.csv", "--yes", *told).exit_code == 0
    asked = run("load", "notes.csv")
    assert asked.exit_code == 2
    assert "--day-order dmy or mdy" in asked.stderr
    record = json.loads(run("load", "notes.csv", "--day-order", "dmy").stdout)
    assert record["email"] == "ana@mail.example"
    assert record["sent_at"].startswith("2026-04-03")
    assert record["text"] == "You have 30 days to send it back."


README = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
CALLS = [["Notes", "When", "Caller"], ["You have 30 days.", "03/04/2026 10:00", "+44 1632 960001"]]


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_map_as_the_readme_says_it(folder, kind):
    """Its command, and the mapping that it shows beside it, on a table with these headings."""
    rows = make_workbook(CALLS) if kind == "xlsx" else "\n".join(map(",".join, CALLS)).encode()
    Path(f"notes.{kind}").write_bytes(rows)
    (command,) = re.findall(r"^consistency-check (map notes\.xlsx .*)$", README, re.MULTILINE)
    result = run(*command.replace("xlsx", kind).split(), "--yes")
    assert result.exit_code == 0, result.stderr
    assert json.loads(run("load", f"notes.{kind}").stdout)["text"] == "You have 30 days."
    (shown,) = re.findall(r"```yaml\n(load:\n.*?)```", README, re.DOTALL)
    Path(".consistency-check.yaml").write_text(shown.replace("xlsx", kind))
    record = json.loads(run("load", f"notes.{kind}").stdout)
    assert (record["text"], record["phone"]) == ("You have 30 days.", "+44 1632 960001")
    assert record["sent_at"] == "2026-04-03T10:00:00+01:00"


def test_map_takes_nested_json(folder):
    document = {"page": 1, "items": [{"who": {"kind": "agent"}, "said": {"body": "30 days."}, "no": 7}]}
    Path("dump.json").write_text(json.dumps(document))
    result = run("map", "dump.json", "--yes", "--set", "author_role=who.kind", "--set", "body=said.body")
    assert result.exit_code == 0, result.stderr
    assert json.loads(run("load", "dump.json").stdout)["text"] == "30 days."


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--set", "body=nope"], "'nope' is not known"),
        (["--set", "bodi=message"], "'bodi' is not known; did you mean body?"),
    ],
)
def test_map_refuses_what_is_not_there(folder, arguments, words):
    result = run("map", "in/tickets.csv", *arguments)
    assert result.exit_code == 2
    assert words in " ".join(result.stderr.replace("│", " ").split())


def test_a_wrong_configuration_is_told_by_every_command(folder):
    Path(".consistency-check.yaml").write_text("load:\n  agentz: Kim\n")
    for command in ("load", "customers", "audit", "claims"):
        result = run(command, "in")
        assert result.exit_code == 2
        assert (
            ".consistency-check.yaml:2:3: `load` has no key 'agentz'; did you mean 'agents'?" in result.stderr
        )


def test_an_audit_takes_exports_as_they_are(project):
    (project / "more").mkdir()
    (project / "more" / "tickets.csv").write_text(TURNS)
    result = run("audit", "more", "--policies", "policies", "--format", "json", "--fail-on", "never")
    assert result.exit_code == 0
    report = json.loads(result.stdout)
    (finding,) = report["findings"]
    assert finding["answers"][0]["source"] == "more/tickets.csv:3"
    assert report["summary"]["left_out"] == {"internal notes": 1, "unusable": 1}


def test_map_asks_a_person_at_a_terminal(folder, monkeypatch):
    Path("notes.csv").write_text(NOTES)
    monkeypatch.setattr("consistency_check.cli.mapping.is_terminal", lambda: True)
    asked = CliRunner().invoke(app, ["map", "notes.csv"], input="agent\nnotiz\nn\n")
    assert "Tell which column tells whether the agent or the customer wrote (`author_role`)" in asked.stdout
    assert "nothing was written" in asked.stdout
    assert CliRunner().invoke(app, ["map", "notes.csv"], input="agent\nnotiz\n\n").exit_code == 0
    assert json.loads(run("load", "notes.csv").stdout)["text"] == "You have 30 days to send it back."
    wrong = CliRunner().invoke(app, ["map", "notes.csv", "--name", "b"], input="agent\nnope\n")
    assert wrong.exit_code == 2
