"""Erasing a customer, replies of old, and the bytes of both."""

import stat
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from consistency_check.follow_up.naming import look_up_customers
from consistency_check.ledger import belongings
from consistency_check.ledger.decisions import decide, load_decisions, write_decision
from consistency_check.ledger.upkeep import find_near, forget_customer, retire
from consistency_check.model import DecisionKind, Status
from tests.ledger.nights import FEE, POLICIES, RIGHT, WRONG, Company, strip

DANA = "dana@mail.example"
TODAY = date(2026, 5, 1)


def dump_ledger(company):
    """Every value of every table, as text."""
    with company.read() as ledger:
        tables = [name for (name,) in ledger.fetch("SELECT table_name FROM duckdb_tables() ORDER BY ALL")]
        return {name: repr(ledger.fetch(f"SELECT * FROM {name}")) for name in tables}


def forget(company, key=DANA):
    with company.open(rewrites=True) as ledger:
        return forget_customer(ledger, key)


def test_nothing_of_a_forgotten_customer_is_left(busy):
    marker = "q7x0vz3kw9ypl2mtr8bd5hfjq7x0"
    for number, text in enumerate((f"{WRONG} Ref {marker}.", f"{RIGHT} {marker.upper()}")):
        busy.tell("dana", ("email", "chat")[number], "2026-04-06", text, question=f"{marker}?", handle=marker)
    [found] = [each for each in busy.night().findings if each.customer == DANA and len(each.answers) == 2][:1]
    with busy.open() as ledger:
        write_decision(ledger, decide(DecisionKind.ACCEPTED, found, f"told {marker}", "Kim", TODAY))
    before = dump_ledger(busy)
    assert {name for name, held in before.items() if marker in held.casefold()} >= {
        *("replies", "findings", "decisions", "link_nodes")
    }
    erased = forget(busy)
    assert erased.replies == 4
    assert erased.findings >= 2
    assert erased.decisions == 1
    for name, held in dump_ledger(busy).items():
        assert marker not in held.casefold(), name
        assert "dana" not in held.casefold(), name
    files = [path for path in busy.folder.iterdir() if path.name.startswith((".audit", "audit"))]
    assert files == [busy.ledger], "no log and no copy stays beside it"
    content = busy.ledger.read_bytes()
    assert marker.encode() not in content.lower()
    assert b"dana" not in content.lower()
    assert stat.S_IMODE(busy.ledger.stat().st_mode) == 0o600


def test_bytes_are_only_gone_once_the_file_is_rewritten(busy):
    """What the test above greps for would be found if it were there."""
    marker = "q7x0vz3kw9ypl2mtr8bd5hfjq7x0"
    busy.tell("dana", "email", "2026-04-06", f"{WRONG} Ref {marker}.")
    busy.night()
    assert marker.encode() in busy.ledger.read_bytes()


def test_forgotten_replies_are_left_out_when_they_come_again(busy):
    busy.night()
    forget(busy)
    report = busy.night("2026-05-02")
    assert report.summary.left_out == {"forgotten": 2}
    assert report.fixed == (), "what was erased is not told as put right"
    assert all(each.customer != DANA for each in report.findings)
    assert all("dana" not in held.casefold() for held in dump_ledger(busy).values())
    busy.records = [record for record in busy.records if record["email"] != DANA]
    assert strip(report.findings, places=False) == strip(busy.audit(), places=False)
    assert {each.status for each in report.findings} == {Status.KNOWN}


def test_a_forgotten_customer_who_writes_again_is_a_new_one(busy):
    busy.night()
    forget(busy)
    busy.tell("dana", "email", "2026-05-01", WRONG)
    [found] = [each for each in busy.night("2026-05-02").findings if each.customer == DANA]
    assert found.status is Status.NEW
    assert [answer.reply_id for answer in found.answers] == ["R6"]


def test_replies_without_ids_are_forgotten_by_their_words(busy):
    for record in busy.records:
        del record["id"]
    busy.night()
    forget(busy)
    busy.records.insert(0, busy.records.pop())  # other lines of the file are other places
    report = busy.night("2026-05-02")
    assert report.summary.left_out == {"forgotten": 2}
    assert all("dana" not in held.casefold() for held in dump_ledger(busy).values())


