"""The HTML page as a document: what it says, what it links to, and that nothing of the input is markup."""

import io
import re
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from itertools import pairwise
from urllib.parse import parse_qs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consistency_check.cli.audit import show_new
from consistency_check.model import Report, Status, Summary
from consistency_check.report import ReportOptions, RuleText, write_report
from consistency_check.report.escape import show_text
from consistency_check.report.html.document import hash_source, is_web
from tests.golden.golden_morning import DRIFT, MORNING, UNCOVERED, build_morning
from tests.report.test_code_formats import STEERING
from tests.report.test_hostile_text import build_known, build_report

VOID = {"meta", "input", "path", "rect", "link", "br", "img"}
ADDRESSES = ("javascript:alert(1)", "data:text/html,x", "//evil.example", " https://x", "file:///etc/passwd")


@dataclass
class Element:
    """An element of the page, with the text of it and of what is in it."""

    tag: str
    attributes: dict
    parent: "Element | None" = None
    text: str = ""
    children: list = field(default_factory=list)

    def find(self, tag, **wanted):
        """Every element below with this tag and these attributes."""
        for child in self.children:
            if child.tag == tag and all(child.attributes.get(k) == v for k, v in wanted.items()):
                yield child
            yield from child.find(tag, **wanted)

    def walk(self):
        for child in self.children:
            yield child
            yield from child.walk()


class PageReader(HTMLParser):
    """Builds the elements; a tag that closes what is not open is an error."""

    def __init__(self):
        super().__init__()
        self.at = self.root = Element("root", {})

    def handle_starttag(self, tag, attrs):
        assert len(dict(attrs)) == len(attrs), "an attribute stands there twice"
        element = Element(tag, dict(attrs), self.at)
        self.at.children.append(element)
        if tag not in VOID:
            self.at = element

    def handle_endtag(self, tag):
        if tag in VOID:
            return
        assert self.at.tag == tag, f"</{tag}> closes <{self.at.tag}>"
        self.at = self.at.parent

    def handle_data(self, data):
        at = self.at
        while at:
            at.text += data
            at = at.parent


def render(report):
    stream = io.StringIO()
    rules = (RuleText("channel-conflict", "answers that cannot both hold", ""),)
    write_report("html", report, stream, ReportOptions(rules=rules))
    return stream.getvalue()


def read(report):
    reader = PageReader()
    reader.feed(render(report))
    reader.close()
    assert reader.at is reader.root, f"<{reader.at.tag}> is never closed"
    return reader.root


@pytest.fixture(scope="module")
def morning():
    return read(MORNING)


def find_one(page, tag, **wanted):
    (found,) = page.find(tag, **wanted)
    return found


def test_only_its_own_script_and_style_run(morning):
    policy = find_one(morning, "meta", **{"http-equiv": "Content-Security-Policy"}).attributes["content"]
    said = dict(part.split(" ", 1) for part in policy.split("; "))
    assert said["default-src"] == "'none'"
    assert said["script-src"] == hash_source(find_one(morning, "script").text)
    assert said["style-src"] == hash_source(find_one(morning, "style").text)
    assert hash_source("") == "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"


@pytest.mark.parametrize("report", [MORNING, *(build_known(text) for text in STEERING)])
def test_nothing_is_loaded_and_nothing_runs_from_an_attribute(report):
    for element in read(report).walk():
        assert element.tag not in {"link", "img", "iframe", "object", "embed", "base"}
        for name, value in element.attributes.items():
            assert not name.startswith("on")
            assert name not in {"src", "srcset", "style", "srcdoc", "action", "formaction", "ping"}
            if name == "href":
                assert value.startswith("#") or is_web(value)


@pytest.mark.parametrize("text", STEERING)
def test_what_the_input_says_stays_text(text):
    page, plain = read(build_known(text)), read(build_known("x"))
    assert [element.tag for element in page.walk()] == [element.tag for element in plain.walk()]
    assert find_one(page, "script").text == find_one(plain, "script").text
    shown = re.sub("[\ufffe\uffff]", "\ufffd", show_text(text)).strip()
    marks = {mark.text for mark in page.find("mark")}
    assert {mark.strip() for mark in marks} == {shown}


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(codec=None), min_size=1, max_size=12))
def test_any_text_is_shown_and_the_page_holds(text):
    page = read(build_known(text))
    assert len(list(page.find("article"))) == 2
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]", page.text)


