"""What holds for customers whatever the replies: order, unrelated records and names alone never matter."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from consistency_check.identify import Linker
from consistency_check.model import CrmRecord, Customer, Reply

IDS = st.sampled_from(["", "", "C1", "C2", "C3"])
EMAILS = st.sampled_from(["", "", "a@x.example", "A@X.example", "b@x.example", "c@x.example"])
PHONES = st.sampled_from(
    ["", "", "602-555-0175", "+16025550175", "5035550110", "+447911123456", "07911123456"]
)
HANDLES = st.sampled_from(["", "", "@ann", "ann", "rosa_delgado", "mateo_delgado"])
NAMES = st.sampled_from(
    ["", "", "Rosa Delgado", "R Delgado", "Mateo Delgado", "Mrs Delgado", "Delgado, Rosa", "Ann Lee", "Anna"]
)
THREADS = st.sampled_from(["", "", "1", "2", "T-10001", "T-10002"])
CHANNELS = st.sampled_from(["email", "phone", "social"])

REPLIES = st.lists(
    st.builds(
        Reply,
        id=st.just(""),
        channel=CHANNELS,
        text=st.just("t"),
        customer_id=IDS,
        email=EMAILS,
        phone=PHONES,
        handle=HANDLES,
        name=NAMES,
        conversation_id=THREADS,
    ),
    min_size=1,
    max_size=9,
).map(lambda replies: [replace(reply, id=f"r{at}") for at, reply in enumerate(replies)])


def some(values: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(values.filter(bool), max_size=2, unique=True).map(tuple)


CRM = st.lists(
    st.builds(CrmRecord, IDS.filter(bool), some(EMAILS), some(PHONES), some(NAMES), some(HANDLES)),
    max_size=3,
    unique_by=lambda record: record.customer_id,
)


def resolve(replies: list[Reply], crm: list[CrmRecord]) -> tuple[Customer, ...]:
    linker = Linker(crm, "US", keep_replies=True)
    for reply in replies:
        linker.add(reply)
    return linker.resolve().customers


def keys_of(reply: Reply) -> set[str]:
    """Every key by which the reply might be tied to another, as widely as can be."""
    digits = "".join(c for c in reply.phone if c.isdigit())[-9:]
    keys = {
        reply.customer_id,
        reply.email.casefold(),
        reply.handle.removeprefix("@"),
        digits,
        reply.conversation_id,
    }
    return keys - {""}


def keys_of_record(record: CrmRecord) -> set[str]:
    phones = {"".join(c for c in phone if c.isdigit())[-9:] for phone in record.phones}
    handles = {handle.removeprefix("@") for handle in record.handles}
    return {record.customer_id, *map(str.casefold, record.emails), *phones, *handles}


def find_reach(start: set[str], replies: list[Reply], crm: list[CrmRecord]) -> set[str]:
    """All keys that can be reached from some by shared keys."""
    reached = set(start)
    while True:
        more = {key for reply in replies if keys_of(reply) & reached for key in keys_of(reply)}
        more |= {key for record in crm if keys_of_record(record) & reached for key in keys_of_record(record)}
        if more <= reached:
            return reached
        reached |= more


@given(REPLIES, CRM, st.randoms(use_true_random=False))
@settings(max_examples=250, deadline=None)
def test_order_does_not_matter(replies, crm, random):
    shuffled = random.sample(replies, len(replies))
    assert resolve(replies, crm) == resolve(shuffled, random.sample(crm, len(crm)))


@given(REPLIES, CRM)
@settings(max_examples=250, deadline=None)
def test_every_reply_has_one_customer_and_every_customer_one_key_and_at_most_one_id(replies, crm):
    customers = resolve(replies, crm)
    assert sorted(id_ for customer in customers for id_ in customer.reply_ids) == sorted(
        r.id for r in replies
    )
    assert len({customer.key for customer in customers}) == len(customers)
    assert [customer.key for customer in customers] == sorted(customer.key for customer in customers)
    by_id = {reply.id: reply for reply in replies}
    homes: dict[str, str] = {}
    for customer in customers:
        ids = {by_id[id_].customer_id for id_ in customer.reply_ids} - {""}
        assert len(ids) <= 1
        for customer_id in ids:
            assert customer.key == customer_id
            assert homes.setdefault(customer_id, customer.key) == customer.key


@given(REPLIES, CRM)
@settings(max_examples=250, deadline=None)
def test_nobody_is_linked_without_shared_keys(replies, crm):
    by_id = {reply.id: reply for reply in replies}
    for customer in resolve(replies, crm):
        if len(customer.reply_ids) > 1:
            assert customer.linked_by
            for id_ in customer.reply_ids:
                reach = find_reach(keys_of(by_id[id_]), replies, crm)
                assert all(keys_of(by_id[other]) & reach for other in customer.reply_ids)


@given(REPLIES, CRM, REPLIES.map(lambda replies: replace(replies[0], id="new")))
@settings(max_examples=250, deadline=None)
def test_a_new_reply_changes_only_customers_it_shares_keys_with(replies, crm, new):
    reach = find_reach(keys_of(new), [*replies, new], crm)
    by_id = {reply.id: reply for reply in replies}

    def untouched(customers: tuple[Customer, ...]) -> list[Customer]:
        return [
            customer
            for customer in customers
            if not any(id_ == "new" or keys_of(by_id[id_]) & reach for id_ in customer.reply_ids)
        ]

    assert untouched(resolve(replies, crm)) == untouched(resolve([*replies, new], crm))


@given(st.lists(NAMES, min_size=2, max_size=6))
@settings(max_examples=50, deadline=None)
def test_names_alone_never_link(names):
    replies = [Reply(f"r{at}", "letter", "t", name=name) for at, name in enumerate(names)]
    assert [customer.reply_ids for customer in resolve(replies, [])] == [(reply.id,) for reply in replies]


@given(REPLIES, CRM)
@settings(max_examples=100, deadline=None)
def test_clearly_different_people_on_one_phone_stay_apart(replies, crm):
    phone = "2125550199"
    strangers = [
        Reply("x", "phone", "t", phone=phone, name="Rosa Delgado"),
        Reply("y", "phone", "t", phone=phone, name="Mateo Delgado"),
    ]
    customers = resolve([*replies, *strangers], crm)
    assert not any({"x", "y"} <= set(customer.reply_ids) for customer in customers)


@given(REPLIES, CRM)
@settings(max_examples=100, deadline=None)
def test_replies_need_not_be_kept_and_more_may_come(replies, crm):
    linker = Linker(crm)
    nodes = [linker.add(reply) for reply in replies[:-1]]
    linker.resolve()
    nodes.append(linker.add(replies[-1]))
    resolution = linker.resolve()
    expected = resolve(replies, crm)
    assert resolution.customers == tuple(replace(customer, reply_ids=()) for customer in expected)
    home = {id_: customer.key for customer in expected for id_ in customer.reply_ids}
    found = [resolution.customer_of(node).key for node in nodes]
    assert found == [home[reply.id] for reply in replies]


TEXTS = st.sampled_from(
    ["t", "t", "about FO-502266", "FO-502299?", "mail a@x.example", "C1: yes", "SWR 4471 9920"]
)
ORDERS = st.sampled_from(
    [{}, {}, {"order_id": "FO-502266"}, {"order_id": "FO-502299"}, {"dob": "1980-03-12"}]
)
TOLD = st.lists(
    st.tuples(REPLIES.map(lambda replies: replies[0]), TEXTS, ORDERS), min_size=1, max_size=8
).map(
    lambda told: [
        replace(reply, id=f"r{at}", text=text, attributes=attributes)
        for at, (reply, text, attributes) in enumerate(told)
    ]
)


def part(customers: tuple[Customer, ...], without: str = "") -> set[frozenset[str]]:
    """Which replies stand together."""
    return {frozenset(customer.reply_ids) - {without} for customer in customers} - {frozenset()}


@given(TOLD, CRM, st.randoms(use_true_random=False))
@settings(max_examples=250, deadline=None)
def test_order_does_not_matter_to_what_texts_and_columns_say(replies, crm, random):
    shuffled = random.sample(replies, len(replies))
    assert resolve(replies, crm) == resolve(shuffled, random.sample(crm, len(crm)))


@given(TOLD, CRM)
@settings(max_examples=250, deadline=None)
def test_linking_is_transitive(replies, crm):
    """A chain of links leads from each reply to every other of its customer, and to no other."""
    linker = Linker(crm, keep_replies=True)
    nodes = {reply.id: linker.add(reply) for reply in replies}
    resolution = linker.resolve()
    home = {id_: customer.key for customer in resolution.customers for id_ in customer.reply_ids}
    for a in replies:
        for b in replies:
            chain = resolution.find_chain(*(resolution.place_of(nodes[each.id]) for each in (a, b)))
            assert (chain is not None) == (home[a.id] == home[b.id])


@given(TOLD, CRM, st.data())
@settings(max_examples=250, deadline=None)
def test_one_more_record_of_the_same_kind_splits_nobody(replies, crm, data):
    """What is said once more changes no evidence, and so no link."""
    again = replace(data.draw(st.sampled_from(replies)), id="new")
    assert part(resolve([*replies, again], crm), without="new") == part(resolve(replies, crm))


@given(TOLD, CRM, st.sampled_from([0.5, 0.95, 0.99]))
@settings(max_examples=150, deadline=None)
def test_every_link_is_as_sure_as_was_asked_for(replies, crm, least):
    linker = Linker(crm, keep_replies=True, least=least)
    for reply in replies:
        linker.add(reply)
    for customer in linker.resolve().customers:
        assert least <= customer.certainty <= 1


@given(st.lists(st.sampled_from(["Zebedee Quirke-Wu", "Rosa Delgado", "R Delgado"]), min_size=2, max_size=5))
@settings(max_examples=50, deadline=None)
def test_names_alone_never_link_however_rare_and_however_low_the_bar(names):
    linker = Linker(least=0.5, keep_replies=True)
    for at, name in enumerate(names):
        linker.add(Reply(f"r{at}", "letter", "t", name=name, attributes={"postcode": "LS1 4AB"}))
    assert len(linker.resolve().customers) == len(names)
