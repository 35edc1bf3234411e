"""What belongs to a reply, to an identity and to a customer, table by table: what goes when they go."""

from __future__ import annotations

HOMES = "(SELECT node, key AS customer FROM link_homes JOIN link_customers USING (customer))"
"""The customer's key of every identity that has one."""
OF_REPLIES = ("readings", "replies")
"""Rows by `seq`."""
OF_CUSTOMERS = ("tallies",)
"""Rows by `customer`, a key; findings are told apart by their answers as well."""
OF_NODES = (
    ("link_nodes", "node"),
    ("link_records", "node"),
    ("link_phones", "node"),
    ("link_marks", "node"),
    ("link_shapes", "node"),
    ("link_clusters", "cluster"),
    ("link_blocks", "cluster"),
    ("link_neighbours", "cluster"),
    ("link_neighbours", "other"),
    ("link_homes", "node"),
)
"""Tables and their columns that name identities; clusters have the number of one of theirs."""
OF_NUMBERS = ("link_customers", "link_joins")
"""Rows by `customer`, the number of one in `link_homes`."""
LINKED_WITH = "link_settings"
"""What links were made with: where it is another text, the next run makes all of them anew."""
