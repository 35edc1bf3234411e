"""Which attributes say which order, booking or claim a reply is about."""

import pytest

from consistency_check.checks.things import list_things, name_two_things
from consistency_check.model import Reply

ONE_OF_SEVERAL = [
    *("order_id", "orderid", "order_number__c", "order no", "order", "bookingref", "booking_reference"),
    *("claim_number", "po_number", "purchase_order", "account_no", "tracking", "shipment-code", "rma"),
]
NONE = [
    *("order_type", "order_status", "claim_type", "ordering", "policy_holder", "postcode", "pointer", "tier"),
    *("ticket_id", "case_id", "customer_id", "returning"),
]


def name(attribute, word):
    return list_things(Reply("R", "email", "", attributes={attribute: word}))


@pytest.mark.parametrize("attribute", ONE_OF_SEVERAL)
def test_two_numbers_are_two_things(attribute):
    assert name_two_things(name(attribute, "A-1"), name(attribute, "A-2"))
    assert not name_two_things(name(attribute, "A-1"), name(attribute, " A-1"))
    assert not name_two_things(name(attribute, "A-1"), name(attribute, ""))


@pytest.mark.parametrize("attribute", NONE)
def test_other_attributes_name_no_thing(attribute):
    assert name(attribute, "A-1") == ()


def test_a_kind_is_no_number_but_a_reference_may_be_all_letters():
    assert name("account", "business") == name("order", "express") == ()
    assert name("booking_ref", "QXZPLM") == (("booking_ref", "QXZPLM"),)