@pytest.mark.parametrize("address", ADDRESSES)
def test_only_web_addresses_become_links(address):
    page = read(Report(Summary(), (replace(DRIFT, policy_source=address),)))
    assert all(link.attributes["href"].startswith("#") for link in page.find("a"))
    assert show_text(address).strip() in page.text


def test_a_web_address_becomes_a_link_that_tells_nobody_where_from():
    link = find_one(read(Report(Summary(), (DRIFT,))), "a", href=DRIFT.policy_source)
    assert link.attributes["rel"] == "noreferrer noopener"


def list_articles(page):
    return {article.attributes["id"].removeprefix("f-"): article for article in page.find("article")}


def test_every_finding_is_there_in_the_order_of_its_urgency(morning):
    articles = list_articles(morning)
    assert set(articles) == {finding.id for finding in (*MORNING.findings, *MORNING.fixed)}
    shown = [[tag.text for tag in article.find("span")][1] for article in articles.values()]
    assert list(dict.fromkeys(shown)) == [status.value for status in Status]
    assert shown == sorted(shown, key=[status.value for status in Status].index)
    assert shown.count("fixed") == len(MORNING.fixed)
    severities = [next(article.find("span")).text for article in articles.values()]
    new = severities[: shown.count("new")]
    assert new == sorted(new, key=["critical", "high", "medium", "low"].index)


def test_a_finding_says_all_that_is_known_of_it(morning):
    articles = list_articles(morning)
    for finding in MORNING.findings:
        text = " ".join(articles[finding.id].text.split())
        for part in (
            *(finding.message, finding.check, finding.policy, finding.expected, finding.reason),
            *(finding.policy_source, finding.status_reason, finding.customer, finding.customer_name),
            *(finding.linked_by and f"linked by {', '.join(finding.linked_by)}", finding.first_seen),
        ):
            assert (part or "") in text
        for answer in finding.answers:
            for part in (answer.context, answer.question, answer.agent, answer.team, answer.source):
                assert " ".join(part.split()) in text
        quotes = [mark.text for mark in articles[finding.id].find("mark")]
        assert quotes == [answer.quote for answer in finding.answers if answer.quote]
    assert "likely, 94%" in morning.text


def test_what_concerns_no_single_customer_says_so(morning):
    articles = list_articles(morning)
    assert "all customers" in articles[DRIFT.id].text
    assert not list(articles[UNCOVERED.id].find("blockquote"))


def test_a_finding_without_any_answer_is_shown():
    page = read(Report(Summary(), (replace(UNCOVERED, answers=()),)))
    assert UNCOVERED.message in find_one(page, "article").text
    assert not list(find_one(page, "article").find("ul"))


def test_a_choice_counts_the_findings_that_carry_its_numbers(morning):
    carried = [set(article.attributes["data-is"].split()) for article in morning.find("article")]
    options = [option for option in morning.find("option") if option.attributes["value"]]
    assert len(options) > 25
    for option in options:
        wanted = set(option.attributes["data-is"].split())
        count = sum(wanted <= numbers for numbers in carried)
        assert f"({count})" in option.text
        assert count > 0
    assert any(len(option.attributes["data-is"].split()) == 2 for option in options), "pairs of channels"


def test_a_figure_leads_to_findings_that_are_there(morning):
    """The first click; the second opens one of them. A figure without findings is no link."""
    offered = {
        (choice.attributes["name"], option.attributes["value"])
        for choice in morning.find("select")
        for option in choice.find("option")
    }
    links = [link.attributes["href"][1:] for link in morning.find("a") if "=" in link.attributes["href"]]
    assert len(links) > 15
    for link in links:
        for name, values in parse_qs(link, strict_parsing=True).items():
            assert {(name, value) for value in values} <= offered
    assert any(link == "channel=chat+%2F+email&check=channel-conflict" for link in links)


def test_links_within_the_page_lead_somewhere(morning):
    places = {element.attributes["id"] for element in morning.walk() if "id" in element.attributes}
    links = [link.attributes["href"][1:] for link in morning.find("a") if link.attributes["href"][0] == "#"]
    assert {link for link in links if "=" not in link} <= places


