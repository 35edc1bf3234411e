"""Short ways to write values in these tests."""

from collections.abc import Callable

import pytest

from consistency_check.model import Relation, Value
from consistency_check.values import agrees, find_mentions, parse_value, relate, show_value


@pytest.fixture
def parsed(request) -> Callable[[str], Value]:
    """Reads a text as the type that the test file is named after."""
    type_name = request.module.__name__.rpartition("test_")[2]
    return lambda text: parse_value(type_name, text)


@pytest.fixture
def shown(parsed) -> Callable[[str], str]:
    """What a text of that type is shown as."""
    return lambda text: show_value(parsed(text))


@pytest.fixture
def related(parsed) -> Callable[..., Relation]:
    """How two texts of that type relate."""
    return lambda a, b, tolerance=None: relate(parsed(a), parsed(b), tolerance)


@pytest.fixture
def agreed(parsed) -> Callable[..., bool | None]:
    """Whether a stated text agrees with the expected one."""
    return lambda stated, expected, compare="", tolerance=None: agrees(
        parsed(stated), parsed(expected), compare, tolerance
    )


@pytest.fixture
def found() -> Callable[..., list[tuple[str, str]]]:
    """The words and the shown value of each mention in a text."""
    return lambda text, day=None: [
        (text[m.start : m.end], show_value(m.value)) for m in find_mentions(text, day)
    ]
