"""Tell what kind of section a numbered paragraph is, by the heading of its part and by what stands below it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon
from policygraph.patterns import word_of, word_pattern
from policygraph.records import record
from policygraph.segment.headings import only_alone
from policygraph.terms import SectionKind

_BELOW_CHAPTERS = ("chapter", "division", "article", "part")  # with a parent they are what items are elsewhere
_TASK_STYLES = ("item", "number", "decimal")


@record
class Paragraph:
    """A numbered paragraph before its kind is known; ``annex`` is the label of the annex it stands in."""

    number: str
    style: str
    heading: str
    annex: str
    start: int  # of the paragraph
    body: int  # where the text after the heading begins
    parent: int  # index of the entry above, -1 at the top
    rule: str = ""  # by which its heading was read


def kinds_of(entries: Sequence[Paragraph], lexicon: Lexicon) -> list[SectionKind]:
    """Return what each numbered paragraph is, by the heading of its part and by what stands below it."""
    plan_before = any(entry.style in _TASK_STYLES and not entry.annex for entry in entries)
    parents = {entry.parent for entry in entries if entry.heading and entry.style in (*_TASK_STYLES, *_BELOW_CHAPTERS)}
    tops: list[int] = []
    for at, entry in enumerate(entries):
        nested = entry.parent >= 0 and entries[entry.parent].style != "annex"
        tops.append(tops[entry.parent] if nested else at)
    kinds: list[SectionKind] = []
    for at, entry in enumerate(entries):
        if entry.style == "annex":
            kinds.append(SectionKind.ANNEX)
        elif tops[at] == at:
            kinds.append(SectionKind.PART)
        elif entry.annex and plan_before:
            kinds.append(SectionKind.MECHANISM)  # the plan stands before; its annexes say how it is run
        else:
            below = SectionKind.GROUP if at in parents else SectionKind.ACTION
            kinds.append(_below(entries[tops[at]].heading, lexicon) or below)
    return _with_safeguards(kinds, entries, tops, lexicon)


def _with_safeguards(
    kinds: list[SectionKind], entries: Sequence[Paragraph], tops: list[int], lexicon: Lexicon
) -> list[SectionKind]:
    """Return the kinds, those below a part measures that has nothing but names of safeguards, behind actions.

    What a part of «经费与人才» holds is known by the headings below it: 经费安排, 人才培养, 信息支撑.
    """
    headings: dict[int, list[str]] = {}
    for at, kind in enumerate(kinds):
        if kind == SectionKind.ACTION:
            headings.setdefault(tops[at], []).append("".join(entries[at].heading.split()))
    first = next(iter(headings), -1)
    safe = {top for top, found in headings.items() if top != first and _are_safeguards(found, lexicon)}
    return [
        SectionKind.MEASURE if kind == SectionKind.ACTION and tops[at] in safe else kind
        for at, kind in enumerate(kinds)
    ]


def _are_safeguards(found: Sequence[str], lexicon: Lexicon) -> bool:
    """Say whether headings are of nothing but safeguards, and one of them of means or of who directs."""
    names, core = _safeguard(lexicon), word_pattern("safeguard-core", lexicon)
    whole = len(found) > 1 and all(names.fullmatch(heading) for heading in found)
    return whole and any(core.search(heading) for heading in found)


@compiled
def _safeguard(lexicon: Lexicon) -> re.Pattern[str]:
    words = word_of("safeguard", lexicon), word_of("safeguard-core", lexicon)
    return re.compile(rf"(?:{'|'.join(words)}){{1,4}}")


def _below(heading: str, lexicon: Lexicon) -> SectionKind | None:
    """Return the kind that the words of a part's heading give to what stands below it; 保  障 is printed with a gap."""
    bare, alone = "".join(heading.split()), only_alone(lexicon)
    found = [form for form in lexicon.layout.part_kinds if form == bare or (form in bare and form not in alone)]
    return SectionKind(lexicon.layout.part_kinds[max(found, key=len)]) if found else None
