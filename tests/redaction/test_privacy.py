"""The hall of redaction: what it knows of people, whatever a run has come to know."""

from dataclasses import replace

import pytest

from consistency_check.intake import AuditSettings, build_linker
from consistency_check.model import (
    Customer,
    Finding,
    FindingAnswer,
    Headline,
    Night,
    Problem,
    Rate,
    Reply,
    Report,
    Severity,
    Source,
    Summary,
    Verdict,
)
from consistency_check.privacy import Privacy

KEY = bytes(range(32))
POLICY = """\
topic: returns
policies:
  window:
    statement: You can return items within {value}.
    type: duration
    value: 30 days
"""


@pytest.fixture
def privacy(tmp_path):
    (tmp_path / "policies").mkdir()
    (tmp_path / "policies" / "returns.yaml").write_text(POLICY, encoding="utf-8")
    return Privacy(AuditSettings((), tmp_path / "policies", region="GB"), KEY)


def meet(privacy, *replies):
    linker = build_linker(privacy.settings, [])
    for reply in replies:
        linker.add(reply)
    privacy.settings.meet(linker.resolve())


def make_reply(id_, customer_id, name, **more):
    return Reply(id=id_, channel="chat", text="", customer_id=customer_id, name=name, **more)


def make_answer(reply_id, text, channel="chat"):
    return FindingAnswer(
        *(reply_id, channel, "", "", "", "30 days", Verdict.AGREES, "30 days", text.index("30 days")),
        *(text.index("30 days") + 7, 0.9, f"{reply_id}.jsonl:1", text, 0, text),
    )


def make_finding(customer, *answers):
    head = ("f1", "channel-drift", Severity.LOW, customer, "returns", "returns.window", "30 days", "Chat.")
    return Finding(*head, answers)


def test_samples_of_everybody_are_redacted_for_their_own_customer(privacy):
    meet(
        privacy,
        make_reply("R1", "TB-1001", "Samir Abara", handle="@samab77"),
        make_reply("R2", "TB-1002", "Dana Whitfield"),
    )
    texts = ("samir, you have 30 days, as samab77 and TB-1001", "well dana, 30 days for TB-1002")
    answers = [make_answer(f"R{at}", text) for at, text in enumerate(texts, 1)]
    report = Report(Summary(), (make_finding("", *answers), make_finding("TB-1001", answers[0])))
    everybody, own = privacy.redact_report(report).findings
    assert everybody.customer == ""
    assert everybody.answers[0] == own.answers[0]
    shown = " ".join(answer.context + answer.question for answer in everybody.answers).casefold()
    assert not [word for word in ("samir", "samab77", "tb-1001", "dana", "tb-1002") if word in shown]
    assert shown.count(own.customer) == 4


def test_an_id_goes_however_short_where_it_is_no_plain_number(privacy):
    meet(privacy, make_reply("C12-1", "C12", "Dana"), make_reply("R2", "1234", "Samir"))
    finding = make_finding("C12", make_answer("C12-1", "As C12 you have 30 days, not C123, (c12)"))
    (redacted,) = privacy.redact_report(Report(Summary(), (finding,))).findings
    assert redacted.answers[0].context == (
        f"As {redacted.customer} you have 30 days, not C123, ({redacted.customer})"
    )
    assert redacted.answers[0].reply_id == f"{redacted.customer}-1"
    assert redacted.answers[0].source == f"{redacted.customer}-1.jsonl:1"
    plain = make_finding("1234", make_answer("R2", "You have 30 days and 1234 points"))
    (redacted,) = privacy.redact_report(Report(Summary(), (plain,))).findings
    assert redacted.answers[0].context == "You have 30 days and 1234 points"


def test_what_is_personal_by_its_look_goes_though_nobody_was_met(privacy):
    said = "ring 07700 900123 or write dana@x.example, order FO-330871"
    report = privacy.redact_report(Report(Summary(), (), (Problem(Source("a.jsonl", 1), said),)))
    (problem,) = report.problems
    assert not [word for word in ("07700", "dana", "FO-330871") if word in problem.message]
    assert problem.message.startswith("ring phone-") and ", order reference-" in problem.message


def test_a_channel_that_is_called_after_somebody_is_their_pseudonym(privacy):
    meet(
        privacy,
        make_reply("R1", "TB-1001", "Dana Whitfield", agent="Beth Long"),
        make_reply("R2", "TB-1002", "Samir Abara", agent="SMS desk"),
        make_reply("R3", "TB-1003", "Ola Counter", agent="Beth"),
    )
    channels = ("beth long", "samir.abara", "sms", "long-beth", "beth")
    answers = [make_answer(f"R{at}", "you have 30 days", channel) for at, channel in enumerate(channels)]
    finding = replace(
        make_finding("TB-1001", *answers),
        message="Beth long said 30 days, SMS and samir.abara said 30 days, then beth.",
    )
    rate = Rate(1, 2)
    headline = Headline(
        by_channel_pair={("beth long", "sms"): rate, ("long-beth", "sms"): rate},
        by_channel={"beth long": rate, "long-beth": rate, "counter": rate},
        by_team={"Beth Long": rate, "Social": rate},
    )
    report = privacy.redact_report(
        Report(
            Summary(
                by_channel={"beth long": 2, "long-beth": 3, "sms": 1}, by_channel_pair={"beth long / sms": 1}
            ),
            (finding,),
            headline=headline,
            nights=(Night(1, "2026-05-01", 5, 1, 1, 0, headline),),
        )
    )
    beth, samir, _, same, alone = (answer.channel for answer in report.findings[0].answers)
    assert beth == same and beth.startswith("agent-") and samir.startswith("person-")
    assert alone.startswith("agent-") and alone != beth
    assert report.findings[0].message == f"{beth} said 30 days, SMS and {samir} said 30 days, then {alone}."
    assert report.summary.by_channel == {beth: 5, "sms": 1}
    assert report.summary.by_channel_pair == {f"{beth} / sms": 1}
    assert report.headline.by_channel == {beth: Rate(2, 4), "counter": rate}
    assert report.headline.by_channel_pair == {(beth, "sms"): Rate(2, 4)}
    assert report.headline.by_team == {beth: rate, "Social": rate}
    assert report.nights[0].headline == report.headline


def test_ids_and_paths_lose_whole_names_without_capitals(privacy):
    meet(privacy, make_reply("R1", "TB-1001", "Dana Whitfield", agent="Beth Long"))
    answer = replace(
        make_answer("x", "30 days"), source="in/beth_long/dana-whitfield.jsonl:3", agent="Beth Long"
    )
    (redacted,) = privacy.redact_report(Report(Summary(), (make_finding("", answer),))).findings
    beth, dana = redacted.answers[0].agent, privacy.redact_customers([Customer("TB-1001", ())])[0].key
    assert redacted.answers[0].source == f"in/{beth}/{dana.replace('customer', 'person')}.jsonl:3"
