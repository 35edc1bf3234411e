"""The configuration: settings written in a file or in the environment, each with its origin."""

from consistency_check.configuration.choice import Chosen, choose_settings
from consistency_check.configuration.files import YAML_FILE, Configuration, find_configuration
from consistency_check.configuration.problems import ConfigurationError
from consistency_check.configuration.response_times import KEY as TIMES_KEY
from consistency_check.configuration.response_times import ResponseTime
from consistency_check.configuration.settings import RESERVED, SETTINGS, Kind, Setting

__all__ = [
    "RESERVED",
    "SETTINGS",
    "TIMES_KEY",
    "YAML_FILE",
    "Chosen",
    "Configuration",
    "ConfigurationError",
    "Kind",
    "ResponseTime",
    "Setting",
    "choose_settings",
    "find_configuration",
]
