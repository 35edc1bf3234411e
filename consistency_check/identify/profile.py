"""What is known of one person so far, and the evidence that two such profiles are one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from consistency_check.identify.agreement import compare_name_sets
from consistency_check.identify.details import compare_details
from consistency_check.identify.identity import Evidence
from consistency_check.identify.weights import CLOSE, DIFFERENT, SAME, Piece, add_up, make_piece

# Handles of this length are seldom two people's; shorter ones ("mike88") are taken on every platform, so
# they count for their channel alone.
LONG_HANDLE = 8
# Evidence against, in bits, from which two profiles are two people rather than not known to be one.
_STRANGERS = -10.0


@dataclass(slots=True)
class Profile:
    """The keys, names and details of the identities joined so far; `owner` is their one customer id.

    `handles` are channel:handle, or :handle where the channel is not known. `cited_…` are keys that texts and
    columns name, perhaps another identity's; `references` what they name that is nobody's key.
    """

    owner: str = ""
    names: set[str] = field(default_factory=set)
    emails: set[str] = field(default_factory=set)
    handles: set[str] = field(default_factory=set)
    phones: set[str] = field(default_factory=set)
    threads: set[str] = field(default_factory=set)
    references: set[str] = field(default_factory=set)
    cited_ids: set[str] = field(default_factory=set)
    cited_emails: set[str] = field(default_factory=set)
    cited_phones: set[str] = field(default_factory=set)
    details: dict[Evidence, set[str]] = field(default_factory=dict)

    def absorb(self, other: Profile) -> None:
        """Take in what is known of the other. AssertionError for two customer ids: a bug."""
        if self.owner and other.owner and self.owner != other.owner:
            raise AssertionError(f"customers {self.owner!r} and {other.owner!r} must not be joined")
        self.owner = self.owner or other.owner
        for name in _SETS:
            getattr(self, name).update(getattr(other, name))
        for kind, said in other.details.items():
            self.details.setdefault(kind, set()).update(said)


_SETS = (
    "names",
    "emails",
    "handles",
    "phones",
    "threads",
    "references",
    "cited_ids",
    "cited_emails",
    "cited_phones",
)


def weigh(a: Profile, b: Profile) -> tuple[Piece, ...]:
    """All evidence for and against one person, in the order of `Evidence`; symmetric."""
    if a.owner and b.owner:
        same = a.owner == b.owner
        shown = a.owner if same else " / ".join(sorted((a.owner, b.owner)))
        owners = [make_piece(Evidence.CUSTOMER_ID, SAME if same else DIFFERENT, shown)]
    else:
        owners = []
    return (*owners, *_weigh_keys(a, b), *_weigh_mentions(a, b), *_weigh_person(a, b))


def are_strangers(a: Profile, b: Profile, least: float) -> bool:
    """True where the two must not be joined through a third: two customer ids, or evidence against.

    Evidence against counts where what speaks for them leaves less than `least` bits.
    """
    if a.owner and b.owner:
        return a.owner != b.owner
    if not (a.names and b.names) and not (a.details and b.details):
        return False
    pieces = weigh(a, b)
    against = sum(piece.bits for piece in pieces if piece.bits < 0)
    return against <= _STRANGERS and add_up(pieces) < least


def _weigh_keys(a: Profile, b: Profile) -> Iterator[Piece]:
    for kind, mine, theirs in ((Evidence.EMAIL, a.emails, b.emails), (Evidence.PHONE, a.phones, b.phones)):
        if shared := mine & theirs:
            yield make_piece(kind, SAME, min(shared))
        elif mine and theirs:
            yield make_piece(kind, DIFFERENT, _say_both(mine, theirs))
        if kind == Evidence.EMAIL and a.handles and b.handles:
            yield from _weigh_handles(a, b)
    if shared := a.threads & b.threads:
        yield make_piece(Evidence.CONVERSATION, SAME, min(shared))


def _say_both(mine: set[str], theirs: set[str]) -> str:
    return " / ".join(sorted((min(mine), min(theirs))))


def _weigh_handles(a: Profile, b: Profile) -> Iterator[Piece]:
    """One channel's handle is one person's; the CRM's, which names no channel, is any channel's."""
    pairs = [(mine.partition(":"), theirs.partition(":")) for mine in a.handles for theirs in b.handles]
    shared = sorted((m[2], not (m[0] == t[0] or not m[0] or not t[0])) for m, t in pairs if m[2] == t[2])
    near = [handle for handle, apart in shared if not apart]
    far = [handle for handle, apart in shared if apart and len(handle) >= LONG_HANDLE]
    if near:
        yield make_piece(Evidence.HANDLE, SAME, near[0])
    elif far:
        yield make_piece(Evidence.HANDLE, CLOSE, far[0])
    elif any(m[0] == t[0] or not m[0] or not t[0] for m, t in pairs):  # each platform has its own
        yield make_piece(Evidence.HANDLE, DIFFERENT, _say_both(a.handles, b.handles))


def _weigh_mentions(a: Profile, b: Profile) -> Iterator[Piece]:
    owners = {each for each in (a.owner, b.owner) if each}
    if cited := ({a.owner} & b.cited_ids) | ({b.owner} & a.cited_ids):
        yield make_piece(Evidence.CITED_ID, SAME, min(cited))
    if cited := (a.emails & b.cited_emails) | (b.emails & a.cited_emails):
        yield make_piece(Evidence.CITED_EMAIL, SAME, min(cited))
    if cited := (a.phones & b.cited_phones) | (b.phones & a.cited_phones):
        yield make_piece(Evidence.CITED_PHONE, SAME, min(cited))
    if shared := (a.references & b.references) | ((a.cited_ids & b.cited_ids) - owners):
        yield make_piece(Evidence.REFERENCE, SAME, min(shared))


def _weigh_person(a: Profile, b: Profile) -> Iterator[Piece]:
    if a.names and b.names:
        level, shown = compare_name_sets(a.names, b.names)
        if level:
            yield make_piece(Evidence.NAME, level, shown)
    if a.details and b.details:
        for kind in sorted(a.details.keys() & b.details.keys()):
            level, shown = compare_details(kind, frozenset(a.details[kind]), frozenset(b.details[kind]))
            yield make_piece(kind, level, shown)
