"""Skip what draws pictures, with the reason, where matplotlib or a font for Chinese is missing."""

from __future__ import annotations

import pytest

from policygraph.errors import UsageError
from policygraph.export import pictures


def needs_font() -> None:
    pytest.importorskip("matplotlib", reason="matplotlib (policygraph[figures]) is not installed")
    try:
        pictures.font()
    except UsageError as error:
        pytest.skip(str(error))
