"""Read a list of bodies: split it, put left-out prefixes and tails back. The syntax of lists, not of bodies."""

from __future__ import annotations

import re
from dataclasses import dataclass

from policygraph.extract.grammar.body_names import (
    NOTHING,
    Carry,
    complete,
    is_body,
    is_without_prefix,
    printed_prefix,
    starts_with,
    starts_with_place,
    tail_kind,
)
from policygraph.extract.grammar.lent_tails import ListedBody, borrowers, lend_tails
from policygraph.extract.grammar.role_words import BULLETS, Said, mark_at
from policygraph.knowledge import compiled
from policygraph.lexicon import Forms, Lexicon
from policygraph.messages import message
from policygraph.patterns import either, either_of, longest_first, of_kind, one_of, word_of
from policygraph.quantities import COUNTING
from policygraph.records import record, replace

_OPEN, _CLOSE = "([〔〈【{《“‘<", ")]〕〉】}》”’>"
_SEPARATORS = "、,;，；"
_BLANKS = frozenset(char for char in map(chr, range(0x3001)) if char.isspace())
_BEFORE_NAME, _BEHIND_NAME = _BLANKS.union(("由", "以"), BULLETS), _BLANKS.union(BULLETS, "|/")
_SPACES, _WORD = re.compile(r"\s+"), re.compile(r"\S+")
_BELOW = re.compile(r"[县区旗](?:[(\[〔][^()\[\]〔〕]{1,8}[)\]〕])?(?=.{2})")  # a unit below the cities of a province
_FEWEST_APART = 3  # names that blanks set apart without a prefix; two may be one name in which a line broke
_SHORTEST_NAME = 3  # characters
_MARKED = re.compile(r"\s*[(\[〔【]\s?([^()\[\]〔〕【】]{1,12})\s?[)\]〕】]$")
_SIGNS = f"①-⑳{re.escape(_OPEN + _CLOSE + _SEPARATORS)}"
_MARKS = re.compile(  # brackets, separators, numbers of the items of a list in a cell: 1. 1) (1) ①
    rf"[\d{_SIGNS}](?:(?<=\d)(?<![\d.]\d)\d?[.)](?!\d)|(?<=\()\d{{1,2}}\)|(?<=[{_SIGNS}]))"
)


@record
class BodyList:
    """A list that was read: its bodies, what it hands on, and whether it is open (等)."""

    bodies: tuple[ListedBody, ...]
    carry: Carry
    is_open: bool


def read_list(text: str, start: int, end: int, lexicon: Lexicon, carry: Carry = NOTHING) -> BodyList:
    """Return the bodies of ``text[start:end]``; ``carry`` is what the list before it handed on."""
    whole_end, patterns = end, _patterns(lexicon)
    end, is_open = _without_end(text, start, end, lexicon)
    plain, items = not patterns.beside.search(text, start, end), list[ListedBody]()
    for piece in _split(text, start, end, lexicon):
        if plain:
            name = _tidy(text[piece.start : piece.end])
            item, goes_on = ListedBody(piece.start, piece.end, name, name, piece.group), False
        else:
            item, goes_on = _item(text, piece, lexicon)
        is_open = is_open or goes_on
        if item.name and not (item.name[0] in "0123456789" and item.name.isdigit()):
            items.append(item)
    if len(items) > 1 or is_open:
        items = items if plain else _share_marks(items)
        items = lend_tails(_join_territories(items, text, lexicon), lexicon)
        items = _lend_fields(items, text[end:whole_end] if is_open else "", lexicon)
    done: list[ListedBody] = []
    # only what was printed before can be left out: in «法规处、省局信息中心、计量处» each has the name that it bears
    bare = bool(items) and not carry.prefix and is_without_prefix(items[0].name, lexicon)
    for item in items:
        name, carry = complete(item.name, NOTHING if bare else carry, lexicon)
        if name.endswith(patterns.misprints):
            done.append(_mended(item, name, lexicon))
        else:
            done.append(item if name == item.name else item.named(name))
    done = _of_each(done, lexicon) if "各" in text[start:end] else done
    return BodyList(tuple(done), carry, is_open)


def _of_each(items: list[ListedBody], lexicon: Lexicon) -> list[ListedBody]:
    """Put back the 各 that governments of several levels share: 各开发区、区县人民政府."""
    first = next((at for at, item in enumerate(items) if item.name.startswith("各")), None)
    if first is None:
        return items
    seats = _patterns(lexicon).seats_of_levels
    return [
        replace(item, name=f"各{item.name}") if at > first and seats.fullmatch(item.name) else item
        for at, item in enumerate(items)
    ]


