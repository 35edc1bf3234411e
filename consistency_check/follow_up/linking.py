"""Who the customers are, of all replies that the ledger knows: only what changed is linked again."""

from __future__ import annotations

from consistency_check.identify import Grower, Grown
from consistency_check.intake import AuditSettings, compile_references, load_records
from consistency_check.ledger import Ledger
from consistency_check.ledger.links import LinkTables
from consistency_check.ledger.replies import walk_replies
from consistency_check.ledger.unlinked import find_unlinked, number_nodes, walk_unlinked
from consistency_check.model import Problem, Reply

AT_ONCE = 512
"""Identities that are rebuilt at once."""


def link_replies(ledger: Ledger, settings: AuditSettings, problems: list[Problem]) -> Grown:
    """The customers after this run's replies, which get the numbers of their identities.

    `loosened` (see `settle_arrivals`) names the identities that some reply is no longer of. Bad rows of the
    CRM are added to `problems`.
    """
    crm = load_records(settings, problems)
    grower = Grower(
        LinkTables(ledger.connection),
        crm,
        settings.region,
        references=compile_references(settings.references),
        least=settings.min_link,
    )
    if grower.is_new:
        ledger.run("UPDATE replies SET node = NULL")
    else:
        _rebuild_loosened(ledger, grower)
    find_unlinked(ledger, crm)
    del crm  # it is most of what would be held of a large one
    for page in walk_unlinked(ledger):
        number_nodes(ledger, page, grower.add_all([known.reply for known in page]))
    return grower.grow()


def _rebuild_loosened(ledger: Ledger, grower: Grower) -> None:
    rows = ledger.fetch("SELECT DISTINCT node FROM loosened WHERE node IS NOT NULL ORDER BY node")
    nodes = [node for (node,) in rows]
    for at in range(0, len(nodes), AT_ONCE):
        left: dict[int | None, list[Reply]] = {node: [] for node in nodes[at : at + AT_ONCE]}
        which = "SELECT seq FROM replies WHERE node IN (SELECT unnest(?))"
        for page in walk_replies(ledger, which, [list(left)]):
            for known in page:
                left[known.node].append(known.reply)
        for node in nodes[at : at + AT_ONCE]:
            grower.rebuild(node, left[node])
