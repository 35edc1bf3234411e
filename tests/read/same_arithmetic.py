"""A fingerprint of what is kept of a corpus's replies: `python -m tests.read.same_arithmetic BATCH`."""

from __future__ import annotations

import sys
from hashlib import blake2b
from pathlib import Path

from consistency_check.load import load_replies
from consistency_check.model import Reply
from consistency_check.policies import load_policies
from consistency_check.read import Reader

CORPUS = Path(__file__).parents[1] / "corpora" / "hotel"


def main() -> None:
    """The command."""
    batch = int(sys.argv[1])
    replies = [each for each in load_replies([str(CORPUS / "exports")]) if isinstance(each, Reply)]
    reader = Reader(load_policies(CORPUS / "policies"), near_misses=False)
    signed = blake2b()
    for first in range(0, len(replies), batch):
        for reading, kept in reader.read_kept(replies[first : first + batch]):
            signed.update(repr(reading).encode())
            signed.update(kept)
    print(signed.hexdigest())


if __name__ == "__main__":
    main()
