"""The company of the tests of the ledger."""

import pytest

from tests.ledger.nights import FEE, RIGHT, WRONG, Company


@pytest.fixture
def company(tmp_path):
    return Company(tmp_path)


@pytest.fixture
def busy(company):
    """Dana heard two windows and asked about a label; Max heard a wrong fee, Zoe the same words."""
    company.tell("dana", "email", "2026-04-01", WRONG, question="How long do I have to return an item?")
    company.tell("dana", "phone", "2026-04-02", RIGHT)
    company.tell("max", "chat", "2026-04-03", FEE)
    company.tell("zoe", "chat", "2026-04-04", FEE)
    company.tell("zoe", "email", "2026-04-05", RIGHT)
    return company
