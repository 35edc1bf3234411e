"""What the reader learns from: labels of candidates on a corpus of two replies, and mutated answers."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistency_check.model import Value
from consistency_check.policies import load_policies
from consistency_check.read.training.corpus import Corpus, read_corpus, read_value
from consistency_check.read.training.mutation import mutate_knowledge, mutate_value
from consistency_check.values import parse_value

POLICIES = """\
topic: returns
policies:
  window:
    statement: Items can be returned within {value} of delivery.
    type: duration
    value: 30 days
  refund_time:
    statement: Refunds arrive within {value}.
    type: duration
    value: {2024-01-01: 10 days, 2026-01-01: 5 days}
  label_fee:
    statement: A return label costs {value}.
    type: money
    value: $7
  opened_items:
    statement: Opened items can be returned.
    type: yes_no
    value: no
  refund_method:
    statement: Refunds are paid as {value}.
    type: choice
    value: original card
    options:
      original card: [back to the card you paid with]
      store credit: [gift card, voucher]
"""
TEXT = (
    "You can return it within two weeks of delivery. A return label costs $7. "
    "Opened items can be returned. Refunds are paid as store credit."
)
LABELS: list[dict[str, object]] = [
    {"policy": "returns.window", "value": "14 days", "quote": "within two weeks of delivery"},
    {"policy": "returns.label_fee", "value": "$7", "quote": "A return label costs $7", "optional": True},
    {"policy": "returns.opened_items", "value": "yes", "quote": "Opened items can be returned"},
    {"policy": "returns.refund_method", "value": "store credit", "quote": "Refunds are paid as store credit"},
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    records = [
        {"id": "R1", "channel": "email", "text": TEXT, "sent_at": "2026-03-01T10:00:00Z"},
        {"id": "R2", "channel": "email", "text": "It is $7 for a return label, I think."},
        {"id": "R3", "channel": "email", "text": "Nobody labelled this."},
    ]
    replies = {
        "R1": {"claims": [{**label, "verdict": "agrees"} for label in LABELS]},
        "R2": {"claims": [], "must_not_flag": [{"policy": "returns.label_fee"}]},
        "R3": {"claims": [], "unlabelled": True},
    }
    (tmp_path / "exports").mkdir()
    (tmp_path / "policies").mkdir()
    (tmp_path / "policies" / "returns.yaml").write_text(POLICIES, "utf-8")
    (tmp_path / "exports" / "email.jsonl").write_text("\n".join(map(json.dumps, records)), "utf-8")
    (tmp_path / "gold.json").write_text(json.dumps({"replies": replies}), "utf-8")
    return tmp_path


@pytest.fixture
def corpus(folder: Path) -> Corpus:
    return read_corpus(folder)


def list_labels(corpus: Corpus, family: str, reply_id: str) -> dict[tuple[str, str], int]:
    """The labels of one family's candidates, by policy and words."""
    return {
        (
            corpus.finder.policies[each.policy].id,
            corpus.replies[each.scene].text[each.start : each.end],
        ): label
        for each, label in zip(corpus.batch.list_candidates(family), corpus.labels[family], strict=True)
        if corpus.replies[each.scene].id == reply_id
    }


def test_replies_that_nobody_labelled_are_left_out(corpus: Corpus) -> None:
    assert [one.id for one in corpus.replies] == ["R1", "R2"]


def test_a_company_names_the_corpora_that_must_not_be_measured_with_it(folder: Path) -> None:
    assert read_corpus(folder).like == ()
    gold = json.loads((folder / "gold.json").read_text("utf-8"))
    (folder / "gold.json").write_text(json.dumps({"like": ["retail"], **gold}), "utf-8")
    assert read_corpus(folder).like == ("retail",)


def write_conversation(folder: Path) -> None:
    """A fourth and fifth reply, of one conversation; only the fifth is labelled."""
    turns = [("R4", "How long can I send things back?"), ("R5", "And if it was opened?")]
    records = [
        {"id": name, "channel": "chat", "text": "It is 14 days.", "question": asked, "conversation_id": "C1"}
        for name, asked in turns
    ]
    (folder / "exports" / "chat.jsonl").write_text("\n".join(map(json.dumps, records)), "utf-8")
    gold = json.loads((folder / "gold.json").read_text("utf-8"))
    gold["replies"] = {"R5": {"claims": [{"policy": "returns.window", "value": "14 days", "quote": ""}]}}
    (folder / "gold.json").write_text(json.dumps(gold), "utf-8")


def test_a_reply_comes_with_the_turns_before_and_a_second_time_without_its_question(folder: Path) -> None:
    write_conversation(folder)
    corpus = read_corpus(folder)
    assert [(one.id, one.question) for one in corpus.replies] == [("R5", "And if it was opened?"), ("R5", "")]
    assert {one.asked_before for one in corpus.replies} == {"How long can I send things back?"}
    assert len(corpus.gold) == len(corpus.batch.scenes) == 2


