"""The hall of redaction: what the rooms know of people and policies, told to the one that redacts."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from consistency_check.identify import (
    Resolution,
    Spotter,
    find_personal,
    fold_name,
    list_called,
    list_forms,
)
from consistency_check.intake import AuditSettings, compile_references
from consistency_check.model import Customer, History, JudgedClaim, KnowledgeBase, Policy, Report
from consistency_check.policies import load_policies
from consistency_check.redaction import (
    Called,
    People,
    Redactor,
    redact_claim,
    redact_customer,
    redact_history,
    redact_report,
)
from consistency_check.values import find_mentions

_SHORTEST_KEY = 5
"""Signs of an id or a handle that is found without a word or an @ before it: shorter ones are any number."""
_PHONE_DIGITS = 9
_WORD = re.compile(r"[^\W\d_]{3,}")


class Privacy:
    """Takes people out of the results of one run, which must be given its `settings`; `key` is the secret.

    Every method needs the run to be over, since only then it is known who the customers are.
    """

    def __init__(self, settings: AuditSettings, key: bytes) -> None:
        self.settings = replace(settings, meet=self._meet)
        self._key = key
        self._resolution: Resolution | None = None

    def redact_report(self, report: Report) -> Report:
        """A report; one of a run that stopped before it knew its customers too."""
        findings = (*report.findings, *report.fixed)
        return redact_report(report, self._open({finding.customer for finding in findings}))

    def redact_claims(self, claims: Iterable[JudgedClaim]) -> Iterator[JudgedClaim]:
        """Claims in their order."""
        judged = list(claims)
        redactor = self._open({each.customer.key for each in judged})
        return (redact_claim(each, redactor) for each in judged)

    def redact_customers(self, customers: Sequence[Customer]) -> list[Customer]:
        """Customers, by their pseudonyms: the order of their keys would tell of them."""
        redactor = self._open({each.key for each in customers}, with_policies=False)
        return sorted((redact_customer(each, redactor) for each in customers), key=lambda each: each.key)

    def redact_history(self, history: History) -> History:
        """One customer over all channels."""
        return redact_history(history, self._open({history.customer.key}))

    def _meet(self, resolution: Resolution) -> None:
        self._resolution = resolution

    def _open(self, wanted: Collection[str], *, with_policies: bool = True) -> Redactor:
        knowledge = load_policies(self.settings.policies) if with_policies else KnowledgeBase({}, {})
        people = describe_people(self._resolution, wanted, knowledge)
        if self._resolution:
            patterns = compile_references(self.settings.references)
            people = replace(people, find=Spotter(self._resolution, patterns).find)
        return Redactor(people, self._key)


def describe_people(
    resolution: Resolution | None, wanted: Collection[str], knowledge: KnowledgeBase
) -> People:
    """Whom a run knows, and which words the policies use; `wanted` are the customers asked for."""
    customers: dict[str, Called] = {}
    bearers: dict[str, str] = {}
    for key, names, keys in list_called(resolution) if resolution else ():
        words = {word for name in names for word in list_words(name)}
        for word in words:
            bearers[word] = key if bearers.get(word, key) == key else ""
        if key in wanted:
            customers[key] = Called(frozenset(words), frozenset(_pick_keys((key, *keys))))
    deciding = {name for policy in knowledge.policies.values() for name in _list_deciding(policy)}
    texts = list(_list_texts(knowledge))
    return People(
        customers=customers,
        bearers=bearers,
        agents=_list_agents(resolution.agents if resolution else ()),
        fold=fold_name,
        personal=_spare(deciding),
        public=frozenset(_WORD.findall(fold_name(" ".join(texts)))),
        contacts=frozenset(_list_contacts(knowledge, texts)),
        types={policy.id: policy.type for policy in knowledge.policies.values()},
    )


def _pick_keys(keys: Iterable[str]) -> Iterator[str]:
    """Ids and handles that can be searched for as they are; addresses are found by their look."""
    return (key.casefold() for key in keys if len(key) >= _SHORTEST_KEY and "@" not in key)


def list_words(name: str) -> set[str]:
    """The folded words and nicknames of a name; "O'Neill" is also written "O Neill"."""
    return list_forms(name) | list_forms(name.replace("'", " ").replace("’", " "))


def _list_agents(names: Iterable[str]) -> dict[str, str]:
    agents: dict[str, str] = {}
    for name in sorted(names):
        folded = fold_name(name)
        for word in list_words(name):
            agents[word] = folded if agents.get(word, folded) == folded else ""
    return agents


def _spare(deciding: Collection[str]) -> Callable[[str], str]:
    """What a column holds of a person; nothing where the policies depend on it."""
    return lambda name: "" if name in deciding else find_personal(name)


def _list_deciding(policy: Policy) -> Iterator[str]:
    return (name for exception in policy.exceptions for name, _ in exception.when)


def _list_texts(knowledge: KnowledgeBase) -> Iterator[str]:
    """Everything that the policies say, but for their examples, which are made as replies are."""
    for topic in knowledge.topics.values():
        yield from (topic.name, topic.title, topic.owner, *topic.questions, *topic.keywords)
    for policy in knowledge.policies.values():
        yield from (policy.statement, policy.owner, *policy.questions, *policy.phrasings)
        yield from (*policy.yes_phrasings, *policy.no_phrasings)
        for option, words in policy.options:
            yield from (option, *words)
    for by_value in knowledge.attributes.values():
        for value, words in by_value.items():
            yield from (value, *words)


def _list_contacts(knowledge: KnowledgeBase, texts: Iterable[str]) -> Iterator[str]:
    """The company's own addresses and numbers, the latter by their last digits too."""
    said = {mention.value.word for text in texts for mention in find_mentions(text)}
    for policy in knowledge.policies.values():
        said |= {value.word for value in policy.fixed_values if value.type == "contact"}
    for word in said - {""}:
        yield word
        if digits := word.lstrip("+0"):
            yield digits[-_PHONE_DIGITS:] if digits.isdigit() else digits
