"""Mail: boxes, single messages, Maildir and Gmail's; threads, people, charsets, and what no person wrote."""

from __future__ import annotations

import base64
import gzip
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistency_check.load.format import Fit
from consistency_check.load.formats.mail import FORMAT
from consistency_check.load.mail.threads import Threads
from tests.load.loaded import load

AGENTS = ("@shop.example",)
JANE = "Jane Doe <Jane@Mail.example>"
ANNA = '"Smith, Anna" <anna@shop.example>'


def write_mail(
    body: str | bytes = "You have 30 days.\n",
    sender: str = ANNA,
    to: str = JANE,
    date: str = "Tue, 5 Mar 2024 14:05:00 +0100",
    **headers: str,
) -> bytes:
    """A message; `Message_ID="<a@x>"` is the header Message-ID."""
    named = {"From": sender, "To": to, "Date": date, "Subject": "Lamp"}
    named |= {name.replace("_", "-"): value for name, value in headers.items()}
    head = "".join(f"{name}: {value}\n" for name, value in named.items() if value)
    data = body if isinstance(body, bytes) else body.encode()
    return head.encode("utf-8", "surrogateescape") + b"\n" + data


QUESTION = write_mail("How long do I have?\n", sender=JANE, to=ANNA, Message_ID="<q@mail.example>")
ANSWER = write_mail(
    "You have 30 days.\n\nKind regards,\nAnna\n\n"
    "On Tue, 5 Mar 2024 at 14:05, Jane <jane@mail.example> wrote:\n> How?\n",
    date="Tue, 5 Mar 2024 16:00:00 +0000",
    Message_ID="<a@shop.example>",
    In_Reply_To="<q@mail.example>",
)


def write_box(
    *messages: bytes, separator: bytes = b"From jane@mail.example Tue Mar  5 14:05:10 2024\n"
) -> bytes:
    return b"\n".join(separator + message for message in messages)


def test_a_folder_of_messages_becomes_answers_with_their_questions(tmp_path: Path) -> None:
    (tmp_path / "a answer.eml").write_bytes(ANSWER)
    (tmp_path / "b question").write_bytes(QUESTION.replace(b"\n", b"\r\n"))
    loaded = load(tmp_path, agents=AGENTS)
    assert loaded.said == [("How long do I have?", "You have 30 days.")]
    reply = loaded.reply
    assert (reply.id, reply.channel, reply.agent) == ("mail:a@shop.example", "email", "Smith, Anna")
    assert (reply.email, reply.name) == ("jane@mail.example", "Jane Doe")
    assert reply.conversation_id == "mail:q@mail.example"
    assert reply.sent_at is not None and reply.sent_at.isoformat() == "2024-03-05T16:00:00+00:00"
    assert reply.attributes == {"subject": "Lamp"}
    assert str(reply.source).endswith("a answer.eml")
    assert not loaded.problems and not loaded.left_out


@pytest.mark.parametrize(
    "separator",
    [
        b"From jane@mail.example Tue Mar  5 14:05:10 2024\n",
        b"From - Tue Mar 05 14:05:10 2024\r\n",
        b"From 1793000000000000001@xxx Tue Mar 05 14:05:10 +0000 2024\n",
        b"From MAILER_DAEMON Tue, 5 Mar 2024 14:05:10 +0100\n",
    ],
)
def test_a_box_is_split_at_whole_separators_alone(tmp_path: Path, separator: bytes) -> None:
    body = "From Monday on you have 30 days.\n\nFrom here it is easy.\n\n"
    body += ">From the shop, Tue Mar 5 14:05:10 2024\n"
    body += "\nFrom anna Tue Mar  5 14:05:10 2024\nyou have 60.\n"
    path = tmp_path / "mail.mbox"
    path.write_bytes(write_box(QUESTION, write_mail(body, Message_ID="<b@x>"), ANSWER, separator=separator))
    loaded = load(path, agents=AGENTS)
    texts = {reply.text for reply in loaded.replies}
    assert texts == {"You have 30 days.", body.replace(">From", "From").strip()}
    first = next(reply for reply in loaded.replies if reply.id == "mail:b@x")
    lines = path.read_bytes().split(b"\n")
    assert lines[first.source.line - 1].startswith(b"From ")
    assert lines[first.source.line].startswith(b"From: ")


def test_a_packed_box_is_read(tmp_path: Path) -> None:
    path = tmp_path / "mail.mbox.gz"
    path.write_bytes(gzip.compress(write_box(QUESTION, ANSWER)))
    assert load(path, agents=AGENTS).said == [("How long do I have?", "You have 30 days.")]


