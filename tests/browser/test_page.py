"""The page in a browser: opened from a file, filtered, searched, linked to, printed, and under attack."""

import re
from dataclasses import replace

from consistency_check.report.escape import show_text
from tests.browser.waiting import wait_until
from tests.golden.golden_morning import DRIFT, MORNING, UNANSWERED, build_morning
from tests.report.test_code_formats import STEERING
from tests.report.test_hostile_text import build_known

OPENED = "article > details[open]"
SHOWN = "article:visible"


def count(page):
    return page.inner_text("#count")


def shows(page, words):
    wait_until(page, lambda: count(page), words)


def total(wanted):
    return sum(1 for finding in (*MORNING.findings, *MORNING.fixed) if wanted(finding))


def test_it_opens_with_what_is_new_on_top(open_report):
    page = open_report(MORNING)
    assert "11 new and 4 reopened findings" in page.inner_text("h1")
    assert page.locator(SHOWN).count() == 31
    shows(page, "31 findings")
    assert not page.is_visible("#clear")
    assert page.locator(OPENED).count() == 0


FILTERS = (
    ("status", "reopened", lambda f: f.status == "reopened"),
    ("severity", "critical", lambda f: f.severity == "critical"),
    ("check", "channel-drift", lambda f: f.check == "channel-drift"),
    ("channel", "social", lambda f: "social" in {a.channel for a in f.answers}),
    ("channel", "chat / email", lambda f: {"chat", "email"} <= {a.channel for a in f.answers}),
    ("policy", "returns.window", lambda f: f.policy == "returns.window"),
    ("team", "Front line", lambda f: "Front line" in {a.team for a in f.answers}),
)


def test_it_filters_by_each_kind_of_word(open_report):
    page = open_report(MORNING)
    for facet, word, wanted in FILTERS:
        page.select_option(f"select[name={facet}]", word)
        shows(page, f"{total(wanted)} of 31 findings")
        assert page.locator(SHOWN).count() == total(wanted) > 0
        page.click("#clear")
        page.wait_for_selector("#clear", state="hidden")
        shows(page, "31 findings")


def test_filters_narrow_each_other_and_stand_in_the_address(open_report):
    page = open_report(MORNING)
    page.select_option("select[name=policy]", "returns.window")
    page.select_option("select[name=status]", "new")
    page.fill("input[name=q]", "DANA thirty")
    page.wait_for_url(re.compile(r"#.*q="))
    shows(page, "0 of 31 findings")
    assert page.is_visible("#none")
    page.fill("input[name=q]", "dana 14 days")
    page.wait_for_url(re.compile(r"#.*14"))
    said = count(page)
    assert said not in ("0 of 31 findings", "31 findings")
    page.reload()
    assert count(page) == said
    wait_until(page, lambda: page.input_value("input[name=q]"), "dana 14 days")
    wait_until(page, lambda: page.input_value("select[name=status]"), "new")
    assert not page.is_visible("#none")


def test_search_reads_names_words_and_places_whatever_their_accents(open_report):
    page = open_report(MORNING)
    for words, found in (
        ("fernandez", "Lucía Fernández"),
        ("OLD SOFA", "old sofa"),
        ("jsonl:77", "jsonl:77"),
    ):
        page.fill("input[name=q]", words)
        page.wait_for_url(re.compile(f"q={words[:3]}"))
        shown = page.locator(SHOWN)
        assert 0 < shown.count() < 31
        assert all(found in text for text in shown.all_text_contents())


def test_from_a_figure_to_the_words_in_two_clicks(open_report):
    page = open_report(MORNING)
    page.click(".heat a:has-text('11%') >> nth=0")
    wait_until(page, lambda: page.input_value("select[name=channel]"), "chat / email")
    wait_until(page, lambda: page.input_value("select[name=check]"), "channel-conflict")
    page.click(f"{SHOWN} >> nth=0 >> summary")
    words = page.locator(f"{OPENED} mark")
    assert words.count() == 2
    assert words.nth(0).is_visible()


def test_a_status_leads_to_its_findings(open_report):
    page = open_report(MORNING)
    page.click("nav >> text=fixed")
    shows(page, "4 of 31 findings")
    assert "fixed" in page.inner_text(f"{SHOWN} >> nth=0")


def test_the_keyboard_goes_on_from_the_findings_that_a_figure_led_to(open_report):
    page = open_report(MORNING)
    page.focus("nav a >> nth=0")
    page.keyboard.press("Enter")
    page.wait_for_selector("#findings:focus")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "q"


def test_a_permalink_opens_its_finding_and_puts_it_in_sight(open_report):
    page = open_report(build_morning(400), f"#f-{302:016x}")
    assert page.locator(OPENED).count() == 1

    def is_in_sight():
        place = page.locator(f"#f-{302:016x}").bounding_box()["y"]
        bar = page.locator("#filters").bounding_box()
        return bar["y"] + bar["height"] <= place < 450

    wait_until(page, is_in_sight)


def test_a_permalink_to_what_the_filters_hide_clears_them(open_report):
    page = open_report(MORNING, "#status=fixed")
    shows(page, "4 of 31 findings")
    page.click(f".worst >> text={DRIFT.message}")
    page.wait_for_selector(f"#f-{DRIFT.id} blockquote")
    shows(page, "31 findings")
    assert page.evaluate("location.hash") == f"#f-{DRIFT.id}"
    assert page.evaluate("document.activeElement.closest('article')?.id") == f"f-{DRIFT.id}"


