"""Read member lists: a line for each post, then indented lines with a name and a post each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from policygraph.extract.bodies.holders import Party, persons
from policygraph.extract.grammar.body_words import any_of, forms_of
from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon

_LINE = re.compile(r"[^\n]+")
_LONGEST = 400  # characters of a line that lists persons


@dataclass(frozen=True, slots=True)
class ListedMember:
    """One entry of a member list: the relation that its label gives, and its number under that label."""

    relation: str
    party: Party
    order: int


def read_list_at(text: str, start: int, end: int, lexicon: Lexicon) -> tuple[list[ListedMember], int]:
    """Return the entries of a list that begins on the line at ``start`` and where it ends; none where none does."""
    found: list[ListedMember] = []
    relation, order, at = "", 0, start
    for left, right in _lines(text, start, end):
        labels = list(_labels(text, left, right, lexicon))
        parties = [] if labels else _continued(text, left, right, lexicon)
        if not labels and (not found or not parties):
            break
        for relation, begin, stop in labels:
            order = 0
            for party in persons(text, begin, stop, lexicon):
                order += 1
                found.append(ListedMember(relation, party, order))
        for party in parties:
            order += 1
            found.append(ListedMember(relation, party, order))
        at = right
    return [item for item in found if item.relation], at


def has_label(text: str, start: int, end: int, lexicon: Lexicon) -> bool:
    """Say whether a line begins with a post and a colon or a gap."""
    return bool(_label(lexicon).match(text, start, end))


@compiled
def _label(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(rf"[ ]*({any_of(forms_of('post', lexicon), spread=True)})(?:[ ]*:|[ ]{{2,}}(?=\S))")


@compiled
def _inner_label(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(rf"(?:^|(?<=[ ,;、]))({any_of(forms_of('post', lexicon), spread=True)})[ ]*:")


def _labels(text: str, left: int, right: int, lexicon: Lexicon) -> Iterator[tuple[str, int, int]]:
    """Yield (relation, start, end) for each label of a line: «组长:张三,副组长:李四»."""
    first = _label(lexicon).match(text, left, right) if right - left <= _LONGEST else None
    if not first:
        return
    rest = list(_inner_label(lexicon).finditer(text, first.end(), right))
    for mark, after in zip([first, *rest], [*rest, None], strict=True):
        relation = forms_of("post", lexicon)["".join(mark[1].split())]
        yield _seat(relation), mark.end(), after.start() if after else right


def _seat(relation: str) -> str:
    """Return the seat of who is listed under a label: a listed 成员 is a member."""
    return "member" if relation == "members_from" else relation


def _continued(text: str, left: int, right: int, lexicon: Lexicon) -> list[Party]:
    if not text[left:right].strip() or right - left > 80:
        return []
    return [party for party in persons(text, left, right, lexicon) if party.kind == "person"]


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for match in _LINE.finditer(text, start, end):
        if not match[0].isspace():
            yield match.span()