def test_gmail_says_what_its_owner_sent(tmp_path: Path) -> None:
    label = {"X_GM_THRID": "17"}
    box = write_box(
        write_mail(
            "How long?", sender=JANE, to=ANNA, X_Gmail_Labels="Inbox,Opened", Message_ID="<1@x>", **label
        ),
        write_mail("30 days.", X_Gmail_Labels="=?UTF-8?Q?Gesendet,Wichtig?=", Message_ID="<2@x>", **label),
        write_mail("30 days.", X_Gmail_Labels="Sent", Message_ID="<2@x>", **label),
        write_mail("60 d", X_Gmail_Labels="Drafts", Message_ID="<3@x>", **label),
        write_mail("win!", sender="x@spam.example", X_Gmail_Labels="Spam", Message_ID="<4@x>"),
        write_mail("hi", sender="", X_Gmail_Labels="Chat", Message_ID="<5@x>"),
        write_mail("see me", sender="boss@shop.example", to=ANNA, X_Gmail_Labels="Inbox", Message_ID="<6@x>"),
    )
    (tmp_path / "All mail.mbox").write_bytes(box)
    loaded = load(tmp_path)
    assert loaded.said == [("How long?", "30 days.")]
    assert loaded.reply.conversation_id == "mail:gmail:17"
    counts = {"copies of a message": 1, "drafts": 1, "spam and deleted mail": 1, "chat records": 1}
    assert loaded.left_out == counts | {"speaker unknown": 1}
    assert "boss@shop.example" in loaded.problem


def test_maildir_flags_tell_drafts_and_deleted_mail(tmp_path: Path) -> None:
    (tmp_path / "cur").mkdir()
    (tmp_path / "new").mkdir()
    (tmp_path / "cur" / "1709.M1.host:2,RS").write_bytes(QUESTION)
    (tmp_path / "new" / "1710.M2.host").write_bytes(ANSWER)
    (tmp_path / "cur" / "1711.M3.host:2,D").write_bytes(write_mail("draft", Message_ID="<d@x>"))
    (tmp_path / "cur" / "1712.M4.host:2,ST").write_bytes(write_mail("trash", Message_ID="<t@x>"))
    loaded = load(tmp_path, agents=AGENTS)
    assert loaded.said == [("How long do I have?", "You have 30 days.")]
    assert loaded.left_out == {"drafts": 1, "spam and deleted mail": 1}


def test_apples_files_are_read_to_their_count(tmp_path: Path) -> None:
    (tmp_path / "1.emlx").write_bytes(
        f"{len(ANSWER)}   \n".encode() + ANSWER + b"<?xml version='1.0'?><plist/>"
    )
    assert load(tmp_path, agents=AGENTS).reply.text == "You have 30 days."


def test_without_agents_the_domains_are_proposed_and_nobody_is_guessed(tmp_path: Path) -> None:
    third = write_mail(sender="Bo <bo@web.example>", to=ANNA, Message_ID="<n@x>")
    (tmp_path / "a.mbox").write_bytes(write_box(QUESTION, ANSWER, third))
    loaded = load(tmp_path)
    assert not loaded.replies and loaded.left_out == {"speaker unknown": 3}
    assert "--agents" in loaded.problem
    assert "of 3 messages: shop.example in 3, mail.example in 2" in loaded.problem


@pytest.mark.parametrize(
    ("headers", "reason"),
    [
        ({"Auto_Submitted": "auto-replied (vacation)"}, "auto-replies"),
        ({"Subject": "=?utf-8?Q?R=C3=A9ponse_automatique_:_Lamp?="}, "auto-replies"),
        ({"Subject": "Abwesenheitsnotiz: Urlaub"}, "auto-replies"),
        ({"X_Autoreply": "yes"}, "auto-replies"),
        ({"sender": "Mail Delivery <MAILER-DAEMON@shop.example>"}, "bounces"),
        ({"Content_Type": 'multipart/report; report-type="delivery-status"; boundary=b'}, "bounces"),
        ({"Subject": "Undeliverable: Lamp"}, "bounces"),
        ({"Auto_Submitted": "auto-generated"}, ""),
        ({"Auto_Submitted": "no"}, ""),
        ({"Subject": "Re: out of office chairs"}, ""),
        ({"to": "bert@shop.example"}, "internal notes"),
    ],
)
def test_what_no_person_wrote_is_left_out_and_counted(
    tmp_path: Path, headers: dict[str, str], reason: str
) -> None:
    (tmp_path / "a.eml").write_bytes(write_mail(**{"Message_ID": "<a@x>", **headers}))
    loaded = load(tmp_path, agents=AGENTS)
    assert loaded.left_out == ({reason: 1} if reason else {})
    assert len(loaded.replies) == (not reason)
    assert not loaded.problems


