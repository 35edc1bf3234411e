"""What the page's charts and colours are made of."""

import re
from dataclasses import replace
from importlib.resources import files
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistency_check.model import Headline, Rate, Verdict
from consistency_check.report.html.charts import (
    HEIGHT,
    MOST_NIGHTS,
    WIDTH,
    Trend,
    draw_line,
    list_trends,
    show_hours,
    show_number,
    show_percent,
)
from consistency_check.report.html.facets import build_facets
from consistency_check.report.html.figures import LEVELS, build_heat, list_rankings, rank_share
from tests.golden.golden_morning import MORNING, build_morning, build_night, say

STYLE = (files("consistency_check.report.html") / "template" / "style.css").read_text("utf-8")
VALUES = st.lists(st.none() | st.floats(0, 1e6), max_size=70).map(tuple)


@given(VALUES)
def test_a_line_stays_in_its_drawing_and_breaks_where_there_is_no_figure(values):
    drawing = draw_line(values)
    points = re.findall(r"([ML])([\d.]+) ([\d.]+)", drawing.path)
    assert len(points) == sum(value is not None for value in values)
    assert all(0 <= float(x) <= WIDTH and 0 <= float(y) <= HEIGHT for _, x, y in points)
    begins = [
        value is not None and (place == 0 or values[place - 1] is None) for place, value in enumerate(values)
    ]
    assert sum(move == "M" for move, _, _ in points) == sum(begins)
    assert bool(drawing.last) == bool(points)


def test_a_line_rises_with_its_values_from_nothing():
    assert draw_line((0, 5, 10)).path == "M0 26L50 14L100 2"
    assert draw_line((None, 0.0)).path == "M100 26"


def test_trends_are_those_of_the_last_two_months():
    nights = tuple(map(build_night, range(MOST_NIGHTS + 5)))
    trends = list_trends(nights)
    assert {len(trend.values) for trend in trends} == {MOST_NIGHTS}
    assert list_trends(nights[:1]) == ()
    by_title = {trend.title: trend for trend in list_trends(nights[:14])}
    assert (by_title["New findings"].latest, by_title["New findings"].change) == ("11", "was 5")
    assert by_title["New findings"].is_worse
    assert not by_title["Fixed"].is_worse
    assert not by_title["Recognised, of those who asked twice"].is_worse, "40% and 40% look the same"


@pytest.mark.parametrize(
    ("values", "latest", "change", "words"),
    [
        ((2.0, 3.0), "3", "was 2", "2 on the first night shown, 3 on the last; from 2 to 3"),
        ((2.0, None), "–", "was 2", "2 on the first night shown, – on the last; from 2 to 2"),
        ((1.0, None, 2.0), "2", "", "1 on the first night shown, 2 on the last; from 1 to 2"),
        ((None, 1.0, 2.0), "2", "was 1", "– on the first night shown, 2 on the last; from 1 to 2"),
        ((4.0,), "4", "", "4 on the first night shown, 4 on the last; from 4 to 4"),
    ],
)
def test_a_night_without_a_figure_is_said_to_have_none(values, latest, change, words):
    trend = Trend("Wrong", values, show_number)
    assert (trend.latest, trend.change, trend.words) == (latest, change, f"Wrong: {words}")


@pytest.mark.parametrize(
    ("show", "value", "words"),
    [
        (show_percent, 0, "0%"),
        (show_percent, 0.0349, "3.5%"),
        (show_percent, 0.0996, "10%"),
        (show_percent, 1, "100%"),
        (show_hours, 47.4, "47 h"),
        (show_hours, 48, "2 days"),
        (show_hours, 84, "3.5 days"),
    ],
)
def test_figures_in_words(show, value, words):
    assert show(value) == words


def test_a_cell_is_darker_the_more_went_wrong():
    assert rank_share(Rate(0, 9)) == 0
    assert [rank_share(Rate(wrong, 1000)) for wrong in (1, 21, 51, 101, 201, 1000)] == [1, 2, 3, 4, 5, 5]
    assert len(LEVELS) == 5


def test_a_pair_stands_in_both_of_its_places():
    heat = build_heat(MORNING.headline, MORNING.findings)
    assert heat.channels == ("chat", "email", "letter", "phone", "social")
    square = [list(cells) for _, cells in heat.rows]
    assert all(square[a][b] == square[b][a] for a in range(5) for b in range(5))
    assert [square[n][n] for n in range(5)] == [None] * 5
    assert square[1][3].rate == Rate(18, 142)
    assert build_heat(Headline(), ()) is None
    assert build_heat(Headline(by_channel_pair={("a", "b"): Rate(0, 0)}), ()) is None


