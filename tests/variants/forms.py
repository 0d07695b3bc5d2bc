"""Give a document other forms than those that are committed: broken at a width, in other encodings, with hidden parts.

Each form is a function of the document's text file that returns the name of a file and what is in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from variants import make

Form = Callable[[Path], tuple[str, bytes]]


# ---------------------------------------------------------------- plain text


def by_characters(line: str, width: int) -> list[str]:
    """Break a line after so many characters."""
    return [line[at : at + width] for at in range(0, len(line), width)]


def by_columns(line: str, width: int) -> list[str]:
    """Break a line as a word processor does: numbers stay whole, no line begins with a stop or ends with a bracket."""
    lines, room = [""], 2 * width
    for word in re.findall(r"[0-9A-Za-z.%‰/]+|.", line):
        size = len(word) if word.isascii() else 2 * len(word)
        if size > room and word not in "，。；：、）》":
            last = lines[-1][-1:] if lines[-1][-1:] in ("（", "《") else ""
            lines[-1] = lines[-1].removesuffix(last)
            lines.append(last)
            room = 2 * width - 2 * len(last)
        lines[-1] += word
        room -= size
    return lines


BROKEN: Mapping[str, Callable[[str, int], list[str]]] = {"characters": by_characters, "columns": by_columns}


def broken(text: str, how: str, width: int, indent: str, across: str = "") -> str:
    """Return a text whose lines are broken; ``across`` stands between two pages of 22 lines, {} for their number."""
    lines: list[str] = []
    for line in text.splitlines():
        lines += BROKEN[how](indent + line, width) if line and "|" not in line else [line]
    pages = (lines[at : at + 22] for at in range(0, len(lines), 22))
    return "".join("\n".join(page) + across.format(number) + "\n" for number, page in enumerate(pages, 1))


def _broken(how: str, width: int, across: str = "") -> Form:
    return lambda path: ("a.txt", broken(path.read_text(encoding="utf-8"), how, width, "\u3000\u3000", across).encode())


def _encoded(encoding: str, end: str = "\n") -> Form:
    return lambda path: ("a.txt", path.read_text(encoding="utf-8").replace("\n", end).encode(encoding))


def _with_tabs(path: Path) -> tuple[str, bytes]:
    return "a.txt", path.read_text(encoding="utf-8").replace(" | ", "\t").encode()


# ---------------------------------------------------------------- pages and Word files

OLD = "99.旧稿行动。到2029年，旧稿率达到99%。（市民政局牵头，市水利局配合）"


def _page(change: Callable[[str], str]) -> Form:
    def form(path: Path) -> tuple[str, bytes]:
        with TemporaryDirectory() as folder:
            make.web(path, Path(folder, "a.html"))
            return "a.html", change(Path(folder, "a.html").read_text(encoding="utf-8")).encode()

    return form


def _with_hidden(page: str) -> str:
    """Hide an old paragraph behind every fifth one, each another way."""
    ways = (
        f'<p style="display:none">{OLD}</p>',
        f"<p hidden>{OLD}</p>",
        f'<p class="old">{OLD}</p>',
        f"<p><del>{OLD}</del></p>",
    )
    head, *rest = page.replace("<style>", "<style>.old { display: none }").split("</p>\n")
    parts = (f"{ways[at // 5 % 4]}\n{part}" if at % 5 == 4 else part for at, part in enumerate(rest))
    return "</p>\n".join([head, *parts])


def _set_with_breaks(page: str) -> str:
    """Set the paragraphs as old pages do: one block, line breaks, hard blanks."""
    return re.sub(r'<p style="text-indent:2em">(.*?)</p>', r"&nbsp;&nbsp;&nbsp;&nbsp;\1<br/>", page)


def _word(change: Callable[[str], str]) -> Form:
    def form(path: Path) -> tuple[str, bytes]:
        with TemporaryDirectory() as folder:
            make.docx(path, Path(folder, "a.docx"), change)
            return "a.docx", Path(folder, "a.docx").read_bytes()

    return form


def _run(switch: str) -> str:
    return f"<w:r><w:rPr><w:{switch}/></w:rPr><w:t>旧99%</w:t></w:r></w:p>"


def _strict(xml: str) -> str:
    return xml.replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )


FORMS: Mapping[str, Form] = {
    "broken after 25 characters": _broken("characters", 25),
    "broken after 28 characters, pages numbered": _broken("columns", 28, "\n\n— {} —\n"),
    "broken after 36 characters": _broken("columns", 36),
    "GBK": _encoded("gbk"),
    "UTF-16": _encoded("utf-16"),
    "UTF-8 with a mark, lines of Windows": _encoded("utf-8-sig", "\r\n"),
    "lines of old Macs": _encoded("utf-8", "\r"),
    "lines of Unicode": _encoded("utf-8", "\u2028"),
    "cells set apart by tabs": _with_tabs,
    "a page with hidden parts": _page(_with_hidden),
    "a page set with line breaks": _page(_set_with_breaks),
    "Word with words struck out": _word(lambda xml: xml.replace("</w:p>", _run("strike"))),
    "Word with hidden words": _word(lambda xml: xml.replace("</w:p>", _run("vanish"))),
    "strict Word": _word(_strict),
}
