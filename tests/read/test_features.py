"""The columns that candidates are described by: their number, their names, and which words fill them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from consistency_check.model import Reply
from consistency_check.read.candidates import Finder
from consistency_check.read.features import (
    FEATURES,
    MENTION,
    NEARNESS,
    PAIR,
    RIVAL,
    SENTENCE,
    VIEWS,
    describe_mention,
    describe_sentence,
    lay_rows,
)
from consistency_check.read.nearness import measure_nearness, measure_pairs
from consistency_check.read.units import COMPARED, KINDS
from consistency_check.read.vectors import Floats
from consistency_check.read.wording import Profiles
from tests.read.knowledge import lay, load_base, make_reply

FINDER = Finder(load_base())
LATE = "toys were late"
COLUMNS = {**FEATURES, "pair": PAIR, "mention": MENTION, "sentence": SENTENCE, "nearness": NEARNESS}


@pytest.mark.parametrize("name", COLUMNS)
def test_columns_are_named_once(name: str) -> None:
    assert len(set(COLUMNS[name])) == len(COLUMNS[name])
    assert all(column.strip() == column != "" for column in COLUMNS[name])


@pytest.mark.parametrize("text", ["Toys stay 3 weeks.", "Hi Ann", "No, it's at most $5 a day, or 10%?", "5"])
def test_there_is_a_number_for_each_column(text: str) -> None:
    scene = lay(text, "how long can I keep it?")
    for place, sentence in enumerate(scene.sentences):
        marks, measured = describe_sentence(scene, place)
        assert SENTENCE[:-1][-len(measured)] == "polar question"
        assert max(marks, default=0) < SENTENCE.index("polar question")
        for mention in scene.mentions:
            marks, measured = describe_mention(scene, mention, place, sentence.start, sentence.end)
            assert MENTION[-len(measured)] == "at most"
            assert max(marks) < MENTION.index("at most")


def test_rows_are_laid_from_marks_and_what_was_measured() -> None:
    rows = lay_rows([([0, 2], [0.5]), ([], [0.25])], 4)
    assert rows.tolist() == [[1, 0, 1, 0.5], [0, 0, 0, 0.25]]
    assert lay_rows([], 4).shape == (0, 4)


def describe_value(text: str, question: str = "") -> dict[str, float]:
    """The columns of the first value of a text of one sentence."""
    scene = lay(text, question)
    row = lay_rows([describe_mention(scene, scene.mentions[0], 0, 0, len(text))], len(MENTION))
    return dict(zip(MENTION, row[0].tolist(), strict=True))


def test_a_value_is_described_by_its_own_columns() -> None:
    row = describe_value("Keep it for up to 3 weeks.", "How long can I keep it, 3 weeks?")
    assert [name for name in MENTION if name.startswith("is ") and row[name]] == ["is duration"]
    assert (row["at most"], row["at least"], row["range"]) == (1, 0, 0)
    assert row["asked for this kind"] == row["question has this kind"] == row["only value"] == 1
    assert row["starts the sentence"] == row["question says the same"] == 0
    assert describe_value("Keep it 3 weeks.", "Is it 21 days?")["question says the same"] == 1
    assert describe_value("3 weeks or $5.")["starts the sentence"] == 1
    assert describe_value("3 weeks or $5.")["only value"] == 0


def test_a_value_is_known_by_its_sentence_and_by_how_many_are_of_its_type() -> None:
    scene = lay("Hi Ann. It is $5, or $6!\n> You said 3 weeks.\n2 days. " + "Fine. " * 4_000 + "Or 9 days.")
    found = {scene.text[each.start : each.end]: scene.place_of(each) for each in scene.mentions}
    # The last stands behind all that is read as sentences.
    assert found == {"$5": 1, "$6": 1, "2 days": 2, "9 days": None}
    assert scene.counts == {"money": 2, "duration": 2}


def list_seeing(text: str, question: str = "", before: str = "") -> set[str]:
    """The views in which words of the late fee's wording are met around the value of a reply."""
    batch = FINDER.find([Reply("R1", "chat", text, question, asked_before=before)])
    at = [FINDER.policies[one.policy].id for one in batch.list_candidates("typed")].index("loans.late_fee")
    row = dict(zip(FEATURES["typed"], batch.rows["typed"][at].tolist(), strict=True))
    return {view for view in VIEWS if row[f"{view}: shared"] > 0.1}


