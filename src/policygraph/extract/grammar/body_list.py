"""Read a list of bodies: split it, put left-out prefixes and tails back. The syntax of lists, not of bodies."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from policygraph.extract.grammar.patterns import either, longest_first, of_kind, one_of, word_of
from policygraph.knowledge import compiled
from policygraph.lexicon import Forms, Lexicon
from policygraph.messages import Note, message

_OPEN, _CLOSE = "([〔〈【{《“‘<", ")]〕〉】}》”’>"
_SEPARATORS = "、,;，；"
_MARKS = re.compile(f"[{re.escape(_OPEN + _CLOSE + _SEPARATORS)}]")
_ASIDE_AT_END = re.compile(r"[(\[〔][^)\]〕]{0,20}[)\]〕]$")
_EACH = re.compile(r"各(?:地|县|区|市|州|盟|旗)(?:[(\[〔].{1,8}[)\]〕])?")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class ListedBody:
    """One body of a list: where it stands in the clause, how it is printed, its completed name."""

    start: int
    end: int
    surface: str
    name: str
    group: int  # bodies between two commas form a group
    repaired: Note = ""


@dataclass(frozen=True, slots=True)
class Carry:
    """What a list hands on: the jurisdiction prefix, and whether the last body was a party organ."""

    prefix: str = ""
    party: bool = False


@dataclass(frozen=True, slots=True)
class BodyList:
    """A list that was read: its bodies, what it hands on, and whether it is open (等)."""

    bodies: tuple[ListedBody, ...]
    carry: Carry
    is_open: bool


NOTHING = Carry()


def read_list(text: str, start: int, end: int, lexicon: Lexicon, carry: Carry = NOTHING) -> BodyList:
    """Return the bodies of ``text[start:end]``; ``carry`` is what the list before it handed on."""
    end, is_open = _without_end(text, start, end, lexicon)
    aside = _patterns(lexicon).aside
    items: list[ListedBody] = []
    for piece in _split(text, start, end, lexicon):
        printed = text[piece.start : piece.end]
        name = _tidy(aside.sub(lambda match: f"({match['kept']})" if match["kept"] else "", printed))
        if name:
            items.append(ListedBody(piece.start, piece.end, _tidy(printed), name, piece.group))
    items = _lend_tails(_join_territories(items, text, lexicon), lexicon)
    done: list[ListedBody] = []
    for item in items:
        name, carry = complete(item.name, carry, lexicon)
        done.append(item if name == item.name and not _is_misprint(name, lexicon) else _mended(item, name, lexicon))
    return BodyList(tuple(done), carry, is_open)


@compiled
def tail_kind(name: str, lexicon: Lexicon) -> str:
    """Return the kind of a name's ending (department, territorial, proper, bare, generic), ``""`` for none."""
    bare = _ASIDE_AT_END.sub("", name) or name
    for length in range(min(len(bare), 8), 0, -1):
        kind = lexicon.names.org_tails.get(bare[-length:])
        if kind:
            return kind
    return ""


@compiled
def is_body(name: str, lexicon: Lexicon) -> bool:
    """Say whether a name looks like a body: a known ending, and nothing that only a sentence has."""
    if len(name) < 2 or len(name) > 40 or _name_patterns(lexicon).no_name.search(name):
        return False
    return bool(tail_kind(name, lexicon))


def is_department_list(text: str, start: int, end: int, lexicon: Lexicon) -> bool:
    """Say whether a stretch is nothing but departments and seats, the first printed with its jurisdiction."""
    listed = read_list(text, start, end, lexicon)
    kinds = {tail_kind(body.name, lexicon) for body in listed.bodies}
    first = listed.bodies[0].name if listed.bodies else ""
    printed = bool(listed.carry.prefix or first.startswith("各"))
    return bool(first) and kinds <= {"department", "territorial"} and printed


def complete(name: str, carry: Carry, lexicon: Lexicon) -> tuple[str, Carry]:
    """Return the name with its jurisdiction prefix and the prefix that the next name may leave out.

    「市教育局、科学技术局」: the second is 市科学技术局. 「区委宣传部、网信办、科工信局」: 区委网信办, 区科工信局.
    """
    prefix, party = _printed_prefix(name, lexicon)
    if prefix:
        return name, Carry(prefix, party)
    if not carry.prefix or not _may_take_prefix(name, lexicon):
        return name, Carry(carry.prefix, False)
    if (
        name in lexicon.names.party_organs
        and not carry.prefix.startswith("各")
        and (carry.party or name.endswith(tuple(lexicon.grammar.rule_words["always-party"])))
    ):
        return f"{carry.prefix}委{name}", Carry(carry.prefix, True)
    return f"{carry.prefix}{name}", Carry(carry.prefix, False)


