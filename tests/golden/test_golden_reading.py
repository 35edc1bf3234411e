"""Exact bytes of an explained reply and of tested examples. UPDATE_GOLDEN=1 writes them anew."""

import io

import pytest
from golden_reading import EXAMPLES, EXPLAINED, PASSED, SILENT
from test_golden import compare

from consistency_check.report import ReportOptions
from consistency_check.report.examples import write_examples
from consistency_check.report.examples_document import write_examples_document
from consistency_check.report.explained import write_explained


def render(write, *arguments, **rest):
    stream = io.StringIO()
    write(arguments[0], stream, *arguments[1:], **rest)
    return stream.getvalue()


WAYS = [
    ("", ReportOptions(), {}),
    ("-verbose", ReportOptions(), {"verbose": True}),
    ("-in-colour", ReportOptions(colour=True), {}),
    ("-narrow", ReportOptions(width=50), {}),
    ("-wide", ReportOptions(width=120), {}),
]


@pytest.mark.parametrize(("name", "look", "rest"), WAYS)
def test_an_explained_reply(name, look, rest):
    compare(f"explained{name}.txt", render(write_explained, EXPLAINED, look, **rest))


def test_an_explained_reply_that_says_nothing():
    compare("explained-silent.txt", render(write_explained, SILENT, ReportOptions()))


@pytest.mark.parametrize(("name", "look", "rest"), WAYS)
def test_tested_examples(name, look, rest):
    compare(f"examples{name}.txt", render(write_examples, EXAMPLES, look, **rest))


def test_examples_that_passed():
    compare("examples-passed.txt", render(write_examples, PASSED, ReportOptions()))


def test_tested_examples_as_json():
    compare("examples.json", render(write_examples_document, EXAMPLES))
