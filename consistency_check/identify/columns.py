"""Which columns of an export or a CRM describe the person, and which hold references, by their names."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from consistency_check.identify.identity import Evidence

# fmt: off
DETAILS: Mapping[str, Evidence] = {
    name: kind
    for kind, names in (
        (Evidence.PERSON_ID, (
            "soc_sec_id", "ssn", "social_security_number", "national_id", "national_insurance_number", "nino",
            "ni_number", "nhs_number", "passport", "passport_no", "passport_number", "tax_id", "tin",
            "medicare_no", "medicare_number", "personal_id", "id_card_no",
        )),
        (Evidence.BIRTH, ("date_of_birth", "birth_date", "birthdate", "dob", "birthday", "born")),
        (Evidence.POSTCODE, ("postcode", "post_code", "postal_code", "zip", "zip_code", "zipcode", "plz")),
        (Evidence.STREET, (
            "address", "address_1", "address_2", "address1", "address2", "address_line_1", "address_line_2",
            "street", "street_address", "postal_address", "home_address",
        )),
        (Evidence.HOUSE, ("street_number", "house_number", "house_no")),
        (Evidence.TOWN, ("town", "city", "suburb", "place")),
        (Evidence.STATE, ("state", "county", "province")),
    )
    for name in names
}
"""The columns that describe a person, and the kind of evidence that each is."""
GIVEN_NAMES = ("given_name", "first_name", "forename", "firstname")
SURNAMES = ("surname", "last_name", "family_name", "lastname")

_NAMING = frozenset((
    "id", "ids", "no", "nr", "num", "number", "ref", "refs", "reference", "account", "acct", "order",
    "booking", "reservation", "case", "claim", "ticket", "invoice", "contract", "policy", "application",
    "tracking", "parcel", "shipment", "consignment", "confirmation", "member", "membership", "loyalty",
    "card", "licence", "license", "registration", "reg", "meter", "serial", "pnr", "vin", "student",
    "patient", "tenancy",
))
# What is counted, timed or the company's own: shared by customers who have nothing to do with each other.
_NOT_NAMING = frozenset((
    "agent", "staff", "operator", "adviser", "advisor", "team", "queue", "template", "macro", "product",
    "item", "items", "sku", "model", "store", "branch", "campaign", "version", "build", "flight",
    "train", "route", "room", "seat", "gate", "bay", "date", "day", "time", "at", "total", "amount",
    "value", "price", "cost", "count", "status", "type", "size", "weight", "duration", "score",
    "rating", "phone", "tel", "mobile", "fax", "email", "postcode", "zip", "code", "hotel", "property",
    "shop", "depot", "site", "survey", "article", "page", "run", "session", "call", "device",
))
# Words of columns that say too little in a sentence: "a number 4471", "the policy 2026".
_TOO_WIDE = frozenset(("num", "number", "no", "nr", "policy", "meter", "vin", "claim", "card"))
# fmt: on


@lru_cache(maxsize=4096)
def is_reference_column(name: str) -> bool:
    """True for a field named as one that holds references: `order_id`, `account_no`, `reservation`."""
    words = set(name.casefold().split("_"))
    return bool(words & _NAMING) and not words & _NOT_NAMING and name not in DETAILS


def names_reference(word: str) -> bool:
    """True for a word behind which texts put a reference: "order", "booking", "ref"."""
    return word.casefold() in _NAMING - _TOO_WIDE