@compiled
def _printed_prefix(name: str, lexicon: Lexicon) -> tuple[str, bool]:
    """Return the jurisdiction prefix a name is printed with, and whether it is a party organ's (市委…)."""
    if _starts(name, "not-a-prefix", lexicon):
        return "", False
    each = _EACH.match(name)
    if each and tail_kind(name, lexicon) == "department" and len(name) > each.end() + 2:
        return each[0], False
    if _starts(name, "own", lexicon):
        return "", False
    found = _starts(name, "jurisdiction", lexicon) or _administered_place(name, lexicon)
    if not found or tail_kind(name, lexicon) not in ("department", "generic", "territorial", "bare", "proper"):
        return "", False
    party = _name_patterns(lexicon).party.match(name, len(found))
    if found in lexicon.names.places and tail_kind(name, lexicon) != "department":
        return "", False
    return found, bool(party)


def _administered_place(name: str, lexicon: Lexicon) -> str:
    """Return a full place name (大连市) at the start of a department's name."""
    jurisdictions = _prefix_forms("jurisdiction", lexicon)
    for length in range(min(len(name) - 2, 11), 2, -1):
        if name[:length] in lexicon.names.places and name[length - 1] in jurisdictions:
            return name[:length]
    return ""


def _starts(name: str, kind: str, lexicon: Lexicon) -> str:
    forms = _prefix_forms(kind, lexicon)
    return next((form for form in forms if name.startswith(form)), "") if name.startswith(forms) else ""


@compiled
def _prefix_forms(kind: str, lexicon: Lexicon) -> tuple[str, ...]:
    """Return the prefixes of one kind, the longest first."""
    return tuple(sorted(of_kind(lexicon.names.prefixes, kind), key=len, reverse=True))


@compiled
def _may_take_prefix(name: str, lexicon: Lexicon) -> bool:
    if _starts(name, "own", lexicon) or _starts_with_place(name, lexicon):
        return False
    kind = tail_kind(name, lexicon)
    return kind == "department" or (kind == "territorial" and bool(_starts(name, "generic-place", lexicon)))


def _starts_with_place(name: str, lexicon: Lexicon) -> bool:
    """A name that opens with a place is that place's own (乌海气象局); 公安局 and 资源局 only look so."""
    for length in range(min(len(name) - 2, 11), 1, -1):
        if name[:length] in lexicon.names.places and len(name) - length > 1:
            return name[:length] not in lexicon.names.place_lookalikes
    return bool(_name_patterns(lexicon).place_seat.match(name)) and not _starts(name, "generic-place", lexicon)


def _is_misprint(name: str, lexicon: Lexicon) -> bool:
    return name.endswith(_patterns(lexicon).misprints)


def _mended(item: ListedBody, name: str, lexicon: Lexicon) -> ListedBody:
    """Return an item with its completed name, in which a misprint is put right."""
    forms = _patterns(lexicon).misprints if _is_misprint(name, lexicon) else ()
    wrong = next((form for form in forms if name.endswith(form)), "")
    right = name[: -len(wrong)] + lexicon.names.misprints[wrong] if wrong else name
    note = message("extract.misprint", name=name) if right != name else ""
    return ListedBody(item.start, item.end, item.surface, right, item.group, note)


def _tidy(surface: str) -> str:
    return "".join(surface.split())


def _without_end(text: str, start: int, end: int, lexicon: Lexicon) -> tuple[int, bool]:
    """Take 等 and what goes with it off the end of a list."""
    while end > start and text[end - 1] in " \n、,;，；。.:":
        end -= 1
    match = _patterns(lexicon).end.search(text, max(start + 1, end - 16), end)
    return (match.start(), True) if match else (end, False)


@dataclass(frozen=True, slots=True)
class _ListPatterns:
    """The patterns of one lexicon: the end of an open list, brackets beside a name, parts of 各区、县(市)人民政府.

    The forms stand in the order in which they are tried, the longest first.
    """

    end: re.Pattern[str]
    aside: re.Pattern[str]
    first_part: re.Pattern[str]
    next_part: re.Pattern[str]
    seat: re.Pattern[str]
    seated: re.Pattern[str]
    joins: tuple[str, ...]
    join_or_space: re.Pattern[str]
    misprints: tuple[str, ...]
    lent_tails: tuple[str, ...]


