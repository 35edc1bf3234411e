"""Laws of the knowledge base: no bytes crash it, and the order of files and of entries does not matter."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from consistency_check.model import KnowledgeBase, Problem
from consistency_check.policies import KnowledgeBaseError, load_policies

WORDS = [
    "topic: returns", "policies:", "window:", "statement: within {value}", "statement:", "type: duration",
    "type: choice", "value: 30 days", "value:", "exceptions:", "when: {tier: gold}", "phrasings:", "options:",
    "yes:", "- a text", "- ", "{value} first", "[a, b", "]", "}", '"', "'", "#", " # x", ": ", "&a", "*a",
    "|", ">", "%", "@", "---", "2026-03-01: 1 day", "<<: *a", "\t", "any", "é", "\u2028", "\x00", "\ufeff",
    "!x", "? ",
]  # fmt: skip
LINES = st.lists(
    st.tuples(st.integers(0, 8), st.lists(st.sampled_from(WORDS), min_size=1, max_size=3)), max_size=25
)


def try_load(path: Path) -> KnowledgeBase | tuple[Problem, ...]:
    try:
        return load_policies(path)
    except KnowledgeBaseError as error:
        assert error.problems
        assert list(error.problems) == sorted(set(error.problems))
        assert all("; " in problem.message for problem in error.problems)
        return error.problems


def try_bytes(data: bytes) -> None:
    with TemporaryDirectory() as folder:
        for name in ("returns.yaml", "attributes.yaml"):
            (Path(folder) / name).write_bytes(data)
        try_load(Path(folder))


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=200))
def test_no_bytes_crash_it(data: bytes) -> None:
    try_bytes(data)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200))
def test_no_text_crashes_it(text: str) -> None:
    try_bytes(text.encode("utf-8", errors="surrogatepass"))


@settings(max_examples=400, deadline=None)
@given(LINES)
def test_nothing_that_looks_like_a_policy_crashes_it(lines: list[tuple[int, list[str]]]) -> None:
    try_bytes("\n".join(" " * depth + " ".join(parts) for depth, parts in lines).encode())


POLICY = """\
  {name}:
    statement: Items go back within {{value}}.
    type: duration
    value: {days} days
    exceptions:
      - when: {{tier: gold}}
        value: {days} weeks
"""
INSIDE = [word for word in WORDS if word not in ("topic: returns", "policies:")]
GOOD = POLICY.format(name="window", days=3)


@settings(max_examples=300, deadline=None, derandomize=True)  # no recovery is sure to find every boundary
@given(st.integers(0, len(GOOD) - 8), st.integers(0, 5), st.sampled_from(INSIDE))
def test_a_slip_in_one_policy_does_not_hide_the_next(at: int, cut: int, word: str) -> None:
    broken = GOOD[:at] + word + GOOD[at + cut :]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "returns.yaml"
        after = "  last:\n    statement: Nothing.\n    type: duration\n    value: 3 days\n"
        first = GOOD.split("\n", 1)[1]
        path.write_text(
            f"topic: returns\npolicies:\n  first:\n{first}{broken}{after}",
            encoding="utf-8",
        )
        problems = try_load(path)
        assert isinstance(problems, tuple)
        assert any("does not say where the value stands" in problem.message for problem in problems)


@settings(max_examples=40, deadline=None)
@given(st.permutations(range(4)), st.lists(st.integers(1, 90), min_size=4, max_size=4))
def test_order_of_files_and_entries_does_not_matter(order: list[int], days: list[int]) -> None:
    topics = [POLICY.format(name="window", days=count) for count in days]
    with TemporaryDirectory() as folder:
        path = Path(folder)
        for number in range(4):
            (path / f"{number}.yaml").write_text(
                f"topic: t{number}\npolicies:\n{topics[number]}", encoding="utf-8"
            )
        first = load_policies(path)
        for place, number in enumerate(order):
            (path / f"{place}.yaml").write_text(
                f"topic: t{number}\npolicies:\n{topics[number]}", encoding="utf-8"
            )
        second = load_policies(path)
    assert list(first.policies) == list(second.policies)
    for name in first.policies:
        one, other = first.policies[name], second.policies[name]
        assert [dated.value for dated in one.values] == [dated.value for dated in other.values]
        assert one.exceptions[0].when == other.exceptions[0].when