def test_what_is_remembered_of_the_forgotten_is_no_personal_data(busy):
    busy.night()
    forget(busy)
    other = busy.folder / "other.duckdb"
    busy.night(ledger=other)
    first = dump_ledger(busy)["forgotten"]
    assert "R1" not in first
    busy.ledger = other
    forget(busy)
    assert dump_ledger(busy)["forgotten"] != first, "every ledger has a key of its own"


def test_a_false_alarm_outlives_the_customer_whose_it_was(busy):
    found = {each.customer: each for each in busy.night().findings}
    with busy.open() as ledger:
        said = "Max Power of Elm Street says so"
        write_decision(
            ledger, decide(DecisionKind.FALSE, found["max@mail.example"], said, "Kim", date(2026, 5, 1))
        )
    assert forget(busy, "max@mail.example").decisions == 1
    with busy.read() as ledger:
        [left] = load_decisions(ledger).values()
    assert (left.kind, left.reason, left.finding) == (DecisionKind.FALSE, "", found["zoe@mail.example"].id)
    [zoe] = [each for each in busy.night("2026-05-02").findings if each.customer == "zoe@mail.example"]
    assert zoe.status is Status.FALSE


def test_what_was_asked_before_in_a_shared_thread_goes_as_well(company):
    company.tell("dana", "chat", "2026-04-01", RIGHT, question="my secret word is xyzzy", conversation_id="T")
    company.tell("dana", "chat", "2026-04-02", RIGHT, question="And the label?", conversation_id="T")
    company.tell("max", "chat", "2026-04-03", FEE, question="Hello?")
    company.night()
    with company.open(rewrites=True) as ledger:
        retire(ledger, date(2026, 4, 2))
    assert all("xyzzy" not in held for held in dump_ledger(company).values())
    report = company.night("2026-05-02")
    company.records = company.records[1:]
    assert strip(report.findings, places=False) == strip(company.audit(), places=False)
    assert report.summary.left_out == {"before 2026-04-02": 1}


def test_retired_replies_take_their_findings_along_untold(busy):
    assert len(busy.night().findings) == 4
    with busy.open() as ledger:
        erased = retire(ledger, date(2026, 4, 2))
    assert (erased.replies, erased.findings) == (1, 2)
    report = busy.night("2026-05-02")
    assert report.fixed == ()
    assert [each.status for each in report.findings] == [Status.KNOWN] * 2
    assert report.summary.left_out == {"before 2026-04-02": 1}
    with busy.open() as ledger:
        assert retire(ledger, date(2026, 4, 1)).replies == 0
    assert busy.night("2026-05-03").summary.left_out == {"before 2026-04-02": 1}, (
        "an earlier day is no way back"
    )


def test_a_reply_without_a_day_is_as_old_as_the_run_that_brought_it(company):
    company.tell("max", "chat", "", FEE)
    company.night("2026-05-01")
    with company.open() as ledger:
        assert retire(ledger, date(2026, 5, 1)).replies == 0
        assert retire(ledger, date(2026, 5, 2)).replies == 1
    report = company.night("2026-05-03")
    assert (report.summary.left_out, report.findings) == ({"forgotten": 1}, ())


PEOPLE = ("ann", "bob", "cy")
TOLD = st.tuples(
    st.sampled_from(PEOPLE),
    st.sampled_from(("email", "chat", "phone")),
    st.integers(1, 9).map(lambda day: f"2026-04-0{day}"),
    st.sampled_from((WRONG, RIGHT, FEE)),
    st.sampled_from(("", "T1", "T2")),
)
STEPS = st.lists(
    st.one_of(
        st.lists(TOLD, min_size=1, max_size=4),
        st.sampled_from([f"{who}@mail.example" for who in PEOPLE]),
        st.integers(1, 9).map(lambda day: date(2026, 4, day)),
    ),
    min_size=2,
    max_size=5,
)


@settings(
    max_examples=4,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=STEPS)
