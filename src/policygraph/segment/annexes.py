"""Find the list of annexes and the places where their texts begin."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import takewhile

from policygraph.quantities import COUNTING

_LIST = re.compile(r"\s*附\s*件\s*:\s*(?=\S)")
_HEAD = re.compile(rf"\s*附\s*件\s*([\d{COUNTING}]{{0,2}})\s*[:.]?\s*$")
_HEAD_WITH_TITLE = re.compile(rf"\s*附\s*件\s*([\d{COUNTING}]{{1,2}})\s*[:.]?\s*(\S.{{3,60}})$")
_ENTRY = re.compile(r"\s*(?:(\d{1,2})[.、]\s*)?(\S.*)")
_ENDING = re.compile(r"\s{2,}.*$|\.(?:docx?|pdf|xlsx?|wps|ofd)\s*$|[。;]\s*$")
_LONGEST_FILE = 60  # characters of the name of one


@dataclass(frozen=True, slots=True)
class Annex:
    """An annex: its printed number (``附件1``; ``附件`` for an only one), its title, the line where its text begins."""

    label: str
    title: str
    line: int | None  # None: named in the list, text not at hand
    listed_at: int | None = None


def find_annexes(lines: list[str]) -> tuple[tuple[Annex, ...], frozenset[int]]:
    """Return the annexes in document order and the lines that belong to their list or their headings."""
    if not any(line.lstrip().startswith("附") for line in lines):
        return (), frozenset()
    listed, taken = _listed(lines)
    begun: dict[str, Annex] = {}
    for at in range(len(lines)):
        found = None if at in taken else _head(lines, at, listed)
        if found and found[0].label not in begun:
            begun[found[0].label] = found[0]
            taken |= found[1]
    rest = [Annex(label, title, None, at) for label, (title, at) in listed.items() if label not in begun]
    return (*begun.values(), *rest), frozenset(taken)


def _listed(lines: list[str]) -> tuple[dict[str, tuple[str, int]], set[int]]:
    """Return the entries of the list «附件:1.… 2.…» by label, and its lines."""
    start = next((at for at, line in enumerate(lines) if _LIST.match(line)), None)
    if start is None:
        return _listed_at_end(lines)
    entries: dict[str, tuple[str, int]] = {}
    taken = set()
    for at in range(start, len(lines)):
        line = _LIST.sub("", lines[at])
        match = _ENTRY.match(line)
        if not match or (at > start and not match[1]):
            break
        entries[f"附件{match[1] or ''}"] = (_clean(match[2]), at)
        taken.add(at)
    return entries, taken


def _listed_at_end(lines: list[str]) -> tuple[dict[str, tuple[str, int]], set[int]]:
    """Return the files that a page names under 附件 at its end: short numbered lines from 1, and no sentence."""
    start = next((at for at, line in enumerate(lines) if _HEAD.match(line)), len(lines))
    rest = [_ENTRY.match(line) for line in lines[start + 1 :]]
    files = list(takewhile(lambda entry: entry and entry[1], rest))
    if not files or any("。" in line or len(line) > _LONGEST_FILE for line in lines[start + 1 :]):
        return {}, set()
    entries = {f"附件{entry[1]}": (_clean(entry[2]), start + at) for at, entry in enumerate(files, start=1) if entry}
    return (entries, set(range(start, start + len(files) + 1))) if "附件1" in entries else ({}, set())


def _head(lines: list[str], at: int, listed: dict[str, tuple[str, int]]) -> tuple[Annex, set[int]] | None:
    match = _HEAD.match(lines[at])
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
