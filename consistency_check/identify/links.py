"""The customers that a run knows, in a file for the next one: JSON Lines, sorted, whole or not at all.

The file holds e-mails, phones and names: it is personal data, and only its owner may read it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

from consistency_check.identify.agreement import MOST_NAMES
from consistency_check.identify.known import KnownCustomer, sign_identity
from consistency_check.identify.profile import Profile
from consistency_check.identify.resolution import Resolution

_OWNER_ONLY = 0o600
_LISTS = {field.name for field in fields(KnownCustomer)} - {"since", "key", "customer_id"}


class LinksError(ValueError):
    """A file of links that cannot be used; the message says where, and what to write instead."""


def read_links(path: Path) -> list[KnownCustomer]:
    """The customers of earlier runs; none where the file is not there yet. Raises LinksError."""
    if not path.exists():
        return []
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise LinksError(f"{path}: cannot be read ({error}); name a file that --links has written") from None
    known = [_read_line(line, f"{path}:{number}") for number, line in enumerate(lines, 1) if line.strip()]
    seen: dict[str, int] = {}
    for number, each in enumerate(known, 1):
        for key in (each.key, *each.aliases):
            if seen.setdefault(key, number) != number:
                raise LinksError(
                    f"{path}:{number}: the key {key[:80]!r} stands twice; restore the file as it was"
                )
    return known


def _read_line(line: str, place: str) -> KnownCustomer:
    try:
        content = json.loads(line)
        since, key = content.pop("since"), content.pop("customer")
        customer_id = content.pop("customer_id", "")
        lists = {name: tuple(content.get(name, ())) for name in _LISTS}
        texts = [key, customer_id, *(each for listed in lists.values() for each in listed)]
        if not (
            isinstance(since, int) and since > 0 and all(isinstance(each, str) for each in texts) and key
        ):
            raise TypeError
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise LinksError(
            f"{place}: is no customer as --links writes them; restore the file as it was"
        ) from None
    return KnownCustomer(since=since, key=key, customer_id=customer_id, **lists)


def write_links(path: Path, known: Iterable[KnownCustomer]) -> None:
    """Replace the file by these customers. Raises LinksError where it cannot be written."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY)
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as stream:
            for each in sorted(known, key=lambda each: each.key):
                stream.write(json.dumps(_show(each), ensure_ascii=True) + "\n")
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(path)
    except OSError as error:
        raise LinksError(f"{path}: cannot be written ({error}); choose another place for --links") from None
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def _show(known: KnownCustomer) -> dict[str, Any]:
    content = asdict(known)
    head = {"customer": content.pop("key"), "since": content.pop("since")}
    return {**head, **{name: said for name, said in content.items() if said}}


def remember(resolution: Resolution) -> Iterator[KnownCustomer]:
    """All customers that are known after a run: those of before, and those that it met."""
    nodes, clusters = resolution.nodes, resolution.clusters
    now = 1 + max((each.since for each in nodes.known), default=0)
    size, records = len(nodes.identities), len(nodes.identities) + len(nodes.crm)
    for members in clusters.list_members():
        known = sorted(nodes.known[node - records] for node in members if node >= records)
        if members[0] < size:
            customer = resolution.customer_at(members[0])
            key, aliases = customer.key, set(customer.aliases)
        elif known:
            key = known[0].key
            aliases = {alias for each in known for alias in (each.key, *each.aliases)} - {key}
        else:
            continue
        identities = [nodes.identities[node] for node in members if node < size]
        signed = {sign_identity(each) for each in identities}
        yield KnownCustomer(
            since=known[0].since if known else now,
            key=key,
            aliases=tuple(sorted(aliases)),
            identities=tuple(sorted(signed.union(*(each.identities for each in known)))),
            **_list_keys(clusters[clusters.find(members[0])]),
        )


def _list_keys(profile: Profile) -> dict[str, Any]:
    return {
        "customer_id": profile.owner,
        "emails": tuple(sorted(profile.emails)),
        "phones": tuple(sorted(profile.phones)),
        "handles": tuple(sorted(profile.handles)),
        "names": tuple(sorted(profile.names)[:MOST_NAMES]),
        "references": tuple(sorted(profile.references)),
    }
