"""The hall of redaction: what the rooms know of people and policies, told to the one that redacts."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from consistency_check.identify import (
    Linker,
    Resolution,
    Spotter,
    find_personal,
    fold_name,
    list_called,
    list_forms,
)
from consistency_check.intake import AuditSettings, compile_references
from consistency_check.model import Customer, History, Impact, JudgedClaim, KnowledgeBase, Policy, Report
from consistency_check.policies import load_policies
from consistency_check.redaction import (
    Called,
    People,
    Redactor,
    compose,
    redact_claim,
    redact_customer,
    redact_history,
    redact_impact,
    redact_report,
)
from consistency_check.values import find_mentions

_SHORTEST_KEY = 5
"""Signs of an id or a handle of one kind: a shorter number or word is anybody's, `C12` is not."""
_PHONE_DIGITS = 9
_LETTERS = re.compile(r"[^\W\d_]+")
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
        homes = self._find_homes(
            answer.reply_id for finding in findings if not finding.customer for answer in finding.answers
        )
        wanted = {finding.customer for finding in findings} | set(homes.values())
        return redact_report(report, self._open(wanted, self._load_policies(), homes))

    def redact_claims(self, claims: Iterable[JudgedClaim]) -> Iterator[JudgedClaim]:
        """Claims in their order."""
        judged = list(claims)
        redactor = self._open({each.customer.key for each in judged}, self._load_policies())
        return (redact_claim(each, redactor) for each in judged)

    def redact_customers(self, customers: Sequence[Customer]) -> list[Customer]:
        """Customers, by their pseudonyms: the order of their keys would tell of them."""
        redactor = self._open({each.key for each in customers})
        return sorted((redact_customer(each, redactor) for each in customers), key=lambda each: each.key)

    def redact_history(self, history: History) -> History:
        """One customer over all channels."""
        return redact_history(history, self._open({history.customer.key}, self._load_policies()))

    def redact_impact(self, impact: Impact, old: KnowledgeBase, new: KnowledgeBase) -> Impact:
        """What a change from the old policies to the new ones does; the settings' own are not looked at."""
        wanted = {shift.customer for shift in impact.shifts} | {one.customer for one in impact.heard_both}
        return redact_impact(impact, self._open(wanted, (old, new)))

    def _meet(self, resolution: Resolution) -> None:
        self._resolution = resolution

    def _find_homes(self, reply_ids: Iterable[str]) -> dict[str, str]:
        """The customers' keys of some replies, by the replies' ids."""
        asked = set(reply_ids)
        customers = self._resolution.customers if self._resolution and asked else ()
        return {id_: customer.key for customer in customers for id_ in asked.intersection(customer.reply_ids)}

    def _load_policies(self) -> tuple[KnowledgeBase]:
        return (load_policies(self.settings.policies),)

    def _open(
        self,
        wanted: Collection[str],
        policies: Sequence[KnowledgeBase] = (),
        homes: Mapping[str, str] | None = None,
    ) -> Redactor:
        resolution = self._resolution or Linker().resolve()
        people = describe_people(resolution, wanted, *policies)
        spotter = Spotter(resolution, compile_references(self.settings.references))
        return Redactor(replace(people, find=spotter.find, homes=homes or {}), self._key)


def describe_people(resolution: Resolution, wanted: Collection[str], *bases: KnowledgeBase) -> People:
    """Whom a run knows, and which words the policies use; `wanted` are the customers asked for."""
    customers: dict[str, Called] = {}
    bearers: dict[str, str] = {}
    for key, names, keys in list_called(resolution):
        words = {word for name in names for word in list_words(name)}
        for word in words:
            bearers[word] = key if bearers.get(word, key) == key else ""
        if key in wanted:
            customers[key] = Called(frozenset(words), frozenset(_pick_keys((key, *keys))))
    policies = [policy for knowledge in bases for policy in knowledge.policies.values()]
    texts = [text for knowledge in bases for text in _list_texts(knowledge)]
    return People(
        customers=customers,
        bearers=bearers,
        agents=_list_agents(resolution.agents),
        agent_names=frozenset(filter(_is_somebody, map(fold_word, resolution.agents))),
        fold=fold_word,
        personal=_spare({name for policy in policies for name in _list_deciding(policy)}),
        public=frozenset(_WORD.findall(fold_name(" ".join(texts)))),
        contacts=frozenset(_list_contacts(policies, texts)),
        types={policy.id: policy.type for policy in policies},
    )


def _pick_keys(keys: Iterable[str]) -> Iterator[str]:
    """Ids and handles that can be searched for as they are; addresses are found by their look."""
    return (compose(key.casefold()).text for key in keys if "@" not in key and _is_telling(key))


def _is_telling(key: str) -> bool:
    has_both = any(sign.isalpha() for sign in key) and any(sign.isdigit() for sign in key)
    return has_both or len(key) >= _SHORTEST_KEY


def list_words(name: str) -> set[str]:
    """The folded words and nicknames of a name; "O'Neill" is also written "O Neill"."""
    name = compose(name).text
    return list_forms(name) | list_forms(name.replace("'", " ").replace("’", " "))


def fold_word(written: str) -> str:
    """A word as names are compared, however its letters are put together."""
    return fold_name(compose(written).text)


def _list_agents(names: Iterable[str]) -> dict[str, str]:
    agents: dict[str, str] = {}
    for name in sorted(names):
        folded = fold_word(name)
        for word in list_words(name):
            agents[word] = folded if agents.get(word, folded) == folded else ""
    return agents


def _is_somebody(agent: str) -> bool:
    """Whether an agent is written with two words and more, or one that is known to be a given name."""
    return len(_LETTERS.findall(agent)) > 1 or len(list_forms(agent)) > 1


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


def _list_contacts(policies: Iterable[Policy], texts: Iterable[str]) -> Iterator[str]:
    """The company's own addresses and numbers, the latter by their last digits too."""
    said = {mention.value.word for text in texts for mention in find_mentions(text)}
    for policy in policies:
        said |= {value.word for value in policy.fixed_values if value.type == "contact"}
    for word in said - {""}:
        yield word
        if digits := word.lstrip("+0"):
            yield digits[-_PHONE_DIGITS:] if digits.isdigit() else digits
