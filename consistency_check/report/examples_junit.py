"""The examples and tests of a knowledge base as JUnit's XML, which build servers show."""

from __future__ import annotations

import re
from html import escape
from typing import TextIO

from consistency_check.model import ExampleReport, ExampleResult, JudgedClaim, ReplyTestResult, Source
from consistency_check.report.escape import show_text
from consistency_check.report.examples import EXPECTED, say_expected
from consistency_check.report.reading import say_claims

# What XML 1.0 forbids and `show_text` lets stand (https://www.w3.org/TR/xml/#charsets).
_FORBIDDEN = re.compile("[\ufffe\uffff]")


def write_examples_junit(report: ExampleReport, stream: TextIO) -> None:
    """One suite of examples and one of tests; a case that failed says what was expected and read."""
    examples = [_build_example(one) for one in report.results]
    tests = [_build_test(one) for one in report.tests]
    stream.write('<?xml version="1.0" encoding="UTF-8"?>\n')
    failed = len(report.failed), len(report.failed_tests)
    counts = f'tests="{len(examples) + len(tests)}" failures="{sum(failed)}"'
    stream.write(f'<testsuites name="policies" {counts}>\n')
    for name, cases, count in (("examples", examples, failed[0]), ("tests", tests, failed[1])):
        if cases:
            stream.write(f'  <testsuite name="{name}" tests="{len(cases)}" failures="{count}">\n')
            stream.writelines(cases)
            stream.write("  </testsuite>\n")
    stream.write("</testsuites>\n")


def _build_example(one: ExampleResult) -> str:
    """An example's reply is named by its policy, kind and number."""
    own = [judged for judged in one.explained.judged if judged.policy.id == one.policy.id]
    name = one.explained.reply.id.removeprefix(f"{one.policy.id}, ")
    said = [f"Example: {one.explained.reply.text}", f"Expected {EXPECTED[one.kind]}", *_say_read(own)]
    return _build_case(one.policy.id, name, one.policy.source, "" if one.passed else said)


def _build_test(one: ReplyTestResult) -> str:
    expected = ["Expected:", *(map(say_expected, one.test.expected) if one.test.expected else ["no claim"])]
    said = [f"Reply: {one.test.reply.text}", *expected, *_say_read(one.explained.judged)]
    return _build_case("tests", one.test.name, one.test.source, "" if one.passed else said)


def _say_read(judged: tuple[JudgedClaim, ...] | list[JudgedClaim]) -> list[str]:
    return (
        ["Read:", *(text.plain for text in say_claims(judged) if text.plain)]
        if judged
        else ["Read: no claim"]
    )


def _build_case(group: str, name: str, source: Source, said: list[str] | str) -> str:
    place = f'file="{_show(source.path)}" line="{source.line}"'
    case = f'    <testcase classname="{_show(group)}" name="{_show(name)}" {place}'
    if not said:
        return f"{case}/>\n"
    text = "\n".join(map(_show, said))
    failure = f'      <failure message="was not read as expected">{text}</failure>'
    return f"{case}>\n{failure}\n    </testcase>\n"


def _show(text: str) -> str:
    return escape(_FORBIDDEN.sub("�", show_text(text)))
