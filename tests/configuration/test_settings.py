"""The configuration file: where it is found, what it may hold, and what is said of what it may not."""

import pytest

from consistency_check.configuration import (
    SETTINGS,
    ConfigurationError,
    choose_settings,
    find_configuration,
)

YAML = ".consistency-check.yaml"
TOML = "pyproject.toml"
TABLE = "[tool.consistency-check]\n"


def choose(start, **environment):
    return {
        name: each.value for name, each in choose_settings(find_configuration(start), environment).items()
    }


def refuse(start, **environment):
    with pytest.raises(ConfigurationError) as caught:
        choose(start, **environment)
    return str(caught.value)


def test_yaml_and_toml_say_the_same(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    (tmp_path / "a" / YAML).write_text(
        "fail-on: high\nmax-new: 3\nmin-confidence: 0.6\nquiet: yes\nsince: 2026-01-01\n"
        "channel: [email, phone]\n"
    )
    (tmp_path / "b" / TOML).write_text(
        TABLE + 'fail-on = "high"\nmax-new = 3\nmin-confidence = 0.6\nquiet = true\nsince = 2026-01-01\n'
        'channel = ["email", "phone"]\n'
    )
    assert (
        choose(tmp_path / "a")
        == choose(tmp_path / "b")
        == {
            "fail-on": "high",
            "max-new": "3",
            "min-confidence": "0.6",
            "quiet": "yes",
            "since": "2026-01-01",
            "channel": ["email", "phone"],
        }
    )


def test_the_nearest_file_above_is_found_and_its_paths_are_its_own(tmp_path):
    inner = tmp_path / "qa" / "runs"
    inner.mkdir(parents=True)
    (tmp_path / TOML).write_text("[project]\nname = 'x'\n")
    (tmp_path / YAML).write_text("region: GB\n")
    (tmp_path / "qa" / YAML).write_text(
        "policies: kb\npaths: [exports, phone=calls.csv, '-', /data/x.csv]\naccept: ../accept.yaml\n"
        "topic: [a/b]\n"
    )
    assert choose(inner) == {
        "policies": "../kb",
        "paths": ["../exports", "phone=../calls.csv", "-", "/data/x.csv"],
        "accept": "../../accept.yaml",
        "topic": ["a/b"],
    }
    assert choose(tmp_path / "qa")["paths"][0] == "exports"
    assert choose(tmp_path) == {"region": "GB"}


def test_labels_are_read_as_on_the_command_line(tmp_path):
    inner = tmp_path / "runs"
    inner.mkdir()
    (tmp_path / "odd:name.json").touch()
    (tmp_path / YAML).write_text(
        "paths: ['zendesk:tickets.json', 'zendesk:/abs/x.json', 's3a://lake/replies', 'email=s3a://lake/mail',"
        " 'email=whatsapp:chats/*', 'odd:name.json', 'email=-', 'a b=c.csv', './x=y.csv']\n"
        "output: ['html=report.html', 'json=nights/{day}:1.json', 'sarif=/x.sarif', 'csv=a=b.csv']\n"
    )
    assert choose(inner) == {
        "paths": [
            "zendesk:../tickets.json",
            "zendesk:/abs/x.json",
            "s3a://lake/replies",
            "email=s3a://lake/mail",
            "email=whatsapp:../chats/*",
            "../odd:name.json",
            "email=-",
            "a b=../c.csv",
            "../x=y.csv",
        ],
        "output": ["html=../report.html", "json=../nights/{day}:1.json", "sarif=/x.sarif", "csv=../a=b.csv"],
    }


def test_a_place_is_told_from_where_the_program_runs(tmp_path):
    (tmp_path / "sub").mkdir()
    (tmp_path / YAML).write_text("\nregion: GB\n")
    (each,) = choose_settings(find_configuration(tmp_path / "sub"), {}).values()
    assert each.origin == f"../{YAML}:2:9"


def test_the_environment_goes_before_the_file(tmp_path):
    (tmp_path / YAML).write_text("region: GB\nchannel: [email]\nquiet: yes\n")
    assert choose(
        tmp_path,
        CONSISTENCY_CHECK_REGION="DE",
        CONSISTENCY_CHECK_CHANNEL="phone, live chat",
        CONSISTENCY_CHECK_SKIP_CHECK="a\nb,c\n",
        CONSISTENCY_CHECK_QUIET="",
        OTHER="x",
    ) == {"region": "DE", "channel": ["phone", "live chat"], "skip-check": ["a", "b,c"], "quiet": "yes"}


def test_an_unknown_variable_is_refused(tmp_path):
    words = refuse(tmp_path, CONSISTENCY_CHECK_POLCIES="x")
    assert "CONSISTENCY_CHECK_POLCIES" in words
    assert "did you mean `CONSISTENCY_CHECK_POLICIES`?" in words


def test_what_is_below_load_is_not_looked_at_here(tmp_path):
    (tmp_path / YAML).write_text("load:\n  mappings:\n    crm: {columns: {Body: text}}\nregion: GB\n")
    assert choose(tmp_path) == {"region": "GB"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("polices: kb\n", [":1:1:", "did you mean `policies`?"]),
        ("region: GB\nfail_on: high\n", [":2:1:", "did you mean `fail-on`?"]),
        ("output-file: x\n", [":1:1:", "no setting `output-file`"]),
        ("region: [GB]\n", [":1:9:", "`region`", "write one text"]),
        ("region: {a: b}\n", [":1:9:", "`region`"]),
        ("region:\n", [":1:8:", "empty"]),
        ("channel: [email, [phone]]\n", [":1:18:"]),
        ("quiet: perhaps\n", [":1:8:", "yes or no"]),
        ("region: GB\nregion: US\n", [":2:1:", "written twice"]),
        ("region: !!python/name:os.system\n", [":1:9:", "refused"]),
        ("- region\n", [":1:1:", "needs keys"]),
        ("region: 'GB\n", ["no YAML"]),
    ],
)
def test_what_yaml_may_not_hold(tmp_path, text, words):
    (tmp_path / YAML).write_text(text)
    shown = refuse(tmp_path)
    assert shown.startswith(f"{YAML}:")
    for word in words:
        assert word in shown


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (TABLE + "polices = 'kb'\n", [":3:1:", "did you mean `policies`?"]),
        (TABLE + "region = 'GB'\n  fail_on = 'high'\n", [":4:3:", "did you mean `fail-on`?"]),
        (TABLE + "region = ['GB']\n", [":3:1:", "write one text"]),
        (TABLE + "channel = [1, {a = 2}]\n", [":3:1:", "a list of texts"]),
        (TABLE + "quiet = 'perhaps'\n", [":3:1:", "yes or no"]),
        (TABLE + "region = ''\n", [":3:1:", "write one text"]),
        (TABLE + "region = \n", [":3:10:", "no TOML"]),
        ("[tool]\nconsistency-check = 3\n", ["write [tool.consistency-check]"]),
        ("[tool.consistency-check.regoin]\na = 1\n", ["no setting `regoin`"]),
        (
            TABLE + "\n[tool.consistency-check.load]\nbots = true\n",
            [":4: `load` stands in .consistency-check.yaml alone; move"],
        ),
        (TABLE + "load = {bots = true}\n", [":3:1:", "`load` stands in .consistency-check.yaml alone"]),
    ],
)
def test_what_toml_may_not_hold(tmp_path, text, words):
    (tmp_path / TOML).write_text("\n" + text)
    shown = refuse(tmp_path)
    assert shown.startswith(TOML)
    for word in words:
        assert word in shown


def test_a_pyproject_of_somebody_else_is_passed_over(tmp_path):
    (tmp_path / TOML).write_text("this is no TOML")
    assert choose(tmp_path) == {}


def test_two_files_in_one_folder_are_refused(tmp_path):
    (tmp_path / TOML).write_text(TABLE)
    (tmp_path / YAML).write_text("region: GB\n")
    assert "keep the settings in one of the two" in refuse(tmp_path)


@pytest.mark.parametrize(
    ("data", "words"), [(b"region: \xff\n", "UTF-8"), (b"#" * 1024**2 * 2, "larger than")]
)
def test_what_is_no_text_is_refused(tmp_path, data, words):
    (tmp_path / YAML).write_bytes(data)
    assert words in refuse(tmp_path)


@pytest.mark.parametrize("text", ["", "# nothing\n"])
def test_an_empty_file_says_nothing(tmp_path, text):
    (tmp_path / YAML).write_text(text)
    (tmp_path.parent / "x").mkdir(exist_ok=True)
    assert choose(tmp_path) == {}


def test_settings_are_named_by_their_options():
    assert all(name == setting.name for name, setting in SETTINGS.items())
