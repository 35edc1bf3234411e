"""Which pairs are compared: those that share something, never all with all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations

from consistency_check.identify.clusters import Clusters, Link
from consistency_check.identify.identity import Evidence
from consistency_check.identify.known import sign_identity
from consistency_check.identify.nodes import MOST_BEARERS, Nodes
from consistency_check.identify.profile import weigh
from consistency_check.identify.weights import SAME, add_up, make_piece

Pair = tuple[int, int]
_KEYS = (Evidence.EMAIL, Evidence.HANDLE, Evidence.PHONE, Evidence.CONVERSATION)


def link_customer_ids(clusters: Clusters, nodes: Nodes) -> None:
    """Join all that has the same customer id."""
    for customer_id, bearers in nodes.list_shared(Evidence.CUSTOMER_ID).items():
        pieces = (make_piece(Evidence.CUSTOMER_ID, SAME, customer_id),)
        for node in bearers[1:]:
            clusters.join(Link(add_up(pieces), bearers[0], node, pieces))


def link_known(clusters: Clusters, nodes: Nodes) -> None:
    """Join what is written as a known customer was before, but for customer ids that have come since."""
    places = (
        {sign_identity(each): place for place, each in enumerate(nodes.identities)} if nodes.known else {}
    )
    for node, known in nodes.walk_known():
        for signed in known.identities:
            if (place := places.get(signed)) is not None:
                owners = {clusters[clusters.find(each)].owner for each in (node, place)} - {""}
                pieces = (make_piece(Evidence.KNOWN, SAME, known.key),)
                if len(owners) < 2:
                    clusters.join(Link(add_up(pieces), place, node, pieces))


def list_key_pairs(nodes: Nodes) -> Iterator[Pair]:
    """The pairs that share an e-mail, a handle, a phone or a thread; some more than once."""
    for kind in _KEYS:
        for bearers in nodes.list_shared(kind).values():
            yield from pair_up(bearers, nodes.name_of)


def pair_up(block: Sequence[int], name_of: Callable[[int], str]) -> Iterator[Pair]:
    """All pairs of a small block; in a large one a chain that holds each name together, and all names."""
    if len(block) <= MOST_BEARERS:
        yield from combinations(block, 2)
        return
    named: dict[str, list[int]] = {}
    for node in block:
        named.setdefault(name_of(node), []).append(node)
    for bearers in named.values():
        yield from ((bearers[0], node) for node in bearers[1:])
        if bearers[0] != block[0]:
            yield block[0], bearers[0]


def score_pairs(clusters: Clusters, pairs: Iterable[Pair], least: float) -> list[Link]:
    """A link for each pair of different clusters whose evidence reaches `least` bits."""
    links = []
    seen: set[int] = set()
    size = len(clusters)
    for pair in pairs:
        a, b = sorted(pair)
        if a == b or a * size + b in seen:
            continue
        seen.add(a * size + b)
        if (root := clusters.find(a)) != (other := clusters.find(b)):
            pieces = weigh(clusters[root], clusters[other])
            if (bits := add_up(pieces)) >= least:
                links.append(Link(bits, a, b, pieces))
    return links
