"""JSON Lines: every value as text, whatever its type."""

from __future__ import annotations

from pathlib import Path

import pytest

from consistency_check.load import load_replies
from consistency_check.model import Reply


def read_one(tmp_path: Path, line: str) -> Reply:
    path = tmp_path / "mail.jsonl"
    path.write_text(line + "\n", encoding="utf-8")
    (reply,) = load_replies([str(path)])
    assert isinstance(reply, Reply), reply
    return reply


def test_every_canonical_field(tmp_path: Path) -> None:
    reply = read_one(
        tmp_path,
        '{"id": "7", "channel": "Chat", "text": " Hi,\\n30 days. ", "question": "How long?",'
        ' "sent_at": "2026-01-02T03:04:05Z",'
        ' "conversation_id": "T-1", "agent": "Mo", "team": "A", "customer_id": "C1", "email": "a@b.example",'
        ' "phone": "0012", "name": "Ann", "handle": "@ann", "tier": "gold"}',
    )
    assert (reply.id, reply.channel, reply.text, reply.question) == (
        "7",
        "chat",
        " Hi,\n30 days. ",
        "How long?",
    )
    assert reply.sent_at is not None
    assert reply.sent_at.isoformat() == "2026-01-02T03:04:05+00:00"
    assert (reply.conversation_id, reply.agent, reply.team, reply.customer_id) == ("T-1", "Mo", "A", "C1")
    assert (reply.email, reply.phone, reply.name, reply.handle) == ("a@b.example", "0012", "Ann", "@ann")
    assert reply.attributes == {"tier": "gold"}
    assert str(reply.source) == f"{tmp_path / 'mail.jsonl'}:1"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("15550001234567890123", "15550001234567890123"),
        ("1.50", "1.50"),
        ("1e3", "1e3"),
        ("-0", "-0"),
        ("NaN", "NaN"),
        ("true", "true"),
        ("false", "false"),
        ('["a", 2, null, "", 3.10]', "a; 2; 3.10"),
        ('[{"a": 1}]', '[{"a": "1"}]'),
        ('" trimmed "', "trimmed"),
    ],
)
def test_values_are_read_as_text(tmp_path: Path, value: str, text: str) -> None:
    assert read_one(tmp_path, f'{{"text": "t", "x": {value}}}').attributes == {"x": text}


@pytest.mark.parametrize("value", ["null", '""', '" "', "[]", "[null]", "{}"])
def test_nothing_is_absent(tmp_path: Path, value: str) -> None:
    assert read_one(tmp_path, f'{{"text": "t", "x": {value}}}').attributes == {}


def test_objects_are_flattened_and_names_normalised(tmp_path: Path) -> None:
    reply = read_one(
        tmp_path, '{"Text": "t", " Customer-ID": 7, "order": {"Ship To": {"Zip": "00501"}, "n": 1}}'
    )
    assert reply.customer_id == "7"
    assert reply.attributes == {"order.ship_to.zip": "00501", "order.n": "1"}


def test_half_an_emoji_keeps_the_offsets(tmp_path: Path) -> None:
    reply = read_one(tmp_path, '{"text": "ok \\ud83d 30 days \\ud83d\\ude00"}')
    assert read_one(tmp_path, '{"text": "t", "\\udc00": 1}').attributes == {"\ufffd": "1"}
    assert reply.text == "ok \ufffd 30 days \U0001f600"
    reply.text.encode("utf-8")


def test_bom_crlf_blank_lines_and_no_last_line_end(tmp_path: Path) -> None:
    path = tmp_path / "sms.v2.jsonl"
    path.write_bytes(b'\xef\xbb\xbf{"text": "a"}\r\n\r\n  {"text": "b"}')
    first, second = load_replies([str(path)])
    assert isinstance(first, Reply)
    assert isinstance(second, Reply)
    assert (first.text, first.channel, first.id) == ("a", "sms", f"{path}:1")
    assert (second.text, second.source.line, second.sent_at) == ("b", 3, None)
