"""What stored readings and findings were made with: when one of these words changes, they are made anew."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from consistency_check.ledger.packing import dump
from consistency_check.ledger.store import Ledger

_NAME = "fingerprints"


@dataclass(frozen=True, slots=True)
class Fingerprints:
    """Hashes of the wording, of how cases are judged, and of each policy by its id.

    `answers` are those of each policy's answers alone, `policies` those of all of it.
    """

    reading: str = ""
    judging: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    policies: Mapping[str, str] = field(default_factory=dict)


def load_fingerprints(ledger: Ledger) -> Fingerprints:
    """Those of the last run; empty before the first."""
    held = ledger.read_fact(_NAME)
    return Fingerprints(**json.loads(held)) if held else Fingerprints()


def write_fingerprints(ledger: Ledger, fingerprints: Fingerprints) -> None:
    """Those of this run."""
    ledger.write_fact(_NAME, dump(asdict(fingerprints)))
