"""The page put together: the template, its style and script, and a policy that lets nothing else run."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined

from consistency_check.model import Report
from consistency_check.report.digest import list_open, order_findings, say_news
from consistency_check.report.escape import show_text
from consistency_check.report.groups import say_customer
from consistency_check.report.headline import (
    count_unusable,
    say_count,
    say_status,
    say_unnamed,
    say_verdict,
)
from consistency_check.report.html.charts import draw_line, list_trends, show_hours, show_percent
from consistency_check.report.html.facets import build_facets
from consistency_check.report.html.figures import (
    build_heat,
    list_deals,
    list_rankings,
    list_statuses,
    say_share,
)
from consistency_check.report.links import show_certainty
from consistency_check.report.output import ReportOptions

PIECES = 200
"""Outputs of the template that are written at once."""
MOST_NEW = 5
"""New findings named at the top of the page; the list below has them all."""
PROBLEMS_SHOWN = 50
AT_ONCE = 50
"""Findings that a browser draws or skips together: it scrolls slowly over thousands that it must weigh one
by one, and over few large ones; 50 are some screens."""
_WEB = re.compile(r"https?://[^\s/]", re.IGNORECASE)
# What HTML refuses even where it is written as text, and `show_text` leaves alone: noncharacters
# (https://html.spec.whatwg.org/#preprocessing-the-input-stream).
_NONCHARACTER = re.compile("[\ufdd0-\ufdef\ufffe\uffff]")


def render_document(report: Report, options: ReportOptions) -> Iterator[str]:
    """The page in pieces; the same report gives the same bytes."""
    environment = _open_environment()
    script, style = (_read_asset(name) for name in ("script.js", "style.css"))
    findings = order_findings(report)
    facets = build_facets(findings, report.headline.by_channel_pair)
    stream = environment.get_template("report.html").stream(
        report=report,
        rules={rule.name: rule.summary for rule in options.rules},
        lead=say_news(report),
        day=report.nights[-1].day if report.nights else "",
        findings=findings,
        at_once=AT_ONCE,
        facets=facets,
        statuses=list_statuses(report.summary),
        new=list_open(findings)[:MOST_NEW],
        deals=list_deals(report.headline),
        heat=build_heat(report.headline, findings),
        trends=list_trends(report.nights),
        rankings=list_rankings(report, facets),
        unusable=count_unusable(report),
        problems=report.problems[:PROBLEMS_SHOWN],
        unnamed=say_unnamed(report, PROBLEMS_SHOWN),
        script=script,
        style=style,
        policy=_say_policy(script, style),
    )
    stream.enable_buffering(PIECES)
    yield from stream
    yield "\n"


def show_plain(value: Any) -> Any:
    """What the template prints, made visible where it hides or steers; markup of our own stays."""
    return value if hasattr(value, "__html__") else _NONCHARACTER.sub("\ufffd", show_text(str(value)))


def is_web(address: str) -> bool:
    """Whether an address may become a link: http and https only, never `javascript:` or `data:`."""
    return bool(_WEB.match(address))


def hash_source(text: str) -> str:
    """A source of a Content-Security-Policy that allows exactly this inline text (W3C CSP 3, 2.3.1)."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode('ascii')}'"


def _say_policy(script: str, style: str) -> str:
    """Nothing is loaded, sent or framed; the script may not even write markup (Trusted Types)."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {hash_source(script)}",
            f"style-src {hash_source(style)}",
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        )
    )


def link_filter(**wanted: str) -> str:
    """The part of an address that sets the page's filters: `#policy=returns.window&status=new`."""
    return "#" + urlencode({name: show_plain(value) for name, value in wanted.items()})


def _read_asset(name: str) -> str:
    return (files(__package__) / "template" / name).read_text(encoding="utf-8")


@cache
def _open_environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("consistency_check.report.html", "template"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=show_plain,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "certainty": show_certainty,
        "customer": say_customer,
        "draw": draw_line,
        "hours": show_hours,
        "percent": show_percent,
        "share": say_share,
        "status": say_status,
        "verdict": say_verdict,
    }
    environment.tests["web"] = is_web
    environment.globals |= {"link": link_filter, "count": say_count}
    return environment
