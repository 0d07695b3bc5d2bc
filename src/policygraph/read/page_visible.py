"""Take out of a web page what its reader does not see as text: hidden elements, and those that are struck out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from policygraph.messages import Message
from policygraph.read.left_out import LeftOut

Element = Any  # lxml ships no types
_HIDING = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all)", re.I)
_STRIKING = re.compile(r"(?:^|;)\s*text-decoration(?:-line)?\s*:[^;]*line-through", re.I)
_SHOWING = re.compile(r"(?:^|;)\s*(?:display|visibility)\s*:\s*(?!none|hidden|collapse)\w", re.I)
_STRUCK_TAGS = frozenset(("s", "del", "strike"))
_NO_TEXT = frozenset(("script", "style", "noscript", "head", "title", "meta", "link", "input", "html", "body"))
_REMARK = re.compile(r"/\*.*?\*/", re.S)
_RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
_SIMPLE = re.compile(r"(?P<tag>[a-zA-Z][\w]*)?(?:(?P<sign>[.#])(?P<name>[\w-]+))?")
_CHINESE = re.compile("[\u4e00-\u9fff]")
_MOST = 0.6  # share of a page's characters; what holds more is the document, which a script shows


def take_out(tree: Element) -> tuple[Message, ...]:
    """Remove what is hidden or struck out from a page, and return what is to be said of it.

    Hidden is what its own style, the attribute ``hidden`` or a rule of the page for one tag, class or id says so of. An
    element that holds most of the page stays: pages hide their text until a script has run.
    """
    left_out = LeftOut()
    whole = _size(tree)
    rules = dict(_rules("".join(style.text or "" for style in tree.iter("style"))))
    removed: set[Element] = set()
    for element in list(tree.iter()):
        why = _why(element, rules)
        if not why or element.getparent() is None or not removed.isdisjoint(element.iterancestors()):
            continue
        if why == "hidden" and _size(element) > _MOST * whole:
            continue
        left_out.next_place()
        left_out.add(why, "".join(element.itertext()))
        _remove(element)
        removed.add(element)
    return left_out.notes()


def _why(element: Element, rules: dict[str, str]) -> str:
    if not isinstance(element.tag, str) or element.tag in _NO_TEXT:
        return ""
    style = element.get("style") or ""
    if element.get("hidden") is not None or _HIDING.search(style):
        return "hidden"
    if element.tag in _STRUCK_TAGS or _STRIKING.search(style):
        return "struck-out"
    if _SHOWING.search(style):
        return ""
    return next((rules[key] for key in _keys(element) if key in rules), "") if rules else ""


def _keys(element: Element) -> Iterator[str]:
    """Yield the simple selectors that an element meets, the strongest first."""
    names = [("#", element.get("id") or ""), *((".", name) for name in (element.get("class") or "").split())]
    for sign, name in names:
        if name:
            yield f"{element.tag}{sign}{name}"
            yield f"{sign}{name}"
    yield element.tag


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    """Yield the simple selectors of a style sheet that hide or strike out; rules for other media are none."""
    for selectors, declarations in _RULE.findall(_of_all_media(_REMARK.sub("", sheet))):
        why = "hidden" if _HIDING.search(declarations) else "struck-out" if _STRIKING.search(declarations) else ""
        shows = _SHOWING.search(declarations) is not None
        for selector in selectors.split(","):
            if (why or shows) and (simple := _SIMPLE.fullmatch(selector.strip())) and simple[0]:
                yield (simple["tag"] or "").lower() + (simple["sign"] or "") + (simple["name"] or ""), why


def _of_all_media(sheet: str) -> str:
    """Return a sheet without its ``@`` blocks, which hold for print, small screens, fonts."""
    kept: list[str] = []
    last = depth = 0
    at = -1  # where an open block begins
    for match in re.finditer(r"@[^{};]*|[{}]", sheet):
        sign = match[0]
        if sign[0] == "@" and at < 0:
            at, depth = match.start(), 0
            if sheet[match.end() : match.end() + 1] != "{":
                at = -1
        elif at >= 0 and sign in "{}":
            depth += 1 if sign == "{" else -1
            if depth == 0:
                kept.append(sheet[last:at])
                last, at = match.end(), -1
    return "".join([*kept, sheet[last : at if at >= 0 else len(sheet)]])


def _size(element: Element) -> int:
    return sum(len(_CHINESE.findall(text)) for text in _texts(element))


def _texts(element: Element) -> Iterable[str]:
    return (str(text) for text in element.itertext())


def _remove(element: Element) -> None:
    """Remove an element, but not the text behind it."""
    parent, before = element.getparent(), element.getprevious()
    tail = element.tail or ""
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    parent.remove(element)
