"""One reply laid out for reading: its own sentences, the values in them and the customer's question."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from itertools import chain
from operator import attrgetter

from consistency_check.model import Mention, Reply
from consistency_check.read.asking import POLAR_QUESTION
from consistency_check.read.cues import CUES
from consistency_check.read.passages import Sentence, find_quoted, split_sentences
from consistency_check.read.units import list_words
from consistency_check.values import find_mentions

LONGEST_QUESTION = 2_000
# "It isn't 14 days": what is denied right before a value is no claim to it. "Not only 14 days" is.
NEGATED = re.compile(r"(?:(?<!\w)not|n't|(?<!\w)(?:isnt|wasnt|arent|never))[ ]+(?:the |a |an )?$")


@dataclass(frozen=True, slots=True)
class Asked:
    """The customer's question in lower case; `polar` if it wants a yes or no, `negative` if it is negated."""

    low: str
    words: tuple[str, ...]
    mentions: tuple[Mention, ...]
    polar: bool
    negative: bool


NOTHING_ASKED = Asked("", (), (), False, False)


@dataclass(frozen=True, slots=True)
class Scene:
    """A reply's own sentences and values; `text` and `low` have its offsets.

    `asked_before` holds the words of the customer's turns before the question, and
    `discarded` the values that can be no claim whatever the policies say, each with its reason.
    """

    text: str
    low: str
    sentences: tuple[Sentence, ...]
    mentions: tuple[Mention, ...]
    discarded: tuple[tuple[Mention, str], ...]
    asked: Asked
    asked_before: tuple[str, ...] = ()
    counts: Mapping[str, int] = field(init=False)
    """How many values there are of each type. A reply may hold 100,000, and each is described with them."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "counts", Counter(mention.value.type for mention in self.mentions))

    def place_of(self, mention: Mention) -> int | None:
        """The number of the sentence that the mention stands in."""
        place = bisect_right(self.sentences, mention.start, key=attrgetter("start")) - 1
        return place if place >= 0 and mention.start < self.sentences[place].end else None

    def comes_first(self, place: int) -> float:
        """1.0 for the first sentence that is no greeting."""
        return float(place == 0 or (place == 1 and self.sentences[0].greets))


def lay_out(reply: Reply) -> Scene:
    """The reply as it is read; pure, and the same for every knowledge base."""
    text = straighten(reply.text)
    low = text.lower()
    if len(low) != len(text):
        low = "".join(char.lower()[:1] for char in text)
    quoted = find_quoted(text)
    sentences = split_sentences(text)
    if quoted:
        sentences = [one for one in sentences if not lies_in(one.start, quoted)]
    kept: list[Mention] = []
    discarded: list[tuple[Mention, str]] = []
    for mention in find_mentions(text, reply.day):
        if quoted and lies_in(mention.start, quoted):
            discarded.append((mention, "quoted from an earlier message"))
        elif NEGATED.search(low, max(0, mention.start - 12), mention.start):
            discarded.append((mention, "negated"))
        else:
            kept.append(mention)
    asked = read_question(reply, scan=bool(kept))
    before = tuple(list_words(straighten(reply.asked_before)))
    return Scene(text, low, tuple(sentences), tuple(kept), tuple(discarded), asked, before)


def straighten(text: str) -> str:
    """The text with straight apostrophes, at the same offsets."""
    return text.replace("’", "'").replace("‘", "'")


def lies_in(start: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether a place in the text is within one of some spans."""
    return any(first <= start < last for first, last in spans)


def read_question(reply: Reply, *, scan: bool) -> Asked:
    """The customer's last words before the reply; its values only where the reply has some to compare."""
    text = straighten(reply.question)[-LONGEST_QUESTION:]
    if not text:
        return NOTHING_ASKED
    asked = read_asked(text)
    mentions = scan_question(text, reply.day) if scan else ()
    return replace(asked, mentions=mentions) if mentions else asked


@lru_cache(maxsize=4096)
def scan_question(text: str, day: date | None) -> tuple[Mention, ...]:
    """The values of a question; kept, for of one day's customers many ask in the same words."""
    return tuple(find_mentions(text, day))


@lru_cache(maxsize=1024)
def read_asked(text: str) -> Asked:
    """A question without its values; kept, for many customers ask in the same words."""
    low = text.lower()
    sentences = split_sentences(text)
    words = tuple(chain.from_iterable(sentence.words for sentence in sentences))
    negative = any(met.cue == len(CUES) - 1 for sentence in sentences for met in sentence.cues)
    return Asked(low, words, (), POLAR_QUESTION.search(low) is not None, negative)
