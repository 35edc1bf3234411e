"""What transcripts of speech have in common: pieces of sentences, and a file's name for a time."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

from consistency_check.load.people import Person, Role
from consistency_check.load.turns import Turn

# Year first, so that day and month cannot be taken for each other; "GMT…" is how Zoom begins a name.
_STAMP = re.compile(
    r"(?P<gmt>GMT)?(?<!\d)(?P<day>20\d\d-?[01]\d-?[0-3]\d)"
    r"(?:[T_ -](?P<hour>[0-2]\d)[-_:.]?(?P<minute>[0-5]\d)(?:[-_:.]?(?P<second>[0-5]\d))?(?P<utc>Z)?)?(?!\d)"
)

# What transcripts call the two sides where they name the part instead of the person, perhaps with a number.
_PARTS = {
    **dict.fromkeys(("agent", "advisor", "adviser", "representative", "operator"), Role.AGENT),
    **dict.fromkeys(("customer", "caller", "client", "visitor"), Role.CUSTOMER),
    **dict.fromkeys(("bot", "chatbot", "ivr", "virtual agent"), Role.BOT),
}


def name_role(speaker: str) -> Role:
    """The role of a speaker who is called by it ("Agent", "CALLER 2"); UNKNOWN for a name."""
    return _PARTS.get(speaker.casefold().rstrip(" 0123456789"), Role.UNKNOWN)


def name_speaker(label: str) -> Person:
    """The person whom a label names; "Customer" and the like name nobody: they are not one and the same."""
    return Person() if name_role(label) is Role.CUSTOMER else Person(name=label)


def join_pieces(turns: Iterable[Turn]) -> tuple[Turn, ...]:
    """One turn for all that one speaker said without a break: recognisers cut sentences anywhere.

    It keeps the first piece's place, time and id.
    """
    runs: list[list[Turn]] = []
    for turn in turns:
        if runs and (turn.role, turn.speaker) == (runs[-1][0].role, runs[-1][0].speaker):
            runs[-1].append(turn)
        else:
            runs.append([turn])
    return tuple(replace(run[0], text=" ".join(piece.text for piece in run if piece.text)) for run in runs)


def find_stamp(name: str) -> datetime | None:
    """The time in the name of a file, such as `GMT20260303-091240_Recording.vtt`; None where there is none.

    Naive where the name does not say that it is UTC; midnight where it has a day alone.
    """
    for match in _STAMP.finditer(name):
        day = match["day"].replace("-", "")
        clock = "".join((match[part] or "00") for part in ("hour", "minute", "second"))
        try:
            time = datetime.strptime(day + clock, "%Y%m%d%H%M%S")
        except ValueError:
            continue
        return time.replace(tzinfo=UTC) if match["gmt"] or match["utc"] else time
    return None
