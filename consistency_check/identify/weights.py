"""How much each piece of evidence says, in bits: log2 of how much likelier it is in one person than in two.

Fellegi and Sunter, "A Theory for Record Linkage", 1969: independent pieces add up. The sum starts at `PRIOR`,
and its odds are those that two identities are one person: 2 ** bits to 1.

Sources. `python -m tests.accuracy.evidence` counts, over the seven labelled companies of `tests/corpora`, in
how many pairs of identities of one person, and of two, each agreement is met. Its people are few, about 70 a
company, so what is rare it can only call at least so rare: an e-mail is shared by 161 pairs of one person
and none of two. Names are set to what it counts (full 8.5, variant 10.4, initial 9.6, part 9.0, different
-8.2), lower where a company of a million would share more of them. Keys are set by hand so that, from the
prior of such a company on, each alone has the odds that its kind deserves: 250,000 to 1 for an address, 128
to 1 for a phone (counted: 210 pairs to 40, most of which 40 have names that differ), 32 to 1 for a reference
(100 to 8) and a thread (11 to 0). Details of the person were set by hand and adjusted on FEBRL data set 4,
whose errors were looked at; data set 3 was only measured (`tests/identify/test_febrl.py`).
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import NamedTuple

from consistency_check.identify.identity import Evidence

PRIOR = -20.0
"""One in a million: two identities of an export that have nothing in common are hardly ever one person."""
LEAST = 0.9
"""Probability from which two identities are linked."""
VETO = -1000.0
"""Two customer ids: no other evidence outweighs it."""

SAME = "same"
CLOSE = "close"
DIFFERENT = "different"
FULL = "full name"
VARIANT = "variant"
INITIAL = "initial"
PART = "part"
OTHER_SURNAME = "different surname"

WEIGHTS: dict[tuple[Evidence, str], float] = {
    (Evidence.CUSTOMER_ID, SAME): 60.0,
    (Evidence.CUSTOMER_ID, DIFFERENT): VETO,
    # Written as once before: what was decided then stands.
    (Evidence.KNOWN, SAME): 60.0,
    # An address is one person's, or one household's that speaks with one voice.
    (Evidence.EMAIL, SAME): 38.0,
    (Evidence.EMAIL, DIFFERENT): -2.0,
    (Evidence.HANDLE, SAME): 38.0,
    # The same long handle on two platforms.
    (Evidence.HANDLE, CLOSE): 25.0,
    (Evidence.HANDLE, DIFFERENT): -2.0,
    # One line in ten of the corpora is a household's: 128 to 1 holds only with a name that fits.
    (Evidence.PHONE, SAME): 27.0,
    (Evidence.PHONE, DIFFERENT): -2.0,
    (Evidence.CONVERSATION, SAME): 25.0,
    (Evidence.CITED_ID, SAME): 30.0,
    (Evidence.CITED_EMAIL, SAME): 27.0,
    (Evidence.CITED_PHONE, SAME): 25.0,
    # Two neighbours may write about one planning application: with two e-mails and no name it does not link.
    (Evidence.REFERENCE, SAME): 25.0,
    # The most that names can say is far below -PRIOR: a name alone never links.
    (Evidence.NAME, FULL): 10.0,
    (Evidence.NAME, VARIANT): 8.0,
    (Evidence.NAME, INITIAL): 6.0,
    (Evidence.NAME, PART): 4.0,
    # Married, mistyped, or somebody else: against a link, but less than another given name.
    (Evidence.NAME, OTHER_SURNAME): -10.0,
    (Evidence.NAME, DIFFERENT): -14.0,
    # As a reference, for it is given to one person; one slip apart says more than of a name.
    (Evidence.PERSON_ID, SAME): 24.0,
    (Evidence.PERSON_ID, CLOSE): 9.0,
    (Evidence.PERSON_ID, DIFFERENT): -4.0,
    # log2 of the number of days in 70 years is 14.6, of which typing errors take some.
    (Evidence.BIRTH, SAME): 13.0,
    (Evidence.BIRTH, CLOSE): 5.0,
    (Evidence.BIRTH, DIFFERENT): -6.0,
    # People who write from one postcode area are many more than those who live in it.
    (Evidence.POSTCODE, SAME): 8.0,
    (Evidence.POSTCODE, CLOSE): 4.0,
    (Evidence.POSTCODE, DIFFERENT): -2.0,
    (Evidence.STREET, SAME): 11.0,
    (Evidence.STREET, CLOSE): 7.0,
    (Evidence.STREET, DIFFERENT): -2.0,
    (Evidence.HOUSE, SAME): 5.0,
    (Evidence.HOUSE, DIFFERENT): -1.0,
    (Evidence.TOWN, SAME): 5.0,
    (Evidence.TOWN, CLOSE): 3.0,
    (Evidence.TOWN, DIFFERENT): -2.0,
    (Evidence.STATE, SAME): 1.0,
    (Evidence.STATE, DIFFERENT): -2.0,
}
"""Bits of each kind and level of agreement; what is not said on one side weighs nothing."""


class Piece(NamedTuple):
    """One piece of evidence between two identities: how they agree, what it weighs, and in what."""

    evidence: Evidence
    level: str
    bits: float
    shown: str


def make_piece(evidence: Evidence, level: str, shown: str = "") -> Piece:
    """The piece with its weight."""
    return Piece(evidence, level, WEIGHTS[evidence, level], shown)


def add_up(pieces: Iterable[Piece]) -> float:
    """The bits of all, from the prior on."""
    return PRIOR + sum(piece.bits for piece in pieces)


def find_probability(bits: float) -> float:
    """The probability, 0 to 1, that goes with so many bits."""
    return 1 / (1 + 2.0**-bits) if bits > -1000 else 0.0


def find_bits(probability: float) -> float:
    """The bits that go with a probability; 1 is more than any evidence can give."""
    if not 0 < probability < 1:
        return math.inf if probability >= 1 else -math.inf
    return math.log2(probability / (1 - probability))
