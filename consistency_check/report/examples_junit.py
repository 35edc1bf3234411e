"""The examples and tests of a knowledge base as JUnit's XML, which build servers show."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TextIO
from xml.etree.ElementTree import Element, SubElement

from consistency_check.model import ExampleReport, ExampleResult, JudgedClaim, ReplyTestResult, Source
from consistency_check.report.elements import show_xml, write_elements
from consistency_check.report.examples import EXPECTED, say_expected
from consistency_check.report.reading import say_claims


def write_examples_junit(report: ExampleReport, stream: TextIO) -> None:
    """One suite of examples and one of tests; a case that failed says what was expected and read."""
    suites = {
        "examples": ([_build_example(one) for one in report.results], len(report.failed)),
        "tests": ([_build_test(one) for one in report.tests], len(report.failed_tests)),
    }
    root = Element("testsuites", name="policies")
    root.set("tests", str(len(report.results) + len(report.tests)))
    root.set("failures", str(len(report.failed) + len(report.failed_tests)))
    for name, (cases, failures) in suites.items():
        if cases:
            suite = SubElement(root, "testsuite", name=name, tests=str(len(cases)), failures=str(failures))
            suite.extend(cases)
    write_elements(root, stream)


def _build_example(one: ExampleResult) -> Element:
    """An example's reply is named by its policy, kind and number."""
    own = [judged for judged in one.explained.judged if judged.policy.id == one.policy.id]
    name = one.explained.reply.id.removeprefix(f"{one.policy.id}, ")
    said = [f"Example: {one.explained.reply.text}", f"Expected {EXPECTED[one.kind]}", *_say_read(own)]
    return _build_case(one.policy.id, name, one.policy.source, () if one.passed else said)


def _build_test(one: ReplyTestResult) -> Element:
    expected = ["Expected:", *(map(say_expected, one.test.expected) if one.test.expected else ["no claim"])]
    said = [f"Reply: {one.test.reply.text}", *expected, *_say_read(one.explained.judged)]
    return _build_case("tests", one.test.name, one.test.source, () if one.passed else said)


def _say_read(judged: Sequence[JudgedClaim]) -> list[str]:
    return (
        ["Read:", *(text.plain for text in say_claims(judged) if text.plain)]
        if judged
        else ["Read: no claim"]
    )


def _build_case(group: str, name: str, source: Source, said: Sequence[str]) -> Element:
    """A case of a group of them; it has failed where there is something to say."""
    case = Element("testcase", classname=show_xml(group), name=show_xml(name))
    case.set("file", show_xml(source.path))
    case.set("line", str(source.line))
    if said:
        failure = SubElement(case, "failure", message="was not read as expected")
        failure.text = "\n".join(map(show_xml, said))
    return case