def test_a_ledger_finds_what_an_audit_of_the_rest_finds(tmp_path_factory, steps):
    """After any mix of nights, customers forgotten and replies retired."""
    company = Company(tmp_path_factory.mktemp("company"))
    oldest, gone = "", set()
    for number, step in enumerate(steps, 1):
        if isinstance(step, list):
            for who, channel, day, text, thread in step:
                company.tell(who, channel, day, text, question="And the label?", conversation_id=thread)
        elif isinstance(step, date):
            with company.open() as ledger:
                retire(ledger, step, at_once=step.day % 2 == 0)
            oldest = max(oldest, step.isoformat())
        else:
            with company.open() as ledger:
                for key in look_up_customers(ledger, step):
                    held = ledger.fetch(
                        "SELECT json_extract_string(place, '$[0]') FROM replies "
                        f"JOIN {belongings.HOMES} USING (node) WHERE customer = ?",
                        [key],
                    )
                    forget_customer(ledger, key)
                    gone |= {id_ for (id_,) in held}
        report = company.night(f"2026-05-{number:02}")
        whole = company.records
        company.records = [
            each for each in whole if each["id"] not in gone and each["sent_at"][:10] >= oldest
        ]
        assert strip(report.findings, places=False) == strip(company.audit(), places=False)
        company.records = whole


def test_customers_are_found_by_what_names_them(busy):
    busy.records[0].update(customer_id="C-1042", phone="020 7946 0958", handle="@Dana_D")
    busy.settings = replace(busy.settings, region="GB")
    busy.night()
    with busy.read() as ledger:
        [key] = look_up_customers(ledger, DANA)
        assert look_up_customers(ledger, key) == [key]
        for name in ("C-1042", " Dana@MAIL.example ", "+44 20 7946 0958", "02079460958", "dana_d", "@dana_D"):
            assert look_up_customers(ledger, name) == [key], name
        for name in ("nobody", "guest", "ana_d", "c-1042", ""):
            assert look_up_customers(ledger, name) == [], name
        assert next(find_near(ledger, "zoe@mail.exmaple")) == "zoe@mail.example"
    forget(busy, "max@mail.example")
    with busy.read() as ledger:
        assert look_up_customers(ledger, "02079460958") == [key], "the region is known until the next run"


def test_every_table_is_known_to_belong_to_somebody_or_nobody(busy):
    """A new table must be put where forgetting looks."""
    busy.night()
    nobodys = {"facts", "runs", "forgotten", "unsettled", "findings", "decisions", belongings.LINKED_WITH}
    known = {
        *belongings.OF_REPLIES,
        *belongings.OF_CUSTOMERS,
        *belongings.OF_NUMBERS,
        *(table for table, _ in belongings.OF_NODES),
    }
    assert set(dump_ledger(busy)) == nobodys | known


@pytest.mark.parametrize("rewrites", [False, True])
def test_a_rewritten_ledger_holds_the_same(busy, rewrites):
    busy.night()
    before = dump_ledger(busy)
    with busy.open(rewrites=rewrites):
        pass
    assert dump_ledger(busy) == before
    assert strip(busy.night("2026-05-02").findings) == strip(busy.audit())


def ask(who, day, question, **rest):
    return {"channel": "chat", "sent_at": f"{day}T10:00:00Z", "question": question, "text": "", **who, **rest}


def test_what_a_gone_finding_shows_of_the_forgotten_goes_wherever_it_stood(company):
    """Its answers have no words but a question, and stood in other lines of the file than tonight."""
    dana, told = {"email": DANA}, "Do you ship zanzibarium to me, Dana Dee of Elm Street 7?"
    others = [
        ask({"email": f"p{n}@mail.example"}, f"2026-04-0{n}", "Do you ship zanzibarium to me?")
        for n in range(2, 9)
    ]
    company.records = [ask(dana, "2026-04-01", told), *others]
    assert any(each.customer == "" for each in company.night("2026-05-01").findings)
    company.records.insert(0, {"channel": "chat", "text": RIGHT, "email": "zoe@mail.example"})
    policy = POLICIES.replace("returns", "shipping").replace("return", "ship")
    company.policies.write_text(policy.replace("send back, refund", "zanzibarium"), encoding="utf-8")
    assert any(each.customer == "" for each in company.night("2026-05-02").fixed), "it is gone, and kept"
    assert "elm street" in dump_ledger(company)["findings"].casefold()
    forget(company)
    for name, held in dump_ledger(company).items():
        assert "elm street" not in held.casefold(), name
        assert "dana" not in held.casefold(), name
    assert b"elm street" not in company.ledger.read_bytes().lower()
    with company.read() as ledger:
        [body] = [body for (body,) in ledger.fetch("SELECT body FROM findings WHERE customer = ''")]
    assert "zanzibarium" in body, "what the others asked stays"


