"""Who the customers are, of all replies that the ledger knows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict

from consistency_check.identify import Resolution
from consistency_check.intake import AuditSettings, build_linker
from consistency_check.ledger import Ledger
from consistency_check.ledger.packing import dump
from consistency_check.ledger.replies import walk_replies, write_nodes
from consistency_check.model import Customer, Problem


class Links:
    """Customers."""

    def __init__(self, ledger: Ledger, settings: AuditSettings, problems: list[Problem]) -> None:
        linker = build_linker(settings, problems)
        pairs = []
        for page in walk_replies(ledger, "SELECT seq FROM replies"):
            pairs += [(known.seq, linker.add(known.reply)) for known in page]
        write_nodes(ledger, pairs)
        self.resolution: Resolution = linker.resolve()
        nodes = sorted({node for _, node in pairs})
        self.customers = {node: self.resolution.customer_of(node) for node in nodes}
        bodies = {c.key: dump(asdict(c)) for c in self.customers.values()}
        ledger.run("CREATE TABLE IF NOT EXISTS homes (node BIGINT, customer VARCHAR, body VARCHAR)")
        ledger.run("CREATE OR REPLACE TEMP TABLE newhomes (node BIGINT, customer VARCHAR, body VARCHAR)")
        ledger.insert(
            "newhomes",
            {
                "node": nodes,
                "customer": [self.customers[n].key for n in nodes],
                "body": [bodies[self.customers[n].key] for n in nodes],
            },
        )
        self.gone = [
            k
            for (k,) in ledger.fetch(
                "SELECT DISTINCT customer FROM homes WHERE customer NOT IN (SELECT customer FROM newhomes)"
            )
        ]
        self.touched = [
            k
            for (k,) in ledger.fetch(
                "SELECT DISTINCT customer FROM newhomes WHERE (node, customer, body) NOT IN "
                "(SELECT (node, customer, body) FROM homes)"
            )
        ]
        ledger.run("DELETE FROM homes")
        ledger.run("INSERT INTO homes SELECT * FROM newhomes")
        self.by_key = {c.key: c for c in self.customers.values()}

    def load_customers(self, keys: Sequence[str]) -> dict[str, Customer]:
        """By key."""
        return {key: self.by_key[key] for key in keys}

    def find_certainty(self, customer: str, nodes: Iterable[int], with_record: bool) -> float:
        """Certainty."""
        return self.resolution.find_certainty(sorted(nodes), with_record=with_record)
