"""Audits on Apache Spark, for tables that no one machine holds: the same functions, the same findings.

    from consistency_check.engines.spark import audit_sources
    from consistency_check.intake import AuditSettings

    audit = audit_sources(AuditSettings(("s3a://lake/replies",), policies=Path("policies")))
    audit.findings.where("severity = 'high'").show()

The workers need this package and its extra `spark`.
"""

from consistency_check.engines.problems import EngineError
from consistency_check.engines.spark.run import SparkAudit, audit_frame, audit_sources, read_findings
from consistency_check.engines.spark.session import open_session

__all__ = ["EngineError", "SparkAudit", "audit_frame", "audit_sources", "open_session", "read_findings"]
