"""Tables under other names than ours: what is proposed, what is asked, which order their dates have."""

# ruff: noqa: E501 - tables read best with one line a case

from __future__ import annotations

import json
from pathlib import Path

import pytest

from consistency_check.load import propose_mapping, read_columns
from consistency_check.load.configuration import read_configuration
from consistency_check.load.sources import InputError
from tests.load.loaded import Loaded, load, write

TURNS = "Ticket ID,Author Type,Message,Created,Requester Email,Tier\n"


def load_table(folder: Path, text: str | bytes, **options: object) -> Loaded:
    return load(write(folder, calls_csv=text), **options)


def test_turns_under_usual_names(tmp_path: Path) -> None:
    rows = '7,Agent,"You have 30 days.",2026-03-01 11:00,a@x.example,gold\n7,end-user,How long?,2026-03-01 10:00,a@x.example,gold\n'
    loaded = load_table(tmp_path, TURNS + rows)
    assert loaded.said == [("How long?", "You have 30 days.")]
    reply = loaded.reply
    assert (reply.conversation_id, reply.email, reply.attributes) == ("7", "a@x.example", {"tier": "gold"})
    assert (str(reply.source), reply.channel) == (f"{tmp_path}/calls.csv:2", "calls")


@pytest.mark.parametrize(
    ("names", "row", "said"),
    [
        ("Customer Question;Agent Reply", "How long?;30 days.", ("How long?", "30 days.")),
        ("Incoming;Body;Case Number", "0;30 days.;00001026", ("", "30 days.")),
        ("from_agent;Message;id", "true;30 days.;1", ("", "30 days.")),
        ("Direction;Text Body;Sent", "outbound;30 days.;2026-03-01", ("", "30 days.")),
    ],
)
@pytest.mark.parametrize("suffix", ["csv", "txt"])
def test_who_speaks_is_told_by_many_columns(tmp_path: Path, names: str, row: str, said: tuple[str, str], suffix: str) -> None:  # fmt: skip
    if suffix == "txt" and len(names.split(";")) < 3:
        pytest.skip("two names may be words of prose")
    (tmp_path / f"a.{suffix}").write_text(f"{names}\n{row}\n")
    assert load(tmp_path).said == [said]


@pytest.mark.parametrize(
    ("names", "words"),
    [
        ("when,notes", "which column tells whether the agent or the customer wrote (`author_role`) with"),
        (
            "role,body,comment",
            "which of body, comment holds what was said (`body`) with `consistency-check map`",
        ),
        ("role,when", "which column holds what was said (`body`)"),
        ("a,b", "`author_role`) and which column holds what was said (`body`)"),
    ],
)
def test_what_the_names_leave_open_is_asked(tmp_path: Path, names: str, words: str) -> None:
    loaded = load_table(tmp_path, f"{names}\nx,y,z\n")
    assert loaded.problem.startswith("calls.csv:1: the header has no column `text` but ")
    assert words in loaded.problem


def test_a_role_that_is_not_known_is_told_for_its_row(tmp_path: Path) -> None:
    loaded = load_table(tmp_path, TURNS + "7,wizard,Hm,2026-03-01,,\n7,agent,30 days.,2026-03-02,,\n")
    assert [text for _, text in loaded.said] == ["30 days."]
    assert loaded.problem.startswith("calls.csv:2: the author's role 'wizard' is not known; write under")


def test_internal_rows_and_bots_are_left_out(tmp_path: Path) -> None:
    rows = "role,message,public\nagent,vip,false\nbot,Hi,true\nsystem,joined,true\nagent,30 days.,true\n"
    loaded = load_table(tmp_path, rows)
    assert [text for _, text in loaded.said] == ["30 days."]
    assert dict(loaded.left_out) == {"internal notes": 1, "bot messages": 1, "events": 1}


DATES = "role,message,created\nagent,a,03/04/2026\nagent,b,{}\n"


@pytest.mark.parametrize(
    ("second", "options", "days"),
    [
        ("13/04/2026", {}, ["2026-04-03", "2026-04-13"]),
        ("04/13/2026", {}, ["2026-03-04", "2026-04-13"]),
        ("05/04/2026", {"day_order": "dmy"}, ["2026-04-03", "2026-04-05"]),
        ("05/04/2026", {"day_order": "mdy"}, ["2026-03-04", "2026-05-04"]),
    ],
)
def test_the_day_order_is_the_files(
    tmp_path: Path, second: str, options: dict[str, str], days: list[str]
) -> None:
    loaded = load_table(tmp_path, DATES.format(second), **options)
    assert [str(reply.day) for reply in loaded.replies] == days


def test_a_day_order_that_no_row_tells_is_asked_for(tmp_path: Path) -> None:
    loaded = load_table(tmp_path, DATES.format("05/04/2026"))
    assert not loaded.replies
    assert loaded.problem.startswith(
        "calls.csv:1: no date in the table tells whether '03/04/2026' has the day"
    )
    assert "--day-order dmy or mdy" in loaded.problem


@pytest.mark.parametrize("field", ["customer_id", "phone", "conversation_id", "id"])
def test_an_id_that_a_spreadsheet_made_a_number_is_told(tmp_path: Path, field: str) -> None:
    loaded = load_table(tmp_path, f"{field},text,channel\n1.23E+11,a,phone\n00123,b,phone\n")
    assert [reply.text for reply in loaded.replies] == ["b"]
    assert getattr(loaded.reply, field) == "00123"
    assert loaded.problem.startswith(f"calls.csv:2: `{field}` holds '1.23E+11'")


