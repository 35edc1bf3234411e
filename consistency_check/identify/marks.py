"""What an identity or a CRM record shares with others, as numbers: whoever shares nothing is not touched.

A mark says how a node bears one token: it owns it (a key, a detail), names it (a reference in a column),
claims it (found by a pattern) or cites it (named in a text, and perhaps of no meaning). Tokens are 64-bit
hashes: that two of a million texts share one has a probability of 1 in 37 million.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import IntEnum
from hashlib import blake2b
from typing import NamedTuple

from consistency_check.identify.identity import Evidence, Identity
from consistency_check.identify.mentions import find_last_digits, find_line
from consistency_check.identify.notes import Noted
from consistency_check.identify.persons import BlockKey, list_cited_details
from consistency_check.identify.profile import Profile
from consistency_check.identify.references import find_shape, normalise_reference

NO_TOKEN = 0


class Kind(IntEnum):
    """What a token stands for; each has a rule of its own for when it ties nodes together (`reach`)."""

    KEY = 0
    """A customer id, e-mail or handle: all who bear it."""
    SHARED = 1
    """A phone or a thread: all who bear it, unless they are a crowd."""
    MAIL = 2
    """An e-mail that texts cite and somebody bears."""
    LINE = 3
    """The last digits of a phone that texts cite and somebody bears."""
    REFERENCE = 4
    """A reference or a customer id that is named."""
    DETAIL = 5
    """A postcode or an address that texts cite."""


class Role(IntEnum):
    """How a node bears a token."""

    OWNS = 0
    NAMES = 1
    CLAIMS = 2
    CITES = 3


class Mark(NamedTuple):
    """One token of a node; `via` is the token on which a citation's meaning hangs, `NO_TOKEN` for none.

    It is the shape of a cited reference, and of a cited phone the same digits as a reference.
    """

    token: int
    kind: Kind
    role: Role
    via: int = NO_TOKEN


def make_token(kind: str, text: str) -> int:
    """The same number for the same text for ever."""
    content = f"{kind}\0{text}".encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(content, digest_size=8).digest()) or 1


def make_reference_token(reference: str) -> int:
    """The token of a reference, or of a customer id written as one."""
    return make_token("reference", reference)


def make_shape_token(shape: str) -> int:
    """The token of a reference's shape."""
    return make_token("shape", shape)


def make_detail_token(kind: Evidence, said: str) -> int:
    """The token of a detail of the person."""
    return make_token(f"detail {kind.value}", said)


def make_block_token(key: BlockKey) -> int:
    """The token of a block of clusters that are compared by their details."""
    return make_token("block", "\0".join(key))


def make_person_token(identity: Identity) -> int:
    """The same number for identities that count as one person where a crowd is counted."""
    return make_token("person", "\0".join((identity.customer_id, identity.email, identity.name.casefold())))


def mark_identity(
    identity: Identity, noted: Noted, threads: Iterable[str], abroad: Mapping[str, str]
) -> set[Mark]:
    """The marks of an identity; `abroad` is what `find_abroad` says of all phones."""
    marks = set(_mark_owner(identity.customer_id))
    if identity.email:
        marks |= _mark_email(identity.email)
    if identity.handle:
        marks.add(_mark_handle(identity.handle))
    if identity.phone:
        marks |= _mark_phone(abroad.get(identity.phone, identity.phone))
    marks |= {Mark(make_token("thread", each), Kind.SHARED, Role.OWNS) for each in threads}
    return marks | mark_noted(noted)


def mark_noted(noted: Noted) -> set[Mark]:
    """The marks of what the replies of an identity hold beside its keys."""
    marks = {Mark(make_reference_token(each), Kind.REFERENCE, Role.NAMES) for each in noted.columns}
    marks |= {Mark(make_reference_token(each), Kind.REFERENCE, Role.CLAIMS) for each in noted.patterned}
    for each in {*noted.mentions} - {*noted.columns}:
        marks |= _mark_mention(each)
    marks |= {Mark(make_detail_token(*each), Kind.DETAIL, Role.OWNS) for each in noted.details}
    cited = list_cited_details(noted)
    return marks | {Mark(make_detail_token(*each), Kind.DETAIL, Role.CITES) for each in cited}


def _mark_mention(mention: str) -> set[Mark]:
    if "@" in mention:
        return {Mark(make_token("mail", mention), Kind.MAIL, Role.CITES)}
    reference = make_reference_token(mention)
    shape = NO_TOKEN if mention.isdigit() else make_shape_token(find_shape(mention))
    marks = {Mark(reference, Kind.REFERENCE, Role.CITES, shape)}
    if digits := find_last_digits(mention):
        marks.add(Mark(make_token("line", digits), Kind.LINE, Role.CITES, reference))
    return marks


def mark_record(profile: Profile) -> set[Mark]:
    """The marks of a CRM record, by its profile with its phones in E.164."""
    marks = set(_mark_owner(profile.owner))
    for email in profile.emails:
        marks |= _mark_email(email)
    marks |= {_mark_handle(each) for each in profile.handles}
    for phone in profile.phones:
        marks |= _mark_phone(phone)
    marks |= {Mark(make_reference_token(each), Kind.REFERENCE, Role.OWNS) for each in profile.references}
    for kind, said in profile.details.items():
        marks |= {Mark(make_detail_token(kind, each), Kind.DETAIL, Role.OWNS) for each in said}
    return marks


def _mark_owner(customer_id: str) -> Iterable[Mark]:
    if customer_id:
        yield Mark(make_token("id", customer_id), Kind.KEY, Role.OWNS)
        if signs := normalise_reference(customer_id):
            yield Mark(make_reference_token(signs), Kind.REFERENCE, Role.OWNS)


def _mark_email(email: str) -> set[Mark]:
    return {
        Mark(make_token("email", email), Kind.KEY, Role.OWNS),
        Mark(make_token("mail", email), Kind.MAIL, Role.OWNS),
    }


def _mark_handle(handle: str) -> Mark:
    return Mark(make_token("handle", handle.partition(":")[2]), Kind.KEY, Role.OWNS)


def _mark_phone(phone: str) -> set[Mark]:
    marks = {Mark(make_token("phone", phone), Kind.SHARED, Role.OWNS)}
    if line := find_line(phone):
        marks.add(Mark(make_token("line", line), Kind.LINE, Role.OWNS))
    return marks


def list_defined(owner: str, references: Iterable[str]) -> set[tuple[int, int]]:
    """The shape and the reference, as tokens, of all by which a node teaches a shape (`learn_shapes`)."""
    defined = {*references, *filter(None, [normalise_reference(owner)])}
    return {
        (make_shape_token(find_shape(each)), make_reference_token(each))
        for each in defined
        if not each.isdigit()
    }
