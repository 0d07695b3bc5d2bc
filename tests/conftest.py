"""Fixtures that all tests share."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of development material beside the checkout, or skip where it is absent."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("../shared (development texts and gold annotation) is not beside this checkout")
    return folder


@pytest.fixture(scope="session")
def cases() -> Path:
    """Return the folder of one-line case tables."""
    return ROOT / "tests" / "cases"
