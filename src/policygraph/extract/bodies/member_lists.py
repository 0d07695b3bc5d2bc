"""Read member lists: a line for each post, then indented lines with a name and a post each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from policygraph.extract.bodies.holders import Party, persons
from policygraph.extract.grammar.body_words import any_of, forms_of
from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon
from policygraph.messages import message

_LINE = re.compile(r"[^\n]+")
_LONGEST, _LONGEST_CONTINUED, _LONGEST_UNREAD = 400, 80, 40  # characters of a line that lists persons
_MOST_UNREAD = 2  # lines one after the other


@dataclass(frozen=True, slots=True)
class ListedMember:
    """One entry of a member list: the relation that its label gives, and its number under that label."""

    relation: str
    party: Party
    order: int


def read_list_at(text: str, start: int, end: int, lexicon: Lexicon) -> tuple[list[ListedMember], int]:
    """Return the entries of a list that begins on the line at ``start`` and where it ends; none where none does.

    A line that is not understood does not end a list that goes on behind it: it is an entry of its own.
    """
    found: list[ListedMember] = []
    unread: list[tuple[int, int]] = []
    relation, at = "", start
    for left, right in _lines(text, start, end):
        stretches = list(_labels(text, left, right, lexicon)) or [(relation, left, right)]
        labelled = stretches[0][1] > left
        if not labelled and not found:
            break
        read = [
            (seat, party) for seat, begin, stop in stretches for party in _parties(text, begin, stop, labelled, lexicon)
        ]
        if not labelled and not read:
            unread.append((left, right))
            if len(unread) > _MOST_UNREAD or not _may_be_listed(text, left, right):
                break
            continue
        if relation:
            read = [*((relation, _as_printed(text, *lost)) for lost in unread), *read]
        unread, relation, at = [], stretches[-1][0], right
        found += [ListedMember(seat, party, 0) for seat, party in read]
    return _numbered([item for item in found if item.relation]), at


def _numbered(found: list[ListedMember]) -> list[ListedMember]:
    """Number the entries under each label; a label that is printed again goes on."""
    counts: Counter[str] = Counter()
    done = []
    for item in found:
        counts[item.relation] += 1
        done.append(replace(item, order=counts[item.relation]))
    return done


def _may_be_listed(text: str, left: int, right: int) -> bool:
    """Say whether a line that is not understood can stand in a list: short, and no sentence."""
    line = text[left:right]
    return len(line.strip()) <= _LONGEST_UNREAD and not any(mark in line for mark in "。:;")


def _as_printed(text: str, left: int, right: int) -> Party:
    line = text[left:right].strip(" |")
    at = text.find(line, left, right)
    return Party(line, "", at, at + len(line), "holder", message("extract.roster-line-not-read"), "unread")


def has_label(text: str, start: int, end: int, lexicon: Lexicon) -> bool:
    """Say whether a line begins with a post and a colon or a gap."""
    return bool(_label(lexicon).match(text, start, end))


@compiled
def _label(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(rf"[ |]*({any_of(forms_of('post', lexicon), spread=True)})(?:[ ]*[:|]|[ ]{{2,}}(?=\S))")


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


def _parties(text: str, left: int, right: int, labelled: bool, lexicon: Lexicon) -> list[Party]:
    """Return who stands behind a label, or on a line of its own below: persons, no bodies."""
    if not labelled and right - left > _LONGEST_CONTINUED:
        return []
    return [party for party in persons(text, left, right, lexicon) if labelled or party.kind == "person"]


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for match in _LINE.finditer(text, start, end):
        if not match[0].isspace():
            yield match.span()
