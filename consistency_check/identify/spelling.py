"""What somebody calls a customer, written as identities have it."""

from __future__ import annotations

import json

from consistency_check.identify.keys import normalise_customer_id, normalise_email, normalise_handle
from consistency_check.identify.phones import normalise_phone
from consistency_check.identify.tables import LinkStore, Table

_ANYWHERE = "US"
"""Of a store that holds nothing: numbers that name their country are read in any region."""


def list_spellings(store: LinkStore, name: str) -> list[str]:
    """A name as the identities of a store would have it: as customer id, address, number or handle."""
    settings = store.fetch(Table.SETTINGS, ("setting",))["setting"].tolist()
    region = json.loads(settings[0])[1] if settings else _ANYWHERE
    written = (
        normalise_customer_id(name),
        normalise_email(name),
        normalise_phone(name, region),
        normalise_handle(name),
    )
    return sorted({each for each in written if each})
