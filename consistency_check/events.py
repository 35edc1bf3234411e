"""What happens in a run, told while it happens: by the halls, to the log if one is kept."""

from __future__ import annotations

import logging
from enum import StrEnum

LOGGER = logging.getLogger("consistency_check")
LOGGER.addHandler(logging.NullHandler())  # without a log, Python would print warnings by itself


class Event(StrEnum):
    """What can be told. Scripts keep these names: none changes its meaning, others may come."""

    RUN_STARTED = "run-started"
    POLICIES_LOADED = "policies-loaded"
    SOURCE_LOADED = "source-loaded"
    """An export was loaded: `replies`, `problems`, `left_out` of its records."""
    PROBLEM = "problem"
    """So many `records` of an export could not be used, the first of them in `line`."""
    LEDGER_AWAITED = "ledger-awaited"
    """Another run holds it."""
    REPLIES_RETIRED = "replies-retired"
    """Replies of days `before` that left the ledger."""
    REPLIES_LOADED = "replies-loaded"
    """What the ledger made of them: `new`, `changed`, `moved` or the `same`."""
    REPLIES_READ = "replies-read"
    CUSTOMERS_LINKED = "customers-linked"
    FINDINGS_JUDGED = "findings-judged"
    LEDGER_WRITTEN = "ledger-written"
    LEDGER_REWRITTEN = "ledger-rewritten"
    """Its file holds no trace any more of what retired."""
    OUTPUT_WRITTEN = "output-written"
    OUTPUT_FAILED = "output-failed"
    NOTE = "note"
    """Something that the report says too: what did not run, and why."""
    RUN_FINISHED = "run-finished"
    """With its `exit` status."""
    RUN_FAILED = "run-failed"
    """Nothing came of the run; `message` says why."""


STEPS = frozenset(
    {
        Event.POLICIES_LOADED,
        Event.REPLIES_RETIRED,
        Event.REPLIES_LOADED,
        Event.REPLIES_READ,
        Event.CUSTOMERS_LINKED,
        Event.FINDINGS_JUDGED,
        Event.LEDGER_WRITTEN,
        Event.LEDGER_REWRITTEN,
        Event.OUTPUT_WRITTEN,
        Event.OUTPUT_FAILED,
    }
)
"""Those that end a step, which takes time."""
LEVELS = {
    Event.PROBLEM: logging.WARNING,
    Event.NOTE: logging.WARNING,
    Event.OUTPUT_FAILED: logging.ERROR,
    Event.RUN_FAILED: logging.ERROR,
}
"""Of events that are more than information."""
Field = str | int | float


def tell(event: Event, **fields: Field) -> None:
    """Say what happened: counts, paths and words of this program; never an id or a word of a reply."""
    LOGGER.log(LEVELS.get(event, logging.INFO), event.value, extra={"fields": fields})