def test_there_is_a_label_for_every_candidate(corpus: Corpus) -> None:
    for family, found in corpus.batch.found.items():
        assert len(corpus.labels[family]) == len(found) > 0 or family == "text"
        assert set(corpus.labels[family]) <= {-1, 0, 1}


def test_what_nobody_labelled_about_a_policy_is_no_claim(corpus: Corpus) -> None:
    labels = list_labels(corpus, "yes_no", "R2")
    assert set(labels.values()) <= {0}
    assert list_labels(corpus, "typed", "R1")["returns.refund_time", "within two weeks"] == 0


def test_a_sentence_about_a_policy_that_is_left_open_is_learned_neither_way(folder: Path) -> None:
    gold = json.loads((folder / "gold.json").read_text("utf-8"))
    gold["replies"]["R1"]["claims"][2]["optional"] = True
    (folder / "gold.json").write_text(json.dumps(gold), "utf-8")
    labels = list_labels(read_corpus(folder), "yes_no", "R1")
    assert labels["returns.opened_items", "Opened items can be returned."] == -1


def test_another_option_than_the_label_s_is_no_claim(folder: Path) -> None:
    gold = json.loads((folder / "gold.json").read_text("utf-8"))
    gold["replies"]["R1"]["claims"][3]["value"] = "original card"
    (folder / "gold.json").write_text(json.dumps(gold), "utf-8")
    labels = list_labels(read_corpus(folder), "choice", "R1")
    assert labels["returns.refund_method", "Refunds are paid as store credit."] == 0


def test_a_value_is_a_claim_about_the_policy_of_its_label_alone(corpus: Corpus) -> None:
    labels = list_labels(corpus, "typed", "R1")
    assert labels["returns.window", "within two weeks"] == 1
    assert labels["returns.refund_time", "within two weeks"] == 0


def test_what_the_labels_leave_open_is_learned_neither_way(corpus: Corpus) -> None:
    assert list_labels(corpus, "typed", "R1")["returns.label_fee", "$7"] == -1
    assert list_labels(corpus, "typed", "R2")["returns.label_fee", "$7"] == -1


def test_a_sentence_is_a_claim_where_it_holds_a_label_s_words(corpus: Corpus) -> None:
    labels = list_labels(corpus, "yes_no", "R1")
    assert labels["returns.opened_items", "Opened items can be returned."] == 1
    assert set(labels.values()) <= {0, 1}


def test_a_choice_is_a_claim_only_with_the_label_s_option(corpus: Corpus) -> None:
    labels = list_labels(corpus, "choice", "R1")
    assert labels["returns.refund_method", "Refunds are paid as store credit."] == 1


@pytest.mark.parametrize(
    ("kind", "word", "value"),
    [
        ("duration", "14 days", parse_value("duration", "14 days")),
        ("duration", "about two weeks or so", parse_value("duration", "2 weeks")),
        ("yes_no", "Yes", Value("yes_no", word="yes")),
        ("money", "a fair price", None),
    ],
)
def test_a_label_s_value_is_read_as_its_policy_s_type(
    corpus: Corpus, kind: str, word: str, value: Value | None
) -> None:
    assert read_value(kind, word, corpus.replies[0]) == value


def test_mutation_changes_answers_and_no_wording(folder: Path) -> None:
    knowledge = load_policies(folder / "policies")
    mutated = [mutate_knowledge(knowledge, seed) for seed in range(8)]
    assert any(
        each.policies["returns.window"].values != knowledge.policies["returns.window"].values
        for each in mutated
    )
    for each in mutated:
        assert each.topics == knowledge.topics
        for name, policy in each.policies.items():
            true = knowledge.policies[name]
            assert (policy.statement, policy.type, policy.options) == (
                true.statement,
                true.type,
                true.options,
            )
            assert [dated.since for dated in policy.values] == [dated.since for dated in true.values]
        assert each.policies["returns.opened_items"] == knowledge.policies["returns.opened_items"]


def test_the_same_seed_mutates_the_same_way(folder: Path) -> None:
    knowledge = load_policies(folder / "policies")
    assert mutate_knowledge(knowledge, 3) == mutate_knowledge(knowledge, 3)


QUANTITIES = st.sampled_from(
    [
        ("duration", "30 days"),
        ("duration", "up to 2 hours"),
        ("money", "$0"),
        ("money", "$5-$10"),
        ("percent", "15%"),
        ("number", "1"),
        ("date", "2026-03-01"),
        ("time", "18:30"),
        ("percent", "2.5%"),
        ("number", "at least 3"),
    ]
)


@given(QUANTITIES, st.integers(0, 10_000))
def test_a_mutated_value_is_another_one_of_the_same_kind(written: tuple[str, str], seed: int) -> None:
    value = parse_value(*written)
    mutated = mutate_value(value, Random(seed))
    assert mutated != value
    assert (mutated.type, mutated.unit, mutated.per) == (value.type, value.unit, value.per)
    assert (mutated.low is None, mutated.high is None) == (value.low is None, value.high is None)
    assert mutated.low is None or mutated.high is None or mutated.low <= mutated.high
