"""A company whose customers grow from night to night, each night held to the linking of all replies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from importlib import import_module
from unittest.mock import patch

from consistency_check.identify import Grower, Grown, Linker, compile_pattern, growth
from consistency_check.identify.tables import LinkStore
from consistency_check.model import CrmRecord, Customer, Reply
from tests.identify.shelf import Shelf

LIMITS = {
    "MOST_BEARERS": ("nodes", "blocks", "reach"),
    "MOST_CUSTOMERS": ("mentions", "persons", "reach"),
    "MOST_COMPARED": ("persons", "part"),
}
PATTERNS = (compile_pattern(r"SWR[ -]\d{4}"), compile_pattern(r"\d{3}_\d{3}_\d{4}"))
"""The second claims digits that may be somebody's phone."""


@dataclass(slots=True)
class Company:
    """All replies that a ledger would know, the CRM, and the customers after the last run."""

    tables: LinkStore = field(default_factory=Shelf)
    replies: dict[str, Reply] = field(default_factory=dict)
    nodes: dict[str, int] = field(default_factory=dict)
    customers: Mapping[str, tuple[Customer, tuple[int, ...]]] = field(default_factory=dict)
    is_portioned: bool = False

    def run(self, crm: Sequence[CrmRecord], came: Mapping[str, Reply], went: set[str]) -> Grown:
        """Tell a grower what came (perhaps in the place of what was there) and went; hold it to a linker."""
        grower = Grower(self.tables, crm, references=PATTERNS)
        left = {self.nodes.pop(id_) for id_ in (*came, *went) if id_ in self.nodes}
        self.replies = {id_: reply for id_, reply in self.replies.items() if id_ not in went} | dict(came)
        for node in sorted(left):
            grower.rebuild(node, [self.replies[id_] for id_, at in self.nodes.items() if at == node])
        self.nodes |= {id_: grower.add(reply) for id_, reply in came.items()}
        grown = grower.grow()
        before, self.customers = self.customers, grown.load_customers()
        self.check(grown, before, crm)
        return grown

    def meet(self, *came: Reply, went: Iterable[str] = (), crm: Sequence[CrmRecord] = ()) -> Grown:
        """The same for replies that have their ids."""
        return self.run(crm, {each.id: each for each in came}, set(went))

    def check(
        self, grown: Grown, before: Mapping[str, tuple[Customer, tuple[int, ...]]], crm: Sequence[CrmRecord]
    ) -> None:
        linker = Linker(crm, references=PATTERNS, keep_replies=True)
        numbers = {id_: linker.add(reply) for id_, reply in self.replies.items()}
        resolution = linker.resolve()
        expected = {each.key: replace(each, reply_ids=()) for each in resolution.customers}
        assert {key: customer for key, (customer, _) in self.customers.items()} == expected
        for each in resolution.customers:
            nodes = self.customers[each.key][1]
            assert nodes == tuple(sorted({self.nodes[id_] for id_ in each.reply_ids}))
            asked = [numbers[id_] for id_ in each.reply_ids]
            for with_record in (False, True):
                certainty = grown.find_certainty(
                    each.key, [self.nodes[id_] for id_ in each.reply_ids], with_record=with_record
                )
                assert certainty == resolution.find_certainty(asked, with_record=with_record)
        changed = {key for key, said in self.customers.items() if before.get(key) != said}
        assert changed <= set(grown.list_touched())
        assert self.is_portioned or set(grown.list_touched()) == changed


@contextmanager
def make_company(limit: int = 0, portion: int = 0) -> Iterator[Company]:
    """A company; with a limit crowds and large blocks begin at so many, portions have so many identities."""
    with ExitStack() as stack:
        for name, modules in LIMITS.items() if limit else ():
            for module in modules:
                stack.enter_context(
                    patch.object(import_module(f"consistency_check.identify.{module}"), name, limit)
                )
        if portion:
            stack.enter_context(patch.object(growth, "PORTION", portion))
        yield Company(is_portioned=bool(portion))