def move_to_another_key(company, text, **rest):
    """A finding under a phone, then another one under the customer id that the phone belongs to."""
    first = {"channel": "chat", "sent_at": "2026-04-01T10:00:00Z", "text": text, "phone": "+12025550123"}
    later = {
        "id": "M1",
        "channel": "phone",
        "sent_at": "2026-04-05T10:00:00Z",
        "text": RIGHT,
        "email": "max@x.example",
    }
    company.records = [later, first | rest]
    assert [each.customer for each in company.night("2026-05-01").findings] == ["+12025550123"]
    company.records.append(
        {**first, "id": "Q2", "sent_at": "2026-04-03T10:00:00Z", "text": RIGHT, "customer_id": "C-1"}
    )
    assert {each.customer for each in company.night("2026-05-02").findings} == {"C-1"}


@pytest.mark.parametrize("id_", ["Q1", ""])
def test_a_finding_under_an_earlier_key_goes_with_the_customer(company, id_):
    move_to_another_key(company, "", question="How long do I have to return an item? I am xyzzy.", id=id_)
    forget(company, "C-1")
    for name, held in dump_ledger(company).items():
        assert "xyzzy" not in held, name
        assert "2025550123" not in held, name


def test_a_finding_under_an_earlier_key_is_retired(company):
    move_to_another_key(company, f"Xyzzy, {WRONG}", id="Q1")
    with company.open(rewrites=True) as ledger:
        retire(ledger, date(2026, 4, 2), at_once=True)
    assert all("xyzzy" not in held.casefold() for held in dump_ledger(company).values())
    assert b"xyzzy" not in company.ledger.read_bytes().lower()


def test_findings_of_others_stay_whoever_stands_now_where_they_stood(company):
    def tell(who, text):
        return {
            "channel": "chat",
            "sent_at": "2026-04-01T10:00:00Z",
            "text": text,
            "email": f"{who}@mail.example",
        }

    company.records = [tell("zoe", FEE)]
    company.night("2026-05-01")
    company.policies.write_text(POLICIES.replace("$7", "$9"), encoding="utf-8")
    company.records.insert(0, tell("dana", WRONG))
    assert [each.customer for each in company.night("2026-05-02").fixed] == ["zoe@mail.example"]
    forget(company)
    with company.read() as ledger:
        assert ledger.fetch("SELECT customer FROM findings") == [("zoe@mail.example",)]


def test_a_conversation_that_is_named_like_the_customer_goes(company):
    company.tell("dana", "whatsapp", "2026-04-01", WRONG, conversation_id="+447700900123")
    company.tell("max", "chat", "2026-04-03", FEE, conversation_id="T-1")
    company.night()
    forget(company)
    assert all("447700900123" not in held for held in dump_ledger(company).values())
    assert b"447700900123" not in company.ledger.read_bytes()


def test_numbers_of_erased_replies_are_not_given_again(busy):
    busy.night()
    with busy.read() as ledger:
        last = ledger.fetch_one("SELECT max(seq) FROM replies")
    forget(busy, "zoe@mail.example")
    busy.tell("ann", "chat", "2026-04-06", FEE)
    busy.night("2026-05-02")
    with busy.read() as ledger:
        assert ledger.fetch_one("SELECT max(seq) FROM replies") == last + 1
        assert ledger.fetch_one("SELECT min(seq) FROM replies WHERE first_run = 2") == last + 1


def test_a_question_that_nobody_answered_is_as_old_as_it_was_asked(company):
    asked = {
        "id": "Q",
        "channel": "chat",
        "asked_at": "2020-01-01T10:00:00Z",
        "question": "How long do I have to return an item?",
        "email": DANA,
    }
    company.records = [asked]
    company.night()
    with company.open() as ledger:
        assert retire(ledger, date(2020, 1, 1)).replies == 0
        assert retire(ledger, date(2020, 1, 2)).replies == 1
    assert company.night("2026-05-02").summary.left_out == {"before 2020-01-02": 1}
