"""5,000 findings on one page: what a filter and a search take of the browser's main thread."""

from tests.browser.waiting import wait_until
from tests.golden.golden_morning import build_morning

LONGEST = 0.3
"""Seconds of processor time, several times what it takes: below half a second an answer seems immediate."""
PICK = """(word) => {
  const [choice] = document.getElementsByName("severity");
  choice.value = word;
  choice.dispatchEvent(new Event("change", {bubbles: true}));
  document.body.getBoundingClientRect();
  return new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
}"""
SEARCH = """async (words) => {
  const [search] = document.getElementsByName("q");
  const count = document.getElementById("count");
  const before = count.value;
  search.value = words;
  search.dispatchEvent(new Event("input", {bubbles: true}));
  while (count.value === before) await new Promise((done) => setTimeout(done, 5));
  document.body.getBoundingClientRect();
}"""


def measure(page, script, words):
    """Processor time of the page's main thread in seconds: tests share the machine."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")

    def read_time():
        metrics = session.send("Performance.getMetrics")["metrics"]
        return next(metric["value"] for metric in metrics if metric["name"] == "ThreadTime")

    before = read_time()
    page.evaluate(script, words)
    return read_time() - before


def test_five_thousand_findings_stay_smooth(open_report):
    page = open_report(build_morning(5000))
    page.context.set_default_timeout(60_000)
    assert page.inner_text("#count") == "5,007 findings"
    filters = [measure(page, PICK, word) for word in ("high", "critical", "low", "", "medium", "")]
    searches = [measure(page, SEARCH, words) for words in ("dana", "order 7042")]
    assert page.inner_text("#count") == "1 of 5,007 findings"
    assert sorted(filters)[len(filters) // 2] < LONGEST
    assert searches[-1] < LONGEST
    page.evaluate("location.hash = '#f-0000000000000f00'")
    page.wait_for_selector("article > details[open] mark >> nth=0")
    found = page.locator("#f-0000000000000f00")
    wait_until(page, lambda: 0 < found.bounding_box()["y"] < 450)