def _item(text: str, whole: _Piece, lexicon: Lexicon) -> tuple[ListedBody, bool]:
    """Return a name without what stands beside it, and whether it says that the list goes on (市教育局等部门)."""
    piece, mark = _without_mark(text, whole, lexicon)
    piece, goes_on = _without_own_end(text, piece, lexicon)
    printed = text[piece.start : piece.end]
    name = _patterns(lexicon).aside.sub(lambda match: f"({match['kept']})" if match["kept"] else "", printed)
    return ListedBody(piece.start, piece.end, _tidy(printed), _tidy(name), piece.group, mark=mark), goes_on


def _without_mark(text: str, piece: _Piece, lexicon: Lexicon) -> tuple[_Piece, Said | None]:
    """Take the role in brackets off the end of a name: 市教育局(牵头)."""
    if text[piece.end - 1 : piece.end] not in _CLOSE:
        return piece, None
    match = _MARKED.search(text, max(piece.start + 1, piece.end - 18), piece.end)
    mark = mark_at(match, lexicon) if match else None
    return (replace(piece, end=match.start()), mark) if match and mark else (piece, None)


def _share_marks(items: list[ListedBody]) -> list[ListedBody]:
    """Give a mark to the names before it where it is for them too: 市财政局、市人社局(配合)."""
    if not any(item.mark for item in items):
        return items
    done: list[ListedBody] = []
    shared, group = None, -1
    for item in reversed(items):
        shared = item.mark if item.mark else shared if item.group == group else None
        shared = shared if shared and shared.shared else None
        done.append(replace(item, mark=item.mark or shared))
        group = item.group
    return done[::-1]


def _without_own_end(text: str, piece: _Piece, lexicon: Lexicon) -> tuple[_Piece, bool]:
    """Take 等部门 off a name inside a list: 市教育局等部门、各区人民政府."""
    match = _patterns(lexicon).end.search(text, max(piece.start + 1, piece.end - 16), piece.end)
    if not match or not is_body(_tidy(text[piece.start : match.start()]), lexicon):
        return piece, False
    return replace(piece, end=match.start()), True


def _mended(item: ListedBody, name: str, lexicon: Lexicon) -> ListedBody:
    """Return an item with its completed name, in which the misprint at its end is put right."""
    wrong = next(form for form in _patterns(lexicon).misprints if name.endswith(form))
    return item.named(name[: -len(wrong)] + lexicon.names.misprints[wrong], message("extract.misprint", name=name))


def _tidy(surface: str) -> str:
    return surface if surface.isalnum() else "".join(surface.split())  # most have no blank


def _without_end(text: str, start: int, end: int, lexicon: Lexicon) -> tuple[int, bool]:
    """Take 等 and what goes with it off the end of a list."""
    while end > start and text[end - 1] in " \n、,;，；。.:":
        end -= 1
    match = _patterns(lexicon).end.search(text, max(start + 1, end - 16), end)
    return (match.start(), True) if match else (end, False)


@dataclass(frozen=True, slots=True)
class _ListPatterns:
    """The patterns of one lexicon: the end of an open list, brackets beside a name, parts of 各区、县(市)人民政府.

    ``beside`` matches a letter of whatever may stand beside a name; most lists have none.
    The forms stand in the order in which they are tried, the longest first.
    """

    end: re.Pattern[str]
    beside: re.Pattern[str]
    aside: re.Pattern[str]
    first_part: re.Pattern[str]
    next_part: re.Pattern[str]
    seats_of_levels: re.Pattern[str]
    levels: re.Pattern[str]
    level: re.Pattern[str]
    field: re.Pattern[str]
    field_tail: re.Pattern[str]
    seats: frozenset[str]
    unit_ends: frozenset[str]
    seated: re.Pattern[str]
    joins: tuple[str, ...]
    join_or_space: re.Pattern[str]
    misprints: tuple[str, ...]
    field_tails: tuple[str, ...]