@pytest.mark.parametrize(
    ("text", "question", "before", "views"),
    [
        ("It is $5.", "", "", set()),
        (f"{LATE} so it is $5", "", "", {"sentence", "around", "reply", "together"}),
        (f"It is $5 if {LATE}", "", "", {"clause", "sentence", "around", "reply", "together"}),
        (f"{LATE}. It is $5.", "", "", {"around", "reply"}),
        (f"It is $5. {LATE}.", "", "", {"around", "reply"}),
        (f"{LATE}. You see. It is $5.", "", "", {"reply"}),
        ("It is $5.", LATE, "", {"question", "together"}),
        ("It is $5.", "", LATE, {"before"}),
        ("It is $5.", LATE, LATE, {"question", "together", "before"}),
    ],
)
def test_each_view_sees_its_own_words(text: str, question: str, before: str, views: set[str]) -> None:
    assert list_seeing(text, question, before) == views


def test_a_neighbour_in_another_reply_is_none() -> None:
    beside = [make_reply("It is $5."), make_reply(f"{LATE}.")]
    alone, together = FINDER.find(beside[:1]), FINDER.find(beside)
    assert len(alone.found["typed"]) == len(together.found["typed"])
    assert np.array_equal(together.rows["typed"], alone.rows["typed"])


# Two types of policies, of two and of three; few numbers, so that ties are common.
GROUPS = (0, 2)
POLICIES = 5
EIGHTHS = st.integers(-4, 8).map(lambda number: number / 8)


@st.composite
def draw_profiles(draw: st.DrawFn) -> Profiles:
    shape = (POLICIES, draw(st.integers(1, 3)))
    positive = EIGHTHS.map(abs)
    return Profiles(
        draw(arrays(np.float32, shape, elements=positive)),
        draw(arrays(np.float32, (len(KINDS), *shape), elements=positive)),
        draw(arrays(np.float32, (len(COMPARED), *shape), elements=EIGHTHS)),
    )


def list_cores(profiles: Profiles) -> dict[str, Floats]:
    """What policies are rivals in, by its name."""
    covered = np.maximum(profiles.covered[0], profiles.covered[1])
    return dict(zip(RIVAL, (profiles.shared, covered, *profiles.likeness), strict=True))


@given(draw_profiles())
def test_policies_lead_among_those_of_their_type(profiles: Profiles) -> None:
    passages = profiles.shared.shape[1]
    every = np.repeat(np.arange(POLICIES)[None], passages, axis=0)
    nearness = measure_nearness(profiles, GROUPS)
    table = np.stack([nearness.take(np.arange(passages)[:, None], own)[:, 0] for own in every.T], axis=1)
    assert table.shape == (passages, POLICIES, len(NEARNESS))
    for name, core in list_cores(profiles).items():
        lead, best = (table[:, :, NEARNESS.index(f"{name}: {what}")] for what in ("lead", "best"))
        for row in range(passages):
            for policy in range(POLICIES):
                group = core[:2, row] if policy < 2 else core[2:, row]
                own, top = float(core[policy, row]), float(group.max())
                below = max([0.0, *group[group < top].tolist()])
                assert best[row, policy] == (own == top)
                assert lead[row, policy] == (own - below if own == top else own - top)


@pytest.mark.parametrize("short", [0.0, 1.0])
def test_a_pair_has_the_nearness_of_each_of_its_views(short: float) -> None:
    near = np.random.default_rng(0).random((1, len(VIEWS), len(NEARNESS))).astype(np.float32)
    rows = measure_pairs(near, np.array([short]), np.array([6.0], np.float32))
    assert rows.shape == (1, len(PAIR))
    row = dict(zip(PAIR, rows[0].tolist(), strict=True))
    for at, view in enumerate(VIEWS):
        found = [row[f"{view}: {name}"] for name in NEARNESS]
        assert found == near[0, at].tolist()
        if view == "question":
            assert [row[f"short, question: {name}"] for name in NEARNESS] == [short * one for one in found]
    assert row["rivals"] == 0.5
    covered = [row[f"{view}: covered {kind}"] for view in VIEWS for kind in ("statement", "question")]
    assert row["covered, best of views"] == max(covered)
    likeness = [row[f"{view}: likeness {kind}"] for view in VIEWS for kind in COMPARED]
    assert row["likeness, best of views"] == max(likeness)
