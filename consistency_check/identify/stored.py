"""What growth keeps of identities, records and clusters, as texts: JSON in ASCII, equal for equal content."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from hashlib import blake2b
from typing import Any

from consistency_check.identify.identity import Evidence, Identity
from consistency_check.identify.notes import Noted
from consistency_check.identify.profile import Profile
from consistency_check.model import CrmRecord


@dataclass(slots=True)
class Kept:
    """An identity with what its replies hold: references and details, threads, and how many they are."""

    identity: Identity
    noted: Noted = field(default_factory=Noted)
    threads: set[str] = field(default_factory=set)
    replies: int = 0

    def absorb(self, other: Kept) -> None:
        """Take in what other replies of the same identity hold."""
        self.noted.absorb(other.noted)
        self.threads |= other.threads
        self.replies += other.replies


_dump = json.JSONEncoder(separators=(",", ":"), sort_keys=True).encode


def pack_identity(identity: Identity) -> str:
    """An identity as a text of its own."""
    return _dump(identity)


def unpack_identity(text: str) -> Identity:
    """The same as a noun."""
    return Identity(*json.loads(text))


def pack_noted(noted: Noted) -> str:
    """What replies hold, sorted; "" for nothing."""
    if not noted:
        return ""
    parts = [getattr(noted, each.name) for each in fields(Noted)]  # `astuple` copies deeply
    return _dump([sorted(part) if isinstance(part, tuple) else part for part in parts])


def unpack_noted(text: str) -> Noted:
    """The same as a noun."""
    if not text:
        return Noted()
    columns, mentions, patterned, details, addresses, is_crowded = json.loads(text)
    return Noted(
        tuple(columns),
        tuple(mentions),
        tuple(patterned),
        _unpack_details(details),
        _unpack_details(addresses),
        is_crowded,
    )


def _unpack_details(packed: Iterable[list[Any]]) -> tuple[tuple[Evidence, str], ...]:
    return tuple((Evidence(kind), said) for kind, said in packed)


def unpack_kept(identity: str, noted: str, threads: str, replies: int) -> Kept:
    """An identity with what its replies hold, of its parts."""
    return Kept(unpack_identity(identity), unpack_noted(noted), set(json.loads(threads)), replies)


def pack_texts(texts: Iterable[str]) -> str:
    """Some texts, sorted."""
    return _dump(sorted(texts))


def pack_record_name(customer_id: str, place: int) -> str:
    """What a CRM record is known by: its id, and its place among those of that id."""
    return _dump([customer_id, place])


def pack_record(record: CrmRecord) -> str:
    """What a CRM record says, wherever and in what order of columns."""
    said = [record.customer_id, record.emails, record.phones, record.names, record.handles]
    return _dump([*said, dict(record.attributes)])


def unpack_record(text: str) -> CrmRecord:
    """The same as a noun, which stands nowhere."""
    customer_id, emails, phones, names, handles, attributes = json.loads(text)
    return CrmRecord(customer_id, tuple(emails), tuple(phones), tuple(names), tuple(handles), attributes)


def digest_record(text: str) -> str:
    """32 hexadecimal digits that stand for a packed record."""
    return blake2b(text.encode(), digest_size=16).hexdigest()


def pack_profile(profile: Profile) -> str:
    """The profile of a cluster."""
    content: dict[str, Any] = {}
    for each in fields(Profile):
        said = getattr(profile, each.name)
        if each.name == "details":
            content[each.name] = {int(kind): sorted(texts) for kind, texts in said.items()}
        elif said:
            content[each.name] = said if isinstance(said, str) else sorted(said)
    return _dump(content)


def unpack_profile(text: str) -> Profile:
    """The same as a noun."""
    content = json.loads(text)
    details = {Evidence(int(kind)): set(said) for kind, said in content.pop("details").items()}
    owner = content.pop("owner", "")
    return Profile(owner, details=details, **{name: set(said) for name, said in content.items()})
