"""Know a body by its name: its ending, its jurisdiction, and the prefix that a list left out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon
from policygraph.patterns import either_of, of_kind, word_of
from policygraph.records import record, replace

_ASIDE_AT_END = re.compile(r"[(\[〔<〈][^)\]〕>〉]{0,20}[)\]〕>〉]$")
_PREFIXED = ("department", "generic", "territorial", "bare", "proper")
_ALWAYS, _WITH_LIST = "always", "with-list"  # when a name takes the prefix of its list
_PLACE = r"(?:地|县|区|市|州|盟|旗)(?:[(\[〔].{1,8}[)\]〕])?"
_EACH = re.compile(rf"各{_PLACE}(?:[、,]{_PLACE})?")  # 各区教育局, 各市、县(区)教育局


@record
class Carry:
    """What a list hands on: the jurisdiction prefix, and whether the last body was a party organ.

    ``left_out`` says that the list was seen to leave the prefix out, or to print it with a zone or a company.
    """

    prefix: str = ""
    party: bool = False
    left_out: bool = False


NOTHING = Carry()


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


def complete(name: str, carry: Carry, lexicon: Lexicon) -> tuple[str, Carry]:
    """Return the name with its jurisdiction prefix and the prefix that the next name may leave out.

    「市教育局、科学技术局」: the second is 市科学技术局. 「区委宣传部、网信办、科工信局」: 区委网信办, 区科工信局.
    A zone or a company takes it where the list leaves it out elsewhere: where each bureau prints its own, one that
    prints none has none (「市教育局、高新区管委会」).
    """
    return _completed(name, carry.prefix, carry.party, carry.left_out, lexicon)


@compiled
def _completed(name: str, prefix: str, party: bool, left_out: bool, lexicon: Lexicon) -> tuple[str, Carry]:
    """Return what :func:`complete` does; the same few names stand in the lists of a place again and again."""
    carry = Carry(prefix, party, left_out)
    own, of_party = printed_prefix(name, lexicon)
    if own and prefix and tail_kind(name, lexicon) == "proper":
        return name, carry  # 市公安局某某分局 in a list of a district's bureaus
    if own:
        return name, Carry(own, of_party, left_out or _takes_prefix(name[len(own) :], lexicon) == _WITH_LIST)
    takes = _takes_prefix(name, lexicon) if prefix else ""
    if not takes or (takes == _WITH_LIST and not left_out):
        return name, replace(carry, party=False) if party else carry
    if (
        name in lexicon.names.party_organs
        and not prefix.startswith("各")
        and (party or name.endswith(tuple(lexicon.grammar.rule_words["always-party"])))
    ):
        return f"{prefix}委{name}", Carry(prefix, True, True)
    return f"{prefix}{name}", Carry(prefix, False, True)


@compiled
def printed_prefix(name: str, lexicon: Lexicon) -> tuple[str, bool]:
    """Return the jurisdiction prefix a name is printed with, and whether it is a party organ's (市委…)."""
    if starts_with(name, "not-a-prefix", lexicon):
        return "", False
    each = _EACH.match(name)
    if each and tail_kind(name, lexicon) == "department" and len(name) > each.end() + 2:
        return each[0], False
    if starts_with(name, "own", lexicon):
        return "", False
    found = starts_with(name, "jurisdiction", lexicon) or _administered_place(name, lexicon)
    if not found or tail_kind(name, lexicon) not in _PREFIXED:
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


def starts_with(name: str, kind: str, lexicon: Lexicon) -> str:
    """Return the prefix of one kind that a name begins with, "" where it begins with none."""
    forms = _prefix_forms(kind, lexicon)
    return next((form for form in forms if name.startswith(form)), "") if name.startswith(forms) else ""


@compiled
def _prefix_forms(kind: str, lexicon: Lexicon) -> tuple[str, ...]:
    """Return the prefixes of one kind, the longest first."""
    return tuple(sorted(of_kind(lexicon.names.prefixes, kind), key=len, reverse=True))


@compiled
def _takes_prefix(name: str, lexicon: Lexicon) -> str:
    """Say when a name without a prefix takes that of its list: always, with the list, or "" for never."""
    if starts_with(name, "own", lexicon) or starts_with_place(name, lexicon):
        return ""
    kind = tail_kind(name, lexicon)
    if kind == "department":
        centre = name.endswith(tuple(lexicon.grammar.rule_words["centre-end"]))  # beside bureaus that each print theirs
        return "" if _name_patterns(lexicon).of_zone.match(name) else _WITH_LIST if centre else _ALWAYS
    generic = kind == "territorial" and starts_with(name, "generic-place", lexicon)
    return _WITH_LIST if generic or (kind == "proper" and _name_patterns(lexicon).company.match(name)) else ""


def is_without_prefix(name: str, lexicon: Lexicon) -> bool:
    """Say whether a department is printed without the prefix that it takes in a list."""
    return not printed_prefix(name, lexicon)[0] and _takes_prefix(name, lexicon) == _ALWAYS


def starts_with_place(name: str, lexicon: Lexicon) -> bool:
    """A name that opens with a place is that place's own (乌海气象局, 民航云南监管局); 公安局 only looks so."""
    branch = starts_with(name, "branch", lexicon)
    name = name[len(branch) :] if branch else name
    for length in range(min(len(name) - 2, 11), 1, -1):
        if name[:length] in lexicon.names.places and len(name) - length > 1:
            return name[:length] not in lexicon.names.place_lookalikes
    return bool(_name_patterns(lexicon).place_seat.match(name)) and not starts_with(name, "generic-place", lexicon)


@dataclass(frozen=True, slots=True)
class _NamePatterns:
    """How one name is known: what no name has, a party organ behind its place, a place's seat at its start.

    ``of_zone`` matches a zone before the name of a bureau that is the zone's own, or what manages an area and no task
    (前海管理局, not 港口管理局); ``company`` a name that is nothing but a line of business: the town's company.
    """

    no_name: re.Pattern[str]
    party: re.Pattern[str]
    place_seat: re.Pattern[str]
    of_zone: re.Pattern[str]
    company: re.Pattern[str]


@compiled
def _name_patterns(lexicon: Lexicon) -> _NamePatterns:
    tails = lexicon.names.org_tails
    place, seat = either_of(tails, "bare"), either_of(tails, "territorial")
    area = word_of("seat-of-area", lexicon)
    return _NamePatterns(
        no_name=re.compile(rf"[。:!?的]|(?<!自)由|\d{{4}}年|\d[个家所处座]$|{word_of('no-body', lexicon)}"),
        party=re.compile(f"工?委(?!{word_of('no-party', lexicon)})"),  # 市委, not 市委员会
        place_seat=re.compile(f".{{2,5}}(?:{place})(?:{seat})"),
        of_zone=re.compile(
            rf".{{0,14}}?{word_of('zone-bureau', lexicon)}(?=..)"
            rf"|(?!.*{word_of('manages', lexicon)}{area}).{{2,6}}{area}$"
        ),
        company=re.compile(f"{word_of('business', lexicon)}+{word_of('company', lexicon)}+$"),
    )
