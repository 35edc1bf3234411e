"""Words by which a text shows that a name follows, or stands before: for people whom no record knows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_NAME = r"(?P<name>[^\W\d_a-zß-öø-ÿ][\w'’-]{1,24}(?: (?:[^\W\d_a-zß-öø-ÿ][\w'’-]{1,24}|[A-Z]\.))" + "{0,2})"
_KIN = (
    "husband|wife|partner|son|daughter|mum|mom|mother|dad|father|brother|sister|friend|colleague|manager|"
    "supervisor|neighbour|flatmate|carer|boss"
)


@dataclass(frozen=True, slots=True)
class NameCue:
    """A pattern with a group `name`; `met` is a text and the name in it, `missed` one without."""

    pattern: re.Pattern[str]
    met: tuple[str, str]
    missed: str


NAME_CUES = (
    NameCue(
        re.compile(
            r"(?i:\b(?:hi|hiya|hello|hey|dear|sorry|thanks|thank you|cheers|welcome|apologies|"
            rf"good (?:morning|afternoon|evening))(?: again| so much| very much)?,? ){_NAME}"
        ),
        ("Good morning, Dana Whitfield. It is on its way.", "Dana Whitfield"),
        "thanks for waiting",
    ),
    NameCue(
        re.compile(
            r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Doctor|Prof|Professor|Cllr|Councillor|Rev|Reverend|Captain|Herr|Frau|Mme|Sir|Lady)"
            rf"\.? {_NAME}"
        ),
        ("It was sent to Mr Abara on Monday.", "Abara"),
        "the Dr will see you",
    ),
    NameCue(
        re.compile(rf"(?i:\bmy name(?: is|['’]s)|\bname:|\bcalled|\bspoke (?:to|with)|\bask for) {_NAME}"),
        ("hello, my name is Samir", "Samir"),
        "my name is on it",
    ),
    NameCue(
        re.compile(
            rf"(?i:\b(?:this is|it['’]s|i['’]?m|i am)) {_NAME}(?=,? (?:here|from|speaking|calling)\b)"
        ),
        ("Hiya, this is Bea from the chat desk", "Bea"),
        "this is Monday's post",
    ),
    NameCue(
        re.compile(rf"(?i:\b(?:this is|it['’]s)) {_NAME}(?= again\b)"),
        ("hi, it's Bea again", "Bea"),
        "now that I'm Gold again",
    ),
    NameCue(
        re.compile(rf"(?i:\b(?:my|your|our|his|her|their) (?:{_KIN})),? {_NAME}"),
        ("as my husband Rob was told", "Rob"),
        "my husband was told",
    ),
    NameCue(
        re.compile(rf", {_NAME}(?=!)"),
        ("Thanks for flying with us, Paulo! It was nice.", "Paulo"),
        "it is here, nearly!",
    ),
    NameCue(
        re.compile(
            r"(?i:\b(?:regards|sincerely|faithfully|best wishes|all the best|cheers|thanks|thank you|"
            rf"yours|best|love)[,.!]?)\s{{1,4}}{_NAME}(?=\s*(?:\Z|\n|,|\|))"
        ),
        ("Kind regards,\nSinead", "Sinead"),
        "Kind regards, and see you",
    ),
    NameCue(
        re.compile(rf"(?:\s[–—-] ?|\n\s{{0,4}}|\^){_NAME}(?=\.?\s*\Z)"),
        ("We will call you back. - Bea", "Bea"),
        "It costs 5 - 6 pounds",
    ),
)


def find_named(text: str) -> Iterator[tuple[int, str]]:
    """Where a cue tells that a name stands, with the words that may be it."""
    for cue in NAME_CUES:
        for found in cue.pattern.finditer(text):
            yield found.start("name"), found["name"]
