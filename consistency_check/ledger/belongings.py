"""What belongs to a reply, to an identity and to a customer, table by table: what goes when they go."""

from __future__ import annotations

OF_REPLIES = ("readings", "replies")
"""Rows by `seq`."""
OF_NODES = ("homes",)
"""Rows by `node`, which tell whose an identity is."""
OF_LINKS: tuple[str, ...] = ()
"""What identities are linked with: emptied when somebody is forgotten, and made anew by the next run."""
OF_CUSTOMERS = ("tallies",)
"""Rows by `customer`; findings are told apart by their answers as well."""
