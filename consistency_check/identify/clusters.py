"""Sets of identities that are one customer: a union-find that keeps what the sets are known by."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from consistency_check.identify.identity import Evidence
from consistency_check.identify.names import Likeness, compare_names, parse_name

# A customer is written in few ways; what has more names is a shared desk, and these are enough to see it.
_MOST_NAMES = 12


@dataclass(slots=True)
class Cluster:
    """What is known of the identities joined so far; `owner` is their customer id, of which there is one."""

    owner: str = ""
    names: set[str] = field(default_factory=set)
    keys: tuple[set[str], set[str], set[str]] = field(default_factory=lambda: (set(), set(), set()))
    """E-mails, handles and phones."""
    evidence: set[Evidence] = field(default_factory=set)

    @property
    def is_named(self) -> bool:
        """True where a full name is known, or a customer id stands for one."""
        return bool(self.owner) or any(parse_name(name).is_full for name in self.names)

    def compare(self, other: Cluster) -> Likeness:
        """Whether the two may be one person, by customer id and by their names; symmetric."""
        if self.owner and other.owner:
            return Likeness.SAME if self.owner == other.owner else Likeness.DIFFERENT
        likenesses = {
            compare_names(mine, theirs)
            for mine in sorted(self.names)[:_MOST_NAMES]
            for theirs in sorted(other.names)[:_MOST_NAMES]
        }
        if Likeness.SAME in likenesses:
            return Likeness.SAME
        return Likeness.DIFFERENT if Likeness.DIFFERENT in likenesses else Likeness.OPEN

    def has_other_keys(self, other: Cluster) -> bool:
        """True where both have, say, an e-mail, and none in common."""
        return any(
            mine and theirs and not mine & theirs for mine, theirs in zip(self.keys, other.keys, strict=True)
        )


class Clusters:
    """Clusters of nodes, each known by its smallest node.

    Most nodes stay alone, so a cluster is described (by `describe`) only when it is looked at.
    """

    def __init__(self, size: int, describe: Callable[[int], Cluster]) -> None:
        self._describe = describe
        self._joined: dict[int, Cluster] = {}
        self._parent = array("q", range(size))

    def __getitem__(self, root: int) -> Cluster:
        return self._joined.get(root) or self._describe(root)

    def find(self, node: int) -> int:
        """The root of a node's cluster."""
        parent = self._parent
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    def join(self, nodes: Iterable[int], evidence: Evidence) -> None:
        """Make one cluster of all that hold these nodes. AssertionError for two customer ids: a bug."""
        root, *others = sorted({self.find(node) for node in nodes})
        if not others:
            return
        kept = self[root]
        for other in others:
            absorbed = self[other]
            if kept.owner and absorbed.owner and kept.owner != absorbed.owner:
                raise AssertionError(f"customers {kept.owner!r} and {absorbed.owner!r} must not be joined")
            kept.owner = kept.owner or absorbed.owner
            kept.names |= absorbed.names
            for mine, theirs in zip(kept.keys, absorbed.keys, strict=True):
                mine |= theirs
            kept.evidence |= absorbed.evidence | {evidence}
            self._parent[other] = root
            self._joined.pop(other, None)
        self._joined[root] = kept

    def list_members(self) -> list[list[int]]:
        """The nodes of every cluster, in order."""
        members: dict[int, list[int]] = {}
        for node in range(len(self._parent)):
            members.setdefault(self.find(node), []).append(node)
        return [members[root] for root in sorted(members)]

    def evidence_of(self, root: int) -> set[Evidence]:
        """What joined the nodes of a cluster; nothing where there is one."""
        return self._joined[root].evidence if root in self._joined else set()
