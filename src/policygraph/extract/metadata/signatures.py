"""Find who issued a document: by the title, by the signatures below the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from policygraph.extract.grammar.body_names import printed_prefix
from policygraph.extract.grammar.numerals import value_of
from policygraph.extract.metadata.dates import dated, of_month, signed_inside
from policygraph.extract.metadata.front import FieldValue, Page, PageLine, and_others, bodies, place_at, place_of_body
from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon
from policygraph.messages import message
from policygraph.patterns import either, of_kind, word_of

_IN_BRACKETS = re.compile(r"\([^()]{2,40}\)$")  # (某局代章)
_SEAL = re.compile(r"\s?\([盖公印签]{1,2}章?\)$")  # 示范市人民政府(盖章)
_NO_NAME = re.compile(r"[。;:,、!?()《》\d]")  # signs that no name of a body has
_LONGEST_SIGNATURE = 40  # characters
_LONGEST_LINE = 400  # characters of several signatures in columns
_LONGEST_ISSUER = 120  # characters in a title, of several bodies
_MOST_SIGNERS = 20  # lines
_STEM = 2  # characters of a place's name: 大连 of 大连市
_SHORT_ISSUER = 3  # characters: 市政府
_STOPS = ("。", ")", ";")


@compiled
def _before_subject(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(rf"(.{{2,{_LONGEST_ISSUER}}}?)\s?{word_of('subject', lexicon)}")


@compiled
def _central(lexicon: Lexicon) -> tuple[str, ...]:
    """Return how a body of the state is called, or its branch in the place that follows."""
    return tuple(lexicon.grammar.rule_words["state"])


def named_issuer(title: FieldValue | None, lexicon: Lexicon) -> FieldValue | None:
    """Return who issues by the title: what stands before 关于, several bodies joined by 、."""
    match = _before_subject(lexicon).match(title.value) if title else None
    who = match[1].rstrip("的") if match else ""
    if not (title and who.endswith(bodies(lexicon))):
        return None
    end = title.start + len(who)
    return FieldValue(joint(who, lexicon), title.start, end, "issuer-in-title", title.note)


def joint(who: str, lexicon: Lexicon) -> str:
    """Return the bodies that issue together joined by 、, however they are set apart."""
    parts = re.split(r"[、\s]+", who)
    names = parts if all(part.endswith(bodies(lexicon)) for part in parts) else [who]
    return "、".join(name for part in names for name in _cut(part, place_of_body(part, lexicon), lexicon))


def find_issuer(
    title: FieldValue | None, publisher: FieldValue | None, page: Page, lexicon: Lexicon
) -> FieldValue | None:
    """Return who issues: by the title, else the signature over the date, else the page, else the last line.

    A title may say 市政府 where the signature names the city, and 等五部门 where it names all five. ``publisher`` is
    the office that runs the page.
    """
    named = named_issuer(title, lexicon)
    others = and_others(lexicon).search(named.value) if named else None
    if named and not others and not _leaves_out_its_place(named.value, lexicon):
        return named
    said = others["many"] if others else ""
    many = int(said if said.isdecimal() else value_of(said, lexicon)) if said else 0
    signed = _signature(page, lexicon, many)
    if named and signed and signed.value.count("、") < (1 if others else named.value.count("、")):
        return named
    if named and not others and "、" not in named.value and len(named.value) > _SHORT_ISSUER:
        return signed or named  # 市政府办公室, by which no place is said
    if signed and publisher and publisher.value.endswith(signed.value):
        return publisher  # 上海市杨浦区人民政府办公室, who signs without the city
    return signed or publisher or named or _undated(page, lexicon) or _under_title(title, page, lexicon)


def _under_title(title: FieldValue | None, page: Page, lexicon: Lexicon) -> FieldValue | None:
    """Return the body of a place that is the line below the title of a document without signature and number."""
    below = next((line for line in page.lines if title and line.start >= title.end), None)
    if not below or below.start >= page.outline.sections[0].body.end or not _signs(below.text, lexicon):
        return None
    return FieldValue("".join(below.text.split()), below.start, below.start + len(below.text), "line-under-title")


def _leaves_out_its_place(named: str, lexicon: Lexicon) -> bool:
    """Say whether a body, or the first of a list, is called by its level alone: 市政府, 市交通委、示范海事局."""
    first = named.partition("、")[0]
    leveled = first.startswith(tuple(of_kind(lexicon.names.prefixes, "jurisdiction"))) and not place_of_body(
        first, lexicon
    )
    by_a_letter = lexicon.names.prefixes.get(first[:1]) == "jurisdiction"  # 市政府办公室, not 示范区委办公室
    return len(named) <= _SHORT_ISSUER or (leveled and (by_a_letter or "、" in named))


def _signature(page: Page, lexicon: Lexicon, many: int) -> FieldValue | None:
    """Return the bodies that sign above a date, joined by 、; a bracket may stand between (某局代章).

    ``many`` is how many they are, 0 where that is not known.
    """
    every = page.lines
    for at, line in enumerate(every[1:], start=1):
        found = dated(line, lexicon)
        if not found:
            continue
        last = at if found.signer else at - 2 if at > 1 and _IN_BRACKETS.match(every[at - 1].text) else at - 1
        signer = _SEAL.sub("", found.signer or every[last].text)
        if signer.endswith(tuple(lexicon.names.org_tails)) and _may_be_signatures(signer, lexicon):
            first = _first_signer(every, last, lexicon, many)
            lines = [line.text for line in every[first:last]]
            end = every[last].start + len(every[last].text)
            return FieldValue("、".join(_names([*lines, signer], lexicon)), every[first].start, end, "signature")
    inside = signed_inside(page, lexicon)
    if inside:
        names = "、".join(_names([inside.signer], lexicon))
        return FieldValue(names, inside.date.start, inside.date.end, "signature:run-on")
    months = (at for at, line in enumerate(every[1:], start=1) if line.text.endswith("月") and of_month(line))
    at = next((at - 1 for at in months if _signs(every[at - 1].text, lexicon)), -1)
    if at < 0:
        return None
    first, end = _first_signer(every, at, lexicon, many), every[at].start + len(every[at].text)
    names = "、".join(_names([line.text for line in every[first : at + 1]], lexicon))
    return FieldValue(names, every[first].start, end, "signature:month")


def _may_be_signatures(line: str, lexicon: Lexicon) -> bool:
    """Say whether a line is as short as a signature, or is several in columns."""
    if len(line) < _LONGEST_SIGNATURE:
        return True
    names = _names([line], lexicon) if len(line) < _LONGEST_LINE and not _NO_NAME.search(line) else [line]
    return all(len(name) < _LONGEST_SIGNATURE and _is_body(name, lexicon) for name in names)


def _first_signer(every: Sequence[PageLine], last: int, lexicon: Lexicon, many: int) -> int:
    """Return the first of the lines that name bodies of a place, or as ``many`` as sign, up to the last signature."""
    first = last - many + 1
    if many and first >= 0 and all(_is_body("".join(line.text.split()), lexicon) for line in every[first:last]):
        return first
    first = last
    leveled = _is_leveled(every[last].text, lexicon)  # 市教育局 / 市财政局
    while first > 0 and last - first < _MOST_SIGNERS:
        above = every[first - 1].text
        alone = _signs(above, lexicon) or (leveled and _is_leveled(above, lexicon))
        if not alone and not _in_columns(above, lexicon):
            break
        first -= 1
    return first


def _in_columns(line: str, lexicon: Lexicon) -> bool:
    """Say whether a line has several signatures beside each other."""
    parts = line.split()
    return len(parts) > 1 and all(len(part) > _SHORT_ISSUER and _is_body(part, lexicon) for part in parts)


def _is_leveled(line: str, lexicon: Lexicon) -> bool:
    return _is_body(line, lexicon) and bool(printed_prefix(line, lexicon)[0])


def _signs(line: str, lexicon: Lexicon) -> bool:
    bare = "".join(line.split())
    opens = bare.startswith(_central(lexicon)) or place_of_body(bare, lexicon)
    return bool(opens) and len(bare) < _LONGEST_SIGNATURE and _is_body(bare, lexicon)


def _is_body(line: str, lexicon: Lexicon) -> bool:
    return line.endswith(tuple(lexicon.names.org_tails)) and not _NO_NAME.search(line)


def _names(signed: Sequence[str], lexicon: Lexicon) -> list[str]:
    """Return the bodies of some lines of signatures; a line may hold several in columns."""
    parts = [part for line in signed for part in _columns(line, lexicon)]
    if len(signed) == len(parts) == 1 and len(parts[0]) < _LONGEST_SIGNATURE:
        return parts
    state = _central(lexicon)
    local = (place_at(part, lexicon) for part in parts if not part.startswith(state))
    place = next(filter(None, local), "")
    pieces = [piece for part in parts for piece in _cut(part, place, lexicon)]
    names: list[str] = []
    for at, piece in enumerate(pieces):
        central = at > 0 and pieces[at - 1].startswith(state) and not (place and place[:_STEM] in pieces[at - 1])
        if central and not piece.startswith(state) and place_at(piece, lexicon):
            names[-1] += piece  # 国家税务总局 / 示范市税务局 is one body
        else:
            names.append(piece)
    return names


def _columns(line: str, lexicon: Lexicon) -> list[str]:
    """Cut a line at its blanks, unless they only spread its letters."""
    parts = line.split()
    bodies_at_end = list(takewhile(lambda part: len(part) > _SHORT_ISSUER and _is_body(part, lexicon), reversed(parts)))
    if len(bodies_at_end) > 1:  # behind other words: 附件:某方案 某市教育局 某市财政局
        return bodies_at_end[::-1]
    whole = all(len(part) >= _SHORT_ISSUER and _is_body(part, lexicon) for part in parts)
    return parts if whole else ["".join(parts)]


def _cut(text: str, place: str, lexicon: Lexicon) -> list[str]:
    """Cut where a body ends and the next begins with the same place or is one of the state, ministries too."""
    ministries = () if place else _ministries(lexicon)
    starts = [
        match.start()
        for match in re.finditer(either([*filter(None, [place]), *_central(lexicon), *ministries]), text)
        if match.start() > 0 and text[: match.start()].endswith(tuple(lexicon.names.org_tails))
    ]
    return [text[left:right] for left, right in zip([0, *starts], [*starts, len(text)], strict=True)]


@compiled
def _ministries(lexicon: Lexicon) -> tuple[str, ...]:
    """Return the ministries that go by a name of their own: 农业农村部."""
    proper = of_kind(lexicon.names.org_tails, "proper")
    return tuple(form for form in proper if form.endswith("部") and len(form) > _SHORT_ISSUER)


def _undated(page: Page, lexicon: Lexicon) -> FieldValue | None:
    """Return a body that stands alone under the last sentence, without a date; in a list of bodies none signs."""
    annexes = (s.head.start for s in page.outline.sections if s.kind == "annex")
    tail = page.before(next(annexes, len(page.outline.text.text)))[-2:]
    if len(tail) < 2 or not tail[0].text.endswith(_STOPS) or not _signs(tail[1].text, lexicon):
        return None
    last = tail[1]
    note = message("extract.signature-without-date")
    return FieldValue("".join(last.text.split()), last.start, last.start + len(last.text), "undated-signature", note)
