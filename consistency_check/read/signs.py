"""The wordings by which an answer shows that its writer knew of an earlier contact, in small letters."""

from __future__ import annotations

from dataclasses import dataclass

_PAST = r"(?:yesterday|earlier|this morning|last (?:week|night|month|time))"
_WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_DATE = (
    r"(?:the \d{1,2}(?:st|nd|rd|th)|\d{1,2}(?:st|nd|rd|th)?(?: and \d{1,2})? (?:of )?(?:jan|feb|mar|apr|may|"
    r"jun|jul|aug|sep|oct|nov|dec)[a-z]*|(?:january|february|march|april|may|june|july|august|september|"
    r"october|november|december) \d{1,2})\b"
)
_DAY = rf"(?:on )?(?:the )?(?:{_PAST}|{_WEEKDAY}|{_DATE})"
_TALK = r"(?:web ?chat|live chat|chat|(?:(?:tele)?phone )?(?:call|conversation))"
_LIVE = rf"(?:{_TALK}|(?:tele)?phone)"
_WRITTEN = (
    r"(?:e-?mail|mail|text(?: message)?|sms|letter|twitter|facebook|instagram|social media|dm|message|tweet)"
)
_CHANNEL = rf"(?:{_LIVE}|{_WRITTEN})"
_NO_MORE = r"(?! (?:address|number|details|card|account|app|shop|line is)\b)"
_COLLEAGUE = r"(?:colleagues?|team|advis[eo]rs?|agents?|manager|(?:call|contact) centre)"
_TOLD = r"(?:told|quoted|advised|informed|promised|assured|misinformed|misled|led to believe)"
_THING = (
    r"(?:advice|answers?|figures?|quotes?|sums?|amounts?|prices?|(?:wrong|incorrect|conflicting|different|"
    r"other|old|better) (?:information|numbers?|dates?|days?|times?|deadlines?|rates?|end of the stick))\b"
)
_YOU = r"(?:you|u)\b"
# "The wrong date", not "a ticket".
_OBJECT = rf"(?:[\w-]+ ){{0,2}}?{_THING}"
_SAID = rf"(?:{_TOLD} {_YOU}|(?:said|wrote|explained|mentioned) to {_YOU}|(?:gave|given) {_YOU} {_OBJECT})"
# Not "if you were told"; behind the word, so that few places are looked at.
_REAL = "".join(rf"(?<!\b{word} you)" for word in ("if", "once", "when", "until", "unless"))
_WRONG = r"(?:was|were|is|got (?:it|that|this)) (?:wrong|mistaken|incorrect)"
Needs = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Sign:
    """One kind of wording, a regular expression; every match holds one word of each of the `needs`.

    The words are parted by commas, the needs by semicolons.
    """

    name: str
    needs: str
    pattern: str
    matches: tuple[str, ...]
    silent: tuple[str, ...]

    def list_needs(self) -> Needs:
        """The words of each of the needs."""
        return tuple(tuple(words.split(",")) for words in self.needs.split(";"))


