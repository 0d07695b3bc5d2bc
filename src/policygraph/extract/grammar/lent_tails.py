"""The bodies of a list, and the tails that one of them lends to those before it: 肇庆高新区、肇庆新区管委会."""

from __future__ import annotations

import re

from policygraph.extract.grammar.body_names import tail_kind
from policygraph.extract.grammar.role_words import Said
from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon
from policygraph.messages import Note
from policygraph.patterns import longest_first, word_of
from policygraph.records import record


@record
class ListedBody:
    """One body of a list: where it stands in the clause, how it is printed, its completed name."""

    start: int
    end: int
    surface: str
    name: str
    group: int  # bodies between two commas form a group
    repaired: Note = ""
    mark: Said | None = None  # the role in brackets behind it: 市教育局(牵头)

    def named(self, name: str, repaired: Note = "") -> ListedBody:
        """Return the same body under another name."""
        return ListedBody(self.start, self.end, self.surface, name, self.group, repaired, self.mark)


@compiled
def borrowers(lexicon: Lexicon) -> dict[str, re.Pattern[str]]:
    """Return which bare places borrow a tail of which kind."""
    zone, street = word_of("zone", lexicon), word_of("street", lexicon)
    return {
        "zone": re.compile(f"{zone}$"),
        "division": re.compile("[市县区州旗盟乡镇]$"),
        "street": re.compile(f"{street}$"),
        "named": re.compile(f"^.{{2,4}}?{street}?$"),
    }


def _with_tail(name: str, tail: str) -> str:
    """Add a tail of which the name may have the beginning: 城东街道 and 街道办事处."""
    shared = next(size for size in range(len(tail), -1, -1) if name.endswith(tail[:size]))
    return name + tail[shared:]


def lend_tails(items: list[ListedBody], lexicon: Lexicon) -> list[ListedBody]:
    """Give bare places the tail of the next full one: 「肇庆高新区、肇庆新区管委会」."""
    tails = _tails(lexicon)
    if not [item for item in items if item.name.endswith(tails)]:  # as in most lists
        return items
    done: list[ListedBody] = []
    tail = ""
    for at in range(len(items) - 1, -1, -1):
        item = items[at]
        lent = tail if tail and at + 1 < len(items) and items[at + 1].group == item.group else ""
        kind = tail_kind(item.name, lexicon) if lent else ""
        bare = kind == "bare" or (kind == "" and lent and lexicon.names.lent_tails[lent] == "named")
        takes = lent and bare and not item.name.startswith("各")
        if takes and borrowers(lexicon)[lexicon.names.lent_tails[lent]].search(item.name):
            done.append(item.named(_with_tail(item.name, lent)))
            continue
        lends = item.name.endswith(tails)
        tail = next(form for form in tails if item.name.endswith(form)) if lends else ""
        done.append(item)
    return done[::-1]


@compiled
def _tails(lexicon: Lexicon) -> tuple[str, ...]:
    """Return the tails that a name may lend, in the order in which they are tried, the longest first."""
    return tuple(longest_first(form for form, kind in lexicon.names.lent_tails.items() if kind != "field"))
