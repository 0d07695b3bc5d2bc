"""Find the cells of an xlsx that show something else than they hold: an error (#NAME?), a share (0.27 as 27%).

The reader of workbooks gives an error as an empty cell, and a share as the number behind it.
"""

from __future__ import annotations

import io
import posixpath
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from policygraph.package import Element, Package, attribute, child, kind_of, whole

Place = tuple[int, int]  # row and column, from 0

_BOOK = "xl/workbook.xml"
_PERCENT = frozenset({"9", "10"})  # the numbers of 0% and 0.00%: ECMA-376, part 1, 18.8.30


def shown_otherwise(data: bytes, name: str) -> dict[str, dict[Place, str]]:
    """Return what such cells show, by the names of their sheets; nothing of a file of another kind.

    Raises ReadError for a package that is damaged, or unpacks to more than one reads.
    """
    if kind_of(io.BytesIO(data)) != "sheet":
        return {}
    book = Package(data, name)
    root = book.xml(_BOOK)
    percents = _percents(book)
    sheets = () if root is None else root.iter("{*}sheet")
    parts = {attribute(sheet, "name"): book.target(_BOOK, attribute(sheet, "id")) for sheet in sheets}
    return {sheet: dict(_cells(book.xml(part), percents)) for sheet, part in parts.items() if part}


def _percents(book: Package) -> frozenset[str]:
    """Return the numbers of the cell styles that show a number in per cent."""
    styles = book.xml(posixpath.join("xl", "styles.xml"))
    if styles is None:
        return frozenset()
    formats = styles.iter("{*}numFmt")
    own = {attribute(each, "numFmtId") for each in formats if "%" in attribute(each, "formatCode")}
    styled = child(styles, "cellXfs")
    numbers = enumerate(() if styled is None else styled)
    return frozenset(str(number) for number, style in numbers if attribute(style, "numFmtId") in own | _PERCENT)


def _cells(sheet: Element | None, percents: frozenset[str]) -> Iterator[tuple[Place, str]]:
    row = -1
    for line in () if sheet is None else sheet.iter("{*}row"):
        row = (whole(attribute(line, "r")) or row + 2) - 1
        for column, cell in _placed(line):
            held = "".join(cell.itertext("{*}v"))
            if attribute(cell, "t") == "e":
                yield (row, column), held
            elif held and attribute(cell, "t", "n") == "n" and attribute(cell, "s") in percents:
                yield (row, column), _percent(held)


def _placed(line: Element) -> Iterator[tuple[int, Element]]:
    """Yield the cells of a row with their columns; a cell that does not say where it stands is beside the last."""
    column = -1
    for cell in line.iterchildren("{*}c"):
        letters = attribute(cell, "r").rstrip("0123456789")
        column = _column(letters) if letters else column + 1
        yield column, cell


def _percent(held: str) -> str:
    """Return a number as a cell in per cent shows it, in plain digits.

    >>> _percent("0.27"), _percent("0.2833"), _percent("1"), _percent("9.5000000000000001E-2")
    ('27%', '28.33%', '100%', '9.5%')
    """
    try:
        written = f"{Decimal(str(float(held))) * 100:f}"
    except (ValueError, InvalidOperation):
        return held
    return (written.rstrip("0").rstrip(".") if "." in written else written) + "%"


def _column(letters: str) -> int:
    """Return the number of a column from 0.

    >>> _column("A"), _column("AB")
    (0, 27)
    """
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
