"""Which of several origins a setting is taken from: the environment goes before the file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from consistency_check.configuration.files import Configuration
from consistency_check.configuration.problems import ConfigurationError
from consistency_check.configuration.settings import SETTINGS, Setting
from consistency_check.configuration.written import Texts
from consistency_check.model import Problem, Source
from consistency_check.policies.problems import shorten_text, suggest_word

PREFIX = "CONSISTENCY_CHECK_"


@dataclass(frozen=True, slots=True)
class Chosen:
    """The texts of a setting, and where they were written: a file's place, or a variable."""

    setting: Setting
    texts: Texts
    origin: str

    @property
    def value(self) -> str | list[str]:
        """What the command line would have given."""
        return list(self.texts) if self.setting.kind.is_list else self.texts[0]


def choose_settings(configuration: Configuration, environment: Mapping[str, str]) -> dict[str, Chosen]:
    """The settings that are written anywhere, by name. Raises ConfigurationError for an unknown variable.

    A variable that is empty says nothing; a list stands in one separated by commas, or by line ends.
    """
    chosen = {
        each.setting.name: Chosen(each.setting, each.texts, str(each.source))
        for each in configuration.settings
    }
    problems = []
    for variable in sorted(environment):
        if not variable.startswith(PREFIX) or not environment[variable].strip():
            continue
        name = variable.removeprefix(PREFIX).lower().replace("_", "-")
        if name in SETTINGS:
            texts = _split_variable(environment[variable], SETTINGS[name])
            chosen[name] = Chosen(SETTINGS[name], texts, variable)
        else:
            problems.append(_explain_variable(variable, name))
    if problems:
        raise ConfigurationError(problems)
    return chosen


def name_variable(setting: Setting) -> str:
    """The environment variable of a setting."""
    return PREFIX + setting.name.upper().replace("-", "_")


def _split_variable(text: str, setting: Setting) -> Texts:
    if not setting.kind.is_list:
        return (text.strip(),)
    parts = text.splitlines() if "\n" in text.strip() else text.split(",")
    return tuple(part.strip() for part in parts if part.strip())


def _explain_variable(variable: str, name: str) -> Problem:
    near = suggest_word(name, SETTINGS)
    advice = f"did you mean `{name_variable(SETTINGS[near])}`?" if near else "unset it"
    return Problem(Source("the environment"), f"`{shorten_text(variable)}` is no setting; {advice}")
