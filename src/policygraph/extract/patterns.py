"""Small helpers to compile word tables into patterns."""

from __future__ import annotations

import re
from collections.abc import Iterable


def either(forms: Iterable[str]) -> str:
    """Return a pattern that matches any of some forms, the longest first.

    >>> either(["达", "达到"])
    '达到|达'
    """
    return "|".join(sorted(map(re.escape, forms), key=lambda form: (-len(form), form)))
