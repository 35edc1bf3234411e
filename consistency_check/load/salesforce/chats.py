"""The body of a Salesforce chat transcript: one HTML text, in turns.

<p align="center">Chat Started: Tuesday, March 03, 2026, 09:12:40 (+0000)</p>
<p align="center">Agent Noor B</p>
( 12s ) Noor B: Hello, how can I help?<br>( 1m 4s ) Sam: How long can I return it?<br>
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from consistency_check.load.cleaning import mend, read_html
from consistency_check.load.people import Person, Role, is_same
from consistency_check.load.turns import Turn
from consistency_check.model import Source

_SAID = re.compile(r"\( (?:(\d{1,4})h )?(?:(\d{1,4})m )?(\d{1,6})s \) ([^:\n]{1,100}): ?")
_AGENT = re.compile(r"^[ \t]*Agent (?!successfully)(\S[^\n:]{0,99})$", re.MULTILINE)
_TRANSFER = re.compile(
    r"^[ \t]*Chat Transferred From (\S[^\n:]{0,99}?) To (\S[^\n:]{0,99})$", re.MULTILINE | re.IGNORECASE
)
_HEADLINES = re.compile(
    r"^[ \t]*(?:Chat (?:Started|Origin|Transferred|Ended)\b|Agent (?:\S+ ){0,5}successfully)[^\n]*$",
    re.MULTILINE,
)


def read_chat(body: str, chat: str, customer: Person, source: Source) -> Iterator[Turn]:
    """The turns of one chat, with their seconds since its start.

    The headlines tell who the agents are; where but one other name speaks, that is the customer. A name
    that an agent does not have there (a team's, a bot's) stays unknown.
    """
    text = read_html(mend(body))
    agents = _find_agents(text)
    said = list(_split_turns(text, chat, source))
    speakers = {turn.speaker.name.casefold() for turn in said}
    one_other = len(speakers - agents) == 1 and bool(speakers & agents)
    for turn in said:
        if turn.speaker.name.casefold() in agents:
            yield replace(turn, role=Role.AGENT)
        elif one_other or is_same(turn.speaker, customer):
            # In the chat people call themselves something else than in the company's books.
            visitor = replace(customer, name=customer.name or turn.speaker.name)
            yield replace(turn, role=Role.CUSTOMER, speaker=visitor)
        else:
            yield turn


def _find_agents(text: str) -> set[str]:
    named = [match[1] for match in _AGENT.finditer(text)]
    named += [name for match in _TRANSFER.finditer(text) for name in match.groups()]
    return {name.strip().casefold() for name in named}


def _split_turns(text: str, chat: str, source: Source) -> Iterator[Turn]:
    marks = list(_SAID.finditer(text))
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    for number, (mark, end) in enumerate(zip(marks, ends, strict=False), 1):
        hours, minutes, seconds = (int(part or 0) for part in mark.groups()[:3])
        yield Turn(
            chat,
            Role.UNKNOWN,
            _HEADLINES.sub("", text[mark.end() : end]).strip(),
            source,
            id=f"{chat}.{number}",
            offset=hours * 3600 + minutes * 60 + seconds,
            speaker=Person(name=mark[4].strip()),
        )
