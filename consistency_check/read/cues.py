"""Cues: wordings that tell how a value or a sentence is meant. English data, no code.

A cue is some phrases, matched word by word without regard to case; `(a|b) c` stands for "a c" and "b c".
Each carries a text that it must and one that it must not match; a test runs them all. What a cue is worth,
and in which place (before or after a value in its clause, or elsewhere in the sentence), is learned and
stands in `weights.json`: a cue decides nothing by itself.
"""

from __future__ import annotations

from consistency_check.read.cue import Cue

STANCE = (
    Cue(
        "hypothetical",
        "if, suppose, supposing, imagine, in case, say you, let's say, would (|not )have, wouldn't have, "
        "were you to, were we to, had you, unless, would've, should you, provided",
        "if you had paid £40 it would be different",
        "the fee is £40",
        "a hypothetical",
    ),
    Cue(
        "example",
        "for example, for instance, e.g., as an example, such as, like when, say, eg",
        "for example, £20 on a £100 order",
        "the fee is £20",
        "a worked example",
    ),
    Cue(
        "reported",
        "(he|she|they|you|someone|somebody|colleague|agent|adviser|advisor|chat|phone|email|website|site|"
        "page|tweet|letter) (|had |'ve |have |has )(said|says|say|told|mentioned|mention|quoted|wrote|"
        "claimed|reckoned|promised|heard|saw|read), told (you|him|her|them), quoted you, been told, "
        "been quoted, were (told|quoted), was (told|quoted), who told, according to, you were given, "
        "said it was, you've been",
        "my colleague told you 14 days",
        "you have 14 days",
        "reported words",
    ),
    Cue(
        "negated",
        "not, n't, never, nor, no longer, rather than, instead of, nothing like, without, no, cannot, "
        "neither",
        "it isn't 14 days",
        "it is 14 days",
        "negated",
    ),
    Cue(
        "past",
        "used to, was, were, had been, previously, formerly, originally, until recently, back then, "
        "back in, in the past, last (week|month|year|spring|summer|autumn|fall|winter|time|season|"
        "night), at the time, old, older, former, earlier, yesterday, (before|until|till|til) (january|"
        "february|march|april|may|june|july|august|september|october|november|december)",
        "it used to be 14 days",
        "it is 14 days",
        "what held in the past",
    ),
    Cue(
        "later",
        "as of, as from, starting, next (month|year|season|spring|summer|week), will (be|go|rise|change|"
        "become|drop), (goes|going|go) (up|down), from then, new (fee|price|rate|policy|rule|rules|"
        "prices|fees), soon, after that date, changes on, changing, from (january|february|march|april|"
        "may|june|july|august|september|october|november|december)",
        "it goes up to £5 next month",
        "it is £5",
        "what will hold later",
    ),
    Cue(
        "now",
        "now, currently, at the moment, these days, today, nowadays, at present, right now, still, "
        "any more, anymore, since",
        "it is £5 now",
        "it is £5",
    ),
    Cue(
        "corrects",
        "sorry, apologies, apologise, apologize, mistake, error, wrong, incorrect, mistaken, typo, "
        "misquoted, misread, correction, correct, actually, in fact, scrap that, ignore, rather",
        "sorry, that was a typo",
        "the fee is £5",
    ),
    Cue(
        "other company",
        "their, theirs, they, them, other (companies|firms|shops|stores|sites|places|people), your bank, "
        "the bank, bank, banks, insurer, insurance, card company, manufacturer, seller, landlord, "
        "employer, elsewhere, competitor, rival, another (company|firm|shop|store|provider), third party",
        "your bank takes 3 days",
        "we take 3 days",
        "another company's terms",
    ),
    Cue(
        "customer's facts",
        "you (|'ve |have |had )(paid|ordered|bought|sent|booked|returned|spent|posted|asked|waited|"
        "joined|signed|came|rang|called|wrote|emailed|got|were|had), your (order|booking|total|balance|"
        "basket|cart|bill|purchase|own|stay|trip|visit|case|ticket|parcel|account|appointment|card|"
        "payment)",
        "you paid £50 for it",
        "the fee is £50",
        "the customer's own facts",
    ),
    Cue(
        "done",
        "(i|i've|we|we've|i have|we have|has been|have been|has|been|was|were) (|now |just |already |"
        "also )(refunded|credited|issued|sent|booked|changed|cancelled|canceled|added|taken|removed|put|"
        "made|placed|moved|passed|asked|logged|raised|arranged|processed|charged|applied|set|posted|"
        "given|reduced|waived|extended|checked|spoken|noted)",
        "I've refunded £20",
        "refunds take 20 days",
        "a thing done, not a rule",
    ),
    Cue(
        "goodwill",
        "goodwill, one-off, one off, gesture, this once, this time, on this occasion, exception, waive, "
        "waived, compensation, bonus, courtesy, favour, favor, apology",
        "as a gesture of goodwill, £10",
        "the fee is £10",
        "a one-off gesture",
    ),
    Cue(
        "elapsed",
        "ago, late, early, left, remaining, to go, later, overdue, so far, already, past",
        "that was 3 days ago",
        "it takes 3 days",
        "time that passed",
    ),
    Cue(
        "waiting",
        "hold on, hang on, bear with, give me, (one|just a|a) (moment|sec|second|minute|min), "
        "back to you, (call|ring|text|email) you, get back, be with you, let me",
        "give me 2 minutes",
        "it takes 2 days",
        "how long the agent will take",
    ),
    Cue(
        "hedged",
        "i think, i believe, probably, might, maybe, perhaps, not sure, i guess, should be, i'd say, "
        "possibly, as far as i know",
        "I think it's 5 days",
        "it's 5 days",
    ),
    Cue(
        "rule",
        "always, usually, normally, standard, policy, policies, all, any, every, each, anyone, everyone, "
        "customers, members, people, rule, rules, per, as a rule, generally, only, just, flat, fixed, "
        "whatever, whenever",
        "every customer gets 5",
        "Ben, yours came",
    ),
    Cue(
        "must",
        "must, need, needs, have to, has to, required, requires, should, got to, gotta, minimum, "
        "at least, maximum, up to, no more than, limit, allow, allowed, within, takes, take, lasts, last",
        "you must wait 5 days",
        "it is blue",
    ),
    Cue(
        "offer",
        "you ('ll|will|'d|would) (get|have|receive|pay|be charged|need), you (get|have|receive|pay|need|"
        "can), you've, we (charge|give|offer|allow|ask|keep|hold|take|pay|need|do|can|make|aim), we'll, "
        "it's, it is, its, that's, that is, thats, cost, costs, comes to",
        "you get 5 days",
        "see Tuesday",
    ),
    Cue(
        "sum",
        "total, altogether, in all, all together, comes to, adds up, plus, times, minus, less, makes, "
        "so that, difference, subtotal, for (two|three|four|five|six|both), for the (two|three|four|pair|"
        "lot)",
        "that's £30 in total",
        "the fee is £30",
        "a sum worked out",
    ),
    Cue(
        "reference",
        "order, ref, reference, case, ticket, invoice, number, no., booking, code, tag, extension, ext, "
        "room, flat, page, form, section, item, step, option, press",
        "your reference is 4471",
        "we wait 4 days",
        "a reference number",
    ),
    Cue(
        "appointment",
        "booked, slot, appointment, see you, scheduled, reserved, confirmed, reminder, arriving, due, "
        "expected, driver, engineer, window",
        "you're booked for 3pm",
        "we close at 3pm",
        "an appointment",
    ),
    Cue(
        "contact",
        "call, phone, ring, text, email, e-mail, write to, contact, reach, line, number, dial, message, "
        "drop, speak, desk, details, at",
        "call us on 0300",
        "it costs £3",
    ),
    Cue(
        "sent on",
        "sincerely, regards, yours, cheers, best, signed, tel, fax, mob, office, team, dept, department, "
        "ltd, inc, unsubscribe",
        "Kind regards, Ann",
        "it costs £3",
        "a signature",
    ),
)