def test_a_text_in_a_code_page_is_read_or_its_encoding_asked_for(tmp_path: Path) -> None:
    rows = "id,text\n1,Schöne Grüße aus München, für Sie zählt die Lösung: Rückgabe möglich.\n".replace(
        ", f", " f"
    )
    loaded = load_table(tmp_path, rows.encode("windows-1252"))
    assert "Grüße aus München" in loaded.reply.text
    short = "id,text\n1,café\n".encode("windows-1252")
    assert "0xE9 is not UTF-8" in load_table(tmp_path, short).problem
    assert load_table(tmp_path, short, encoding="windows-1252").reply.text == "café"
    assert load_table(tmp_path, rows.encode("utf-16")).reply.text.startswith("Schöne")


def test_flat_json_under_usual_names(tmp_path: Path) -> None:
    records = [{"Author": 1, "is_inbound": False, "body": "30 days.", "Phone": "0049 1"}]
    for shown in (json.dumps(records), json.dumps(records[0])):
        loaded = load(write(tmp_path, a_json=shown))
        assert (loaded.reply.text, loaded.reply.phone) == ("30 days.", "0049 1")


CONFIGURATION = """\
load:
  mappings:
    notes:
      files: ["calls*"]
      author_role: {is: agent}
      customer: {phone: Kunde}
      time: {path: Wann, order: dmy, zone: Europe/Berlin}
      body: {text: Notiz}
"""


def test_a_mapping_of_the_configuration(tmp_path: Path) -> None:
    (tmp_path / "c.yaml").write_text(CONFIGURATION)
    mappings = read_configuration(tmp_path / "c.yaml").mappings
    loaded = load_table(
        tmp_path / "in", "Notiz;Wann;Kunde\n30 days.;03/04/2026 10:00;+49 1\n", mappings=mappings
    )
    assert (loaded.reply.phone, loaded.reply.text) == ("+49 1", "30 days.")
    assert loaded.reply.sent_at is not None
    assert loaded.reply.sent_at.isoformat() == "2026-04-03T10:00:00+02:00"
    record = {"Notiz": "30 days.", "Wann": "1.4.2026", "Kunde": "+49 1"}
    assert load(write(tmp_path / "j", calls_json=[record]), mappings=mappings).reply.text == "30 days."


MANY = """\
load:
  mappings:
    all:
      files: ["*.csv"]
      id: Ticket ID
      author_role: {path: Author-Type, map: {agent: Staff, customer: Client}}
      internal: {path: Private, is: "YES"}
      customer: {name: {join: [First Name, Last Name]}}
      attributes: {plan: Plan Name}
      body: {html: HTML, text: Plain Text}
      rest: yes
"""


def test_every_part_of_a_mapping_may_name_a_column_as_the_table_does(tmp_path: Path) -> None:
    (tmp_path / "c.yaml").write_text(MANY)
    mappings = read_configuration(tmp_path / "c.yaml").mappings
    table = (
        "Ticket ID,Author-Type,Private,First Name,Last Name,Plan Name,HTML,Plain Text,Region\n"
        "7,Staff,no,Ana,Roy,Gold,,30 days.,GB\n8,Staff,yes,Ana,Roy,Gold,,vip,GB\n"
    )
    loaded = load_table(tmp_path / "in", table, mappings=mappings)
    assert loaded.left_out == {"internal notes": 1}
    assert (loaded.reply.id, loaded.reply.text, loaded.reply.name) == ("7", "30 days.", "Ana/Roy")
    assert loaded.reply.attributes == {"plan": "Gold", "plan_name": "Gold", "region": "GB"}


def test_a_proposal_is_a_mapping_that_can_be_read() -> None:
    proposal = propose_mapping(["Ticket ID", "Author Type", "Body", "HTML Body", "Created At", "Phone"])
    assert not proposal.questions
    mapping = proposal.build("x")
    assert [kind for kind, _ in mapping.body] == ["html", "text"]
    assert proposal.document["customer"] == {"phone": "Phone"}
    with pytest.raises(InputError, match="author_role"):
        propose_mapping(["Body"]).build("x")


def test_columns_of_any_kind_of_file(tmp_path: Path) -> None:
    write(
        tmp_path, a_csv="A;B c\n1;\n;2\n", b_json={"page": 1, "items": [{"x": {"y": 1, "z": None}, "t": [1]}]}
    )
    assert dict(read_columns(str(tmp_path / "a.csv")).values) == {"a": "1", "b_c": "2"}
    columns = read_columns(str(tmp_path / "b.json"))
    assert (dict(columns.values), columns.records) == ({"x.y": "1", "x.z": ""}, "items")
    write(
        tmp_path,
        c_vtt="WEBVTT\n\n00:00.000 --> 00:01.000\n<v Kim>Hello\n",
        d_csv="",
        e_json="[1]",
        f_json="{",
    )
    for name, words in [("c.vtt", "needs no mapping"), ("d.csv", "is empty"), ("e.json", "is no object"), ("f.json", "is broken")]:  # fmt: skip
        with pytest.raises(InputError, match=words):
            read_columns(str(tmp_path / name))
