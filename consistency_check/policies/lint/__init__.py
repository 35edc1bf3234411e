"""What is doubtful in a knowledge base that loads: one file a rule, found by a scan of this folder."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib import import_module
from pkgutil import iter_modules

from consistency_check.model import Advice, KnowledgeBase
from consistency_check.policies.lint.rule import LintSettings, Rule

__all__ = ["RULES", "LintSettings", "Rule", "lint_policies"]


def _find_rules() -> Mapping[str, Rule]:
    modules = [import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__)]
    rules = [module.RULE for module in modules if hasattr(module, "RULE")]
    return {rule.name: rule for rule in sorted(rules, key=lambda rule: rule.name)}


RULES: Mapping[str, Rule] = _find_rules()


def lint_policies(
    knowledge: KnowledgeBase,
    names: Iterable[str],
    settings: LintSettings,
    known: Mapping[str, Rule] = RULES,
) -> tuple[Advice, ...]:
    """What the named rules find, sorted by place. Raises KeyError for a name that is not in `known`."""
    rules = [known[name] for name in sorted(set(names))]
    found = (
        Advice(place, rule.name, rule.level, message)
        for rule in rules
        for place, message in rule.find(knowledge, settings)
    )
    return tuple(sorted(set(found)))
