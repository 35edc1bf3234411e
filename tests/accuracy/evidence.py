"""How often what two identities share means one person: counted over the corpora, for the weights.

    python -m tests.accuracy.evidence

prints, for each kind and level of evidence between two identities of a corpus: in how many pairs of one
person it was met, in how many pairs of two people, and the bits that this makes of it (log2 of the ratio of
the two shares, half a pair added to each, so that what was never met is not infinitely rare).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from consistency_check.identify.linker import Linker
from consistency_check.identify.profile import Profile, weigh
from consistency_check.identify.weights import WEIGHTS, Evidence
from consistency_check.load import load_replies
from consistency_check.model import Reply
from tests.accuracy.outcome import CORPORA, NAMES, read_labels

Met = tuple[Evidence, str]


@dataclass(frozen=True, slots=True)
class Count:
    """Pairs of identities of one person and of two, and among them those with each piece of evidence."""

    one: Counter[Met]
    two: Counter[Met]
    pairs_of_one: int
    pairs_of_two: int

    def find_bits(self, met: Met) -> float:
        """log2 of how much likelier it is in one person than in two."""
        share_of_one = (self.one[met] + 0.5) / (self.pairs_of_one + 1)
        share_of_two = (self.two[met] + 0.5) / (self.pairs_of_two + 1)
        return math.log2(share_of_one / share_of_two)


def list_identities(name: str) -> Iterator[tuple[int, Profile]]:
    """The identities of a corpus's labelled replies, each with its person's number."""
    people = {id_: at for at, ids in enumerate(read_labels(name).customers) for id_ in ids}
    linker = Linker(keep_replies=True)
    nodes = {
        r.id: linker.add(r) for r in load_replies([str(CORPORA / name / "exports")]) if isinstance(r, Reply)
    }
    resolution = linker.resolve()
    places = {resolution.place_of(node): people[id_] for id_, node in nodes.items() if id_ in people}
    for place, person in sorted(places.items()):
        profile = resolution.nodes.describe(place)
        noted = resolution.nodes.noted.get(place)
        profile.references.update(noted.columns if noted else ())
        yield person, profile


def count_evidence() -> Count:
    """All pairs of each corpus."""
    met: dict[bool, Counter[Met]] = {True: Counter(), False: Counter()}
    pairs: Counter[bool] = Counter()
    for name in NAMES:
        for (person, first), (other, second) in combinations(list_identities(name), 2):
            pairs[person == other] += 1
            met[person == other].update((piece.evidence, piece.level) for piece in weigh(first, second))
    return Count(met[True], met[False], pairs[True], pairs[False])


def main() -> None:
    """The command."""
    count = count_evidence()
    print(f"pairs of one person {count.pairs_of_one:,}, of two people {count.pairs_of_two:,}")
    print(f"{'evidence':<24}{'level':<20}{'one':>8}{'two':>8}{'counted':>9}{'weight':>8}")
    for met in sorted({*count.one, *count.two}):
        kind, level = met
        numbers = f"{count.one[met]:>8,}{count.two[met]:>8,}{count.find_bits(met):>9.1f}{WEIGHTS[met]:>8.1f}"
        print(f"{kind.label:<24}{level:<20}{numbers}")


if __name__ == "__main__":
    main()