@compiled
def _patterns(lexicon: Lexicon) -> _ListPatterns:
    def of(table: Forms, kind: str) -> str:
        return either_of(table, kind)

    opens = one_of(sorted({form[0] for form in lexicon.names.list_ends}))
    rest = either(form[1:] for form in lexicon.names.list_ends if len(form) > 1)  # 等部门, 等市直有关部门
    inside, starts = of(lexicon.names.asides, "anywhere"), of(lexicon.names.asides, "start")
    unit, seat = of(lexicon.names.territories, "unit"), of(lexicon.names.territories, "seat")
    territory = rf"(?:{of(lexicon.names.territories, 'owner')})?(?:{unit})+"
    aside = rf"(?:\({word_of('body-noun', lexicon)}\))?"  # 等部门(单位)
    bracket = r"(?:[(\[〔<].{1,12}[)\]〕>])?"
    return _ListPatterns(
        end=re.compile(
            rf"{opens}(?:(?:\d{{1,3}}|[{COUNTING}]{{1,3}})[余多]?[个家]?)?(?:[省市县区州盟旗]?[直级属]?(?:{rest}){aside})?$"
        ),
        beside=re.compile(f"{opens}|[{re.escape(_OPEN + _CLOSE)}]"),
        aside=re.compile(
            rf"[(〈\[〔](?:(?P<kept>(?:{unit}|、)+)[,、](?={inside}|{starts})|)"
            rf"(?:[^)〉\]〕]{{0,60}}(?:{inside})|{starts})[^)〉\]〕]{{0,80}}[)〉\]〕]"
        ),
        first_part=re.compile(rf"各{territory}{bracket}(?:[、,]各?{territory}{bracket})*"),
        next_part=re.compile(rf"{territory}{bracket}(?:级?(?:{seat}))?"),  # 各市、县级政府
        seats_of_levels=re.compile(rf"(?:{unit})(?:{unit}|[(\[〔](?:{unit})[)\]〕])+(?:{seat})"),
        levels=re.compile(rf"(?:{unit})(?:[、,](?:{unit}))*"),
        level=re.compile(rf"(?:{unit})(?:$|[两三级])"),
        field=re.compile("[\u4e00-\u9fff]{2,6}"),
        field_tail=re.compile(
            rf"(?!.*{word_of('no-field', lexicon)})[\u4e00-\u9fff]{{2,6}}(?:{of(lexicon.names.lent_tails, 'field')})"
        ),
        seats=frozenset(of_kind(lexicon.names.territories, "seat")),
        unit_ends=frozenset(form[-1] for form in of_kind(lexicon.names.territories, "unit")),
        seated=re.compile(rf"((?:[^各]{{0,6}}各)?{territory}{bracket})(?:{seat}|{word_of('party-seat', lexicon)})"),
        joins=tuple(longest_first(lexicon.names.list_joins)),
        join_or_space=re.compile(rf"\s|{either(lexicon.names.list_joins)}"),
        misprints=tuple(lexicon.names.misprints),
        field_tails=tuple(of_kind(lexicon.names.lent_tails, "field")),
    )


@record
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
        if len(mark[0]) > 1 or "①" <= char <= "⑳":  # the number of an item
            if depth <= 0:
                pieces.append(_trimmed(text, left, at, group))
                left = mark.end()
            continue
        depth += (char in _OPEN) - (char in _CLOSE)
        if char in _SEPARATORS and depth <= 0:
            pieces.append(_trimmed(text, left, at, group))
            left, depth = at + 1, 0
            group += char != "、"
    pieces.append(_trimmed(text, left, end, group))
    if not _patterns(lexicon).join_or_space.search(text, start, end):
        return pieces
    return [part for piece in pieces for part in _split_join(text, piece, lexicon)]


def _trimmed(text: str, left: int, right: int, group: int) -> _Piece:
    while left < right and text[left] in _BEFORE_NAME:
        left += 1
    while right > left and text[right - 1] in _BEHIND_NAME:
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
    parts = [replace(piece, start=each.start(), end=each.end()) for each in _WORD.finditer(text, left, right)]
    if len(parts) >= _FEWEST_APART and all(_is_name(text[each.start : each.end], lexicon) for each in parts):
        return parts
    spaces = _SPACES.search(text, left, right)
    if spaces and is_body(_tidy(text[left : spaces.start()]), lexicon):
        rest = replace(piece, start=spaces.end())
        if printed_prefix(_tidy(text[spaces.end() : right]), lexicon)[0]:
            return [replace(piece, end=spaces.start()), *_split_join(text, rest, lexicon)]
    return [piece]


def _is_name(word: str, lexicon: Lexicon) -> bool:
    return len(word) >= _SHORTEST_NAME and is_body(word, lexicon)


