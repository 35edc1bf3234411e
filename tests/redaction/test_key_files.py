"""The file of the key: made once, for its owner alone, and never guessed."""

import stat
from concurrent.futures import ThreadPoolExecutor

import pytest

from consistency_check.redaction import KeyFileError, open_key
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


def test_runs_that_begin_at_once_get_one_key(tmp_path, monkeypatch):
    numbers = iter(range(1000, 2000))
    monkeypatch.setattr("os.getpid", lambda: next(numbers))
    with ThreadPoolExecutor(8) as pool:
        keys = {key for key, _ in pool.map(lambda _: open_key(tmp_path / "key"), range(32))}
    assert len(keys) == 1


def test_pseudonyms_hang_on_key_kind_and_word():
    one, other = Pseudonyms(b"a" * 32), Pseudonyms(b"b" * 32)
    assert one.make("email", "a@b.example") == Pseudonyms(b"a" * 32).make("email", "a@b.example")
    made = {one.make("email", "x"), one.make("phone", "x"), one.make("email", "y"), other.make("email", "x")}
    assert len({each.partition("-")[2] for each in made}) == 4
