"""Words that say that something costs nothing: 'free of charge', 'no restocking fee', 'on the house'."""

from __future__ import annotations

import re

from consistency_check.values.scan.lexer import Tokens
from consistency_check.values.scan.words import split_words, word_set

_FEES = r"(?:charges?|fees?|costs?|deductions?|fines?|penalty)(?![\w-])"
_COIN = r"(?:(?:a|one) (?:(?:single|red) )?(?:penny|cent|dime|bean|thing)|anything)(?!\w)"
_WHOM = r"(?: (?:you|them|us|for))?"
_VERBS = rf"(?:ask|costs?|pay|owe|charged?|fined){_WHOM} {_COIN}"
_REFUSALS = (
    rf"(?:nt|'t|t|) (?:even |have to |need to |get |be )?(?:{_VERBS}|pay for|fined|charged for"
    r"|come out of (?:your|ur) pocket|charge (?:anything|for|you))(?!\w)"
)
_PHRASES = {
    "free": r"(?: of (?:charge|cost))?(?![\w-])",
    "complimentary": "",
    "gratis": "",
    "comped": "",
    "waived": "",
    "no": rf" (?:longer any )?(?:(?!longer|one)[a-z]+[ -]){{0,2}}?{_FEES}"
    r"| longer (?:charged|chargeable)(?!\w)",
    "without": rf" (?:any |a )?(?:[a-z]+[ -])?{_FEES}| (?:it )?cost(?:ing)? (?:you )?{_COIN}",
    "zero": rf" (?:[a-z]+[ -])?{_FEES}",
    "on": r" (?:the house|us)(?!\w)",
    "with": r" our compliments(?!\w)",
    "nothing": r" (?:(?:more|extra|further|else|at all) )?(?:to pay|is due|due|extra)(?!\w)"
    r"| at all(?=[,.!]|$)",
    "cost": r" (?:[a-z]+ )?(?:absolutely )?nothing(?!\w)",
    "costs": r" (?:[a-z]+ )?(?:absolutely )?nothing(?!\w)",
    "for": r" nothing(?!\w)",
    "pay": r" nothing(?!\w)",
    "owe": r" nothing(?!\w)",
    "not": rf" {_COIN}| (?:be )?{_VERBS}",
    "never": rf" (?:be )?(?:costs?|charged?|pay){_WHOM}(?: {_COIN})?(?!\w)",
    "do": rf" not (?:have to |need to )?(?:{_VERBS}|pay for(?!\w)|charge(?!\w))",
    "does": rf" not {_VERBS}",
    "will": rf" not (?:be )?{_VERBS}",
} | dict.fromkeys(split_words("don dont doesn doesnt won wont didn didnt aren arent isn isnt"), _REFUSALS)
OPENINGS = {word: re.compile(f"{word}(?:{rest})") for word, rest in _PHRASES.items()}
"""First word -> what must follow from there for the words to say that there is no charge."""

_NOT_BEFORE = word_set(
    "feel feeling not never interest duty tax hassle risk toll sugar smoke hands rent set sets break"
    " worry fee fat"
)
_IS = word_set("is are re be s now all it its whole one")
_NOT_AFTER = re.compile(
    r" (?:to (?!(?:gold|silver|platinum|all|every|any|members|customers|you|our|the|join|cancel|use|return"
    r"|send|change))"
    r"|from|up|time|space|hand|rein|spot|slot|table|room|phone\b|number|line|call|will|gift|sample|standing|evening"
    r"|range|day|agent|desk|moment)"
)


def read_free(t: Tokens, i: int) -> int:
    """The index after the words from token `i` that say there is no charge; `i` where they do not."""
    found = OPENINGS[t.words[i]].match(t.low, t.starts[i])
    if not found or (t.words[i] == "free" and not _is_price(t, i, found.end())):
        return i
    if found[0] == "on us" and t.words[i - 1] not in _IS:
        return i
    j = i
    while j < t.size and t.end(j) <= found.end():
        j += 1
    return j


def _is_price(t: Tokens, i: int, end: int) -> bool:
    """False for 'feel free', 'sugar-free', 'not free', 'free up', 'free to talk'."""
    before = t.words[i - 1]
    if before == "-" and t.glued(i) and t.glued(i - 1):
        return False
    if before in _NOT_BEFORE or (t.words[i - 2] == "feel") or (before == "t" and t.words[i - 2] == "'"):
        return False
    return not _NOT_AFTER.match(t.low, end)
