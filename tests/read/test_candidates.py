"""What might be a claim: each value and sentence with the policies that fit, in its clause."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from consistency_check.model import Mention, Value
from consistency_check.read.batch import Batch
from consistency_check.read.candidates import BORROWERS, Finder, is_bare
from consistency_check.read.clauses import find_clause, find_span, list_between
from consistency_check.read.features import FEATURES
from consistency_check.read.scene import Scene
from tests.read.knowledge import find_sentence, lay, load_base, make_reply

FINDER = Finder(load_base())
LONG = (
    "The wooden train from the window takes up a whole shelf at home, and it can be borrowed for 3 weeks, "
    "though the big one has to stay with us."
)

REPLIES = (
    make_reply("Late toys cost $2."),
    make_reply(""),
    make_reply("Puzzles can be borrowed for 3 weeks. A new piece is printed.", "do you lend puzzles?"),
    make_reply("Renew online or in person."),
    replace(make_reply("It is 14.", "and a late one?"), asked_before="how long can I keep a toy?"),
)


def quote_span(scene, candidate):
    whole = candidate.family != "typed"
    return find_span(scene, candidate.place, candidate.start, candidate.end, whole=whole)


def find(text: str, question: str = "") -> Batch:
    return FINDER.find([make_reply(text, question)])


def list_keys(batch: Batch, family: str) -> set[str]:
    found = batch.list_candidates(family)
    return {FINDER.policies[one.policy].id.partition(".")[2] for one in found}


def find_value(text: str) -> tuple[Scene, Mention]:
    scene = lay(text)
    return scene, scene.mentions[0]


def test_a_value_is_offered_to_the_policies_of_its_type() -> None:
    assert list_keys(find("It is 5 days."), "typed") == {"period"}
    assert list_keys(find("It is $5."), "typed") == {"late_fee"}
    assert not list_keys(find("It is 5%."), "typed")


@pytest.mark.parametrize(
    ("text", "question", "keys"),
    [
        ("fourteen", "How long can I keep a toy?", {"period"}),
        ("14", "what is the fine for a late toy", {"late_fee"}),
        ("14", "", set()),
        ("14", "when is lunch", set()),
    ],
)
def test_a_bare_number_is_offered_only_where_the_words_come_near(
    text: str, question: str, keys: set[str]
) -> None:
    assert keys <= list_keys(find(text, question), "typed")
    assert bool(keys) is bool(len(find(text, question).found["typed"]))


def test_a_sentence_is_offered_where_its_words_come_near() -> None:
    assert list_keys(find("Puzzles can be borrowed."), "yes_no") >= {"puzzles"}
    assert list_keys(find("Loans are renewed online."), "choice") == {"renewal"}
    nothing = find("The weather was grim on our island.")
    assert not any(map(len, nothing.found.values()))


def test_a_greeting_claims_nothing() -> None:
    assert not len(find("Thanks for your loan of a puzzle!").found["yes_no"])
    assert len(find("We lend, with a loan card, a puzzle.").found["yes_no"])


def test_a_borrowed_unit_is_marked() -> None:
    column = FEATURES["typed"].index("unit borrowed")
    assert find("It is 5 days.").rows["typed"][:, column].tolist() == [0.0]
    assert set(find("5", "How long can I keep a toy?").rows["typed"][:, column].tolist()) == {1.0}


def test_every_candidate_has_a_row_of_its_family_s_columns() -> None:
    batch = find("You can keep a puzzle for 3 weeks. Late toys cost $2. Renew online.", "how long?")
    assert set(batch.found) == set(batch.rows) == set(FEATURES)
    for family, found in batch.found.items():
        assert batch.rows[family].shape == (len(found), len(FEATURES[family]))
        assert np.isfinite(batch.rows[family]).all()


def test_every_column_of_the_found_counts_the_same() -> None:
    batch = FINDER.find(REPLIES)
    for found in batch.found.values():
        columns = (found.scene, found.sentence, found.policy, found.words, found.option)
        assert {len(column) for column in columns} == {len(found)}
        assert found.scene.tolist() == sorted(found.scene)


def test_a_candidate_stands_in_its_sentence() -> None:
    batch = FINDER.find(REPLIES)
    for family, found in batch.found.items():
        listed = batch.list_candidates(family)
        assert len(listed) == len(found) > 0
        for one, number in zip(listed, found.sentence.tolist(), strict=True):
            sentence = batch.sentence(number)
            assert batch.scenes[one.scene].sentences[one.place] == sentence
            assert sentence.start <= one.start < one.end <= sentence.end
            assert one.family == family
            assert FINDER.policies[one.policy].type in (
                family,
                one.value.type,
                *BORROWERS.get(one.value.type, ()),
            )


def test_some_of_the_found_are_listed_alone() -> None:
    batch = FINDER.find(REPLIES)
    for family, found in batch.found.items():
        kept = np.arange(0, len(found), 2)
        assert batch.list_candidates(family, found.take(kept)) == batch.list_candidates(family)[::2]


def test_a_choice_s_candidate_has_the_option_that_is_named() -> None:
    batch = FINDER.find([make_reply("Loans are renewed online. Loans are renewed at the counter.")])
    options = [one.value.word for one in batch.list_candidates("choice")]
    assert options == ["online", "at the counter"]


def test_a_reply_s_candidates_do_not_depend_on_its_company() -> None:
    together = FINDER.find(REPLIES)
    for number, reply in enumerate(REPLIES):
        alone = FINDER.find([reply])
        for family in alone.found:
            listed = together.list_candidates(family)
            places = [at for at, one in enumerate(listed) if one.scene == number]
            assert [listed[at]._replace(scene=0) for at in places] == alone.list_candidates(family)
            assert np.array_equal(together.rows[family][places], alone.rows[family])


def test_no_reply_has_no_candidate() -> None:
    batch = FINDER.find([])
    assert batch.scenes == ()
    assert not any(map(len, batch.found.values()))
    assert not any(map(batch.list_candidates, FEATURES))


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("keep it 3 weeks", "keep it 3 weeks"),
        ("puzzles are fun, toys stay 3 weeks and games stay here", " toys stay 3 weeks "),
        ("games go home but puzzles stay 3 weeks", " puzzles stay 3 weeks"),
        ("toys (3 weeks at most) are fun", "3 weeks at most"),
        ("3 weeks - for most people", "3 weeks"),
    ],
)
def test_a_clause_ends_at_its_marks(text: str, clause: str) -> None:
    scene, mention = find_value(text)
    left, right = find_clause(scene, 0, mention.start, mention.end)
    assert text[left:right].strip() == clause.strip()
    assert left <= mention.start < mention.end <= right


def test_a_clause_stays_in_its_sentence() -> None:
    scene = lay("Puzzles too. Toys stay 3 weeks. Games do not")
    left, right = find_clause(scene, 1, scene.mentions[0].start, scene.mentions[0].end)
    assert scene.text[left:right] == "Toys stay 3 weeks."


def test_a_short_sentence_is_quoted_whole_and_a_long_one_by_its_clause() -> None:
    for text, quote in (
        ("Hi Ann. Toys stay 3 weeks, ok?", "Toys stay 3 weeks, ok?"),
        (LONG, "it can be borrowed for 3 weeks"),
    ):
        batch = find(text)
        start, end = quote_span(batch.scenes[0], batch.list_candidates("typed")[0])
        assert text[start:end] == quote


def test_a_sentence_s_claim_quotes_all_of_it() -> None:
    text = LONG.replace("it can be borrowed for 3 weeks", "puzzles can be borrowed")
    batch = find(text)
    assert quote_span(batch.scenes[0], batch.list_candidates("yes_no")[0]) == (0, len(text))


def test_words_between_two_places() -> None:
    text = "Toys stay 3 weeks"
    assert list_between(find_sentence(text), 5, 11) == ["stay", "3"]


@pytest.mark.parametrize(
    ("value", "bare"),
    [
        (Value("number", 5, 5), True),
        (Value("number", 5, 5, "kg"), False),
        (Value("money", 5, 5), True),
        (Value("money", 5, 5, "USD"), False),
        (Value("duration", 5, 5, "day"), False),
        (Value("time", 540, 540, "12h"), True),
        (Value("time", 540, 600, "12h"), False),
        (Value("time", 540, 540), False),
    ],
)
def test_what_leaves_something_out(value: Value, bare: bool) -> None:
    assert is_bare(value) is bare
