"""A headless Chromium that opens pages from files and lets nothing pass unseen.

Playwright drives a browser of the system (`chromium` of Debian and Ubuntu, Chrome, Edge) or its own
(`playwright install chromium`). Without either the tests are skipped and say so.
"""

import io
import shutil
from pathlib import Path

import pytest

from consistency_check.report import ReportOptions, write_report

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")


@pytest.fixture(scope="session")
def browser():
    sync_api = pytest.importorskip("playwright.sync_api", reason="needs playwright (pip install '.[test]')")
    with sync_api.sync_playwright() as playwright:
        own = playwright.chromium.executable_path
        path = next(filter(None, map(shutil.which, BROWSERS)), own if Path(own).exists() else None)
        if path is None:
            pytest.skip("needs a Chromium: apt-get install chromium, or playwright install chromium")
        chromium = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield chromium
        chromium.close()


class Watch:
    """What a page complained of, and what it tried to load."""

    def __init__(self, page):
        self.complaints = []
        self.requests = []
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("dialog", lambda dialog: (self.complaints.append(dialog.message), dialog.dismiss()))
        page.on("request", lambda request: self.requests.append(request.url))


@pytest.fixture
def open_report(browser, tmp_path):
    """Open a report from its file. At the end nothing was complained of and nothing else was loaded."""
    watches, contexts = [], []

    def open_page(report, anchor="", watched=True, **look):
        path = tmp_path / "report.html"
        stream = io.StringIO()
        write_report("html", report, stream, ReportOptions())
        path.write_text(stream.getvalue(), encoding="utf-8")
        contexts.append(browser.new_context(viewport={"width": 1280, "height": 900}, **look))
        contexts[-1].set_default_timeout(10_000)
        page = contexts[-1].new_page()
        if watched:
            watches.append(Watch(page))
        page.goto(f"{path.as_uri()}{anchor}")
        return page

    yield open_page
    for context in contexts:
        context.close()
    for watch in watches:
        assert watch.complaints == []
        assert [url for url in watch.requests if not url.startswith(tmp_path.as_uri())] == []
