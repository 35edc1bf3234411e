"""`customers --explain`, `customer KEY`, and what links do in an audit."""

import json

import pytest


@pytest.fixture
def records(project):
    """Dana, who also wrote as @dana and in a letter; and Omar, who has her phone."""
    phone = {"phone": "6025550175"}
    told = [
        {
            "id": "E1",
            "channel": "email",
            "email": "dana@mail.example",
            "name": "Dana Ray",
            "order_id": "FO-502266",
        },
        {
            "id": "S1",
            "channel": "social",
            "handle": "@dana",
            "question": "FO-502266 how long can I send it back?",
        },
        {"id": "P1", "channel": "phone", "name": "Dana Ray", **phone},
        {"id": "P2", "channel": "phone", "name": "Omar Ray", **phone},
    ]
    texts = {
        "E1": "Items can be returned within 30 days of delivery.",
        "S1": "You have 14 days to send it back. \x1b[31m",
        "P1": "A return label costs $7.",
        "P2": "A return label costs $7.",
    }
    lines = [
        json.dumps({**each, "text": texts[each["id"]], "sent_at": "2026-04-0" + str(at + 1)})
        for at, each in enumerate(told)
    ]
    (project / "exports" / "all.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return project


def test_two_replies_of_one_customer(records, run):
    result = run("customers", "exports", "--explain", "E1", "S1")
    assert result.exit_code == 0
    assert "one customer, dana@mail.example" in result.stdout
    assert "reference             same" in result.stdout
    assert "FO502266" in result.stdout
    assert "likely, 97%" in result.stdout


def test_two_customers_and_what_forbids_it(records, run):
    result = run("customers", "exports", "--explain", "P1", "P2", "--format", "json")
    document = json.loads(result.stdout)
    assert document["one_customer"] is False
    assert "name is different" in document["reason"]
    (link,) = document["links"]
    assert [step["evidence"] for step in link["steps"]] == ["phone", "name"]


def test_the_table_shows_the_weakest_link(records, run):
    rows = run("customers", "exports").stdout.splitlines()
    assert [row.split("  ")[0] for row in rows[1:]] == [
        "+16025550175 (Dana Ray)",
        "+16025550175 (Omar Ray)",
        "dana@mail.example",
    ]
    assert "likely, 97%" in rows[3]


def test_a_finding_on_an_uncertain_link_is_marked_and_can_be_left_out(records, run):
    result = run("audit", "exports", "--format", "json")
    found = {each["check"]: each for each in json.loads(result.stdout)["findings"]}
    assert found["channel-conflict"]["certainty"] == pytest.approx(0.97, abs=0.001)
    assert found["channel-conflict"]["linked_by"] == ["reference"]
    assert found["policy-conflict"]["certainty"] == 1.0
    assert "97% sure" in " ".join(run("audit", "exports").stdout.split())
    strict = json.loads(run("audit", "exports", "--format", "json", "--min-link", "0.99").stdout)
    assert [each["check"] for each in strict["findings"]] == ["policy-conflict"]


@pytest.mark.parametrize("key", ["dana@mail.example", "S1"])
def test_the_history_of_a_customer(records, run, key):
    result = run("customer", key, "exports")
    assert result.exit_code == 0
    shown = result.stdout
    assert shown.index("E1") < shown.index("S1") < shown.index("Findings")
    assert (
        "returns.window: up to 14 days, conflicts" in shown or "returns.window: 14 days, conflicts" in shown
    )
    assert "P1" not in shown
    assert "\x1b" not in shown


def test_the_history_for_scripts(records, run):
    document = json.loads(run("customer", "E1", "exports", "--format", "json").stdout)
    assert [each["reply_id"] for each in document["replies"]] == ["E1", "S1"]
    assert [claim["verdict"] for each in document["replies"] for claim in each["claims"]] == [
        "agrees",
        "conflicts",
    ]
    assert {each["check"] for each in document["findings"]} == {"channel-conflict", "policy-conflict"}
    assert document["customer"] == "dana@mail.example"


def test_a_customer_who_is_not_there(records, run):
    result = run("customer", "E11", "exports")
    assert result.exit_code == 2
    assert "did you mean 'E1'" in result.stderr
    assert run("customers", "exports", "--explain", "E1", "nobody").exit_code == 2


def test_standard_input_cannot_be_read_twice(records, run):
    result = run("customer", "E1", "-")
    assert (result.exit_code, "only once" in result.stderr) == (2, True)


def test_known_customers_keep_their_keys(records, run):
    assert run("customers", "exports", "--links", "links.jsonl").exit_code == 0
    lines = (records / "exports" / "all.jsonl").read_text("utf-8").splitlines()
    late = {
        "id": "N1",
        "channel": "chat",
        "email": "dana@mail.example",
        "customer_id": "C-7",
        "text": "Hello.",
    }
    (records / "exports" / "all.jsonl").write_text("\n".join([json.dumps(late), lines[1]]), encoding="utf-8")
    shown = run("customers", "exports", "--links", "links.jsonl", "--format", "json").stdout
    (customer,) = [json.loads(line) for line in shown.splitlines()]
    assert (customer["customer"], customer["aliases"]) == ("dana@mail.example", ["C-7"])
    assert "N1" in run("customer", "C-7", "exports", "--links", "links.jsonl").stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--min-link", "2"], "write a number from 0.5 to 1"),
        (["--min-link", "x"], "write a number from 0.5 to 1"),
        (["--reference", "(a+)+"], "may take for ever"),
        (["--links", "none/links.jsonl"], "cannot be written"),
    ],
)
def test_options_that_cannot_be_used(records, run, arguments, words):
    result = run("customers", "exports", *arguments)
    assert result.exit_code == 2
    assert words in " ".join(result.stderr.replace("│", " ").split())


def test_a_reference_of_the_users(records, run):
    texts = [{"id": n, "channel": n, "handle": n, "text": "About job #12."} for n in ("a", "b")]
    (records / "exports" / "all.jsonl").write_text("\n".join(map(json.dumps, texts)), encoding="utf-8")
    assert len(run("customers", "exports").stdout.splitlines()) == 3
    assert len(run("customers", "exports", "--reference", r"job #\d{2}").stdout.splitlines()) == 2
