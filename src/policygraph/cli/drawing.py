"""Draw paragraphs and lines of two columns as text, as wide as a screen; Chinese characters take two places."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

_LEFT = 34  # columns for names; a longer one goes on in the line below


def drawn(blocks: Iterable[str | tuple[str, Sequence[tuple[str, str]]]], width: int) -> str:
    """Return paragraphs, and headings with their lines of two columns; a heading without lines is left out.

    A paragraph is not wrapped: it holds what is typed.
    """
    out = io.StringIO()
    console = Console(file=out, width=width, color_system=None)
    for block in blocks:
        if isinstance(block, str):
            console.print(Text(block), no_wrap=True, overflow="ignore", crop=False)
            console.print()
            continue
        heading, lines = block
        if lines:
            table = Table.grid(padding=(0, 2))
            table.add_column(max_width=_LEFT, overflow="fold")
            table.add_column(overflow="fold")
            for left, right in lines:
                table.add_row(Text(left), Text(right))
            console.print(Text(heading), Padding(table, (0, 0, 1, 2)))
    return "\n".join(line.rstrip() for line in out.getvalue().split("\n")).strip("\n")
