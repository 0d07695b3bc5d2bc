"""Find the list of annexes and the places where their texts begin."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import takewhile

from policygraph.quantities import COUNTING

_LIST = re.compile(r"\s*附\s*([件表]?)\s*:\s*(?=\S)")
_HEAD = re.compile(rf"\s*附\s*件\s*([\d{COUNTING}]{{0,2}})\s*[:.]?\s*$")
_HEAD_WITH_TITLE = re.compile(rf"\s*附\s*件\s*([\d{COUNTING}]{{1,2}})\s*[:.]?\s*(\S.{{3,60}})$")
_ALONE = re.compile(r"\s*附\s*([件表])\s*:\s*$")
_ENTRY = re.compile(r"\s*(?:(\d{1,2})[.、]\s*)?(\S.*)")
_ENDING = re.compile(r"\s{2,}.*$|\.(?:docx?|pdf|xlsx?|wps|ofd)\s*$|[。;]\s*$")
_NO_TITLE = re.compile(r"[。;:]|.{41}")
_DATE = re.compile(r"[年日]\s*\S{0,4}$|附件")
_FILE = re.compile(r"\]\(\S+\)\s*(?:\(\w+\)\s*)?$")  # [….pdf](address): a link below the word is to a file
_FEWEST_LINES = 5  # of the text of an annex that stands below its name
_LONGEST_FILE = 60  # characters of the name of one


@dataclass(frozen=True, slots=True)
class Annex:
    """An annex: its printed number (``附件1``; ``附件`` for an only one), its title, the line where its text begins."""

    label: str
    title: str
    line: int | None  # None: named in the list, text not at hand
    listed_at: int | None = None

    @property
    def is_first(self) -> bool:
        """Say whether no other comes before it by its number."""
        return self.label.removeprefix("附件") in ("", "1", "一")


def find_annexes(lines: list[str]) -> tuple[tuple[Annex, ...], frozenset[int]]:
    """Return the annexes in document order and the lines that belong to their list or their headings."""
    if not any(line.lstrip().startswith("附") for line in lines):
        return (), frozenset()
    listed, taken = _listed(lines)
    begun: dict[str, Annex] = {}
    ends: dict[str, int] = {}  # the line behind the head of each
    for at in range(len(lines)):
        found = None if at in taken else _head(lines, at, listed)
        if found and (found[0].label not in begun or _only_named(lines, ends[found[0].label])):
            begun.pop(found[0].label, None)
            begun[found[0].label] = found[0]
            ends[found[0].label] = max(found[1]) + 1
            taken |= found[1]
    if len(listed) == 1 and not begun and (own := _text_below(lines, listed)):
        begun[own.label] = own
    rest = [Annex(label, title, None, at) for label, (title, at) in listed.items() if label not in begun]
    return (*begun.values(), *rest), frozenset(taken)


def _text_below(lines: list[str], listed: dict[str, tuple[str, int]]) -> Annex | None:
    """Return the only annex that is named, where its text stands below its name and not a signature."""
    ((label, (title, at)),) = listed.items()
    below = lines[at + 1 :]
    signed = any(_DATE.search(line) for line in below[:_FEWEST_LINES])
    return Annex(label, title, at) if len(below) >= _FEWEST_LINES and not signed else None


def _only_named(lines: list[str], at: int) -> bool:
    """Say whether no text stands below the head of an annex but the head of another: a list, before the texts."""
    return at < len(lines) and (_HEAD.match(lines[at]) or _HEAD_WITH_TITLE.match(lines[at])) is not None


def _listed(lines: list[str]) -> tuple[dict[str, tuple[str, int]], set[int]]:
    """Return the entries of the lists of annexes by label, and their lines; a notice and its plan may have one each."""
    entries, taken = _listed_at_end(lines)
    for start, line in enumerate(lines):
        head = None if start in taken else _LIST.match(line) or _announced(lines, start)
        if head:
            first = start if head.re is _LIST else start + 1
            found = _entries(lines, first, f"附{head[1] or '件'}")
            entries = {label: (title, at) for label, title, at in found} | entries
            taken |= set(range(start, _after(lines, found[-1][2]) if found else start))
    return entries, taken


def _announced(lines: list[str], at: int) -> re.Match[str] | None:
    """Return the line 附件: that announces the titles below it, which count from one."""
    head = _ALONE.match(lines[at])
    if not head:
        return None
    below = lines[at + 1 : at + 3]
    counted = [_count(line) for line in below] == [1, 2] and not any("。" in line for line in below)
    return head if counted else None


def _entries(lines: list[str], start: int, label: str) -> list[tuple[str, str, int]]:
    """Return label, title and line of what a list «附件:1.… 2.…» names; a title may go on in the next line."""
    found: list[tuple[str, str, int]] = []
    at = start
    while at < len(lines):
        match = _ENTRY.match(_LIST.sub("", lines[at]))
        if not match or (at > start and not match[1]):
            break
        after = _after(lines, at) if match[1] else at + 1
        rest = "".join(line.strip() for line in lines[at + 1 : after])
        found.append((f"{label}{match[1] or ''}", _clean(f"{match[2]}{rest}"), at))
        at = after
    return found


def _after(lines: list[str], at: int) -> int:
    """Return the line behind an entry: one without a number goes on with its title where the next entry follows."""
    if at + 2 < len(lines) and not _NO_TITLE.search(lines[at + 1]):
        here, between, below = (_count(line) for line in lines[at : at + 3])
        if here and not between and below == here + 1:
            return at + 2
    return at + 1


def _count(line: str) -> int:
    """Return the number of an entry, 0 where the line has none."""
    match = _ENTRY.match(_LIST.sub("", line))
    return int(match[1]) if match and match[1] else 0


def _listed_at_end(lines: list[str]) -> tuple[dict[str, tuple[str, int]], set[int]]:
    """Return the files that a page names under 附件 at its end: short numbered lines from 1, and no sentence."""
    start = next((at for at in range(len(lines) - 1, -1, -1) if _HEAD.match(lines[at])), len(lines))
    rest = [_ENTRY.match(line) for line in lines[start + 1 :]]
    files = list(takewhile(lambda entry: entry and entry[1], rest))
    if not files or any("。" in line or len(line) > _LONGEST_FILE for line in lines[start + 1 :]):
        return {}, set()
    entries = {f"附件{entry[1]}": (_clean(entry[2]), start + at) for at, entry in enumerate(files, start=1) if entry}
    return (entries, set(range(start, start + len(files) + 1))) if "附件1" in entries else ({}, set())


def _head(lines: list[str], at: int, listed: dict[str, tuple[str, int]]) -> tuple[Annex, set[int]] | None:
    match = _HEAD.match(lines[at])
    if match and at + 1 < len(lines) and _FILE.search(lines[at + 1]):
        return None
    if match:
        label = f"附件{match[1]}"
        title = listed[label][0] if label in listed else _clean(lines[at + 1]) if at + 1 < len(lines) else ""
        own = {at, at + 1} if at + 1 < len(lines) and _same(lines[at + 1], title) else {at}
        return Annex(label, title, at), own
    match = _HEAD_WITH_TITLE.match(lines[at])
    if match and "。" not in match[2]:
        return Annex(f"附件{match[1]}", _clean(match[2]), at), {at}
    for label, (title, place) in listed.items():
        if at > place and _same(lines[at], title):
            return Annex(label, title, at), {at}
    return None


def _same(line: str, title: str) -> bool:
    if title and line.lstrip()[:1] != title[0]:
        return False  # as most
    return re.sub(r"\s", "", _clean(line)) == re.sub(r"\s", "", title)


def _clean(title: str) -> str:
    """Drop what follows a wide gap (a signature date set beside the list), file endings and stops."""
    title = title.strip()
    if title.startswith("《") and title.find("》") == len(title) - 1:
        title = title[1:-1]
    while (shorter := _ENDING.sub("", title).strip()) != title:
        title = shorter
    return title
