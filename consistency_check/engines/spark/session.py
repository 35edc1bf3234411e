"""A Spark session to audit in, and what is said where there can be none."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any

from consistency_check.engines.problems import EngineError

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

SETTINGS = {
    "spark.app.name": "consistency-check",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.session.timeZone": "UTC",
    # A batch of replies of ordinary length is some MiB; of the longest that are read, 40 GiB would not be.
    "spark.sql.execution.arrow.maxRecordsPerBatch": "1000",
    "spark.sql.adaptive.enabled": "true",
}
"""Of a session that is opened here; one that is there already is used as it is."""
ON_ONE_MACHINE = {
    # A task costs the more, beside its work, the fewer the cores.
    "spark.sql.shuffle.partitions": "4",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
}
"""Beside them, where driver and workers are one process."""
NEEDS_PYSPARK = (
    "auditing on Spark needs pyspark; `pip install 'consistency-check[spark]'`, or leave --engine out"
)
NEEDS_JAVA = (
    "auditing on Spark needs Java 17 or newer; install one (on Debian "
    "`apt-get install openjdk-17-jre-headless`) or name its folder in JAVA_HOME"
)


def open_session(master: str = "local[*]") -> SparkSession:
    """The session of this process, or a new one on `master`, as Spark writes it (`local[4]`, `spark://…`).

    Raises EngineError where pyspark or Java is missing, or nobody answers under that name.
    """
    try:
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise EngineError(NEEDS_PYSPARK) from error
    active = SparkSession.getActiveSession()
    if active is not None:
        return active
    if not has_java():
        raise EngineError(NEEDS_JAVA)
    # Workers must run the Python that has this package: on one machine that is this one.
    if master.startswith("local"):
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    # A machine's own name may be one that no server knows; Spark asks for it even where it is alone.
    if is_one_process(master):
        os.environ.setdefault("SPARK_LOCAL_IP", ON_ONE_MACHINE["spark.driver.host"])
    builder = SparkSession.builder.master(master)
    for name, value in {**SETTINGS, **(ON_ONE_MACHINE if is_one_process(master) else {})}.items():
        builder = builder.config(name, value)
    try:
        session = builder.getOrCreate()
    except (PySparkException, OSError) as error:
        said = str(error).partition("\n")[0][:200]
        raise EngineError(
            f"no Spark session on {master!r} ({said}); write a master such as local[4]"
        ) from error
    session.sparkContext.setLogLevel("ERROR")
    return session


def is_one_process(master: str) -> bool:
    """Whether driver and workers are one: `local`, `local[4]`, but not `local-cluster[2,1,1024]`."""
    return master == "local" or master.startswith("local[")


def hold(frame: DataFrame, held: ExitStack) -> DataFrame:
    """The frame, kept once it is worked out, until `held` is closed."""
    held.callback(frame.unpersist)
    return frame.persist()


def check_location(session: SparkSession, location: str) -> None:
    """Raises EngineError where nothing can be written below a folder or a location that Spark knows."""
    from py4j.protocol import Py4JError

    context = session.sparkContext
    java: Any = context._jvm
    try:
        probe = java.org.apache.hadoop.fs.Path(f"{location.rstrip('/')}/_consistency-check")
        files = probe.getFileSystem(context._jsc.hadoopConfiguration())
        files.create(probe, True).close()
        files.delete(probe, False)
    except Py4JError as error:
        said = " ".join(str(getattr(error, "java_exception", error)).split())[:200]
        raise EngineError(f"{location}: cannot be written to ({said}); name another folder") from error


def has_java() -> bool:
    """Whether Java can be started, as Spark looks for it."""
    home = os.environ.get("JAVA_HOME")
    return shutil.which("java", path=os.path.join(home, "bin") if home else None) is not None  # noqa: PTH118


@contextmanager
def explain_failure() -> Iterator[None]:
    """What Spark raises when a job cannot be done, as EngineError; our own errors stay tracebacks."""
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException, PythonException

    try:
        yield
    except PythonException:
        raise
    except (PySparkException, Py4JError) as error:
        said = " ".join(str(error).split())[:300]
        raise EngineError(
            f"Spark gave up ({said}); see its log, and give its workers what they lack"
        ) from error
