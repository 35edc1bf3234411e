"""A redactor for a few replies, with the policies that it should know of."""

from dataclasses import replace

import pytest

from consistency_check.identify import Linker, Spotter
from consistency_check.model import DatedValue, KnowledgeBase, Policy, Reply, Topic
from consistency_check.privacy import describe_people
from consistency_check.redaction import Redactor
from consistency_check.values import parse_value

KEY = bytes(range(32))


def make_knowledge(*policies):
    """Policies as (id, type, value, statement)."""
    made = {
        id_: Policy(
            id_, id_.partition(".")[0], statement, type_, (DatedValue(None, parse_value(type_, value)),)
        )
        for id_, type_, value, statement in policies
    }
    topics = {policy.topic: Topic(policy.topic) for policy in made.values()}
    return KnowledgeBase(topics, made)


@pytest.fixture(scope="session")
def make_redactor():
    def make(*replies, crm=(), policies=(), key=KEY, region="GB"):
        linker = Linker(crm, region=region)
        for number, reply in enumerate(replies):
            linker.add(Reply(id=f"R{number}", channel="chat", text="", **reply))
        resolution = linker.resolve()
        wanted = {customer.key for customer in resolution.customers}
        people = describe_people(resolution, wanted, make_knowledge(*policies))
        return Redactor(replace(people, find=Spotter(resolution).find), key)

    return make
