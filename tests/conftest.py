"""Lets tests import each other's modules as `tests.…`, however pytest was started.

The repository comes last on the path: what is tested is the installed package.
"""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1]))
