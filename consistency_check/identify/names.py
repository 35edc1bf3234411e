"""Whether two written names may be one person's: same, not said, or clearly different people.

Names never link anything by themselves. They decide on whom a shared phone line, a thread or a
household's mail box belongs to.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import IntEnum
from functools import cache, lru_cache
from importlib.resources import files

from consistency_check.identify.keys import CACHE_SIZE

_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th"}
)
_MALE = frozenset({"mr", "herr", "sir", "lord", "monsieur", "senor", "signor", "pan", "sr"})
_FEMALE = frozenset(
    {"mrs", "ms", "miss", "frau", "lady", "dame", "madame", "mme", "senora", "signora", "pani", "sra"}
)
_TITLES = (
    _MALE | _FEMALE | {"dr", "prof", "professor", "rev", "reverend", "father", "sister", "mx", "cllr", "hon"}
)
_GENERATIONS = frozenset({"jr", "jnr", "junior", "sr", "snr", "senior", "ii", "iii", "iv"})
# What systems write where they know no name.
_NOBODY = re.compile(
    r"(?:(?:the |a |website |web |wireless |mobile |chat |new )?"
    r"(?:customer|caller|guest|visitor|user|client|unknown|anonymous|anon|private|withheld|unavailable|n/?a|none|null|"
    r"no name|not given|test)(?: (?:caller|customer|user|name|number))?)[\s#-]*\d*",
)

# Jaro-Winkler at which two surnames may be one misheard: Kowalchik and Kowalczyk are at 0.91, Munro and
# Monroe at 0.84; of the pairs of different surnames in the written corpora 0.6 per cent reach 0.75.
_LIKE_SURNAMES = 0.75


class Likeness(IntEnum):
    """How two written names stand to each other."""

    DIFFERENT = 0
    """Two people."""
    OPEN = 1
    """Nothing speaks against one person, and too little for it: initials, a surname alone, no name."""
    SAME = 2
    """One person, as far as names can say it."""


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name taken apart: plain lower-case words, `given` empty where only a surname is written.

    `male` is None where no title says it; `generation` is "jr", "ii" and the like.
    """

    given: str = ""
    rest: tuple[str, ...] = ()
    male: bool | None = None
    generation: str = ""

    @property
    def is_full(self) -> bool:
        """True where a given name is written out, so that it can be told from another."""
        return len(self.given) > 2


@lru_cache(maxsize=CACHE_SIZE)
def clean_name(text: str) -> str:
    """The name with single spaces; "" where a system wrote that it knows none ("Visitor 123")."""
    return " ".join(text.split()) if parse_name(text) != PersonName() else ""


def fold_name(text: str) -> str:
    """Plain lower-case letters, without accents and apostrophes: "O’Neill-Müller" is oneill-muller."""
    if text.isascii():
        return text.lower().replace("'", "")
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return "".join(c for c in plain if not unicodedata.combining(c)).replace("'", "").replace("’", "")


def list_forms(text: str) -> set[str]:
    """The words by which somebody of a written name may be called, nicknames too: Bob and Smith."""
    name = parse_name(text)
    return {word for word in (*name.rest, *(_variants(name.given) if name.given else ())) if word}


@lru_cache(maxsize=CACHE_SIZE)
def parse_name(text: str) -> PersonName:
    """A written name in its parts: "Whitfield, Beth", "Mrs B. Whitfield" and "beth whitfield" alike."""
    plain = fold_name(text)
    if _NOBODY.fullmatch(plain.strip(" .")):
        return PersonName()
    family, comma, given = plain.partition(",")
    words = re.findall(r"[^\W\d_]+", f"{given} {family}" if comma and given.strip() else plain)
    titles = [word for word in words[:-1] if word in _TITLES]
    generation = words[-1] if len(words) > 2 and words[-1] in _GENERATIONS else ""
    names = [word for word in words if word not in titles]
    names = names[:-1] if generation else names
    male = True if _MALE & set(titles) else False if _FEMALE & set(titles) else None
    if titles and len(names) == 1:
        return PersonName("", tuple(names), male, generation)
    return PersonName(names[0] if names else "", tuple(names[1:]), male, generation)


@lru_cache(maxsize=CACHE_SIZE)
def compare_names(first: str, second: str) -> Likeness:
    """How two written names stand to each other; symmetric."""
    if first == second:
        return Likeness.SAME if parse_name(first).is_full else Likeness.OPEN
    a, b = parse_name(first), parse_name(second)
    if not (a.given or a.rest) or not (b.given or b.rest):
        return Likeness.OPEN
    if (a.male, b.male) in {(True, False), (False, True)}:
        return Likeness.DIFFERENT
    if a.generation and b.generation and a.generation != b.generation:
        return Likeness.DIFFERENT
    if a.is_full and b.is_full:
        if is_same_given(a.given, b.given):
            return Likeness.SAME if _may_be_surnames(a.rest, b.rest) else Likeness.DIFFERENT
        if _is_swapped(a, b):
            return Likeness.SAME
        return Likeness.OPEN if _is_crossed(a, b) else Likeness.DIFFERENT
    return _compare_parts(a, b)


