"""Mail: mbox (Thunderbird, Gmail Takeout), single messages (`.eml`, `.emlx`) and Maildir folders.

Who is an agent is known from `--agents`, or from a Gmail mailbox, whose owner sent what is labelled as sent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from email.message import Message
from email.parser import BytesParser

from consistency_check.load.bodies import clean_text
from consistency_check.load.duplicates import SeenIds
from consistency_check.load.files import ExportFile
from consistency_check.load.format import Fit, Format, Item, Scope, read_each
from consistency_check.load.mail.automatic import explain_automatic
from consistency_check.load.mail.bodies import read_body
from consistency_check.load.mail.boxes import RawMessage, is_separator, read_messages
from consistency_check.load.mail.headers import read_header, read_ids, read_people, read_time
from consistency_check.load.mail.survey import Survey, find_domain, name_ids, survey_files
from consistency_check.load.options import LoadOptions
from consistency_check.load.people import NOBODY, Person, Role, find_role
from consistency_check.load.turns import Turn
from consistency_check.model import LeftOut, Problem, Source

_NAMES = re.compile(
    rb"(from|to|subject|date|message-id|received|return-path|delivered-to|mime-version|content-type"
    rb"|reply-to|cc|in-reply-to|references|authentication-results|dkim-signature|x-[\w-]+|arc-[\w-]+"
    rb"|content-[\w-]+|sender|thread-[\w-]+|user-agent|importance|priority|auto-submitted|list-[\w-]+)[ \t]*"
    rb":",
    re.IGNORECASE,
)
_TELLING = frozenset((b"from", b"to", b"date", b"message-id", b"received", b"subject", b"mime-version"))
_DIGITS = re.compile(rb"\s*\d{1,12}\s*\r?\n")


def _recognise(head: bytes, name: str) -> Fit:
    head = _DIGITS.sub(b"", head, count=1) if name.lower().endswith(".emlx") else head
    first, _, rest = head.partition(b"\n")
    if first.startswith(b"From "):
        found = _find_headers(rest) if is_separator(first) else set()
    else:
        found = _find_headers(head)
    if b"from" in found and len(found & _TELLING) >= 3:
        return Fit.EXACT
    return Fit.NAME if name.lower().endswith((".eml", ".emlx", ".mbox")) else Fit.NONE


def _find_headers(head: bytes) -> set[bytes]:
    """The names of the headers at the top; none where another line stands among them."""
    found: set[bytes] = set()
    for line in head.split(b"\n", 200)[:200]:
        if not line.strip():
            break
        label = _NAMES.match(line)
        if label:
            found.add(label[1].lower())
        elif line[:1] not in b" \t" and not re.match(rb"[!-9;-~]{1,76}:", line):
            return set()
    return found


def _read(files: Sequence[ExportFile], options: LoadOptions) -> Iterator[Item]:
    survey = survey_files(files)
    if survey.messages and not (options.agents or options.customers or survey.owners):
        yield Problem(Source(files[0].path), _ask_for_agents(survey))
    reader = _Reader(survey, options)
    yield from read_each(files, reader.read_file)


def _ask_for_agents(survey: Survey) -> str:
    seen = [f"{domain[:80]} in {survey.domains[domain]}" for domain in survey.proposals]
    return (
        "nothing says which addresses are the agents'; name them with --agents, as in '@acme.example' "
        f"(of {survey.messages} messages: {', '.join(seen) or 'no address'})"
    )


class _Reader:
    """Reads message after message; knows the earlier ones, for a mailbox may hold one twice."""

    def __init__(self, survey: Survey, options: LoadOptions) -> None:
        self._survey = survey
        self._options = options
        self._seen = SeenIds()
        self._agents = bool(options.agents or options.customers or survey.owners)

    def read_file(self, file: ExportFile) -> Iterator[Item]:
        for raw in read_messages(file):
            source = Source(file.path, raw.line)
            try:
                yield self._read_message(raw, file.name, source)
            except RecursionError:
                yield Problem(source, "the message's parts are nested too deeply; left out; export it again")

    def _read_message(self, raw: RawMessage, name: str, source: Source) -> Item:
        if raw.is_hostile:
            return Problem(
                source, "a Content header is longer than 16 KiB; left out; export the message again"
            )
        message = BytesParser().parsebytes(raw.data)
        sender = _find_sender(message)
        if sender is NOBODY and "chat" not in read_header(message, "X-Gmail-Labels").lower():
            return Problem(source, "the message has no sender; left out; export it again with its headers")
        if reason := explain_automatic(message, name):
            return LeftOut(source, reason)
        own = (read_ids(message, "Message-ID") or [""])[0]
        if own and not self._seen.add(own):
            return LeftOut(source, "copies of a message")
        if not self._agents:
            return LeftOut(source, "speaker unknown")
        return self._make_turn(message, own, sender, source)

    def _make_turn(self, message: Message, own: str, sender: Person, source: Source) -> Turn:
        recipients = read_people(message, "To", "Cc")
        role = self._find_role(sender)
        if role is Role.AGENT and recipients and all(self._is_agent(person) for person in recipients):
            # A contact form, or a list, writes in the company's name for whom the answer is to go to.
            writer = next((who for who in read_people(message, "Reply-To") if not self._is_agent(who)), None)
            sender, role = (writer, Role.CUSTOMER) if writer else (sender, Role.INTERNAL)
        others = [person for person in recipients if not self._is_agent(person)]
        if self._options.agents and not self._options.customers and len(others) < len(recipients):
            role = Role.CUSTOMER if role is Role.UNKNOWN else role
        subject = read_header(message, "Subject")
        return Turn(
            conversation_id=self._survey.threads.name(name_ids(message)),
            # Left open where the options tell it: then those whom the agent writes with are customers.
            role=Role.UNKNOWN if find_role(sender, self._options) is role else role,
            text=clean_text(read_body(message, self._options.encoding)).strip(),
            source=source,
            id=own,
            sent_at=read_time(message),
            speaker=sender,
            addressee=others[0] if others and role is not Role.CUSTOMER else NOBODY,
            attributes={"subject": subject} if subject else {},
        )

    def _find_role(self, person: Person) -> Role:
        role = find_role(person, self._options)
        if role is not Role.UNKNOWN or not self._survey.owners:
            return role
        if person.email in self._survey.owners:
            return Role.AGENT
        # A colleague of the owner has the owner's domain, and may be either.
        owned = {find_domain(owner) for owner in self._survey.owners}
        return Role.UNKNOWN if find_domain(person.email) in owned else Role.CUSTOMER

    def _is_agent(self, person: Person) -> bool:
        return self._find_role(person) is Role.AGENT


def _find_sender(message: Message) -> Person:
    """Who wrote it; a list that writes "Jane via Support" keeps her address in a header of its own."""
    original = read_people(message, "X-Original-From", "X-Original-Sender")
    senders = original or read_people(message, "From", "Sender")
    return senders[0] if senders else NOBODY


FORMAT = Format("mail", _recognise, _read, key="mail", scope=Scope.TREE, channel="email", reads_bytes=True)