def _both_bodies(before: str, after: str, lexicon: Lexicon) -> bool:
    head, rest = _patterns(lexicon).end.sub("", _tidy(before)) or _tidy(before), _tidy(after)
    kinds = tail_kind(head, lexicon), tail_kind(rest, lexicon)
    if kinds == ("department", "department") or (kinds[0] == "generic" and kinds[1] in ("territorial", "bare")):
        return True  # 妇联和残联, 各有关部门和各区政府, 有关部门和乡镇街道
    if kinds[0] not in ("department", "territorial", "proper") or (len(rest) < 3 and rest[0] != "各"):
        return False
    begins = printed_prefix(rest, lexicon)[0] or starts_with(rest, "own", lexicon) or starts_with_place(rest, lexicon)
    return bool(tail_kind(rest, lexicon)) and (bool(begins) or tail_kind(rest, lexicon) in ("territorial", "bare"))


def _join_territories(items: list[ListedBody], text: str, lexicon: Lexicon) -> list[ListedBody]:
    """Join 「各区、县(市)人民政府」 and 「市、县两级卫生健康部门」 again: each is one body with a comma inside.

    A bare seat has the territory of the body before it: in 「各乡镇党委、政府」 the second is 各乡镇政府.
    """
    patterns = _patterns(lexicon)
    done: list[ListedBody] = []
    for item in items:
        if not done:
            done.append(item)
            continue
        before = done[-1]
        each = (
            before.name[0] == "各"
            and patterns.first_part.fullmatch(before.name)
            and (patterns.next_part.fullmatch(item.name) or _are_bureaus_below(before.name, item.name, lexicon))
        )
        ends_in_unit = before.name[-1] in patterns.unit_ends  # as few do
        letter = len(item.name) == 1 and _is_letter_of(item, text[before.end : item.start], lexicon)
        if each and not letter and _are_streets(before.name, item.name, lexicon):
            done.append(item.named(f"各{item.name}"))
        elif (
            letter
            or each
            or (ends_in_unit and patterns.levels.fullmatch(before.name) and patterns.level.match(item.name))
        ):
            whole = _tidy(text[before.start : item.end])
            done[-1] = replace(before, end=item.end, surface=whole, name=whole)
        else:
            owner = item.name in patterns.seats and patterns.seated.fullmatch(before.name)
            done.append(item.named(f"{owner[1]}{item.name}") if owner else item)
    return done


def _is_letter_of(item: ListedBody, between: str, lexicon: Lexicon) -> bool:
    """Say whether a name of one letter is a part of the one before it: 各委、办、局."""
    return between.strip() == "、" and tail_kind(item.name, lexicon) == "department"


def _are_bureaus_below(before: str, name: str, lexicon: Lexicon) -> bool:
    """Say whether bureaus of two levels are named once: 各市、县(区)教育局, but not in 各镇、区教育局."""
    below = _BELOW.match(name)
    if not below or before[1] not in ("市", "州", "盟", "地"):
        return False
    return tail_kind(name[below.end() :], lexicon) in ("department", "generic")


def _are_streets(before: str, name: str, lexicon: Lexicon) -> bool:
    """Say whether streets and towns stand beside each other without a seat that they share: 各街道、镇."""
    street = borrowers(lexicon)["street"]
    return bool((street.search(before) or street.search(name)) and _patterns(lexicon).levels.fullmatch(name))


def _lend_fields(items: list[ListedBody], behind: str, lexicon: Lexicon) -> list[ListedBody]:
    """Give the fields of the last group the tail they share: 「发改、财政部门」, or 「市发改、财政等部门」.

    ``behind`` is the end of an open list. Beside bodies with names of their own a field is left as it is.
    """
    tails = _patterns(lexicon).field_tails
    tail = next((form for form in tails if form in behind), "")
    own = not tail and items and _patterns(lexicon).field_tail.fullmatch(items[-1].name)
    if not tail and not own:
        return items
    group = [item for item in items if item.group == items[-1].group]
    if own:
        tail, group = tails[0], group[:-1]
    named = any(is_body(item.name, lexicon) and len(item.name) > 2 for item in group)
    if not group or named or not all(_patterns(lexicon).field.fullmatch(item.name) for item in group):
        return items
    prefix = printed_prefix(group[0].name + tail, lexicon)[0]
    first = group[0]
    return [
        item.named(f"{'' if item is first else prefix}{item.name}{tail}") if item in group else item for item in items
    ]
