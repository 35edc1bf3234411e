"""Why two replies or customers are one customer, or two: the evidence, step by step."""

from __future__ import annotations

from consistency_check.identify.clusters import Link
from consistency_check.identify.nodes import Nodes
from consistency_check.identify.profile import Profile, are_strangers, weigh
from consistency_check.identify.resolution import Resolution
from consistency_check.identify.weights import PRIOR, VETO, Piece, add_up, find_bits, find_probability
from consistency_check.model import ExplainedLink, LinkAnswer, LinkStep

Asked = tuple[str, int]
"""What was asked for, and its place in the nodes."""


def explain_places(resolution: Resolution, a: Asked, b: Asked, least: float) -> LinkAnswer:
    """Why two places are one customer or two; `least` is the probability that a link needs."""
    (asked_a, place_a), (asked_b, place_b) = a, b
    customers = (resolution.name_customer(place_a), resolution.name_customer(place_b))
    chain = resolution.find_chain(place_a, place_b)
    if chain is None:
        links, reason = _explain_two(resolution, place_a, place_b, least)
    else:
        links = tuple(_explain_link(resolution.nodes, link) for link in chain)
        reason = _say_one(links)
    return LinkAnswer(asked_a, asked_b, customers, links, reason)


def _say_one(links: tuple[ExplainedLink, ...]) -> str:
    if not links:
        return "both are written with the same keys and the same name"
    if len(links) == 1:
        return "the evidence links them"
    weakest = min(links, key=lambda link: link.bits)
    return (
        f"a chain of {len(links)} links leads from one to the other, the weakest of {weakest.probability:.3f}"
    )


def _explain_two(
    resolution: Resolution, a: int, b: int, least: float
) -> tuple[tuple[ExplainedLink, ...], str]:
    clusters, nodes = resolution.clusters, resolution.nodes
    first, second = clusters[clusters.find(a)], clusters[clusters.find(b)]
    pieces = weigh(first, second)
    link = _explain(
        describe_profile(first, nodes, a), describe_profile(second, nodes, b), pieces, add_up(pieces)
    )
    return (link,), _say_two(first, second, pieces, least)


def _say_two(first: Profile, second: Profile, pieces: tuple[Piece, ...], least: float) -> str:
    """What forbids the link, or what is missing."""
    if any(piece.bits == VETO for piece in pieces):
        return "two customer ids are never one customer"
    bits = add_up(pieces)
    if are_strangers(first, second, find_bits(least)):
        worst = min(pieces, key=lambda piece: piece.bits)
        return f"the {worst.evidence.label} is {worst.level}, and what speaks for a link does not outweigh it"
    if bits >= find_bits(least):
        return (
            "the evidence would do, but it leads to other people just as well: it cannot be told whose it is"
        )
    if not any(piece.bits > 0 for piece in pieces):
        return "they have nothing in common that links"
    return f"the evidence is too little: a link needs a probability of {least:g}"


def _explain_link(nodes: Nodes, link: Link) -> ExplainedLink:
    ends = [describe_profile(nodes.describe(node), nodes, node) for node in (link.a, link.b)]
    return _explain(ends[0], ends[1], link.pieces, link.bits)


def _explain(a: str, b: str, pieces: tuple[Piece, ...], bits: float) -> ExplainedLink:
    steps = tuple(LinkStep(piece.evidence.label, piece.level, piece.shown, piece.bits) for piece in pieces)
    return ExplainedLink(a, b, PRIOR, steps, bits, find_probability(bits))


def describe_profile(profile: Profile, nodes: Nodes, node: int) -> str:
    """An identity in one line: the CRM's record, or what its replies are written with."""
    if node >= len(nodes.identities):
        kind = "CRM record" if nodes.is_record(node) else "known customer"
    else:
        kind = ""
    keys = [
        *sorted(profile.names)[:1],
        profile.owner,
        *sorted(profile.emails)[:1],
        *sorted(profile.phones)[:1],
    ]
    keys += [handle.removeprefix(":") for handle in sorted(profile.handles)[:1]]
    if not any(keys) and node < len(nodes.identities):
        identity = nodes.identities[node]
        keys = [identity.conversation or identity.reply_id]
    return ", ".join(part for part in (kind, *dict.fromkeys(keys)) if part)
