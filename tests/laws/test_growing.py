"""Customers that grow are those of all replies at once, whatever came, changed or went before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consistency_check.model import CrmRecord, Reply, Source
from tests.identify.company import make_company


def pick(*values: str, empty: int = 2) -> st.SearchStrategy[str]:
    return st.sampled_from([""] * empty + list(values))


# Mostly empty: where all share something all are linked anew, and nothing can be forgotten.
IDS = pick("C1", "C-12345", "C12345", "K 00777", empty=16)
EMAILS = pick("a@x.example", "b@x.example", "c@x.example", "d@x.example", "e@x.example", empty=8)
# The same line with and without its country, and two lines with the same last nine digits.
PHONES = pick(
    "602-555-0175", "+447911123456", "7911123456", "612345678", "+33612345678", "+34612345678", empty=12
)
HANDLES = pick("@ann", "rosa_delgado", empty=12)
NAMES = pick("Rosa Delgado", "R Delgado", "Mateo Delgado", "Ann Lee", "Anna Lee", "Delgado, Rosa")
THREADS = pick("1", "T-10001", "T-10002", empty=6)
TEXTS = st.sampled_from(
    [
        "t",
        "about FO-502266",
        "FO-502299 or FO 502266?",
        "mail a@x.example",
        "mail d@x.example",
        "C-12345: yes",
        "SWR 4471 called from 602 555 0175",
        "call 0612345678",
        "call 7911123456, AB1X234",
        "order 26554433",
        "we are at 12 High Street, SW1A 1AA",
        "at 12 High Street",
        "ref 602_555_0175",
        "call 6025550175",
    ]
)
ORDERS = st.sampled_from(
    [{"order_id": each} for each in ("FO-502266", "FO-502299", "AB1X234", "26554433", "ZZ9Z999")]
)
PERSONS = st.sampled_from(
    [
        {"dob": "1980-03-12"},
        {"dob": "1980-03-12", "postcode": "SW1A 1AA"},
        {"postcode": "SW1A 1AA", "address": "12 High Street"},
        {"dob": "1980-03-13", "address": "12 High Street"},
        {"address": "14 Low Road", "postcode": "SW1A 1AB", "dob": "1990-01-01"},
    ]
)
ATTRIBUTES = st.one_of(st.just({}), st.just({}), ORDERS, PERSONS)

REPLY = st.builds(
    Reply,
    id=st.just(""),
    channel=st.sampled_from(["email", "phone"]),
    text=TEXTS,
    customer_id=IDS,
    email=EMAILS,
    phone=PHONES,
    handle=HANDLES,
    name=NAMES,
    conversation_id=THREADS,
    attributes=ATTRIBUTES,
)


def some(values: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(values.filter(bool), max_size=2, unique=True).map(tuple)


CRM = st.lists(
    st.builds(
        CrmRecord, IDS.filter(bool), some(EMAILS), some(PHONES), some(NAMES), some(HANDLES), ATTRIBUTES
    ),
    max_size=3,
).map(lambda records: [replace(each, source=Source("crm", at)) for at, each in enumerate(records)])


Again = tuple[int, str, str]
"""Which of the known replies is said once more, with another text and in another thread."""
AGAIN = st.tuples(st.integers(0, 99), TEXTS, THREADS)
IDS_OF_REPLIES = st.sampled_from([f"r{at}" for at in range(16)])
STEPS = st.lists(
    st.tuples(
        st.dictionaries(IDS_OF_REPLIES, REPLY | REPLY | AGAIN, max_size=4),
        st.sets(IDS_OF_REPLIES, max_size=2),
        st.none() | CRM,
    ),
    min_size=1,
    max_size=4,
)
FIRST = st.tuples(st.lists(REPLY, min_size=10, max_size=16), CRM)


def name_replies(came: Mapping[str, Reply | Again], known: Sequence[Reply]) -> Iterator[Reply]:
    for id_, said in came.items():
        if isinstance(said, Reply):
            yield replace(said, id=id_)
        elif known:
            which, text, thread = said
            yield replace(known[which % len(known)], id=id_, text=text, conversation_id=thread)


@pytest.mark.parametrize(("limit", "portion"), [(0, 0), (1, 0), (2, 0), (3, 0), (0, 2), (2, 1), (3, 3)])
@given(first=FIRST, steps=STEPS)
@settings(max_examples=60)
def test_growth_is_the_linking_of_all(limit, portion, first, steps):
    with make_company(limit, portion) as company:
        replies, crm = first
        company.meet(*(replace(each, id=f"r{at}") for at, each in enumerate(replies)), crm=crm)
        for came, went, records in steps:
            crm = crm if records is None else records
            replies = list(name_replies(came, list(company.replies.values())))
            company.meet(*replies, went=went - {each.id for each in replies}, crm=crm)