SIGNS = (
    Sign(
        "saw",
        " see, note",
        r"\b(?:i|we)(?: can| could| do|'ve| have)? (?:also |already )?(?:see|seen|note) "
        r"(?:that |(?:from|in) [\w ]{2,30} that )?you(?:'ve| have|'d| had)? (?:(?:already |also |"
        r"previously )?"
        r"(?:called|rang|phoned|spoke|spoken|wrote|written|e-?mailed|messaged|tweeted|contacted|chatted|"
        r"been in touch|got in touch|were told|been told)|(?:already|previously) asked|"
        r"asked (?:before|my|our|in chat))\b",
        (
            "i can see you wrote on monday about this.",
            "i can see that you have already contacted us",
            "i can see you messaged us yesterday",
            "we note from our records that you have been in touch",
        ),
        (
            "you can see your balance in the app",
            "i see you asked about the delivery",
            "can you see you called it",
        ),
    ),
    Sign(
        "record",
        "call,chat,phone,conversation,answers,messages,mails,letters,transcript,recording",
        rf"\b(?:i|we)(?:'ve| have)? (?:now |just |also |since )?(?:read|listened|heard|found|pulled up|"
        rf"looked|gone|been) (?:back )?(?:to |at |through )?(?:both |all |the |your |our |that )"
        rf"(?:(?!e-?mail)[\w-]+ )?(?:{_LIVE}s?|transcripts?|recordings?|answers|messages|e-?mails|letters)\b"
        rf"{_NO_MORE}|\b(?:transcripts?|recordings?|notes?) (?:of|from) (?:the |your |our |that )"
        rf"(?:\w+ )?{_LIVE}s?\b",
        (
            "i've listened to the call, and here is what holds",
            "i have now listened to the recording of your call",
            "i've read through both answers",
        ),
        (
            "please read the letter below and keep it",
            "i have read your letter with care",
            "i found the phone number",
            "please send a screenshot of the message",
        ),
    ),
    Sign(
        "colleague",
        "colleague,team,advis,agent,manager,centre",
        rf"\b(?:my|our|the|a|an|one of (?:my|our)) (?:\w+ )?{_COLLEAGUE} (?:(?:has|have|had|already|wrongly|"
        rf"also|first) )*{_SAID}|\b(?:what|as) (?:my|our|the|a|an) (?:\w+ )?{_COLLEAGUE} (?:had |has "
        rf")?(?:said|"
        rf"wrote|{_TOLD}|explained|mentioned)\b|\b(?:my|our|the) (?:\w+ )?{_COLLEAGUE} {_WRONG}"
        rf"|\b(?:my|our|the) (?:colleague|advis[eo]r|agent) (?:said|wrote) [^.!?\n]{{1,80}}\bbut\b",
        (
            "as my colleague told you by phone",
            "i must put right what my colleague wrote last week",
            "our agent gave you the wrong date",
            "my colleague said a fortnight, but it is a month",
        ),
        (
            "a colleague told us that the tills are down",
            "i asked and my manager said it is 14 days",
            "our team has given your garden the go-ahead",
            "my colleague says two more are ahead of yours",
        ),
    ),
    Sign(
        "channel said",
        " said, told, quoted, gave, promised, missed, wrong, mistaken, incorrect, says;"
        "chat,call,conversation,phone,mail,text,sms,letter,twitter,facebook,instagram,social,dm,message,tweet",
        rf"\b(?:the|our|that|what|sorry) (?:last |first |other )?{_CHANNEL} (?:(?:team|line|yesterday|had|"
        rf"has|"
        rf"also|wrongly) ){{0,2}}(?:said|told|quoted|promised|missed|gave {_YOU} {_OBJECT}|{_WRONG})\b"
        rf"|(?<!check )(?<!read )(?<!see )\bwhat (?:the|our|that|your) (?:{_LIVE}|{_WRITTEN}) (?:team "
        rf")?says\b"
        rf"|\b{_CHANNEL} (?:line |team )?(?:(?:had|has) (?:told|said|quoted)|(?:was|were) (?:mistaken|"
        rf"wrong))\b",
        (
            "i'm sorry that chat gave you the other figure",
            "ignore what the chat team said",
            "i don't know what the e-mail says",
            "the figure in our last mail was wrong",
        ),
        (
            "the letter has your reference on it",
            "the phone got scanned in january",
            "the e-mail address was wrong",
            "the website says when we open",
            "the post office said so",
            "our text gave you a code",
        ),
    ),
    Sign(
        "were told",
        " told, quoted, given, advised, informed, promised, assured, misinformed, misled, led to,"
        " heard,who gave,u got,u received,u had;you, u",
        rf"\byou{_REAL} (?:were|got|(?:had|have|may have|might have) been) "
        rf"(?:already |wrongly |first |previously |just )?(?:{_TOLD}\b|given {_OBJECT})(?! access\b)"
        rf"|\byou{_REAL}'(?:ve|d) (?:already |wrongly )?been (?:{_TOLD}\b|given {_OBJECT})(?! access\b)"
        rf"|\b(?:what|whatever|than) you (?:were|had been|have been|may have been) {_TOLD}\b"
        rf"|\b(?:what|whatever|than) you(?:'ve|'d| had| have)? (?:been {_TOLD}|heard)\b"
        rf"|\bwho told {_YOU}(?! about (?:us|our)\b)|\bwho gave {_YOU} {_OBJECT}"
        rf"|\b{_THING} (?:that )?{_YOU} (?:were|had been|have been) (?:given|told|quoted)\b"
        rf"|\b(?:{_THING}|information|dates?|number) (?:that )?{_YOU} (?:got|received|heard|had|were given) "
        rf"(?:by|on|in|from|over|through) (?:the |our |my |your |an? )?"
        rf"(?:{_LIVE}|{_COLLEAGUE}|website|facebook|twitter)\b",
        (
            "you were told 14 days on the phone, which is wrong",
            "i'm sorry that you were given two different answers",
            "the figures you were given are not ours",
            "the advice you got by phone is out of date",
        ),
        (
            "you will be told by text when it ships",
            "check the information you received in your welcome pack",
            "it is in the information you were given with the key",
            "you've told me in time, and you've given two other dates",
            "you have been given 28 days to pay",
            "the ticket you were given has a code",
            "bring the letter you were given at check-in",
            "if you've been told to isolate, tell us",
            "send back what you received",
            "the friend who gave you the bag",
        ),
    ),
    Sign(
        "earlier contact",
        "call,chat,conversation, earlier, previous, last , further ",
        rf"\b(?:following|further to|after|about|regarding|since|as per|per|for|from|of|to) (?:on "
        rf")?(?:your|our) "
        rf"(?:(?:(?:earlier|previous|last|further) (?:\w+ )?(?:{_CHANNEL}s?|contact|enquiry|"
        rf"inquiry|ticket)|(?:earlier|previous) question|(?:first|recent|other|{_WEEKDAY}(?:'s)?) (?:\w+ "
        rf")?{_TALK}|"
        rf"(?:phone|telephone) (?:call|conversation))\b{_NO_MORE})"
        rf"|\b{_TALK}s? of {_DAY}|\b(?:your|our|that) {_TALK} (?:on|from) {_DAY}|\bthe {_TALK} from {_PAST}"
        rf"|\b(?:the|in) {_TALK} on {_DATE}",
        (
            "further to your earlier call, here it is in writing",
            "nothing has changed since your last message",
            "i can see the chat from this morning",
            "i apologise for the telephone call of 26 february",
        ),
        (
            "thank you for your e-mail of today",
            "give us a call on 0161 496 0000",
            "please use the chat from 9am",
            "please give us a call on monday",
            "your call of 4 minutes was interrupted",
            "the code went to the phone on 9 april",
            "as for your first question, yes; about your other question, no",
            "thank you for your recent e-mail",
        ),
    ),
    Sign(
        "spoke",
        "spoke,called,rang,phoned,chatted,talked,discussed,agreed,promised,confirmed,mailed,wrote,"
        "messaged,tweeted",
        r"\b(?:when|since|after|as) (?:we (?:last )?(?:spoke|chatted|talked)|you (?:last )?(?:spoke|called|"
        r"rang|"
        r"phoned|chatted|talked))\b(?! (?:it|him|her|them)\b)"
        rf"|\bwe (?:spoke|chatted|talked) (?:{_DAY}|on the phone|by phone|about this)\b"
        rf"|\bas (?:we |i )?(?:discussed|agreed|promised|confirmed) (?:{_DAY}|on the phone|by (?:phone|"
        rf"e-?mail)|in (?:our|the|my) (?:\w+ )?{_CHANNEL})\b"
        rf"|\byou (?:called|rang|phoned|e-?mailed|wrote to|messaged|tweeted|chatted (?:to|with)|"
        rf"spoke (?:to|with)) (?:us |me |in |my |our )?(?:\w+ ){{0,2}}(?:{_DAY}|about (?:this|it|that|the "
        rf"same))\b",
        (
            "as we discussed on the phone, it is 14 days",
            "as we agreed on monday",
            "you messaged us on monday",
            "you wrote to us yesterday",
            "i should have warned you when you phoned: no",
        ),
        ("you called it a bargain", "nobody was in when we called", "as promised in the brochure"),
    ),
    Sign(
        "corrects",
        "mix,muddle,confusion,misunderstanding,mistake,error,ignore,disregard,forget",
        rf"\b(?:sorry|apolog\w+|correct|there was|there has been)\b[^.!?\n]{{0,40}} (?:mix-?up|muddle|"
        rf"confusion|"
        rf"misunderstanding|mistake|error) (?:made |earlier |yesterday )?(?:in|on|by|from|over|during) "
        rf"(?:the |our |"
        rf"my |that )?{_CHANNEL}\b{_NO_MORE}"
        rf"|\b(?:ignore|disregard|forget) (?:what )?(?:the |our |that |any )?(?:earlier |previous "
        rf")?(?:{_CHANNEL}|"
        rf"{_COLLEAGUE})\b(?![^.!?\n]*\b(?:if|unless)\b)(?! (?:on|in) (?:the|your) (?:screen|app|basket)\b)",
        (
            "sorry for the mix-up in chat",
            "sorry for the misunderstanding on facebook",
            "please disregard the text message, it went to all",
        ),
        (
            "if there is an error on the label, tell us",
            "please ignore the letter if you have already paid",
            "sorry, my mistake, it's by e-mail",
            "report the error by e-mail",
        ),
    ),
)
"""Collected from replies that answer a second contact, in several trades."""
