"""Lead the rows of a task table that stands apart to the actions of the plan that they name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from policygraph.extract.grammar.headings import action_name, stands_below
from policygraph.extract.responsibilities.styles import Candidates
from policygraph.lexicon import Lexicon
from policygraph.model import Outline, Section
from policygraph.terms import SectionKind

_TABLE = "table"


def actions_by_name(outline: Outline, candidates: Candidates, lexicon: Lexicon) -> Mapping[str, Section]:
    """Return the actions that print nobody who answers, by their names; a name that two bear is of neither.

    An action that says itself who answers, or has it said below it, keeps that: a table that repeats it is its own.
    """
    if not any(each.clause.action for found in candidates for each in found):
        return {}  # no table names any, as in most
    named: dict[str, list[Section]] = {}
    for section in outline.sections:
        if section.kind == SectionKind.ACTION and section.heading:
            named.setdefault(name_of(action_name(section, lexicon), lexicon), []).append(section)
    answered = tuple(_answered(outline, candidates))
    return {
        name: found[0]
        for name, found in named.items()
        if len(found) == 1 and not any(_is_at(number, found[0].number) for number in answered)
    }


def name_of(action: str, lexicon: Lexicon) -> str:
    """Return what an action is about: its name without blanks and without the word for what it is (行动)."""
    bare = "".join(action.split())
    ends = (end for end in lexicon.layout.heading_ends if bare.endswith(end) and bare != end)
    return bare.removesuffix(max(ends, key=len, default=""))


def _answered(outline: Outline, candidates: Candidates) -> Iterator[str]:
    """Yield the numbers of the sections that print who answers, otherwise than in a row of a table."""
    for section, found in zip(outline.sections, candidates, strict=True):
        if any(not each.style.running and each.style.name != _TABLE for each in found):
            yield section.number


def _is_at(number: str, action: str) -> bool:
    return number == action or stands_below(number, action)
