"""`junit`: JUnit XML, a suite for each check and a case for each finding."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TextIO
from xml.etree.ElementTree import Element, SubElement

from consistency_check.report.elements import show_xml, write_elements
from consistency_check.report.output import offer_sheet
from consistency_check.report.sheet import Alert, Sheet

SUITES = "consistency-check"


def write_junit(sheet: Sheet, stream: TextIO) -> None:
    """What makes the exit status 1 is a failure, other findings are skipped.

    An idle check has passed, and so has what is no longer found.
    """
    root = Element("testsuites", name=SUITES)
    for suite in _build_suites(sheet):
        root.append(suite)
    for name in ("tests", "failures", "errors", "skipped"):
        root.set(name, str(sum(int(suite.get(name, "0")) for suite in root)))
    write_elements(root, stream)


def _build_suites(sheet: Sheet) -> Iterator[Element]:
    for rule in sheet.checked:
        found = [alert for alert in sheet.alerts if alert.rule == rule]
        cases = [_build_case(alert) for alert in found]
        cases += [_build_gone(alert) for alert in sheet.gone if alert.rule == rule]
        if not cases and sheet.compared:
            cases = [Element("testcase", classname=rule, name="nothing found")]
        if cases:
            yield _build_suite(rule, cases)
    remarks = [_build_remark(remark, sheet.compared) for remark in sheet.remarks]
    problems = [_build_remark(str(problem), True) for problem in sheet.problems]
    if remarks or problems:
        yield _build_suite("input", [*remarks, *problems])


def _build_suite(name: str, cases: list[Element]) -> Element:
    suite = Element("testsuite", name=name, tests=str(len(cases)))
    for key, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(key, str(sum(case.find(tag) is not None for case in cases)))
    suite.extend(cases)
    return suite


def _build_case(alert: Alert) -> Element:
    name = f"{alert.subject or alert.message} [{alert.id}]"
    case = Element("testcase", classname=alert.rule, name=show_xml(name))
    if alert.source:
        case.set("file", show_xml(alert.source.path))
        case.set("line", str(max(alert.source.line, 1)))
    if alert.fails:
        failure = SubElement(case, "failure", type=alert.severity.value, message=show_xml(alert.message))
        standing = [alert.standing] if alert.standing else []
        failure.text = "\n".join(map(show_xml, (alert.message, *standing, *alert.details)))
    else:
        why = alert.standing or f"{alert.severity}, which does not fail"
        SubElement(case, "skipped", message=show_xml(f"{why}; {alert.message}"))
    return case


def _build_gone(alert: Alert) -> Element:
    """A case that has passed: what it told of is no longer found."""
    case = Element("testcase", classname=alert.rule, name=show_xml(f"{alert.subject} [{alert.id}]"))
    SubElement(case, "system-out").text = show_xml(f"{alert.status_reason}; {alert.message}")
    return case


def _build_remark(text: str, compared: bool) -> Element:
    """What was left out or could not be used; an error where nothing could be compared at all."""
    case = Element("testcase", classname="input", name=show_xml(text))
    SubElement(case, "skipped" if compared else "error", message=show_xml(text))
    return case


OUTPUT = offer_sheet("junit", "JUnit XML, a case a finding", write_junit)
