"""Each format tells what is new, known, decided, back, and no longer found."""

import json

import pytest

from consistency_check.report import OUTPUTS

LEDGER = "audit.duckdb"


def write(project, answers):
    records = [
        {
            "id": id_,
            "channel": "chat",
            "email": f"{who}@mail.example",
            "text": text,
            "sent_at": "2026-04-01T09:00Z",
        }
        for id_, who, text in answers
    ]
    (project / "all.jsonl").write_text("".join(json.dumps(each) + "\n" for each in records))


WRONG, RIGHT = "A return label costs $9.", "A return label costs $7."
TEN = "You have 10 days to send it back."


@pytest.fixture
def third_night(project, run):
    """Three nights: Ann's alarm is back, Bob's is false, Cy's is gone, Dan's is new, Eve's known."""

    def night(day, *answers):
        write(project, answers)
        return run("audit", "all.jsonl", "--ledger", LEDGER, "--today", day, "--format", "json")

    rest = [("3", "cy", TEN), ("5", "eve", "Items can be returned within 12 days of delivery.")]
    found = json.loads(night("2026-05-01", ("1", "ann", WRONG), *rest).stdout)["findings"]
    bob = [("2", "bob", "A return label costs $8."), ("1", "ann", RIGHT)]
    night("2026-05-02", *bob, *rest)
    ids = {each["customer"]: each["id"] for each in found}
    found = json.loads(night("2026-05-02", *bob, *rest).stdout)["findings"]
    ids |= {each["customer"]: each["id"] for each in found}
    run(
        "review",
        LEDGER,
        "--decide",
        f"{ids['bob@mail.example']}=false",
        "--reason",
        "a joke",
        "--author",
        "Kim",
    )
    write(
        project,
        [
            *(
                ("1", "ann", WRONG),
                ("2", "bob", "A return label costs $8."),
                ("4", "dan", "A return label costs $6."),
            ),
            *(("3", "cy", "You have 30 days to send it back."), rest[1]),
        ],
    )
    kept = (project / LEDGER).read_bytes()

    def show(name):
        (project / LEDGER).write_bytes(kept)
        return run(
            *("audit", "all.jsonl", "--ledger", LEDGER, "--today", "2026-05-03", "--format", name, "--quiet")
        ).stdout

    return show, ids


def test_statuses_in_json(third_night):
    show, _ = third_night
    document = json.loads(show("json"))
    assert {each["customer"][:3]: each["status"] for each in document["findings"]} == {
        "ann": "reopened",
        "bob": "false",
        "dan": "new",
        "eve": "known",
    }
    assert [(each["customer"], each["status"]) for each in document["fixed"]] == [
        ("cy@mail.example", "fixed")
    ]
    assert document["summary"]["by_status"] == {
        "new": 1,
        "reopened": 1,
        "known": 1,
        "accepted": 0,
        "false": 1,
        "fixed": 1,
    }


WORDS = ("reopened: it was gone", "known: found since 2026-05-01", "false: a joke (Kim, ")


@pytest.mark.parametrize("name", ["full", "concise", "markdown", "github"])
def test_statuses_for_people(third_night, name):
    shown = " ".join(third_night[0](name).split())
    for words in WORDS:
        assert words in shown, words
    assert "no longer found" in shown.casefold()
    assert "first found 2026-05-01" in shown


def test_statuses_in_rows_and_lines(third_night):
    show, ids = third_night
    rows = show("csv").splitlines()
    assert sum('","fixed","no longer found","' in row for row in rows) == 1
    *lines, head = map(json.loads, show("jsonl").splitlines())
    assert [each["id"] for each in lines if each["status"] == "fixed"] == [ids["cy@mail.example"]]
    assert head["summary"]["findings"] == len(lines) - 1


def test_statuses_in_the_formats_for_code(third_night):
    show, ids = third_night
    run = json.loads(show("sarif"))["runs"][0]
    states = {result["partialFingerprints"]["consistencyCheck/v1"]: result for result in run["results"]}
    assert ids["cy@mail.example"] not in states, "what is gone is closed by not being there"
    notes = [each["message"]["text"] for each in run["invocations"][0]["toolExecutionNotifications"]]
    assert any("no longer found" in note and ids["cy@mail.example"] in note for note in notes)
    ann, bob = states[ids["ann@mail.example"]], states[ids["bob@mail.example"]]
    assert (ann["baselineState"], "suppressions" in ann) == ("new", False)
    assert bob["suppressions"][0]["justification"].startswith("false: a joke")
    assert f'[{ids["cy@mail.example"]}]" />' not in show("junit")
    assert "<system-out>fixed: no longer found" in show("junit")
    assert ids["cy@mail.example"] not in show("gitlab")
    assert "[reopened: it was gone" in show("gitlab")


def test_every_format_copes(third_night):
    for name in OUTPUTS:
        assert third_night[0](name)
