"""The museum of broken knowledge bases: each exhibit is complained about as its `.expect` file says.

`NAME.expect` lies beside `NAME.yaml` or the folder `NAME/` and holds one line for each problem, in the
order in which they come out: the place as it is printed, then words of the message, with ` … `
between words that do not follow each other. A problem that is not in the file is a failure too.
"""

from pathlib import Path

import pytest

from consistency_check.policies import KnowledgeBaseError, load_policies

MUSEUM = Path(__file__).parent.parent / "cases" / "broken"
EXHIBITS = sorted(path.stem for path in MUSEUM.glob("*.expect"))


def find_exhibit(name: str) -> Path:
    file = MUSEUM / f"{name}.yaml"
    return file if file.exists() else MUSEUM / name


def complain_of(path: Path) -> list[str]:
    with pytest.raises(KnowledgeBaseError) as raised:
        load_policies(path)
    return [str(problem).replace(f"{MUSEUM}/", "") for problem in raised.value.problems]


def holds_words(message: str, words: str) -> bool:
    at = 0
    for part in words.split(" … "):
        found = message.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return True


@pytest.mark.parametrize("name", EXHIBITS)
def test_exhibit(name: str) -> None:
    expected = (MUSEUM / f"{name}.expect").read_text(encoding="utf-8").splitlines()
    messages = complain_of(find_exhibit(name))
    assert len(messages) == len(expected), "\n".join(messages)
    for message, line in zip(messages, expected, strict=True):
        place, words = line.split(": ", 1)
        assert message.startswith(f"{place}: "), message
        assert holds_words(message, words), f"{message!r} does not hold {words!r}"


@pytest.mark.parametrize("name", EXHIBITS)
def test_message_says_what_to_do(name: str) -> None:
    for message in complain_of(find_exhibit(name)):
        assert "; " in message, message
        assert "invalid" not in message
        assert message.isprintable()


def test_every_exhibit_is_expected() -> None:
    shown = {path.stem for path in MUSEUM.iterdir() if path.suffix != ".expect"}
    assert shown == set(EXHIBITS)
    assert len(EXHIBITS) >= 100
