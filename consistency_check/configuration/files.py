"""The configuration file: `.consistency-check.yaml` or a table of pyproject.toml, here or above."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from consistency_check.configuration.problems import ConfigurationError
from consistency_check.configuration.response_times import ResponseTime, read_yaml_times
from consistency_check.configuration.settings import Kind
from consistency_check.configuration.toml import TABLE, read_toml_settings
from consistency_check.configuration.written import Written, read_yaml_settings
from consistency_check.model import Problem, Source, is_address, split_labels
from consistency_check.policies.document import read_document

YAML_FILE = ".consistency-check.yaml"
TOML_FILE = "pyproject.toml"
LARGEST_FILE = 1024 * 1024
STDIN = "-"
Found = tuple[list[Written], list[ResponseTime]]


@dataclass(frozen=True, slots=True)
class Configuration:
    """The file that was found (None: there is none), its settings, and the response times that it sets."""

    path: Path | None = None
    settings: tuple[Written, ...] = ()
    response_times: tuple[ResponseTime, ...] = ()


def find_configuration(start: Path) -> Configuration:
    """The nearest configuration in `start` or a folder above it. Raises ConfigurationError.

    Relative paths in it are made relative to `start`, which is where the program runs.
    """
    for folder in (start, *start.parents):
        yaml, toml = folder / YAML_FILE, folder / TOML_FILE
        of_yaml = _read_yaml(yaml, start) if yaml.is_file() else None
        of_toml = _read_toml(toml, start) if toml.is_file() else None
        if of_yaml is not None and of_toml is not None:
            message = f"{TOML_FILE} beside it has [tool.{TABLE}] too; keep the settings in one of the two"
            raise ConfigurationError([Problem(Source(_show_path(yaml, start)), message)])
        if of_yaml is not None:
            return _place_settings(yaml, *of_yaml, start)
        if of_toml is not None:
            return _place_settings(toml, *of_toml, start)
    return Configuration()


def _read_yaml(path: Path, start: Path) -> Found:
    shown = _show_path(path, start)
    problems: list[Problem] = []
    root = read_document(_read_text(path, shown), shown, problems)
    found = read_yaml_settings(root, problems) if root else []
    times = read_yaml_times(root, problems) if root else []
    if problems:
        raise ConfigurationError(problems)
    return found, times


def _read_toml(path: Path, start: Path) -> Found | None:
    shown = _show_path(path, start)
    problems: list[Problem] = []
    found = read_toml_settings(_read_text(path, shown), shown, problems)
    if problems:
        raise ConfigurationError(problems)
    return found


def _read_text(path: Path, shown: str) -> str:
    try:
        with path.open("rb") as stream:
            data = stream.read(LARGEST_FILE + 1)
    except OSError as error:
        message = f"cannot be read ({error.strerror}); let it be read, or move it away"
        raise ConfigurationError([Problem(Source(shown), message)]) from None
    if len(data) > LARGEST_FILE:
        message = f"is larger than {LARGEST_FILE // 1024:,} KiB; it is no configuration"
        raise ConfigurationError([Problem(Source(shown), message)])
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = Source(shown, data.count(b"\n", 0, error.start) + 1)
        raise ConfigurationError([Problem(place, "this is not UTF-8; save it as UTF-8")]) from None


def _place_settings(
    path: Path, found: list[Written], times: list[ResponseTime], start: Path
) -> Configuration:
    placed = tuple(_place_setting(written, path.parent, start) for written in found)
    return Configuration(path, placed, tuple(times))


def _place_setting(written: Written, folder: Path, start: Path) -> Written:
    if not written.setting.kind.is_path:
        return written
    texts = tuple(_place_path(text, written.setting.kind, folder, start) for text in written.texts)
    return Written(written.setting, texts, written.source)


def _place_path(text: str, kind: Kind, folder: Path, start: Path) -> str:
    path = text
    if kind is Kind.SOURCES:
        path = split_labels(text, lambda part: os.path.lexists(folder / part))[2]
    elif kind is Kind.FILES:
        path = text.partition("=")[2] or text
    if path == STDIN or is_address(path) or Path(path).is_absolute():
        return text
    return text.removesuffix(path) + str(Path(os.path.relpath(folder, start)) / path)


def _show_path(path: Path, start: Path) -> str:
    return os.path.relpath(path, start)
