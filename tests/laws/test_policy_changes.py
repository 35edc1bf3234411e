"""Laws of the difference of two knowledge bases: none to itself, and the way back tells the same."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from consistency_check.model import (
    ChangeKind,
    DatedValue,
    KnowledgeBase,
    Policy,
    PolicyException,
    Topic,
    Value,
)
from consistency_check.policies.difference import compare_policies

DAYS = st.none() | st.dates(date(2025, 1, 1), date(2025, 1, 4))
DURATIONS = st.sampled_from(
    [Value("duration", n, n, unit) for n, unit in ((7, "day"), (1, "week"), (14, "day"), (1, "month"))]
)
VALUES = st.dictionaries(DAYS, st.none() | DURATIONS, min_size=1, max_size=3).map(
    lambda dated: tuple(DatedValue(day, dated[day]) for day in sorted(dated, key=lambda day: day or date.min))
)
CONDITIONS = st.dictionaries(
    st.sampled_from(["tier", "region"]), st.lists(st.sampled_from("ab"), min_size=1, max_size=2), min_size=1
).map(lambda when: tuple((name, tuple(words)) for name, words in when.items()))
EXCEPTIONS = st.lists(st.builds(PolicyException, CONDITIONS, VALUES), max_size=3).map(tuple)
TEXTS = st.lists(st.sampled_from(["one {value}", "two {value}", "three {value}"]), max_size=2).map(tuple)


@st.composite
def build_knowledge(draw: st.DrawFn) -> KnowledgeBase:
    policies = {
        f"t.{key}": Policy(
            f"t.{key}", "t", f"{key} {{value}}", "duration", draw(VALUES),
            phrasings=draw(TEXTS), exceptions=draw(EXCEPTIONS),
        )
        for key in sorted(draw(st.sets(st.sampled_from("xyz"))))
    }  # fmt: skip
    return KnowledgeBase({"t": Topic("t", questions=draw(TEXTS))}, policies)


@settings(max_examples=150, deadline=None)
@given(build_knowledge())
def test_no_knowledge_base_differs_from_itself(knowledge: KnowledgeBase) -> None:
    assert compare_policies(knowledge, knowledge) == ()


@settings(max_examples=150, deadline=None)
@given(build_knowledge(), build_knowledge())
def test_the_way_back_tells_of_the_same_policies(old: KnowledgeBase, new: KnowledgeBase) -> None:
    there, back = compare_policies(old, new), compare_policies(new, old)
    assert list(there) == sorted(there, key=lambda c: (c.about, c.kind.rank, c.part, c.before, c.after))
    moved = {c.before[0]: c.about for c in there if c.kind is ChangeKind.RENAMED}
    assert {moved.get(c.about, c.about) for c in back if c.kind is not ChangeKind.RENAMED} == {
        c.about for c in there if c.kind is not ChangeKind.RENAMED
    }


@settings(max_examples=200, deadline=None)
@given(
    build_knowledge(),
    build_knowledge(),
    st.dates(date(2024, 12, 30), date(2025, 1, 6)),
    st.sampled_from("abc"),
    st.sampled_from("abc"),
)
def test_where_nothing_is_told_every_answer_is_the_same(
    old: KnowledgeBase, new: KnowledgeBase, day: date, tier: str, region: str
) -> None:
    told = {change.about for change in compare_policies(old, new)}
    for name in {*old.policies, *new.policies} - told:
        one = old.policies[name].answer_on(day, {"tier": tier, "region": region}).value
        other = new.policies[name].answer_on(day, {"tier": tier, "region": region}).value
        assert (one is None) == (other is None)
        if one and other:
            assert {one.unit, other.unit} <= {"day", "week"} or one == other
            assert (one.low or 0) * (7 if one.unit == "week" else 1) == (other.low or 0) * (
                7 if other.unit == "week" else 1
            )
