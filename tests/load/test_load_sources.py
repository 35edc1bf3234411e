"""Files, folders, globs, standard input, channels, time zones - and what is wrong with them."""

from __future__ import annotations

import gzip
import io
import os
import sys
from pathlib import Path

import pytest

from consistency_check.load import InputError, find_reading_source, load_replies, measure_sources
from consistency_check.model import Problem, Reply

SEVERAL = {
    "dates.csv": "role,message,created\nagent,a,03/04/2026\nagent,b,13/04/2026\n",
    "users.json": '{"id": 1, "role": "agent", "email": "", "time_zone": ""}\n',
    "mail.eml": "From: a@x.example\nTo: b@y.example\nDate: 1 Mar 2026 10:00:00 +0000\n\nHello\n",
    "EmailMessage.csv": "Id,ParentId,Incoming,TextBody,FromAddress\n1,2,0,Hello,a@x.example\n",
    "a.vtt": "WEBVTT\n\n00:01.000 --> 00:02.000\nKim: Hello\n",
    "calls.csv": "file,agent,date\na.vtt,Kim,2026-03-01\n",
}


def write(path: Path, *ids: str, extra: str = "") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f'{{"id": "{id_}", "text": "t"{extra}}}\n' for id_ in ids))
    return path


def read(*sources: str | Path, **options: str) -> list[tuple[str, str]]:
    items = list(load_replies([str(source) for source in sources], **options))
    assert all(isinstance(item, Reply) for item in items), items
    return [(item.id, item.channel) for item in items if isinstance(item, Reply)]


def test_a_folder_is_read_in_sorted_order_without_hidden_files(tmp_path: Path) -> None:
    write(tmp_path / "b.jsonl", "2")
    write(tmp_path / "a" / "z.jsonl", "1")
    write(tmp_path / "c" / "a.jsonl", "3")
    write(tmp_path / ".hidden" / "x.jsonl", "4")
    write(tmp_path / ".x.jsonl", "5")
    assert read(tmp_path) == [("1", "z"), ("2", "b"), ("3", "a")]


