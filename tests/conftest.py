"""Lets tests import each other's modules as `tests.…`, however pytest was started.

The repository comes last on the path: what is tested is the installed package.
Hypothesis sets no deadline, for a busy machine is no fault of the code; benchmarks measure time.
Arithmetic has one thread, as on the command line: set here, before anything imports NumPy.
"""

import os
import signal
import sys
from pathlib import Path

from hypothesis import settings

for library in ("OPENBLAS", "MKL", "OMP"):
    os.environ.setdefault(f"{library}_NUM_THREADS", "1")
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
# What a shell starts in the background passes over Ctrl-C, and so would all that tests start.
signal.signal(signal.SIGINT, signal.default_int_handler)
sys.path.append(str(Path(__file__).parents[1]))