def test_back_takes_off_the_filter_that_a_figure_set(open_report):
    page = open_report(MORNING)
    page.click("nav >> text=fixed")
    page.click("nav >> text=reopened")
    shows(page, "4 of 31 findings")
    page.go_back()
    page.wait_for_url(re.compile("#status=fixed"))
    wait_until(page, lambda: page.input_value("select[name=status]"), "fixed")
    page.go_back()
    page.wait_for_url(re.compile("report.html$"))
    shows(page, "31 findings")
    wait_until(page, lambda: page.input_value("select[name=status]"), "")


def test_what_has_the_focus_is_outlined_inside_where_it_fills_its_line(open_report):
    page = open_report(MORNING)
    offset = "getComputedStyle(document.activeElement).outlineOffset"
    for place, shown in (("nav a >> nth=0", "2px"), ("article summary >> nth=0", "-2px")):
        page.focus(place)
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Tab")
        assert page.evaluate(offset) == shown


def test_the_permalink_can_be_copied(open_report):
    page = open_report(MORNING, f"#f-{DRIFT.id}", permissions=["clipboard-read", "clipboard-write"])
    page.click(f"#f-{DRIFT.id} .permalink")
    page.wait_for_selector("#said:not(:empty)", state="attached")
    assert page.evaluate("navigator.clipboard.readText()").endswith(f"report.html#f-{DRIFT.id}")


def test_an_address_that_leads_nowhere_does_no_harm(open_report):
    for anchor in ("#f-none", "#%E0%A4%A", "#status=nonsense", "#q=%00&status="):
        page = open_report(MORNING, anchor)
        assert page.locator(SHOWN).count() in (0, 31)


def test_it_is_used_with_the_keyboard_alone(open_report):
    page = open_report(MORNING)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "q"
    page.keyboard.type("sofa")
    page.wait_for_url(re.compile(r"#.*q=sofa"))
    for _ in range(10):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.tagName") == "SUMMARY":
            break
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    assert page.locator(OPENED).count() == 1


def test_nothing_is_wider_than_the_window(open_report):
    page = open_report(MORNING, f"#f-{UNANSWERED.id}")
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    for width in (320, 360, 800, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") == width


def test_light_and_dark_follow_the_system_and_motion_is_left_out_where_it_is_not_wanted(open_report):
    ground = "getComputedStyle(document.body).backgroundColor"
    page = open_report(MORNING, color_scheme="light", reduced_motion="reduce")
    light = page.evaluate(ground)
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(ground) != light
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"


def test_what_is_printed_has_no_controls_and_every_answer(open_report):
    page = open_report(MORNING, "#status=fixed")
    page.emulate_media(media="print")
    assert not page.is_visible("#filters")
    assert page.locator("article:visible blockquote:visible").count() >= 4
    assert page.locator(SHOWN).count() == 4, "what the filters show"


def test_it_can_be_read_without_its_script(open_report):
    page = open_report(MORNING, java_script_enabled=False)
    assert page.locator(SHOWN).count() == 31
    assert not page.is_visible("#filters"), "it would do nothing"
    page.click("article >> nth=0 >> summary")
    assert page.locator("article >> nth=0 >> mark >> nth=0").is_visible()


SOUGHT = "new URLSearchParams(location.hash.slice(1)).get('q')"
HOSTILE = (*STEERING, "</script><img src=x onerror=alert(1)>", "<svg onload=alert(1)>", "<!--", "'\"><b>")


def build_hostile():
    """All hostile texts in one report, each in every place that it can come to."""
    reports = [build_known(text) for text in HOSTILE]
    findings = [replace(report.findings[1], id=f"x{n}") for n, report in enumerate(reports)]
    problems = [report.problems[0] for report in reports]
    return replace(MORNING, findings=tuple(findings), problems=tuple(problems), notes=HOSTILE)


def test_hostile_text_stays_text(open_report):
    """The watch of the fixture sees dialogs, errors, violations of the policy and requests."""
    page = open_report(build_hostile())
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    assert page.locator("script").count() == 1, "our own"
    assert page.locator("img, iframe, object, [onload], [onerror], main b b").count() == 0
    marks = page.locator("mark").all_text_contents()
    shown = [re.sub("[\ufffe\uffff]", "\ufffd", show_text(text)) for text in HOSTILE]
    assert sorted(mark for mark in marks if mark in shown) == sorted(shown)
    for place, text in list(enumerate(shown))[::5]:
        page.fill("input[name=q]", text)
        wait_until(page, lambda: page.evaluate(SOUGHT) == page.input_value("input[name=q]"))
        assert page.locator(f"#f-x{place}").is_visible()


def test_the_policy_stops_what_is_not_ours(open_report):
    page = open_report(MORNING, watched=False)
    blocked = page.evaluate("""() => new Promise((done) => {
      const blocked = [];
      document.addEventListener("securitypolicyviolation", (event) => {
        blocked.push(event.effectiveDirective);
        if (blocked.length === 3) done(blocked.sort());
      });
      const script = document.createElement("script");
      document.body.append(Object.assign(document.createElement("img"), {src: "https://evil.example/x"}));
      document.body.setAttribute("style", "color: red");
      try { script.text = "window.owned = 1"; } catch {}
      setTimeout(() => done(blocked.sort()), 1000);
    })""")
    assert blocked == ["img-src", "require-trusted-types-for", "style-src-attr"]
    assert page.evaluate("window.owned") is None