def test_a_contact_form_speaks_for_its_customer(tmp_path: Path) -> None:
    form = write_mail(
        "How long?", "form@shop.example", "help@shop.example", Reply_To=JANE, Message_ID="<f@x>"
    )
    answer = write_mail(
        "30 days.", References="<f@x>", Message_ID="<g@x>", date="Wed, 6 Mar 2024 10:00:00 -0000"
    )
    (tmp_path / "a.mbox").write_bytes(write_box(form, answer))
    assert load(tmp_path, agents=AGENTS).said == [("How long?", "30 days.")]


def encode_part(text: str, charset: str, kind: str = "plain", extra: str = "") -> bytes:
    data = base64.encodebytes(text.encode(charset))
    head = f"Content-Type: text/{kind}; charset={charset}{extra}\nContent-Transfer-Encoding: base64\n\n"
    return head.encode() + data


TEXT, HTML = b"Content-Type: text/plain", b"Content-Type: text/html"
SAID = ("You have thirty days. " * 10).strip()
PARTS = [
    ("plain before HTML", [encode_part(SAID, "utf-8"), encode_part("<p>x</p>", "utf-8", "html")], SAID),
    (
        "HTML where the text says nothing",
        [encode_part("See the HTML.", "utf-8"), HTML + b"\n\n<p>You have <b>30</b> days.</p>\n"],
        "You have 30 days.",
    ),
    (
        "attachments are passed over",
        [TEXT + b"\n\nYes.\n", TEXT + b'\nContent-Disposition: attachment; filename="a.txt"\n\nNo.\n'],
        "Yes.",
    ),
    (
        "mail in mail is an attachment",
        [TEXT + b"\n\nYes.\n", b"Content-Type: message/rfc822\n\nFrom: a@b.example\n\nNo.\n"],
        "Yes.",
    ),
    (
        "text around a picture",
        [encode_part("One.", "utf-8"), b"Content-Type: image/png\n\nx\n", encode_part("Two.", "cp1252")],
        "One.\n\nTwo.",
    ),
    ("no such charset", [TEXT + b"; charset=klingon\n\nGr\xfc\xdfe, 30 Tage.\n"], "Grüße, 30 Tage."),
    ("UTF-8 that says it is ASCII", [TEXT + b"; charset=us-ascii\n\n30 \xe2\x82\xac.\n"], "30 €."),
    (
        "folded on its way",
        [TEXT + b"; format=flowed\n\nYou have \n30 days.\n\n From now.\n"],
        "You have 30 days.\n\nFrom now.",
    ),
    ("broken base64", [TEXT + b"\nContent-Transfer-Encoding: base64\n\nWWVzLg=\n"], "Yes."),
]


@pytest.mark.parametrize(("parts", "text"), [part[1:] for part in PARTS], ids=[part[0] for part in PARTS])
def test_the_words_are_found_in_the_parts(tmp_path: Path, parts: list[bytes], text: str) -> None:
    body = b"".join(b"--b\n" + part + b"\n" for part in parts) + b"--b--\n"
    mail = write_mail(
        body, MIME_Version="1.0", Content_Type="multipart/mixed; boundary=b", Message_ID="<a@x>"
    )
    (tmp_path / "a.eml").write_bytes(mail)
    assert load(tmp_path, agents=AGENTS).reply.text == text


@pytest.mark.parametrize(
    ("sender", "agent"),
    [
        ("=?utf-8?B?SsO8cmdlbg==?= <j@shop.example>", "Jürgen"),
        ("=?iso-8859-1?Q?J=FCrgen?= =?iso-8859-1?Q?_K?= <j@shop.example>", "Jürgen K"),
        ("=?no-such?Q?J?= <j@shop.example>", "J"),
        ("=?utf-8?B?broken <j@shop.example>", "=?utf-8?B?broken"),
        ("J\udcc3\udcbcrgen <j@shop.example>", "Jürgen"),
        ("j@shop.example (J)", "J"),
        ("j@shop.example", "j@shop.example"),
    ],
)
def test_names_are_decoded(tmp_path: Path, sender: str, agent: str) -> None:
    (tmp_path / "a.eml").write_bytes(write_mail(sender=sender, Message_ID="<a@x>"))
    assert load(tmp_path, agents=AGENTS).reply.agent == agent


BROKEN = [
    ("no sender", write_mail(sender="", Message_ID="<b@x>"), "no sender; left out"),
    (
        "a header that hangs parsers",
        write_mail(Content_Type="text/plain; a=" + '";' * 50_000),
        "longer than 16 KiB",
    ),
]


@pytest.mark.parametrize(("mail", "words"), [case[1:] for case in BROKEN], ids=[case[0] for case in BROKEN])
def test_a_broken_message_is_a_problem_and_the_rest_is_read(tmp_path: Path, mail: bytes, words: str) -> None:
    (tmp_path / "a.mbox").write_bytes(write_box(mail, QUESTION, ANSWER))
    loaded = load(tmp_path, agents=AGENTS)
    assert loaded.said == [("How long do I have?", "You have 30 days.")]
    assert words in loaded.problem and loaded.problem.startswith("a.mbox:1")