YES_NO = (
    Cue(
        "yes",
        "yes, yeah, yep, yup, yea, aye, sure, of course, certainly, absolutely, definitely, "
        "by all means, correct, indeed, ok, okay, fine, no problem, no prob, no probs, no problems, "
        "no worries, not a problem, no bother, happy to, feel free, go ahead, you're good, all good, "
        "welcome to, with pleasure, no trouble, gladly",
        "Yes, of course",
        "Dear Ann",
    ),
    Cue(
        "no",
        "no, nope, nah, not, sorry, afraid, unfortunately, unable, regret, sadly, alas, never, none, "
        "neither, negative",
        "I'm afraid not",
        "go ahead",
    ),
    Cue(
        "can",
        "can, may, could, able, allowed, permitted, welcome, possible, eligible, entitled, accept, "
        "accepted, accepts, allow, allows, works, work, qualify, qualifies, include, includes, included, "
        "cover, covers, covered, okay, ok, fine, happy, free to, good to, available, honour, honor, "
        "provide, offer",
        "you can bring it",
        "bring it",
    ),
    Cue(
        "cannot",
        "can't, cannot, couldn't, unable, not able, not (allowed|permitted|possible|available|eligible|"
        "something|an option|covered|included|accepted), n't, may not, must not, are not, is not, "
        "do not, does not, never, no longer, decline, refuse, prohibited, forbidden, banned, excluded, "
        "exclude, excludes, impossible, ineligible, nobody, no one, nothing, stay out, off limits, "
        "off-limits, not",
        "we can't do that",
        "we can do that",
    ),
    Cue(
        "only",
        "only, just, except, unless, other than, apart from, but not, solely, limited to, strictly",
        "only sealed items",
        "any items",
    ),
    Cue(
        "must",
        "must, need, needs, needed, have to, has to, required, requires, require, necessary, mandatory, "
        "compulsory, obliged, got to, should, essential, without",
        "you need a ticket",
        "no ticket",
    ),
    Cue(
        "needn't",
        "needn't, don't need, don't have to, doesn't need, doesn't have to, no need, not (required|"
        "needed|necessary|compulsory), needs no, optional, free of charge, for free, at no (|"
        "extra )(cost|charge), don't pay, nothing to pay, nothing extra, costs nothing, without charge",
        "there's no need to book",
        "you need to book",
    ),
    Cue(
        "still",
        "still, also, too, as well, even, anyway, regardless, either way, whatever, whenever, wherever, "
        "any time, anytime, anywhere",
        "you can still do it",
        "you did it",
    ),
    Cue(
        "instead",
        "instead, rather, but, however, though, although, otherwise",
        "please write instead",
        "please write",
    ),
    Cue(
        "double negative",
        "no (problem|problems|prob|probs|worries|bother|trouble|doubt|need|matter|harm|later|more than|"
        "issue), not a problem, don't worry, don't hesitate, don't forget, not only, why not, "
        "nothing to stop, nothing wrong, not at all, not to worry",
        "no problem at all",
        "there is a problem",
    ),
)

# Words that turn a clause round, where no double negative of the table above takes them in.
NEGATION = Cue(
    "negation",
    "not, n't, no, never, nor, none, nobody, nothing, unable, afraid, unfortunately, refuse, "
    "refused, decline, declined, prohibited, forbidden, nope, nah, without",
    "we do not deliver there",
    "we deliver there",
)
CUES = (*STANCE, *YES_NO, NEGATION)
