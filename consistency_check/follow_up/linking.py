"""Who the customers are, of all replies that the ledger knows: only what changed is linked again."""

from __future__ import annotations

from consistency_check.identify import Grower, Grown
from consistency_check.intake import AuditSettings, compile_references, load_records
from consistency_check.ledger import Ledger
from consistency_check.ledger.links import LinkTables
from consistency_check.ledger.replies import walk_replies, write_nodes
from consistency_check.model import Problem


def link_replies(ledger: Ledger, settings: AuditSettings, problems: list[Problem]) -> Grown:
    """The customers after this run's replies, which get the numbers of their identities.

    `loosened` (see `settle_arrivals`) names the identities that some reply is no longer of. Bad rows of the
    CRM are added to `problems`.
    """
    grower = Grower(
        LinkTables(ledger.connection),
        load_records(settings, problems),
        settings.region,
        references=compile_references(settings.references),
        least=settings.min_link,
    )
    if grower.is_new:
        ledger.run("UPDATE replies SET node = NULL")
    for (node,) in ledger.fetch("SELECT DISTINCT node FROM loosened WHERE node IS NOT NULL ORDER BY node"):
        if not grower.is_new:
            pages = walk_replies(ledger, "SELECT seq FROM replies WHERE node = ?", [node])
            grower.rebuild(node, (known.reply for page in pages for known in page))
    pairs = [
        (known.seq, grower.add(known.reply))
        for page in walk_replies(ledger, "SELECT seq FROM replies WHERE node IS NULL")
        for known in page
    ]
    write_nodes(ledger, pairs)
    return grower.grow()
