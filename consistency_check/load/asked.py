"""Whether a customer's last words, which nobody answered, wanted an answer at all.

Most conversations end with thanks. A cue is a pattern over a line or sentence in small letters; each has a
text that it must and one that it must not match, and a test runs them all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain

LONGEST_ASKED = 4_000
"""Characters of a message that are looked at, the last ones: what is wanted stands at the end."""


@dataclass(frozen=True, slots=True)
class Want:
    """One kind of wording, a regular expression."""

    name: str
    pattern: str
    matches: str
    silent: str


WANTS = (
    Want("mark", r"\w[^\w?]{0,5}\?", "the blue one, or the red?", "great, thanks!"),
    Want(
        "opens",
        r"^(?:(?:and|so|but|also|hi|hello|hey|ok|okay|well|then|please|sorry)[ ,]+)*"
        r"(?:(?:what|how|when|where|which|who|why)(?:'?s)? (?!a |an |ever\b|about you\b|nice\b|great\b|"
        r"lovely\b|kind\b)"
        r"|(?:can|could|may|will|would|should|shall|do|does|did|is|are|am|was|were|has|have|had) "
        r"(?:i|you|we|it|he|she|they|there|this|that|these|those|the|my|your|anyone|someone|somebody)\b)",
        "and how long does it take",
        "will do, how kind of you",
    ),
    Want(
        "requests",
        r"\b(?:please|pls|plz|kindly) (?:\w+ )?(?:send|tell|let|advise|confirm|check|call|ring|help|"
        r"explain|cancel|"
        r"refund|resend|reply|respond|answer|get back|look|change|update|give|make sure|clarify)\b"
        r"|\b(?:let me know|get back to me|call me back|ring me back|i (?:need|want|would like|"
        r"'d like) (?:to know|to ask|an? answer)"
        r"|tell me (?:what|how|when|where|which|who|why|if|whether))\b",
        "please confirm that it is free",
        "thanks for letting me know, please don't worry",
    ),
    Want(
        "wonders",
        r"\b(?:wondering|wonder|not sure|unsure|no idea|don't know|want(?:ed)? to know|like to know|"
        r"need to know|asking) "
        r"(?:\w+ )?(?:if|whether|what|how|when|where|which|who|why)\b",
        "i was wondering whether it is covered",
        "no wonder that people like you",
    ),
    Want(
        "waits",
        r"\b(?:any (?:news|update|updates|word|progress|luck)\b|(?:am |'m )?still waiting|(?:have|has|"
        r"had)(?:n't| not) heard"
        r"|still (?:no|not|haven't|hasn't)\b|is (?:anyone|anybody|somebody) there)",
        "i have not heard from you",
        "it has arrived, so no need to wait",
    ),
)
# "You too?" and "ok?" after the answer ask for nothing, and "can you believe it" is no question.
_EMPTY = re.compile(
    r"^(?:(?:ok|okay|right|great|good|thanks|thank you|cheers|ta|perfect|lovely|brilliant|you too|really|"
    r"sorry|hi|hello|"
    r"hey|yes|no|eh|huh|wow|lol|haha|and you|is it|are you|did you|oh)[ ,.!]*)+\?*$"
)
_THANKS = re.compile(
    r"\b(?:will do|thanks? (?:you )?(?:so much |very much |a lot )?for|can(?:'t| not|not) thank|"
    r"have a (?:good|nice|great|lovely))\b"
)
# Whoever ends a conversation so waits for nothing, whatever they asked before it.
_CLOSES = re.compile(
    r"\b(?:that(?:'?s| is| was|'?ll be| will be) (?:it|all|everything)(?: i (?:need(?:ed)?|wanted))?|"
    r"answer(?:s|ed) my questions?|(?:good ?)?bye|nothing else)"
    r"(?:[ ,.!]+(?:thanks|thank you|cheers|for now|from me|today|now|then|bye))*\W*$"
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
_WANTED = re.compile("|".join(f"(?:{want.pattern})" for want in WANTS))


def wants_answer(*messages: str) -> bool:
    """Whether some sentence asks, requests or waits for something; thanks and small talk do not.

    Where there are several messages, the last may end the conversation; one alone may end as letters do.
    """
    *earlier, last = ([sentence.strip() for sentence in _split(message)] for message in messages)
    if any(map(_wants, last)):
        return True
    if earlier and any(map(_CLOSES.search, last)):
        return False
    return any(map(_wants, chain.from_iterable(earlier)))


def _split(message: str) -> list[str]:
    low = message[-LONGEST_ASKED:].replace("’", "'").lower()
    return _SENTENCE.split(low.strip())


def _wants(sentence: str) -> bool:
    if not _WANTED.search(sentence) or _EMPTY.match(sentence):
        return False
    return "?" in sentence or not _THANKS.search(sentence)
