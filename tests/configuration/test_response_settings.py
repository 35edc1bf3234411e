"""`response-times` in YAML and TOML: read, or refused with their place."""

import pytest

from consistency_check.configuration import ConfigurationError, find_configuration
from consistency_check.configuration.response_times import LONGEST
from consistency_check.values import show_value
from consistency_check.values.duration import UNITS

YAML = ".consistency-check.yaml"
TOML = "pyproject.toml"


def read(folder):
    times = find_configuration(folder).response_times
    return {each.channel: show_value(each.time) if each.time else None for each in times}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            YAML,
            "response-times:\n  E-Mail: 24 h\n  chat: 10 minutes\n  letter: 10 business days\n  sms: none\n",
        ),
        (
            TOML,
            '[tool.consistency-check.response-times]\nE-Mail = "24 h"\nchat = "10 minutes"\n'
            'letter = "10 business days"\nsms = "none"\n',
        ),
        (
            TOML,
            '[tool.consistency-check]\nresponse-times = {E-Mail = "24 h", chat = "10 minutes", '
            'letter = "10 business days", sms = "none"}\n',
        ),
    ],
)
def test_both_files_say_the_same(tmp_path, name, text):
    (tmp_path / name).write_text(text)
    expected = {"e-mail": "24 hours", "chat": "10 minutes", "letter": "10 business days", "sms": None}
    assert read(tmp_path) == expected


def test_without_a_file_or_a_section_there_are_none(tmp_path):
    assert read(tmp_path) == {}
    (tmp_path / YAML).write_text("region: GB\n")
    assert read(tmp_path) == {}


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        (
            YAML,
            "response-times:\n  email: soon\n",
            (f"{YAML}:2:10: ", "'soon' is no response time", "24 hours"),
        ),
        (YAML, "response-times:\n  email: 24\n", (f"{YAML}:2:10: ", "no response time")),
        (YAML, "response-times:\n  email: 400 days\n", (f"{YAML}:2:10: ", "longer than a year")),
        *(
            (YAML, f"response-times:\n  email: {time}\n", (f"{YAML}:2:10: ", "longer than a year"))
            for time in ("53 weeks", "13 months", "2 years", "263 business days", "53 business weeks")
        ),
        *(
            (YAML, f"response-times:\n  email: {time}\n", (f"{YAML}:2:10: ", "leaves no time to answer"))
            for time in ("-5 hours", "0 hours", "0 min")
        ),
        (YAML, "response-times:\n  email: [1 h]\n", (f"{YAML}:2:10: ", "is one text")),
        (YAML, "response-times: 24 h\n", (f"{YAML}:1:17: ", "needs keys")),
        (YAML, "response-times:\n  email: 1 h\n  Email: 2 h\n", (f"{YAML}:3:10: ", "written twice")),
        (YAML, "response-time:\n  email: 1 h\n", (f"{YAML}:1:1: ", "did you mean `response-times`")),
        (
            TOML,
            '[tool.consistency-check.response-times]\nchat = "1 h"\nemail = "soon"\n',
            (f"{TOML}:3:1: ", "'soon' is no response time"),
        ),
        (TOML, "[tool.consistency-check]\nresponse-times = 24\n", (f"{TOML}:2", "is a table")),
        (TOML, '[tool.consistency-check]\nresponse-times.email = "x"\n', (f"{TOML}:2", "no response time")),
    ],
)
def test_what_is_wrong_is_said_with_its_place(tmp_path, name, text, words):
    (tmp_path / name).write_text(text)
    with pytest.raises(ConfigurationError) as caught:
        find_configuration(tmp_path)
    shown = "\n".join(map(str, caught.value.problems))
    for word in words:
        assert word in shown


def test_a_year_is_known_in_every_unit(tmp_path):
    assert set(LONGEST) == set(UNITS)
    times = "".join(f"  {unit.replace(' ', '-')}: {number} {unit}s\n" for unit, number in LONGEST.items())
    (tmp_path / YAML).write_text(f"response-times:\n{times}")
    assert len(read(tmp_path)) == len(UNITS)
