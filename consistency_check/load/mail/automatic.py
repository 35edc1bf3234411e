"""Mail that no person wrote or that nobody was sent: auto-replies, bounces, drafts, spam."""

from __future__ import annotations

import re
from email.message import Message

from consistency_check.load.mail.headers import read_header

# Exchange, Gmail, Lotus and phones in their users' languages; only at the beginning of a subject.
_AUTO_SUBJECT = re.compile(
    r"\s*(?:auto(?:matic|mated)?[ -]?(?:reply|response|antwort)|out of (?:the )?office|automatische antwort"
    r"|abwesenheits(?:notiz|nachricht|assistent)|réponse automatique|absence du bureau|respuesta automática"
    r"|fuera de la oficina|risposta automatica|resposta automática|automatisch antwoord|automatiskt svar"
    r"|autosvar"
    r"|automaattinen vastaus|automatyczna odpowiedź|autoodpowiedź|automatická odpověď|автоматический ответ"
    r"|автоответ|otomatik yanıt|自動返信|自动回复|자동 회신)\b",
    re.IGNORECASE,
)
_BOUNCE_SUBJECT = re.compile(
    r"\s*(?:undeliver(?:able|ed)|delivery status notification|mail delivery (?:failed|subsystem)"
    r"|returned mail|failure notice|unzustellbar|non remis|no se puede entregar|non recapitabile)\b",
    re.IGNORECASE,
)
_BOUNCER = re.compile(r"[<\s\"]?(?:mailer-daemon|postmaster|mail-daemon)@", re.IGNORECASE)
_AUTO_HEADERS = ("X-Autoreply", "X-Autorespond", "X-Autoresponder", "X-Auto-Reply-From", "X-AutoReply-From")
_MAILDIR_FLAGS = re.compile(r"[:;!]2,([A-Za-z]*)$")
_LABELS = {
    "drafts": frozenset(
        (
            "draft",
            "drafts",
            "entwürfe",
            "brouillons",
            "borradores",
            "bozze",
            "rascunhos",
            "concepten",
            "utkast",
        )
    ),
    "spam and deleted mail": frozenset(
        (
            "spam",
            "trash",
            "papierkorb",
            "corbeille",
            "papelera",
            "cestino",
            "lixeira",
            "prullenbak",
            "papirkurv",
        )
    ),
    "chat records": frozenset(("chat", "chats")),
}
_SENT = frozenset(
    (
        *(
            "sent",
            "gesendet",
            "messages envoyés",
            "envoyés",
            "enviados",
            "inviati",
            "posta inviata",
            "verzonden",
        ),
        *("skickat", "sendt", "lähetetyt", "wysłane", "odeslané", "отправленные", "送信済み", "已发送邮件"),
        *("보낸편지함", "gönderilmiş postalar"),
    )
)


def explain_automatic(message: Message, name: str) -> str:
    """Why this is no letter of a person to a person, or ""; `name` is the file's, for Maildir's flags.

    `Auto-Submitted: auto-generated` alone says nothing: help desks put it on what their agents write.
    """
    flags = found[1] if (found := _MAILDIR_FLAGS.search(name)) else ""
    if "D" in flags:
        return "drafts"
    if "T" in flags:
        return "spam and deleted mail"
    labels = read_labels(message)
    for reason, words in _LABELS.items():
        if labels & words:
            return reason
    return "bounces" if _is_bounce(message) else "auto-replies" if _is_auto_reply(message) else ""


def read_labels(message: Message) -> frozenset[str]:
    """Gmail's labels of a message in lower case."""
    labels = read_header(message, "X-Gmail-Labels").split(",")
    return frozenset(label.strip().strip('"').lower() for label in labels) - {""}


def is_sent(message: Message) -> bool:
    """True where Gmail says that the owner of the mailbox sent it."""
    return bool(read_labels(message) & _SENT)


def _is_bounce(message: Message) -> bool:
    report = message.get_content_type() == "multipart/report"
    kind = str(message.get_param("report-type") or "").lower() if report else ""
    sender = read_header(message, "From")
    return (
        kind == "delivery-status"
        or "X-Failed-Recipients" in message
        or bool(_BOUNCER.search(f" {sender}"))
        or (bool(_BOUNCE_SUBJECT.match(read_header(message, "Subject"))) and not message.get("In-Reply-To"))
    )


def _is_auto_reply(message: Message) -> bool:
    submitted = str(message.get("Auto-Submitted", "")).strip().lower()
    precedence = str(message.get("Precedence", "")).strip().lower()
    return (
        submitted.startswith("auto-replied")
        or message.get_param("report-type") == "disposition-notification"
        or precedence in ("auto_reply", "auto-reply")
        or any(name in message for name in _AUTO_HEADERS)
        or bool(_AUTO_SUBJECT.match(read_header(message, "Subject")))
    )