def test_headings_labels_and_names_are_those_that_a_screen_reader_needs(morning):
    ids = [element.attributes["id"] for element in morning.walk() if "id" in element.attributes]
    assert len(ids) == len(set(ids))
    levels = [int(e.tag[1]) for e in morning.walk() if re.fullmatch("h[1-6]", e.tag)]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    for tag in ("header", "main", "nav", "form"):
        find_one(morning, tag)
    for section in morning.find("section"):
        assert section.attributes["aria-labelledby"] in ids
    for control in (*morning.find("select"), *morning.find("input")):
        assert control.parent.tag == "label"
    for drawing in morning.find("svg"):
        assert drawing.attributes.get("aria-label") or drawing.attributes.get("aria-hidden")
    for region in (e for e in morning.walk() if e.attributes.get("role") == "region"):
        assert region.attributes["tabindex"] == "0"
        assert region.attributes.get("aria-label") or region.attributes["aria-labelledby"] in ids
    for heading in morning.find("th"):
        assert heading.attributes["scope"] in ("row", "col")


def test_behind_every_chart_stands_a_table_with_its_figures(morning):
    behind = morning.find("details", **{"class": "behind"})
    tables = [table for details in behind for table in details.find("table")]
    assert len(tables) == 5, "better deals, nights, policies, channels, teams"
    nights = next(table for table in tables if "Median time to correct" in table.text)
    rows = [[cell.text for cell in row.children] for row in nights.find("tr")][1:]
    assert [row[0] for row in rows] == [night.day for night in reversed(MORNING.nights)]
    assert rows[0][1:4] == ["1,181", "112", "11"]
    assert rows[-4][-1] == "–", "a night without a figure has none"


def test_a_report_without_a_ledger_has_no_charts_and_no_gaps():
    page = read(replace(MORNING, nights=()))
    assert not list(page.find("figure"))
    assert not list(page.find("path"))
    assert "Policies by wrong answers" in page.text
    empty = read(Report(Summary(), ()))
    assert "Nothing was found." in empty.text
    assert not list(empty.find("form"))


def read_statuses(page):
    return [b.text for b in find_one(find_one(page, "nav"), "ul").find("b")]


def test_the_statuses_count_what_the_page_does_not_show(morning):
    page = read(show_new(MORNING))
    assert read_statuses(page) == read_statuses(morning)
    assert set(read_statuses(page)[2:]) != {"0"}
    links = [link.attributes["href"] for link in find_one(page, "nav").find("a")]
    assert links == ["#status=new", "#status=reopened", *["#findings"] * 4]


def test_better_deals_are_counted_and_their_cost_is_told(morning):
    table = next(table for table in morning.find("table") if "Better deals" in table.text)
    rows = [[cell.text for cell in row.children] for row in table.find("tr")]
    assert rows == [
        ["Policy", "Better deals", "Cost"],
        ["returns.window", "9", "16 days"],
        ["billing.late_fee", "4", "–"],
        ["shipping.express_fee", "4", "USD 21.80"],
    ]


@pytest.mark.parametrize(
    ("named", "unusable", "heading", "last"),
    [
        (2, 2, "2 records that could not be used", ""),
        (60, 58, "60 records that could not be used", "… and 10 more; --format json names them"),
        (
            *(1000, 4321, "4,321 records that could not be used"),
            "… and 4,271 more; --format json names the first 1,000",
        ),
    ],
)
def test_unusable_records_are_counted_though_few_are_named(named, unusable, heading, last):
    left_out = {"internal notes": 7, "unread": 1, "unusable": unusable - 1}
    report = replace(
        MORNING,
        problems=MORNING.problems[:1] * named,
        summary=replace(MORNING.summary, left_out=left_out),
    )
    page = read(report)
    assert heading in {h3.text for h3 in page.find("h3")}
    records = [li.text for li in find_one(page, "ul", **{"class": "problems"}).find("li")]
    assert len(records) == min(named, 50) + bool(last)
    assert not last or records[-1] == last
    stream = io.StringIO()
    write_report("full", report, stream, ReportOptions(width=100))
    shown = stream.getvalue().rstrip().splitlines()[-1].strip()
    assert (
        shown == last.replace("10 more", "50 more").replace("4,271", "4,311") if last else "more" not in shown
    )


def test_what_was_left_out_is_told_where_nothing_was_loaded():
    page = read(Report(Summary(left_out={"before 2026-01-01": 12}), ()))
    assert ["left out: before 2026-01-01", "12"] in [
        [c.text for c in row.children] for row in page.find("tr")
    ]


def test_the_same_report_gives_the_same_bytes():
    assert render(build_morning(9)) == render(build_morning(9))


def test_notes_and_reminders_are_told():
    page = read(replace(build_report("x"), notes=("first note", "second note"), reminders=("a reminder",)))
    assert find_one(page, "h1").text == "first note"
    assert [p.text for p in page.find("p", **{"class": "note"})] == ["second note", "a reminder"]
