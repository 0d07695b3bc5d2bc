"""Read a web page: its main text without menus, buttons and footers (by trafilatura), its tables as lines."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree, html
from trafilatura import bare_extraction

from policygraph.errors import ReadError
from policygraph.package import is_too_deep
from policygraph.read import decoding, page_lists, page_loss, page_tables, page_visible, particulars, rows
from policygraph.read.content import Content
from policygraph.read.page_lines import page_lines

Element = Any  # lxml ships no types
_META = re.compile(rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w-]{2,40})", re.IGNORECASE)
_HEAD = 4096  # bytes in which a page must say its encoding
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs", "iso8859-1": "", "ascii": ""}  # "" says nothing
_MOST_BROKEN = 0.005  # share of characters; more means that the encoding is another one
_SITE = re.compile(r"\s*[_|–—-]+\s*")
_UNWRAPPED = ("form", "fieldset", "label", "time", "font")  # old pages stand in one form, and do not close their fonts
_DEEPEST = 400  # elements in each other; pages of offices have about 30
_MOST_ELEMENTS = 60_000  # the longest plan, saved by Word with a span around every run, has some ten thousand
_BLOCKS = frozenset(("p", "head", "quote", "item", "list", "table", "row", "cell", "div", "code"))


def read_html(data: bytes, name: str, charset: str = "") -> Content:
    """Return the main text of a page, a line each paragraph; ``charset`` is what a server said.

    The title comes first, then the particulars at the page's head, then the text. Nothing is fetched.
    Raises ReadError where the page holds no text: pages that a script fills are empty as files.
    """
    page = decode(data, name, charset)
    tree = _tree(page.text, name)
    notes = (*page.notes, *page_visible.take_out(tree))
    _prepare(tree)
    heads = particulars.find(tree)
    whole = page_lines(tree)
    document = bare_extraction(tree, favor_recall=True, include_comments=False, with_metadata=True)
    body = getattr(document, "body", None)
    lines = page_loss.restored([] if body is None else _drop_empty(_lines(body)), whole)
    if not lines:
        raise ReadError("read.page-without-text", path=name)
    title = _title(getattr(document, "title", "") or "", _squeezed("".join(tree.xpath("//body//text()"))))
    return Content("\n".join([*_before(title, heads, lines), *lines, ""]), page.encoding, notes)


def read_fragment(data: bytes, name: str, charset: str = "") -> Content:
    """Return all text of a page that is part of a document, a line each paragraph: nothing in it is furniture."""
    page = decode(data, name, charset)
    tree = _tree(page.text, name)
    notes = (*page.notes, *page_visible.take_out(tree))
    _prepare(tree)
    return Content("\n".join([*(line.text for line in page_lines(tree)), ""]), page.encoding, notes)


def _prepare(tree: Element) -> None:
    """Write into a page what its reader sees though the text does not hold it: numbers of lists, merged cells."""
    for scrap in list(tree.iter("script", "style", "noscript")):
        scrap.text = ""
    page_lists.number_items(tree)
    page_tables.part_cells(tree)


def decode(data: bytes, name: str, charset: str = "") -> Content:
    """Return the text of a page: by its byte order mark, then what is declared, then what fits."""
    declared = charset.encode("ascii", "ignore") or next((m[1] for m in _META.finditer(data[:_HEAD])), b"")
    encoding = _codec(declared.decode("ascii"))
    marked = data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if encoding and not marked and b"\0" not in data[:_HEAD]:
        text = _forgiving(data, encoding)
        if text.count("\ufffd") < max(_MOST_BROKEN * len(text), 1):
            return Content(text, encoding)
    return decoding.decode(data, name)


def _forgiving(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding, "replace")
    except (LookupError, ValueError):  # a codec that is none of text
        return "\ufffd"


def _codec(label: str) -> str:
    try:
        found = codecs.lookup(label).name
    except LookupError:
        return ""
    return _WIDER.get(found, found)


def _tree(text: str, name: str) -> Element:
    """Parse with limits: libxml2 refuses more than 2048 levels, which would lose the rest without a word."""
    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=True, remove_comments=True, remove_pis=True)
    tree = etree.fromstring(text.replace("\0", "").encode("utf-8", "replace"), parser)
    if is_too_deep(parser):
        raise _too_deep(name)
    if tree is None or parser.error_log.filter_from_fatals():
        raise ReadError("read.page-damaged", path=name)
    etree.strip_tags(tree, *_UNWRAPPED)
    deepest, count = _extent(tree)
    if deepest > _DEEPEST:
        raise _too_deep(name)
    if count > _MOST_ELEMENTS:
        raise ReadError("read.page-too-many-elements", path=name, count=count, limit=_MOST_ELEMENTS)
    return tree


def _too_deep(name: str) -> ReadError:
    return ReadError("read.page-too-deep", path=name, limit=_DEEPEST)


def _extent(tree: Element) -> tuple[int, int]:
    """Return how many elements stand in each other at most, and how many there are."""
    depth = deepest = count = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        count += event == "start"
        deepest = max(deepest, depth)
    return deepest, count


def _title(title: str, page: str) -> str:
    """Return a page's title without the name of the site behind it: the longest part that the page itself shows."""
    ends = [match.start() for match in _SITE.finditer(title)]
    parts = [title, *(title[:end] for end in reversed(ends))]
    return next((part.strip() for part in parts if _squeezed(part) and _squeezed(part) in page), parts[-1].strip())


def _before(title: str, heads: list[str], lines: list[str]) -> list[str]:
    """Return the title and the particulars, each only where the main text does not have it."""
    own = [_squeezed(line) for line in lines]
    missing = [line for line in heads if not any(_squeezed(line) in each for each in own)]
    # a long title may stand on two or three lines
    runs = {"".join(own[at : at + length]) for at in range(len(own)) for length in (1, 2, 3)}
    return [title, *missing] if title and _squeezed(title) not in runs else missing


def _squeezed(text: str) -> str:
    return re.sub(r"[\s:：|]", "", text)


def _drop_empty(lines: Iterator[str]) -> list[str]:
    return [line.strip() for line in lines if line.strip()]


def _lines(element: Element) -> Iterator[str]:
    """Yield the lines of an element of trafilatura's tree: blocks apart, the rest run together."""
    inline = [element.text or ""]
    for child in element:
        if child.tag == "table":
            yield "".join(inline)
            yield from rows.lines(_table(child))
            inline = []
        elif child.tag == "lb" or child.tag in _BLOCKS:
            yield "".join(inline)
            yield from _lines(child)
            inline = []
        else:
            *done, last = [*_lines(child)] or [""]
            if done:
                yield from ("".join(inline) + done[0], *done[1:])
                inline = []
            inline.append(last)
        inline.append(child.tail or "")
    yield "".join(inline)


def _table(element: Element) -> list[list[list[str]]]:
    return [[_drop_empty(_lines(cell)) for cell in row if cell.tag == "cell"] for row in element if row.tag == "row"]
