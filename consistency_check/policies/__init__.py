"""The knowledge base: YAML files in, policies out, or every problem of every file at once."""

from consistency_check.policies.folder import load_policies
from consistency_check.policies.problems import KnowledgeBaseError
from consistency_check.policies.tests import load_tests
from consistency_check.policies.versions import load_versions

__all__ = ["KnowledgeBaseError", "load_policies", "load_tests", "load_versions"]
