"""A report without the people in it: every finding, answer, problem and remark."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from consistency_check.model import Finding, FindingAnswer, Problem, Report, Source
from consistency_check.redaction.figures import redact_headline, redact_summary
from consistency_check.redaction.redactor import Redactor, read_value

# What a message quotes of a record, as repr() and people write it; `names` of fields have other marks.
_QUOTED = re.compile(r"(?<!\w)'[^'\n]{1,200}'(?!\w)|\"[^\"\n]{1,200}\"|“[^”\n]{1,200}”|«[^»\n]{1,200}»")


def redact_report(report: Report, redactor: Redactor) -> Report:
    """The report with pseudonyms; its figures, values, policies and fingerprints are what they were.

    Fingerprints stay, as baselines and accepted findings are kept by them.
    """
    return replace(
        report,
        summary=redact_summary(report.summary, redactor),
        findings=tuple(redact_finding(finding, redactor) for finding in report.findings),
        fixed=tuple(redact_finding(finding, redactor) for finding in report.fixed),
        problems=tuple(redact_problem(problem, redactor) for problem in report.problems),
        notes=tuple(redactor.redact_id(note) for note in report.notes),
        reminders=tuple(redactor.redact_text(reminder) for reminder in report.reminders),
        headline=redact_headline(report.headline, redactor),
        nights=tuple(
            replace(night, headline=redact_headline(night.headline, redactor)) for night in report.nights
        ),
    )


def redact_finding(finding: Finding, redactor: Redactor) -> Finding:
    """One finding. Its answers' `start` and `end` still count characters of the reply as it was sent."""
    key, type_name = finding.customer, redactor.type_of(finding.policy)
    answers = tuple(
        _redact_answer(answer, key or redactor.home_of(answer.reply_id), type_name, redactor)
        for answer in finding.answers
    )
    return replace(
        finding,
        customer=redactor.name_customer(key),
        customer_name=redactor.name_person(key, finding.customer_name),
        message=_redact_message(finding, type_name, redactor),
        answers=answers,
        status_reason=redactor.redact_text(finding.status_reason, key),
    )


def _redact_message(finding: Finding, type_name: str, redactor: Redactor) -> str:
    """The message, but for what stands in it of the values and the policy; channels as in their column."""
    values = (
        {finding.expected, *(answer.value for answer in finding.answers)} if type_name != "text" else set()
    )
    channels = {answer.channel.casefold(): redactor.redact_id(answer.channel) for answer in finding.answers}
    pattern = "|".join(
        (f"(?P<value>{_list_either(values)})", rf"(?i:(?<!\w)(?P<channel>{_list_either(channels)})(?!\w))")
    )
    key, parts, at = finding.customer, [], 0
    for found in re.finditer(pattern, finding.message):
        parts.append(redactor.redact_text(finding.message[at : found.start()], key))
        if found["channel"]:
            shown = channels.get(found[0].casefold(), "")
            parts.append(found[0] if shown.casefold() == found[0].casefold() else shown)
        else:
            parts.append(redactor.redact_value(found[0], type_name, key, ""))
        at = found.end()
    return "".join([*parts, redactor.redact_text(finding.message[at:], key)])


def _list_either(words: Collection[str]) -> str:
    """A pattern of one of some words, the longest first; one that nothing matches for none."""
    said = sorted(filter(None, words), key=lambda word: (-len(word), word))
    return "|".join(map(re.escape, said)) or "(?!)"


def _redact_answer(answer: FindingAnswer, key: str, type_name: str, redactor: Redactor) -> FindingAnswer:
    claimed = type_name, read_value(type_name, answer.value)
    context, quote, place = redactor.redact_quoted(
        answer.context, answer.quote, answer.quote_at, key, answer.agent, claimed
    )
    return replace(
        answer,
        reply_id=redactor.redact_id(answer.reply_id, key),
        channel=redactor.redact_id(answer.channel),
        team=redactor.redact_id(answer.team),
        agent=redactor.name_agent(answer.agent),
        value=redactor.redact_value(answer.value, type_name, key, answer.agent),
        quote=quote,
        source=redactor.redact_id(answer.source, key),
        context=context,
        context_start=answer.start - place if place >= 0 else answer.context_start,
        question=redactor.redact_text(answer.question, key, answer.agent),
    )


def redact_problem(problem: Problem, redactor: Redactor) -> Problem:
    """A problem without what it quotes of a record: who that is about is not known."""
    source = problem.source
    path = Source(redactor.redact_id(source.path), source.line, source.column)
    return Problem(path, redactor.redact_text(hide_quoted(problem.message)))


def hide_quoted(message: str, *, keeps_advice: bool = True) -> str:
    """The message with … for what it quotes; behind the last semicolon stands what it advises to write."""
    wrong, semicolon, advice = message.rpartition("; ") if keeps_advice else (message, "", "")
    return _QUOTED.sub(lambda found: f"{found[0][0]}…{found[0][-1]}", wrong) + semicolon + advice
