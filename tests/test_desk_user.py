"""A review in NiceGUI's own simulation of a user: in a process of its own, as its one application starts but once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("nicegui.testing", reason="the extra desk is not installed")
SIMULATION = Path(__file__).with_name("desk_user.py")


def test_a_user_is_simulated() -> None:
    ours = (sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider", str(SIMULATION))
    done = subprocess.run(ours, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout[-4000:]
    assert " passed" in done.stdout.splitlines()[-1]