def test_a_truncated_box_gives_what_it_holds(tmp_path: Path) -> None:
    path = tmp_path / "a.mbox.gz"
    path.write_bytes(
        gzip.compress(write_box(QUESTION, ANSWER, *[ANSWER + bytes(range(256)) * 400] * 9))[:-700]
    )
    loaded = load(path, agents=AGENTS)
    assert ("How long do I have?", "You have 30 days.") in loaded.said
    assert "ends too early" in loaded.problem


def nest(depth: int) -> bytes:
    inner = b"Content-Type: text/plain\n\nYou have 30 days.\n"
    for level in range(depth):
        name = f"b{level}".encode()
        inner = b"Content-Type: multipart/mixed; boundary=%s\n\n--%s\n%s\n--%s--\n" % (
            name,
            name,
            inner,
            name,
        )
    return inner


@pytest.mark.parametrize(
    "tail",
    [
        nest(300),
        nest(2000),
        b"Content-Type: multipart/mixed\n\nno boundary",
        b"Content-Type: text/html\n\n" + b"<a \"" * 500_000,
        b"\n" + b"On\n" * 700_000,
        b"\n" + b"> a\nOn 5 Mar\n" * 100_000,
        b"Subject: " + b"=?utf-8?Q?" * 100_000 + b"\n\nYes.",
        b"To: " + b"a@b.example, " * 100_000 + b"\n\nYes.",
        b"References: " + b"<" * 1_000_000 + b"\n\nYes.",
        b"\0\0\n\n\0",
        b"Content-Type: text/plain; charset=punycode\n\n" + b"-\xff" * 100_000,
    ],
    ids=range(11),
)  # fmt: skip
def test_a_hostile_message_neither_hangs_nor_ends_the_audit(tmp_path: Path, tail: bytes) -> None:
    head = b"From: Anna <anna@shop.example>\nTo: jane@mail.example\nDate: Tue, 5 Mar 2024 14:05:00 +0100\n"
    (tmp_path / "a.eml").write_bytes(head + tail)
    (tmp_path / "b.eml").write_bytes(ANSWER)
    started = time.process_time()
    loaded = load(tmp_path, agents=AGENTS)
    assert time.process_time() - started < 10
    assert "You have 30 days." in {reply.text for reply in loaded.replies}
    assert len(loaded.replies) + len(loaded.problems) + loaded.left_out.total() >= 2


@pytest.mark.parametrize(
    ("head", "name", "fit"),
    [
        (ANSWER, "a", Fit.EXACT),
        (write_box(ANSWER), "a", Fit.EXACT),
        (b"120\n" + ANSWER, "a.emlx", Fit.EXACT),
        (b"From here on\nall is well\n", "a.txt", Fit.NONE),
        (b"From: Berlin\nTo: Paris\nit takes two days\n", "a.txt", Fit.NONE),
        (b"From: 9:00\n\nTo: 17:00\n", "a", Fit.NONE),
        (b"nonsense", "a.eml", Fit.NAME),
        (b"", "a", Fit.NONE),
    ],
)
def test_mail_is_known_by_its_headers(head: bytes, name: str, fit: Fit) -> None:
    assert FORMAT.recognise(head, name) is fit


@given(st.lists(st.lists(st.sampled_from("abcdef"), min_size=1, max_size=3), max_size=8), st.randoms())
def test_threads_do_not_depend_on_the_order_of_messages(messages: list[list[str]], random: object) -> None:
    def name_all(order: list[list[str]]) -> dict[str, str]:
        threads = Threads()
        for ids in order:
            threads.join(ids)
            threads.begin(ids[0])
        threads.settle()
        return {id_: threads.name([id_]) for ids in messages for id_ in ids}

    shuffled = list(messages)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    names = name_all(messages)
    assert names == name_all(shuffled)
    assert all(len({names[id_] for id_ in ids}) == 1 for ids in messages)


def test_every_message_of_a_box_has_its_own_encoding(tmp_path: Path) -> None:
    bodies = {
        "iso-8859-1": "Grüße: für Sie zählt die Lösung, schöne Grüße aus München.",
        "shift_jis": "返品は30日以内に可能です。ありがとうございます。",
        "utf-8": "Zwrot w ciągu trzydziestu dni, łącznie.",
    }
    messages = [
        write_mail(
            body.encode(charset) + b"\n",
            Message_ID=f"<{charset}@x>",
            Content_Type=f"text/plain; charset={charset}",
            Content_Transfer_Encoding="8bit",
        )
        for charset, body in bodies.items()
    ]
    (tmp_path / "box").write_bytes(write_box(*messages))
    assert [reply.text for reply in load(tmp_path, agents=AGENTS).replies] == list(bodies.values())
