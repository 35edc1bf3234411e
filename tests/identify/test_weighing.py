"""What weighs how much: a name never links, evidence against counts, two customer ids forbid."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistency_check.identify.agreement import rate_names
from consistency_check.identify.details import compare_details, read_details, read_name
from consistency_check.identify.identity import Evidence
from consistency_check.identify.profile import Profile, are_strangers, weigh
from consistency_check.identify.weights import (
    CLOSE,
    DIFFERENT,
    LEAST,
    PRIOR,
    SAME,
    WEIGHTS,
    add_up,
    find_bits,
    find_probability,
)

LEAST_BITS = find_bits(LEAST)


def profile(**sets: set[str] | str) -> Profile:
    return Profile(**sets)  # type: ignore[arg-type]


def links(a: Profile, b: Profile) -> bool:
    return add_up(weigh(a, b)) >= LEAST_BITS


def test_no_name_reaches_a_link_alone() -> None:
    best = max(bits for (kind, _), bits in WEIGHTS.items() if kind == Evidence.NAME)
    assert PRIOR + best < LEAST_BITS
    assert find_probability(PRIOR + best) < 0.01


def test_every_weight_has_the_sign_of_its_level() -> None:
    for (kind, level), bits in WEIGHTS.items():
        assert (bits < 0) == level.startswith(DIFFERENT), (kind, level)


@pytest.mark.parametrize("kind", ["emails", "phones", "threads", "references"])
def test_a_key_links_without_names(kind: str) -> None:
    assert links(profile(**{kind: {"k"}}), profile(**{kind: {"k"}}))


@pytest.mark.parametrize("kind", ["phones", "threads", "references"])
def test_a_key_does_not_link_two_names(kind: str) -> None:
    rosa = profile(names={"Rosa Delgado"}, **{kind: {"k"}})
    assert not links(rosa, profile(names={"Mateo Delgado"}, **{kind: {"k"}}))
    assert are_strangers(rosa, profile(names={"Mateo Delgado"}, **{kind: {"k"}}), LEAST_BITS)
    assert links(rosa, profile(names={"R. Delgado"}, **{kind: {"k"}}))


def test_two_customer_ids_forbid_whatever_else_agrees() -> None:
    keys = {"names": {"Ann Lee"}, "emails": {"a@x.example"}, "phones": {"+1"}, "threads": {"T"}}
    assert not links(profile(owner="C1", **keys), profile(owner="C2", **keys))


def test_an_address_with_two_names_links_but_not_for_certain() -> None:
    a = profile(names={"Rosa Delgado"}, emails={"home@x.example"})
    b = profile(names={"Mateo Delgado"}, emails={"home@x.example"})
    assert LEAST < find_probability(add_up(weigh(a, b))) < 0.99


@pytest.mark.parametrize(
    ("first", "second", "level"),
    [
        ("Rosa Delgado", "DELGADO, ROSA", "full name"),
        ("Beth Whitfield", "Elizabeth Whitfield", "variant"),
        ("Ingrid Sørensen", "Ingrid Sorenson", "variant"),
        ("R. Delgado", "Rosa Delgado", "initial"),
        ("Rosa", "Rosa Delgado", "part"),
        ("Mrs Delgado", "Rosa Delgado", "part"),
        ("Rosa Miller", "Rosa Delgado", "different surname"),
        ("Mateo Delgado", "Rosa Delgado", "different"),
        ("A Prosser", "Prosser Stone Architects", "part"),
        ("", "Rosa Delgado", ""),
    ],
)
def test_levels_of_names(first: str, second: str, level: str) -> None:
    assert rate_names(first, second) == rate_names(second, first) == level


KEYS = st.sets(st.sampled_from(["a", "b", "c"]), max_size=2)
NAMES = st.sets(
    st.sampled_from(["Rosa Delgado", "R Delgado", "Mateo Delgado", "Rosa", "Ann Lee"]), max_size=2
)
PROFILES = st.builds(
    Profile,
    owner=st.sampled_from(["", "C1", "C2"]),
    names=NAMES,
    emails=KEYS,
    handles=st.sets(st.sampled_from(["chat:abcdefgh", "social:abcdefgh", ":abcdefgh", "chat:x"]), max_size=2),
    phones=KEYS,
    threads=KEYS,
    references=KEYS,
    cited_ids=st.sets(st.sampled_from(["C1", "C3"]), max_size=2),
    cited_emails=KEYS,
)


@given(PROFILES, PROFILES)
def test_weighing_is_symmetric(a: Profile, b: Profile) -> None:
    assert weigh(a, b) == weigh(b, a)
    assert are_strangers(a, b, LEAST_BITS) == are_strangers(b, a, LEAST_BITS)


@given(st.floats(0.001, 0.999))
def test_bits_and_probability_are_two_ways_of_saying_one_thing(probability: float) -> None:
    assert find_probability(find_bits(probability)) == pytest.approx(probability)


def test_details_of_a_record() -> None:
    record = {
        "dob": "1980-03-12",
        "postcode": "ls1 4ab",
        "address": "9 Quarry Road",
        "tier": "gold",
        "city": "-",
    }
    assert read_details(record) == [
        (Evidence.BIRTH, "19800312"),
        (Evidence.POSTCODE, "LS14AB"),
        (Evidence.STREET, "9 quarry rd"),
    ]
    assert read_details({"city": "Leeds", "state": "open"}) == []  # a branch's, or a ticket's
    assert read_details({"dob": "01/01/1900", "date_of_birth": "1900-01-01T00:00:00"}) == []
    assert read_details({"dob": "25/12/1980"}) == [(Evidence.BIRTH, "19801225")]
    assert read_details({"dob": "03/04/1980"}) == []  # March or April
    assert read_name({"first_name": "Rosa", "surname": "Delgado"}) == "Delgado, Rosa"


@pytest.mark.parametrize(
    ("kind", "first", "second", "level"),
    [
        (Evidence.BIRTH, "19800312", "19800312", SAME),
        (Evidence.BIRTH, "19800312", "19800321", CLOSE),
        (Evidence.BIRTH, "19800312", "19650101", DIFFERENT),
        (Evidence.POSTCODE, "6110", "6101", CLOSE),
        (Evidence.STREET, "light setreet", "light street", CLOSE),
        (Evidence.TOWN, "banksia", "kingston", DIFFERENT),
    ],
)
def test_levels_of_details(kind: Evidence, first: str, second: str, level: str) -> None:
    assert compare_details(kind, frozenset({first}), frozenset({second}))[0] == level
    assert compare_details(kind, frozenset({second}), frozenset({first}))[0] == level
