"""Calls and meetings written down as WebVTT or SRT subtitles, as Zoom and Teams export them.

Who speaks stands in the words: `<v Name>…</v>`, or `Name: …`. A cue that names nobody goes on with the one
before it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape

from consistency_check.load.files import ExportFile
from consistency_check.load.format import Fit, Format, Item
from consistency_check.load.options import LoadOptions
from consistency_check.load.people import Person, Role, find_role
from consistency_check.load.speech import find_stamp, join_pieces, name_role, name_speaker
from consistency_check.load.transcripts import read_transcript
from consistency_check.load.turns import Conversation, Turn
from consistency_check.model import LeftOut, Problem, Source

# Teams writes `0:0:0.0`, SRT a comma, short WebVTT no hours.
_CLOCK = r"(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})[.,](\d{1,3})"
_TIMES = re.compile(rf"{_CLOCK}[ \t]+-->[ \t]+{_CLOCK}(?:[ \t].*)?")
_SRT_HEAD = re.compile(rb"\s*\d+[ \t]*\r?\n\d{1,4}:\d{1,2}:\d{1,2}[.,]\d{1,3}[ \t]+-->[ \t]")
_VOICE = re.compile(r"<v(?:\.[^ \t<>]{0,100})?(?:[ \t]{1,9}([^<>]{0,200}))?>")
_TAG = re.compile(r"</?[a-z0-9:.][^<>]{0,200}>", re.IGNORECASE)
_PREFIX = re.compile(r"(?:>>\s*|-\s+)?([^\W\d_][^:<>\n]{0,59}?)[ \t]*:(?:[ \t]+|$)")
_BLOCKS_WITHOUT_WORDS = ("NOTE", "STYLE", "REGION", "X-TIMESTAMP-MAP", "WEBVTT")
_NOBODY = "\0"
"""For a voice without a name: its words are not those of the one before."""
_OFTEN = 0.9
"""Where so many of the cues begin with `Name:`, it is how the file names speakers, not a turn of phrase."""


@dataclass(frozen=True, slots=True)
class _Cue:
    """The seconds at which it begins, the line of its times, and its words as written."""

    start: float
    line: int
    words: str


def _recognise(head: bytes, name: str) -> Fit:
    first = head[:4096]
    if first.startswith(b"WEBVTT") or _SRT_HEAD.match(first):
        return Fit.EXACT
    return Fit.NAME if name.lower().endswith((".vtt", ".srt")) else Fit.NONE


def _read(files: Sequence[ExportFile], options: LoadOptions) -> Iterator[Item]:
    (file,) = files
    cues = []
    for item in _split_cues(file):
        if isinstance(item, Problem):
            yield item
        else:
            cues.append(item)
    if cues:
        yield from _make_conversation(cues, file, options)
    else:
        yield Problem(Source(file.path), "the file holds no cue with a time and words; export it again")


def _split_cues(file: ExportFile) -> Iterator[_Cue | Problem]:
    """The cues of the file; a block with words and without readable times is a problem."""
    block: list[str] = []
    first = 0
    for item in read_transcript(file):
        if isinstance(item, Problem):
            yield item
        elif words := item[1].strip():
            first = first if block else item[0]
            block.append(words)
        elif block:
            yield from _read_block(block, first, file.path)
            block = []
    if block:
        yield from _read_block(block, first, file.path)


def _read_block(block: list[str], line: int, path: str) -> Iterator[_Cue | Problem]:
    at = next((at for at, each in enumerate(block[:2]) if "-->" in each), None)
    if at is None and block[0].startswith(_BLOCKS_WITHOUT_WORDS):
        return
    times = _TIMES.fullmatch(block[at]) if at is not None else None
    if at is None or times is None:
        message = "the cue has no times; write them as 00:01:02.500 --> 00:01:04.000 above its words"
        yield Problem(Source(path, line), message)
        return
    hours, minutes, seconds, fraction = times.groups()[:4]
    start = int(hours or 0) * 3600 + int(minutes) * 60 + float(f"{seconds}.{fraction}")
    if words := "\n".join(block[at + 1 :]):
        yield _Cue(start, line + at, words)


def _make_conversation(cues: list[_Cue], file: ExportFile, options: LoadOptions) -> Iterator[Item]:
    names = _find_prefixes(cues, options)
    turns: list[Turn] = []
    nameless = 0
    speaker = ""
    for cue in cues:
        for said_by, words in _split_voices(cue.words, names):
            speaker = said_by or speaker
            text = " ".join(unescape(_TAG.sub("", words)).split())
            if speaker in ("", _NOBODY):
                nameless += bool(text)
            elif text:
                turns.append(_make_turn(speaker, text, cue, file))
    if nameless:
        yield LeftOut(Source(file.path), "speaker unknown", nameless)
    if turns:
        started = find_stamp(file.stem)
        # Not by its name alone: many folders have a `transcript.vtt`.
        yield Conversation(file.path, join_pieces(turns), Source(file.path), started_at=started)
    else:
        message = "no cue says who speaks; export the transcript with the speakers' names"
        yield Problem(Source(file.path, cues[0].line), message)


def _make_turn(speaker: str, text: str, cue: _Cue, file: ExportFile) -> Turn:
    source = Source(file.path, cue.line)
    person = name_speaker(speaker)
    return Turn(file.path, name_role(speaker), text, source, offset=cue.start, speaker=person)


def _find_prefixes(cues: list[_Cue], options: LoadOptions) -> set[str]:
    """The names that stand before a colon: "Please note: …" is not one, a name that comes again is."""
    found = [match[1] for cue in cues if not _VOICE.search(cue.words) and (match := _PREFIX.match(cue.words))]
    counts = Counter(found)
    if len(found) >= _OFTEN * len(cues):
        return set(counts)
    return {name for name, count in counts.items() if count > 1 or _is_known(name, options)}


def _is_known(name: str, options: LoadOptions) -> bool:
    return name_role(name) is not Role.UNKNOWN or find_role(Person(name=name), options) is not Role.UNKNOWN


def _split_voices(words: str, names: set[str]) -> Iterator[tuple[str, str]]:
    """Each speaker of a cue, "" for the one before, with the words."""
    parts = _VOICE.split(words)
    for at, name in enumerate(["", *parts[1::2]]):
        said = parts[at * 2]
        if at:
            yield " ".join(unescape(name or "").split()) or _NOBODY, said
        elif said.strip():
            yield from _split_lines(said, names)


def _split_lines(words: str, names: set[str]) -> Iterator[tuple[str, str]]:
    """A speaker may begin on any line of a cue."""
    for line in words.split("\n"):
        match = _PREFIX.match(line)
        if match and match[1] in names:
            yield match[1], line[match.end() :]
        else:
            yield "", line


FORMAT = Format("WebVTT or SRT", _recognise, _read, key="subtitles", channel="phone")
