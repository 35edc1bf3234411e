"""The file of the key: made once, for its owner alone, and never guessed."""

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from consistency_check.redaction import KeyFileError, is_shared, open_key
from consistency_check.redaction.pseudonyms import Pseudonyms


def test_a_key_is_made_once_and_read_again(tmp_path):
    path = tmp_path / "key"
    key, is_new = open_key(path)
    assert is_new and len(key) == 32
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert open_key(path) == (key, False)
    assert [each.name for each in tmp_path.iterdir()] == ["key"]


def test_two_keys_differ(tmp_path):
    assert open_key(tmp_path / "a")[0] != open_key(tmp_path / "b")[0]


@pytest.mark.parametrize("content", ["", "secret", "0" * 63, "0" * 65, "G" * 64, "\ufffd" * 64])
def test_what_is_no_key_is_refused_with_its_place(tmp_path, content):
    path = tmp_path / "key"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(KeyFileError, match="is no key of 64 hexadecimal digits; restore the file"):
        open_key(path)
    assert path.read_text(encoding="utf-8") == content


def test_a_key_that_cannot_be_made_says_where_else(tmp_path):
    with pytest.raises(KeyFileError, match=r"cannot be written .*; choose another place with --redact-key"):
        open_key(tmp_path / "missing" / "key")
    with pytest.raises(KeyFileError, match="cannot be read"):
        open_key(tmp_path)


def test_runs_that_begin_at_once_get_one_key(tmp_path):
    """Threads have one process id, as the first processes of two containers have."""
    with ThreadPoolExecutor(8) as pool:
        for round_ in range(20):
            path = tmp_path / f"key{round_}"
            together = Barrier(8)

            def begin(_, path=path, together=together):
                together.wait()
                return open_key(path)

            made = list(pool.map(begin, range(8)))
            assert len({key for key, _ in made}) == 1
            assert sum(is_new for _, is_new in made) == 1
    assert len(list(tmp_path.iterdir())) == 20


def test_what_a_run_that_was_killed_left_is_in_nobodys_way(tmp_path):
    left = tmp_path / f".key.{os.getpid()}.part"
    left.write_text("half", encoding="utf-8")
    assert open_key(tmp_path / "key")[1]
    assert left.read_text(encoding="utf-8") == "half"


def test_nothing_is_left_of_a_key_that_cannot_be_linked(tmp_path, monkeypatch):
    def refuse(*_):
        raise PermissionError(1, "not permitted")

    monkeypatch.setattr("os.link", refuse)
    with pytest.raises(KeyFileError, match="not permitted"):
        open_key(tmp_path / "key")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(("mode", "shared"), [(0o600, False), (0o400, False), (0o640, True), (0o604, True)])
def test_a_key_that_others_may_read_is_known(tmp_path, mode, shared):
    path = tmp_path / "key"
    open_key(path)
    path.chmod(mode)
    assert is_shared(path) == shared


def test_pseudonyms_hang_on_key_kind_and_word():
    one, other = Pseudonyms(b"a" * 32), Pseudonyms(b"b" * 32)
    assert one.make("email", "a@b.example") == Pseudonyms(b"a" * 32).make("email", "a@b.example")
    made = {one.make("email", "x"), one.make("phone", "x"), one.make("email", "y"), other.make("email", "x")}
    assert len({each.partition("-")[2] for each in made}) == 4