@compiled
def _patterns(lexicon: Lexicon) -> _ListPatterns:
    def of(table: Forms, kind: str) -> str:
        return either(of_kind(table, kind))

    opens = one_of(sorted({form[0] for form in lexicon.names.list_ends}))
    rest = either(form[1:] for form in lexicon.names.list_ends if len(form) > 1)  # 等部门, 等市直有关部门
    inside, starts = of(lexicon.names.asides, "anywhere"), of(lexicon.names.asides, "start")
    unit, seat = of(lexicon.names.territories, "unit"), of(lexicon.names.territories, "seat")
    territory = rf"(?:{of(lexicon.names.territories, 'owner')})?(?:{unit})+"
    bracket = r"(?:[(\[〔<].{1,12}[)\]〕>])?"
    return _ListPatterns(
        end=re.compile(rf"{opens}(?:[省市县区州盟旗]?[直级属]?(?:{rest}))?$"),
        aside=re.compile(
            rf"[(〈\[〔](?:(?P<kept>(?:{unit}|、)+)[,、](?={inside}|{starts})|)"
            rf"(?:[^)〉\]〕]{{0,60}}(?:{inside})|{starts})[^)〉\]〕]{{0,80}}[)〉\]〕]"
        ),
        first_part=re.compile(rf"各{territory}(?:[、,]各?{territory})*"),
        next_part=re.compile(rf"{territory}{bracket}(?:{seat})?"),
        seat=re.compile(seat),
        seated=re.compile(rf"((?:[^各]{{0,6}}各)?{territory}{bracket})(?:{seat}|{word_of('party-seat', lexicon)})"),
        joins=tuple(longest_first(lexicon.names.list_joins)),
        join_or_space=re.compile(rf"\s|{either(lexicon.names.list_joins)}"),
        misprints=tuple(lexicon.names.misprints),
        lent_tails=tuple(longest_first(lexicon.names.lent_tails)),
    )


@dataclass(frozen=True, slots=True)
class _NamePatterns:
    """How one name is known: what no name has, a party organ behind its place, a place's seat at its start."""

    no_name: re.Pattern[str]
    party: re.Pattern[str]
    place_seat: re.Pattern[str]


@compiled
def _name_patterns(lexicon: Lexicon) -> _NamePatterns:
    tails = lexicon.names.org_tails
    place, seat = either(of_kind(tails, "bare")), either(of_kind(tails, "territorial"))
    return _NamePatterns(
        no_name=re.compile(rf"[。:!?的]|\d{{4}}年|{word_of('no-body', lexicon)}"),
        party=re.compile(f"工?委(?!{word_of('no-party', lexicon)})"),  # 市委, not 市委员会
        place_seat=re.compile(f".{{2,5}}(?:{place})(?:{seat})"),
    )


@compiled
def _borrowers(lexicon: Lexicon) -> dict[str, re.Pattern[str]]:
    """Return which bare places borrow a tail of which kind."""
    zone, street = word_of("zone", lexicon), word_of("street", lexicon)
    return {
        "zone": re.compile(f"{zone}$"),
        "division": re.compile("[市县区州旗盟乡镇]$"),
        "street": re.compile(f"{street}$"),
        "named": re.compile(f"^.{{2,4}}?{street}?$"),
    }


@dataclass(frozen=True, slots=True)
class _Piece:
    """What stands between two separators; ``group`` numbers the runs between two commas."""

    start: int
    end: int
    group: int


def _split(text: str, start: int, end: int, lexicon: Lexicon) -> list[_Piece]:
    """Return the stretches between separators outside all brackets, with the number of their comma group."""
    pieces, depth, left, group = [], 0, start, 0
    for mark in _MARKS.finditer(text, start, end):
        at, char = mark.start(), mark[0]
        depth += (char in _OPEN) - (char in _CLOSE)
        if char in _SEPARATORS and depth <= 0:
            pieces.append(_trimmed(text, left, at, group))
            left, depth = at + 1, 0
            group += char != "、"
    pieces.append(_trimmed(text, left, end, group))
    return [part for piece in pieces for part in _split_join(text, piece, lexicon)]


