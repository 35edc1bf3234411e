"""Words by which an answer shows that its writer knew of an earlier contact of the customer.

Each sign is a pattern over the reply in small letters, with a text that it must and one that it must not
match; a test runs them all. What a company says of every reply ("thank you for your e-mail") is no sign: it
answers the message in hand.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from consistency_check.read.passages import find_quoted
from consistency_check.read.scene import lies_in

LONGEST_LOOK = 4_000
"""Characters looked at: who knows of an earlier contact says so near the beginning."""

_DAY = (
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|yesterday|earlier|this morning"
    r"|last (?:week|night|month|time)|(?:on )?the \d{1,2}(?:st|nd|rd|th))"
)
_CHANNEL = (
    r"(?:web ?chat|chat|phone|telephone|e-?mail|mail|text|sms|letter|twitter|facebook|instagram|"
    r"social media"
    r"|post|form|call|dm|message|tweet|website)"
)
_COLLEAGUE = r"(?:colleagues?|team|advis[eo]rs?|agents?|manager|(?:call|contact) centre)"
_TOLD = (
    r"(?:told|quoted|given|advised|informed|promised|assured|misinformed|misled|led to believe|heard|"
    r"received)"
)
_SAID = (
    r"(?:told|said|says|advised|explained|wrote|quoted|mentioned|gave|given|promised|missed|got|had it|"
    r"informed)"
)


@dataclass(frozen=True, slots=True)
class Sign:
    """One kind of wording, a regular expression."""

    name: str
    pattern: str
    matches: str
    silent: str


SIGNS = (
    Sign(
        "saw",
        r"\b(?:can|could|do|'ve|have) see[n]? (?:that |(?:from|in) [\w ]{2,30} that )?you(?:'ve| have|'d|"
        r" had)? "
        r"(?:already |also )?(?:called|rang|phoned|spoke|spoken|wrote|written|e-?mailed|messaged|tweeted|"
        r"contacted|chatted|asked|been in touch|got in touch|were told|been told)",
        "i can see you called us on monday about this",
        "you can see your balance in the app",
    ),
    Sign(
        "record",
        rf"\b(?:read|listened to|found|pulled up|looked at|(?:screenshot|transcript|recording|"
        rf"notes?) (?:of|from)) "
        rf"(?:through )?(?:both |the |your |our |that |a )(?:\w+ )?(?:{_CHANNEL}s?|conversations?|"
        rf"transcript|answers)\b"
        r"(?! (?:address|number|below|above|form))",
        "i've listened to the call, and here is what holds",
        "please read the letter below and keep it",
    ),
    Sign(
        "colleague",
        rf"\b(?:my|our|the|a|one of (?:my|our)) (?:\w+ )?{_COLLEAGUE} (?:\w+ )?(?:has |have |had )?"
        rf"(?:already |wrongly |also )?{_SAID}\b(?! us\b| me\b)",
        "as my colleague told you by phone",
        "a colleague told us that the tills are down",
    ),
    Sign(
        "channel said",
        rf"(?<!whenever )\b(?:the|our|that|your|what|what the|what our|sorry that|that our) {_CHANNEL} "
        rf"(?:\w+ )?(?:{_SAID}|was (?:wrong|mistaken|incorrect)|were mistaken)\b|"
        rf"\b{_CHANNEL} (?:had |has |line had |team )(?:told|said|quoted)\b|"
        rf"\b{_CHANNEL} (?:was|were) (?:mistaken|wrong)\b",
        "i'm sorry that chat gave you the other figure",
        "the letter has your reference on it",
    ),
    Sign(
        "were told",
        rf"\byou (?:were|had been|have been|may have been|might have been|got) (?:already |wrongly |"
        rf"first |previously |just )?{_TOLD} "
        rf"(?!access|a place|your|the keys|by us as soon)|\byou've (?:already |"
        rf"wrongly )?been {_TOLD}\b(?! access)"
        rf"|\bas you were (?:first |already )?{_TOLD}\b|\byou were misinformed\b"
        rf"|\b(?:what|whatever|than) you(?:'ve| have|'d| had)? (?:were |been |may have been )?{_TOLD}\b"
        rf"|\bwho (?:told|gave) you\b|\b(?:advice|answers?|figures?|information|amounts?|dates?) "
        rf"(?:that )?you (?:were|had been|have been|got|received|heard|had) ?(?:given|told|quoted|by|on|"
        rf"in|from)?\b",
        "you were told 14 days on the phone, which is wrong",
        "you will be told by text when it ships",
    ),
    Sign(
        "earlier contact",
        rf"\b(?:following|further to|after|about|regarding|since|as per|for|from|of) "
        rf"(?:on )?(?:your|our) (?:(?:earlier|previous|last|recent|first|other|further|"
        rf"{_DAY}(?:'s)?) (?:\w+ )?"
        rf"(?:{_CHANNEL}s?|conversations?|contact|enquiry|inquiry|question|ticket)|(?:phone|"
        rf"telephone) (?:call|conversation))"
        rf"|\b(?:telephone call|phone call|chat|conversations?|call) (?:of|on|from) (?:{_DAY}|\d)",
        "further to your earlier call, here it is in writing",
        "thank you for your e-mail of today",
    ),
    Sign(
        "spoke",
        rf"\b(?:when|since|after|as) (?:you|we) (?:last )?(?:spoke|called|rang|phoned|chatted|talked)\b"
        rf"|\bwe (?:spoke|chatted|talked) (?:{_DAY}|on {_DAY}|on the phone|by phone|about this)"
        rf"|\bas (?:we |i )?(?:discussed|agreed|promised|confirmed) (?:(?:on )?{_DAY}|on the phone|"
        rf"by (?:phone|e-?mail)|in (?:our|the) )"
        rf"|\byou (?:called|rang|phoned|e-?mailed|wrote to|messaged|tweeted|chatted (?:to|with)|"
        rf"spoke (?:to|with)) "
        rf"(?:us |me |in |my |our )?(?:\w+ ){{0,2}}(?:(?:on )?{_DAY}|about (?:this|it|that|the same))\b",
        "as we discussed on the phone, it is 14 days",
        "you called it a bargain",
    ),
    Sign(
        "corrects",
        rf"\b(?:mix-?up|muddle|confusion|misunderstanding|mistake|error) (?:\w+ )?(?:in|on|by|from|"
        rf"over) (?:the |our |your )?{_CHANNEL}\b"
        rf"|\b(?:ignore|disregard|forget) (?:what )?(?:the |our |that |any )?(?:earlier |"
        rf"previous )?(?:{_CHANNEL}|{_COLLEAGUE})\b"
        r"|\b(?:two|both|different|conflicting) (?:answers|figures|amounts|dates|prices) (?:that )?you\b",
        "sorry for the mix-up in chat",
        "if there is an error on the label, tell us",
    ),
)
"""Collected from replies that answer a second contact, in several trades."""

_ANY = re.compile("|".join(f"(?:{sign.pattern})" for sign in SIGNS))
# One of these stands in nearly every match: a look that takes a tenth of the time.
_HINT = re.compile(
    r"told|quoted|said|given|colleague|advis|agent|team|spoke|rang|called|phone|chat|heard|ignore|disregard"
    r"|earlier|previous|further|recent|conversation|answers|figures|error|mix|muddle|confus|mistak|transcript|listened|discuss|e-?mail|letter|twitter|tweet|informed|received"
)


def recognises_contact(text: str) -> bool:
    """Whether a reply shows that its writer knew of an earlier contact; what it quotes shows nothing."""
    low = text[:LONGEST_LOOK].replace("’", "'").lower()
    if not (_HINT.search(low) and _ANY.search(low)):
        return False
    quoted = find_quoted(low)
    return any(not lies_in(sign.start(), quoted) for sign in _ANY.finditer(low))
