"""Nothing of a drawn person survives in the bytes of any format."""

import io
import re

from hypothesis import given, settings
from hypothesis import strategies as st

from consistency_check.identify import fold_name
from consistency_check.model import Finding, FindingAnswer, Report, Severity, Summary, Verdict
from consistency_check.redaction import redact_report
from consistency_check.report import OUTPUTS, ReportOptions, write_report

LETTERS = st.sampled_from("abcdefghijklmnoprstuvwyzàéñøü")
WORDS = st.text(LETTERS, min_size=2, max_size=9).map(lambda letters: f"zw{letters}")
"""No word of a format, such as `false`, begins so."""
DIGITS = st.text("123456789", min_size=7, max_size=7)
TEMPLATES = (
    "Hi {first}, it is 30 days.",
    "it is 30 days {lower}, ask {first} {last}",
    "{first}'s order {order} has 30 days; we wrote to {email}",
    "Mr {last}: 30 days, we rang {phone}. ({id})",
    "30 days @{handle} ^{first}",
    "{LAST}, {FIRST} - 30 days - {spaced}",
)


@settings(max_examples=150, deadline=None)
@given(WORDS, WORDS, DIGITS, st.lists(st.sampled_from(TEMPLATES), min_size=1, max_size=4))
def test_nothing_of_a_drawn_person_survives(make_redactor, first, last, digits, templates):
    first, last = first.capitalize(), last.capitalize()
    phone = f"077{digits}0"
    own = {
        "first": first, "last": last, "lower": first.lower(), "FIRST": first.upper(), "LAST": last.upper(),
        "email": f"{fold_name(last)}@mail.example", "phone": phone, "id": f"TB-{digits}",
        "handle": f"{fold_name(first)}_{digits[:3]}", "order": f"FO{digits}",
        "spaced": f"+44 {phone[1:5]} {phone[5:]}",
    }  # fmt: skip
    known = {"customer_id": own["id"], **{name: own[name] for name in ("email", "phone", "handle")}}
    redactor = make_redactor({**known, "name": f"{first} {last}", "attributes": {"order_id": own["order"]}})
    answers = tuple(build_answer(template.format(**own)) for template in templates)
    finding = Finding(
        *("f1", "channel-conflict", Severity.HIGH, own["id"], "returns", "returns.window", "45 days"),
        *(f"{first} was told 30 days.", answers, "Because.", (), f"{first} {last}"),
    )
    redacted = redact_report(Report(Summary(), (finding,)), redactor)
    for name in OUTPUTS:
        stream = io.StringIO()
        write_report(name, redacted, stream, ReportOptions())
        shown = stream.getvalue()
        words = set(re.findall(r"[^\W\d_]+", fold_name(shown)))
        assert not words & {fold_name(first), fold_name(last)}, (name, templates)
        assert digits not in re.sub(r"[ +-]", "", shown) and own["email"] not in shown.casefold()
        assert "30 days" in shown


def build_answer(text):
    at = text.index("30 days")
    head = (
        "R0",
        "chat",
        "",
        "",
        "",
        "30 days",
        Verdict.CONFLICTS,
        "30 days",
        at,
        at + 7,
        0.9,
        "chat.jsonl:1",
    )
    return FindingAnswer(*head, text, 0, text)