def test_a_channel_may_hold_what_stands_between_two():
    pairs = {("chat", "web / app"): Rate(1, 2), ("email / phone", "letter"): Rate(0, 3)}
    finding = replace(
        MORNING.findings[3],
        check="channel-conflict",
        answers=(
            say(1, "chat", "1", Verdict.AGREES, "{}", 0),
            replace(say(2, "letter", "1", Verdict.AGREES, "{}", 0), channel="web / app"),
        ),
    )
    heat = build_heat(Headline(by_channel_pair=pairs), (finding,))
    assert heat.channels == ("chat", "email / phone", "letter", "web / app")
    cells = {(one, heat.channels[at]): cell for one, row in heat.rows for at, cell in enumerate(row) if cell}
    assert {place: cell.rate for place, cell in cells.items()} == {
        place: rate for (a, b), rate in pairs.items() for place in ((a, b), (b, a))
    }
    assert cells["web / app", "chat"].has_findings
    facets = build_facets((finding,), pairs)
    (channels,) = [facet for facet in facets.all if facet.name == "channel"]
    assert [(pair.name, pair.count) for pair in channels.pairs] == [("chat / web / app", 1)]
    assert {*channels.pairs[0].numbers.split()} <= {*facets.number(finding).split()}


def test_only_a_pair_with_conflicts_among_the_findings_leads_to_them():
    none = build_heat(MORNING.headline, [f for f in MORNING.findings if f.check != "channel-conflict"])
    assert not any(cell and cell.has_findings for _, cells in none.rows for cell in cells)
    heat = build_heat(MORNING.headline, MORNING.findings)
    assert any(cell and cell.has_findings for _, cells in heat.rows for cell in cells)


def test_a_ranking_begins_with_the_most_wrong_answers():
    rankings = list_rankings(MORNING, build_facets(MORNING.findings))
    assert [ranking.facet for ranking in rankings] == ["policy", "channel", "team"]
    for ranking in rankings:
        wrong = [row.rate.wrong for row in ranking.rows]
        assert wrong == sorted(wrong, reverse=True)
        assert ranking.rows[0].length == 100
        assert {len(row.values) for row in ranking.rows} == {14}
    (last,) = [row for row in rankings[0].rows if row.name == "returns.opened_items"]
    assert not last.has_findings


@given(st.text(max_size=20), st.text(max_size=9), st.text(max_size=20), st.integers(0, 500))
def test_the_quote_stands_in_its_context_as_it_is(before, quote, after, start):
    answer = replace(
        say(1, "chat", "1", Verdict.AGREES, "{}", 0),
        quote=quote,
        context=before + quote + after,
        context_start=start,
        start=start + len(before),
    )
    words = answer.passage
    assert (words.before, words.quote, words.after) == (before, quote, after)
    moved = replace(answer, start=start + len(before) + 7, quote=quote + "!?").passage
    assert (moved.before, moved.quote, moved.after) == ("", quote + "!?", "")


def read_colours(block):
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))


def measure_contrast(one, other):
    """WCAG 2.2, "contrast ratio" and "relative luminance"."""

    def measure_light(colour):
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    dark, light = sorted((measure_light(one), measure_light(other)))
    return (light + 0.05) / (dark + 0.05)


THEMES = [read_colours(block) for block in re.findall(r":root \{(.*?)\}", STYLE, re.DOTALL)]
TEXTS = [
    *product(("ink", "quiet", "link", "wrong", "right", "doubt"), ("paper", "card", "wash")),
    *(("ink", "mark"), ("card", "wrong")),
    *(("on-light", f"heat-{level}") for level in (1, 2, 3)),
    *(("on-dark", f"heat-{level}") for level in (4, 5)),
]


@pytest.mark.parametrize("theme", range(3), ids=["light", "dark", "print"])
@pytest.mark.parametrize(("text", "ground"), TEXTS)
def test_text_can_be_read_on_its_ground(theme, text, ground):
    """WCAG 2.2, 1.4.3: 4.5 to 1 for text."""
    assert measure_contrast(THEMES[theme][text], THEMES[theme][ground]) >= 4.5


@pytest.mark.parametrize("theme", range(3), ids=["light", "dark", "print"])
def test_lines_of_charts_and_borders_of_controls_can_be_seen(theme):
    """WCAG 2.2, 1.4.11: 3 to 1 for what must be seen to understand or use."""
    colours = THEMES[theme]
    assert measure_contrast(colours["link"], colours["paper"]) >= 3
    assert measure_contrast(colours["strong"], colours["card"]) >= 3


def test_a_word_counts_the_findings_that_have_its_number():
    findings = build_morning(200).findings
    facets = build_facets(findings)
    for facet in facets.all:
        for choice in facet.choices:
            carried = [set(facets.number(finding).split()) for finding in findings]
            assert choice.count == sum({choice.numbers} <= numbers for numbers in carried)