def test_a_file_is_read_once_however_it_is_named(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", "1")
    (tmp_path / "link.jsonl").symlink_to(path)
    assert read(tmp_path, path, f"chat={path}", str(tmp_path / "*.jsonl")) == [("1", "a")]


def test_links_in_a_circle(tmp_path: Path) -> None:
    write(tmp_path / "in" / "a.jsonl", "1")
    (tmp_path / "in" / "loop").symlink_to(tmp_path)
    (tmp_path / "self").symlink_to(tmp_path / "self")
    items = list(load_replies([str(tmp_path)]))
    assert [item.id for item in items if isinstance(item, Reply)] == ["1"]
    (problem,) = [item for item in items if isinstance(item, Problem)]
    assert problem.source.path.endswith("self")
    assert "symbolic links" in problem.message


def test_a_file_name_that_is_not_utf8(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/caf\xe9.jsonl"
    with open(path, "wb") as export:  # noqa: PTH123 - a Path cannot hold these bytes readably
        export.write(b'{"text": "t"}\n[]\n')
    reply, problem = load_replies([str(tmp_path)])
    assert isinstance(reply, Reply)
    assert isinstance(problem, Problem)
    assert (reply.channel, problem.source.line) == ("caf\ufffd", 2)
    assert str(problem).encode("utf-8")
    assert reply.id.encode("utf-8")


def test_an_empty_folder_yields_nothing(tmp_path: Path) -> None:
    assert read(tmp_path) == []
    assert measure_sources([str(tmp_path)]) == 0


def test_the_channel_is_the_command_lines_then_the_records_then_the_files(tmp_path: Path) -> None:
    named = write(tmp_path / "named.2026.jsonl", "1", extra=', "channel": " Phone"')
    bare = write(tmp_path / "Bare.2026.jsonl", "2")
    assert read(named, bare) == [("1", "phone"), ("2", "bare")]
    assert read(f"Live Chat={named}", f"sms={bare}") == [("1", "live chat"), ("2", "sms")]
    assert read(f"sms={tmp_path}") == [("2", "sms"), ("1", "sms")]
    assert read(f"sms={tmp_path}/*a*.jsonl") == [("2", "sms"), ("1", "sms")]


def test_a_path_with_an_equals_sign(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "a=b.jsonl", "1")
    assert read("a=b.jsonl") == [("1", "a=b")]
    assert read("chat=a=b.jsonl") == [("1", "chat")]


@pytest.mark.parametrize("packed", [False, True])
def test_standard_input(monkeypatch: pytest.MonkeyPatch, packed: bool) -> None:
    content = b'{"text": "a"}\n'
    stream = io.TextIOWrapper(io.BytesIO(gzip.compress(content) if packed else content))
    monkeypatch.setattr(sys, "stdin", stream)
    (reply,) = load_replies(["chat=-"])
    assert isinstance(reply, Reply)
    assert (reply.channel, reply.id, str(reply.source)) == ("chat", "-:1", "-:1")
    assert not stream.closed
    assert measure_sources(["-"]) == 0


def test_a_pipe(tmp_path: Path) -> None:
    reader, writer = os.pipe()
    os.write(writer, b'{"id": "1", "text": "a"}\n')
    os.close(writer)
    assert read(f"web=/dev/fd/{reader}") == [("1", "web")]
    os.close(reader)


def test_bytes_are_counted_as_on_disk(tmp_path: Path) -> None:
    write(tmp_path / "a.jsonl", *map(str, range(500)))
    (tmp_path / "b.csv.gz").write_bytes(gzip.compress(b"id,text\n" + b"x,y\n" * 500))
    counts: list[int] = []
    list(load_replies([str(tmp_path)], on_bytes=counts.append))
    on_disk = sum(path.stat().st_size for path in tmp_path.iterdir())
    assert sum(counts) == measure_sources([str(tmp_path)]) == on_disk


@pytest.mark.parametrize(
    ("written", "zone", "expected"),
    [
        ("2026-07-01T12:00:00", "Europe/London", "2026-07-01T12:00:00+01:00"),
        ("2026-01-01", "America/New_York", "2026-01-01T00:00:00-05:00"),
        ("2026-07-01 12:00", "UTC", "2026-07-01T12:00:00+00:00"),
        ("2026-07-01T12:00:00Z", "Europe/London", "2026-07-01T12:00:00+00:00"),
        ("2026-07-01T12:00:00.123+0530", "UTC", "2026-07-01T12:00:00.123000+05:30"),
    ],
)
def test_times(tmp_path: Path, written: str, zone: str, expected: str) -> None:
    path = write(tmp_path / "a.jsonl", "1", extra=f', "sent_at": "{written}"')
    (reply,) = load_replies([str(path)], timezone=zone)
    assert isinstance(reply, Reply)
    assert reply.sent_at is not None
    assert reply.sent_at.isoformat() == expected


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("expots", "expots: does not exist; did you mean exports?"),
        ("exports/emial.jsonl", "did you mean exports/email.jsonl?"),
        ("expots/email.jsonl", "did you mean exports?"),
        ("chat=exports/emal.jsonl", "exports/emal.jsonl: does not exist; did you mean exports/email.jsonl?"),
        ("exports/*.csv", "nothing matches this pattern; write the path"),
        ("/zzz/qqq", "does not exist; write the path of a file or a folder"),
        ("", "does not exist"),
    ],
)
def test_a_path_that_does_not_exist(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: str, words: str
) -> None:
    write(tmp_path / "exports" / "email.jsonl", "1")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError) as error:
        load_replies([source])
    assert words in str(error.value)
    with pytest.raises(InputError):
        measure_sources([source])


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        ("Europe/Londn", "did you mean Europe/London?"),
        ("new york", "did you mean America/New_York?"),
        ("../../etc/passwd", "write a name such as Europe/London or UTC"),
        ("", "write a name such as"),
        ("xqxqxqxq", "write a name such as"),
    ],
)
def test_an_unknown_time_zone(zone: str, words: str) -> None:
    with pytest.raises(InputError) as error:
        load_replies([], timezone=zone)
    assert words in str(error.value)


def test_the_wrong_zone_and_path_are_told_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        load_replies([str(tmp_path)], timezone="Mars/Olympus")


def test_bytes_are_counted_once_however_often_a_format_reads_a_file(tmp_path: Path) -> None:
    for name, content in SEVERAL.items():
        (tmp_path / name).write_text(content)
    counts: list[int] = []
    assert len(list(load_replies([str(tmp_path)], on_bytes=counts.append))) >= len(SEVERAL)
    assert sum(counts) == measure_sources([str(tmp_path)])


@pytest.mark.parametrize(
    ("source", "file", "is_read"),
    [
        ("in", "in/a.csv", True),
        ("in", "in/deep/a.csv", True),
        ("in", "in/.hidden/a.csv", False),
        ("in", "inner/a.csv", False),
        ("in/*.csv", "in/a.csv", True),
        ("in/*.csv", "in/a.html", False),
        ("in/*.csv", "in/deep/a.csv", False),
        ("in/*.csv", "in/.a.csv", False),
        ("in/.*.csv", "in/.a.csv", True),
        ("in/**/*.csv", "in/a.csv", True),
        ("in/**/*.csv", "in/deep/er/a.csv", True),
        ("in/**/*.csv", "in/.deep/a.csv", False),
        ("*", "in/deep/a.csv", True),
        ("phone=zendesk:in/a.csv", "in/a.csv", True),
        ("gone/b.csv", "gone/b.csv", True),
        ("-", "-", False),
    ],
)
@pytest.mark.parametrize("there", [True, False])
def test_which_files_would_be_read(tmp_path, monkeypatch, source, file, is_read, there):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in" / "deep").mkdir(parents=True)
    if there:
        write(tmp_path / file, "1")
    assert find_reading_source([source], Path(file)) == (source if is_read else "")


def test_a_file_is_read_through_a_link_as_well(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    path = write(tmp_path / "a.jsonl", "1")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "link.jsonl").symlink_to(path)
    assert find_reading_source(["in"], path) == "in"