def _compare_parts(a: PersonName, b: PersonName) -> Likeness:
    """At least one of them is no more than initials or a surname."""
    if a.given and b.given:
        initials = {name[0] for name in _variants(a.given)} & {name[0] for name in _variants(b.given)}
        may_be = (initials and _may_be_surnames(a.rest, b.rest)) or _is_crossed(a, b)
        return Likeness.OPEN if may_be else Likeness.DIFFERENT
    return Likeness.OPEN if _share_word((a.given, *a.rest), (b.given, *b.rest)) else Likeness.DIFFERENT


def _is_swapped(a: PersonName, b: PersonName) -> bool:
    """ "Okafor Thomas" for "Thomas Okafor"."""
    return bool(a.rest and b.rest) and a.given in b.rest and b.given in a.rest


def _is_crossed(a: PersonName, b: PersonName) -> bool:
    """One name's first word is a later word of the other: a surname alone, or a firm named after a person."""
    return _share_word((a.given,), b.rest) or _share_word(a.rest, (b.given,))


def _may_be_surnames(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    """False where both have a surname and no word of one is like one of the other: Miller and Khan."""
    if not first or not second or _share_word(("".join(first),), ("".join(second),)):
        return True
    return any(_may_be_heard(x, y) for x in first for y in second)


def _may_be_heard(a: str, b: str) -> bool:
    from rapidfuzz.distance import JaroWinkler

    if min(len(a), len(b)) == 1 or sound_word(a) == sound_word(b):
        return a[0] == b[0]
    return bool(JaroWinkler.similarity(a, b) >= _LIKE_SURNAMES)


def _share_word(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    return any(x and y and _is_same_word(x, y) for x in first for y in second)


def _is_same_word(a: str, b: str) -> bool:
    return a == b or _is_typo(a, b) or (len(bones := sound_word(a)) >= 3 and bones == sound_word(b))


@lru_cache(maxsize=CACHE_SIZE)
def is_same_given(a: str, b: str) -> bool:
    """True for one given name in two forms: Beth and Elizabeth, Rob and Robert, Viktor and Victor."""
    if a == b or a in _variants(b):
        return True
    short, long = sorted((a, b), key=len)
    if _ends_apart(short, long):
        return False
    if (len(short) >= 3 and long.startswith(short)) or (len(short) >= 4 and long.endswith(short)):
        return True
    return _is_same_word(a, b)


def _ends_apart(short: str, long: str) -> bool:
    """Daniel and Daniela, Mario and Marie: the ending alone tells two people apart."""
    first, second = (re.sub(r"(ie|ey)$", "y", name).removesuffix("h")[-1:] for name in (short, long))
    vowels = [end for end in (first, second) if end in "aeio"]
    return len(vowels) == 1 or (len(vowels) == 2 and first != second)


def _is_typo(a: str, b: str) -> bool:
    """One slip of the keyboard in a word of at least five letters (two in one of nine)."""
    from rapidfuzz.distance import OSA

    size = min(len(a), len(b))
    allowed = 0 if size < 4 or max(len(a), len(b)) < 5 else 1 if size < 9 else 2
    return allowed > 0 and OSA.distance(a, b, score_cutoff=allowed) <= allowed


def sound_word(name: str) -> str:
    """The consonants that are heard, so that spellings by ear meet: Dermot and Diarmuid are both DRMT."""
    sound = name.replace("ph", "f").replace("ck", "k").replace("sz", "s").replace("th", "t").replace("dh", "")
    sound = sound.translate(str.maketrans("cqzdvwg", "kkstffk"))
    head, tail = sound[:1], re.sub(r"[aeiouyh]", "", sound[1:])
    return re.sub(r"(.)\1+", r"\1", ("" if head in "aeiou" else head) + tail)


def _variants(given: str) -> frozenset[str]:
    """The name and all that may be written for it, from `nicknames.txt`."""
    return _read_nicknames().get(given) or frozenset({given})


@cache
def _read_nicknames() -> dict[str, frozenset[str]]:
    table: dict[str, set[str]] = {}
    for line in files(__package__).joinpath("nicknames.txt").read_text("utf-8").splitlines():
        formal, _, forms = line.partition(":")
        if line.startswith("#") or not forms:
            continue
        for form in (each.strip() for each in forms.split(",")):
            table.setdefault(formal, {formal}).add(form)
            table.setdefault(form, {form}).add(formal)
    return {name: frozenset(forms) for name, forms in table.items()}
