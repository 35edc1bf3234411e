"""Which option of a policy a sentence names, in its own or in other words."""

from __future__ import annotations

import numpy as np
import pytest

from consistency_check.read.options import OPTION, Options, list_options, tell_words, weigh_wordings
from consistency_check.read.wording import Wording
from tests.read.knowledge import find_policy, load_base

WORDING = Wording(load_base())
OPTIONS = Options(WORDING)
NUMBERS = {policy.id.partition(".")[2]: number for number, policy in enumerate(WORDING.policies)}

SAID = (
    "renew online",
    "ask in person at the counter",
    "puzzles stay in the building",
    "",
    "no deposit at the desk",
)


def name_option(said: str) -> tuple[str, dict[str, float]]:
    met = WORDING.meet([said.lower().split()])
    covered, likeness = OPTIONS.rate(met.near, met.meaning)
    number = NUMBERS["renewal"]
    best, columns = OPTIONS.name_best(np.array([0]), np.array([number]), covered, likeness)
    return OPTIONS.names[number][best[0]], dict(zip(OPTION, columns[0].tolist(), strict=True))


@pytest.mark.parametrize(
    ("said", "option"),
    [
        ("you can renew loans online", "online"),
        ("please use our website", "online"),
        ("web sites do that", "online"),
        ("ask at the counter", "at the counter"),
        ("come to the desk", "at the counter"),
        ("it is done in person", "at the counter"),
    ],
)
def test_an_option_is_named_by_its_name_or_its_other_words(said: str, option: str) -> None:
    assert name_option(said)[0] == option


def test_an_option_said_in_full_is_covered_and_leads() -> None:
    columns = name_option("renewed online")[1]
    assert columns["option covered"] > 0.5
    assert columns["option's lead"] > 0.3


def test_where_two_are_named_none_leads_far() -> None:
    one, both = name_option("online")[1], name_option("online or at the counter")[1]
    assert both["options named"] > one["options named"]
    assert both["option's lead"] < one["option's lead"]


def test_words_of_no_option_cover_none() -> None:
    assert name_option("purple elephants sleep")[1]["option covered"] < 0.2


def test_each_passage_and_policy_is_named_as_if_alone() -> None:
    met = WORDING.meet([said.split() for said in SAID])
    covered, likeness = OPTIONS.rate(met.near, met.meaning)
    words = np.repeat(np.arange(len(SAID)), len(OPTIONS.names))
    policies = np.tile(list(OPTIONS.names), len(SAID))
    best, columns = OPTIONS.name_best(words, policies, covered, likeness)
    assert columns.shape == (len(best), len(OPTION)) == (len(SAID) * len(OPTIONS.names), len(OPTION))
    for at, (word, policy) in enumerate(zip(words, policies, strict=True)):
        one = OPTIONS.name_best(
            np.array([0]), np.array([policy]), covered[word : word + 1], likeness[word : word + 1]
        )
        assert one[0][0] == best[at] < len(OPTIONS.names[policy])
        assert one[1][0].tolist() == columns[at].tolist()


def test_no_passage_names_nothing() -> None:
    met = WORDING.meet([["online"]])
    covered, likeness = OPTIONS.rate(met.near, met.meaning)
    none = np.zeros(0, np.intp)
    assert OPTIONS.name_best(none, none, covered, likeness)[1].shape == (0, len(OPTION))


@pytest.mark.parametrize(
    ("said", "yes"),
    [("puzzles are on the shelf for everyone", True), ("puzzles stay in the building", False)],
)
def test_the_wordings_of_yes_and_no_lean_their_way(said: str, yes: bool) -> None:
    met = WORDING.meet([said.split()])
    covered, likeness = OPTIONS.rate(met.near, met.meaning)
    assert (OPTIONS.lean(NUMBERS["puzzles"], covered[0], likeness[0])[0] > 0) is yes


def test_options_by_type() -> None:
    assert [name for name, _ in list_options(find_policy("renewal"))] == ["online", "at the counter"]
    assert [name for name, _ in list_options(find_policy("puzzles"))] == ["yes", "no"]
    assert dict(list_options(find_policy("deposit")))["no"] == ("no",)
    assert list_options(find_policy("period")) == []


def test_a_word_that_options_share_weighs_less() -> None:
    online, counter = weigh_wordings(WORDING, [("a", ["puzzles online"]), ("b", ["puzzles desk"])])
    shared, own = WORDING.vocabulary["puzzles"], WORDING.vocabulary["online"]
    assert 0 < online[0][shared] < online[0][own]
    assert online[0][shared] == counter[0][shared]


@pytest.mark.parametrize(
    ("text", "words"), [("at the desk", ["desk"]), ("the only one", ["only"]), ("of the", ["of", "the"])]
)
def test_empty_words_tell_nothing_unless_there_is_nothing_else(text: str, words: list[str]) -> None:
    assert tell_words(text) == words


def test_a_passage_of_no_words_is_rated_nothing() -> None:
    met = WORDING.meet([[]])
    assert not np.any(OPTIONS.rate(met.near, met.meaning)[0])