def _trimmed(text: str, left: int, right: int, group: int) -> _Piece:
    while left < right and (text[left].isspace() or text[left] in "由"):
        left += 1
    while right > left and text[right - 1].isspace():
        right -= 1
    return _Piece(left, right, group)


def _split_join(text: str, piece: _Piece, lexicon: Lexicon) -> list[_Piece]:
    """Split at 和 where both sides are bodies: 市政府国资委和各县区政府, but not 发展和改革委员会."""
    left, right, patterns = piece.start, piece.end, _patterns(lexicon)
    if not patterns.join_or_space.search(text, left, right):
        return [piece]
    for form in patterns.joins:
        at = text.find(form, left + 2, right - 1)
        while at != -1:
            before, after = text[left:at], text[at + len(form) : right]
            if _both_bodies(before, after, lexicon):
                rest = _trimmed(text, at + len(form), right, piece.group)
                return [replace(piece, end=at), *_split_join(text, rest, lexicon)]
            at = text.find(form, at + len(form), right - 1)
    spaces = _SPACES.search(text, left, right)
    if spaces and is_body(_tidy(text[left : spaces.start()]), lexicon):
        rest = replace(piece, start=spaces.end())
        if _printed_prefix(_tidy(text[spaces.end() : right]), lexicon)[0]:
            return [replace(piece, end=spaces.start()), *_split_join(text, rest, lexicon)]
    return [piece]


def _both_bodies(before: str, after: str, lexicon: Lexicon) -> bool:
    head, rest = _tidy(before), _tidy(after)
    kinds = tail_kind(head, lexicon), tail_kind(rest, lexicon)
    if kinds in (("department", "department"), ("generic", "territorial")):  # 妇联和残联, 各有关部门和各区政府
        return True
    if kinds[0] not in ("department", "territorial", "proper") or len(rest) < 3:
        return False
    starts = _printed_prefix(rest, lexicon)[0] or _starts(rest, "own", lexicon) or _starts_with_place(rest, lexicon)
    return bool(tail_kind(rest, lexicon)) and (bool(starts) or tail_kind(rest, lexicon) in ("territorial", "bare"))


def _join_territories(items: list[ListedBody], text: str, lexicon: Lexicon) -> list[ListedBody]:
    """Join 「各区、县(市)人民政府」 again: it is one body with a comma inside."""
    patterns = _patterns(lexicon)
    done: list[ListedBody] = []
    for item in items:
        before = done[-1] if done else None
        if before and patterns.first_part.fullmatch(before.name) and patterns.next_part.fullmatch(item.name):
            whole = _tidy(text[before.start : item.end])
            done[-1] = replace(before, end=item.end, surface=whole, name=whole)
        else:
            done.append(_seated(item, before, lexicon))
    return done


def _seated(item: ListedBody, before: ListedBody | None, lexicon: Lexicon) -> ListedBody:
    """Give a bare seat the territory of the body before it: in 「各乡镇党委、政府」 the second is 各乡镇政府."""
    patterns = _patterns(lexicon)
    owner = patterns.seated.fullmatch(before.name) if before and patterns.seat.fullmatch(item.name) else None
    return replace(item, name=f"{owner[1]}{item.name}") if owner else item


def _with_tail(name: str, tail: str) -> str:
    """Add a tail of which the name may have the beginning: 城东街道 and 街道办事处."""
    shared = next(size for size in range(len(tail), -1, -1) if name.endswith(tail[:size]))
    return name + tail[shared:]


def _lend_tails(items: list[ListedBody], lexicon: Lexicon) -> list[ListedBody]:
    """Give bare places the tail of the next full one: 「肇庆高新区、肇庆新区管委会」."""
    done: list[ListedBody] = []
    tail, tails = "", _patterns(lexicon).lent_tails
    for at in range(len(items) - 1, -1, -1):
        item = items[at]
        lent = tail if tail and at + 1 < len(items) and items[at + 1].group == item.group else ""
        kind = tail_kind(item.name, lexicon)
        bare = kind == "bare" or (kind == "" and lent and lexicon.names.lent_tails[lent] == "named")
        takes = lent and bare and not item.name.startswith("各")
        if takes and _borrowers(lexicon)[lexicon.names.lent_tails[lent]].search(item.name):
            done.append(replace(item, name=_with_tail(item.name, lent)))
            continue
        lends = item.name.endswith(tails)
        tail = next(form for form in tails if item.name.endswith(form)) if lends else ""
        done.append(item)
    return done[::-1]
