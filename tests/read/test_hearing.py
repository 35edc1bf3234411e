"""What the words of a batch add up to is what their grams, written out one by one, add up to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consistency_check.model import DatedValue
from consistency_check.read.batch import Batch
from consistency_check.read.candidates import Finder
from consistency_check.read.features import FEATURES
from consistency_check.read.hearing import Stances
from consistency_check.read.stance import BLOCKS, DESCRIBED, Spoken, list_units
from consistency_check.read.vectors import Floats
from tests.read.knowledge import load_base, make_reply

BASE = load_base()
PERIOD = replace(BASE.policies["loans.period"], values=(DatedValue(None, None),), exceptions=())
FINDER = Finder(replace(BASE, policies={**BASE.policies, PERIOD.id: PERIOD}))
TEXT = "Toys stay 3 weeks, or 10 days in May. Toys stay 4 weeks. A late toy costs $2."
# Words, values, and the signs with which grams are written.
PIECES = ("toys", "stay", "any", "late", "fee", "3 weeks", "$2", "10 days", "puzzles", "renew", "online", ".")
SIGNS = ("^", "_", "<", ">", "<0")
texts = st.lists(st.sampled_from((*PIECES, *SIGNS)), min_size=1, max_size=24).map(" ".join)


def measure(batch: Batch, models: Mapping[str, Spoken]) -> dict[str, Floats]:
    stances = Stances(models)
    told = stances.read(batch)
    every = {family: np.arange(len(found)) for family, found in batch.found.items()}
    return {f: stances.measure(batch, f, told, batch.rows[f], every[f]) for f in FEATURES}


def make_models(grams: Mapping[str, float], bias: float = 0.0) -> dict[str, Spoken]:
    return {f: Spoken(np.zeros(len(DESCRIBED[f]), np.float32), bias, grams) for f in FEATURES}


def test_a_stance_is_the_sum_of_its_columns_and_grams() -> None:
    batch = Finder(BASE).find([make_reply(TEXT)])
    models = make_models({"<0 or": 2.0, "^ toys": 1.0, "> or 10": 0.5, "<puppy": 4.0}, 0.25)
    models["typed"].weights[DESCRIBED["typed"].index("is duration")] = 8.0
    said = [TEXT[one.start : one.end] for one in batch.list_candidates("typed")]
    assert dict(zip(said, measure(batch, models)["typed"].tolist(), strict=True)) == {
        "3 weeks": 9.75,
        "10 days": 11.25,
        "4 weeks": 9.25,
        "$2": 0.25,
    }


@settings(deadline=None, max_examples=60)
@given(texts, texts, st.randoms(use_true_random=False))
def test_grams_looked_up_at_once_add_up_as_one_by_one(first: str, second: str, random: Random) -> None:
    batch = FINDER.find([make_reply(first), make_reply(second)])
    units = {family: list_units(batch, family) for family in FEATURES}
    met = sorted({gram for one in units.values() for grams in one.grams for gram in grams})
    kept = random.sample(met, len(met) // 2)
    models = make_models({gram: 2.0 ** (number % 9) for number, gram in enumerate(kept)}, 1.0)
    for family, stance in measure(batch, models).items():
        columns = batch.rows[family][units[family].first][:, BLOCKS[family]]
        one_by_one = models[family].score(columns, units[family].grams)
        assert stance.tolist() == one_by_one[units[family].owner].tolist()


@pytest.mark.parametrize("text", ["", "Hello!", "3 weeks"])
def test_a_text_of_few_words_adds_up_to_nothing(text: str) -> None:
    for stance in measure(FINDER.find([make_reply(text)]), make_models({"puppy": 1.0})).values():
        assert not stance.any()
