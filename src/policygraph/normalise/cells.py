"""Know the lines of a table printed a cell a line: what each form of such a table asks of them."""

from __future__ import annotations

import re

from policygraph.lexicon import Lexicon

Cells = list[tuple[int, ...]]  # the lines of each cell of a row; () where a cell was left out

_LONGEST_BODIES = 200  # characters
_NO_NAME = re.compile(r"[。；;：:\d]")


def ends_of_bodies(lexicon: Lexicon) -> tuple[str, ...]:
    """Return how a cell that names bodies ends: 局, 等."""
    return (*lexicon.names.org_tails, *lexicon.names.list_ends)


def names_bodies(line: str, ends: tuple[str, ...]) -> bool:
    """Say whether a line is a list of bodies and no sentence.

    >>> names_bodies("区住建局、各街道", ("局", "街道")), names_bodies("整治5处街道", ("局", "街道"))
    (True, False)
    """
    return len(line) <= _LONGEST_BODIES and not _NO_NAME.search(line) and line.endswith(ends)
