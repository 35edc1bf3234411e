"""A first look at all messages of an export: which belong together, and whose mailbox it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from email.message import Message
from email.parser import BytesHeaderParser

from consistency_check.load.files import ExportFile
from consistency_check.load.mail.automatic import is_sent
from consistency_check.load.mail.boxes import RawMessage, read_headers, read_messages
from consistency_check.load.mail.headers import read_header, read_ids, read_people
from consistency_check.load.mail.threads import Threads
from consistency_check.load.streams import DamagedExportError

_PEOPLE = ("From", "To", "Cc")
_DOMAINS = 100_000
_PROPOSALS = 3


@dataclass(slots=True)
class Survey:
    """`owners` are the addresses that the mailbox's owner sent from; `domains` counts messages."""

    threads: Threads = field(default_factory=Threads)
    owners: set[str] = field(default_factory=set)
    domains: Counter[str] = field(default_factory=Counter)
    messages: int = 0

    @property
    def proposals(self) -> list[str]:
        """The domains that most messages come from or go to, those of the company as a rule."""
        ranked = sorted(self.domains.items(), key=lambda pair: (-pair[1], pair[0]))
        return [domain for domain, _ in ranked[:_PROPOSALS]]


def survey_files(files: Sequence[ExportFile]) -> Survey:
    """Look at the headers of every message once; what cannot be read is told when it is read in earnest."""
    survey = Survey()
    for file in files:
        # Only the reading in earnest counts for the progress bar. A pipe cannot be read twice.
        for raw in _try_read(replace(file, on_bytes=None)) if file.stream is None else ():
            if not raw.is_hostile:
                _look_at(BytesHeaderParser().parsebytes(read_headers(raw.data)), survey)
    survey.threads.settle()
    return survey


def name_ids(message: Message) -> list[str]:
    """What ties a message to its conversation: Gmail's thread, references, its own id, Outlook's index."""
    thread = read_header(message, "X-GM-THRID")
    ids = [f"gmail:{thread}"] if thread else []
    ids += read_ids(message, "References", "In-Reply-To", "Message-ID")
    # The first 22 bytes (of 30 characters in base64) name the conversation, the rest its turns.
    index = read_header(message, "Thread-Index").replace(" ", "")
    return [*ids, f"outlook:{index[:29]}"] if len(index) >= 29 else ids


def _look_at(message: Message, survey: Survey) -> None:
    survey.messages += 1
    if ids := name_ids(message):
        survey.threads.join(ids)
        answers = read_ids(message, "References")
        if answers or not message.get("In-Reply-To"):
            survey.threads.begin(ids[0])
    if is_sent(message):
        survey.owners |= {person.email for person in read_people(message, "From")[:1]}
    for domain in {find_domain(person.email) for person in read_people(message, *_PEOPLE)}:
        if domain in survey.domains or len(survey.domains) < _DOMAINS:
            survey.domains[domain] += 1


def find_domain(address: str) -> str:
    """What stands behind the `@`."""
    return address.rpartition("@")[2]


def _try_read(file: ExportFile) -> Iterator[RawMessage]:
    try:
        yield from read_messages(file)
    except (OSError, DamagedExportError):
        return
