"""A build that is killed leaves the store whole: a few kills of the many that `make soak` does."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parent.parent / "benchmarks" / "kills.py"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills forks of one process")
def test_three_kills_leave_the_store_whole_and_the_next_build_right() -> None:
    done = subprocess.run([sys.executable, SCRIPT, "--count", "3"], capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout.splitlines()[-1].partition(", seed")[0]) == (0, "3 kills, 0 faults"), done
