"""Find what cannot be meant as it stands: shares that are no whole, grades with gaps, what was told too soon."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from policygraph.divisions import UNITS
from policygraph.extract.grammar.sought import SENTENCES, Stretches, opened
from policygraph.extract.proofs.lists import COUNT
from policygraph.extract.proofs.slip import Draft, Slip
from policygraph.extract.proofs.tables import SUM
from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon
from policygraph.messages import message
from policygraph.patterns import either, word_of, word_pattern
from policygraph.quantities import numeral_value

AFTER, GRADES, AMOUNT, BROKEN, OUTDATED = (
    "told-too-soon",
    "grades-gap",
    "amount-words",
    "sentence-broken",
    "term-outdated",
)
OFFICE, LEADS, VALIDITY, UNIT_WORD = "office-twice", "leads-twice", "validity-over", "unit-word"
_UNIT = re.compile(r"[我全](?<![健安完周保齐自].)[省市县区州旗](?![级域际场民直别长])")
_SHARE = re.compile(r"占(?:比)?(\d+(?:\.\d+)?)(?:%|分)")
_WHOLE, _NEAR = 100, 10
_ENDED, _ASIDE, _SENTENCE = re.compile("[。:]"), re.compile("[|()]"), 10  # letters of a sentence that breaks off
_GRADE = re.compile(r"(?<![\d.])(\d{1,3})分?(?:\(不?含\))?\s?(?:至|到|-|—|~)\s?(\d{1,3})分")
_POINTS, _IN_ALL, _SUM = re.compile(r"分(?<=\d分)"), re.compile(r"共[计]?\d"), "元("  # signs of what follows
_STATEMENTS = Stretches("。\n")
_FAR = 60  # letters before an office in which the body stands whose it is
_WHOSE, _WHERE = re.compile(r"[\u4e00-\u9fff]{2,6}$"), re.compile(r"[^,。;()、\n]{2,20}")
_ONCE, _BODY, _LOCAL = "原", re.compile("[局委会办室]$"), UNITS - {"省"}
_NAMES = 30  # letters behind a body in which the title of what it issued follows
_CAPITALS = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")
_AMOUNT = re.compile(r"(?P<words>[壹贰叁肆伍陆柒捌玖拾佰仟]+)(?P<unit>[万亿]?元)\((?P<figure>\d+(?:\.\d+)?)(?P=unit)\)")
_KINDS = re.compile(
    r"(?P<n>[三四五六七八九](?<![\d一二三四五六七八九十].))(?P<sign>[\u4e00-\u9fff])”[^,。;:()、]{0,4}[,:(](?P<rest>[^。;()]{4,60})"
)
_DAY = r"(?P<y>20\d\d)年(?P<m>\d{1,2})月(?:(?P<d>\d{1,2})日)?"
_PLACES = re.compile(
    r"(?<![\d.])(?P<one>\d{1,2})个?[市区][、和]?(?P<two>\d{1,2})个?[县市旗](?:\(市\))?[,、]?共[计]?(?P<all>\d{1,3})个"
)


def sense(draft: Draft) -> Iterator[Slip]:
    """Yield what cannot be meant as it stands."""
    text = draft.text
    for sentence in SENTENCES.holding(text, _SHARE):
        yield from _shares(sentence)
    yield from _grades(text)
    yield from _amounts(text)
    yield from _kinds(text)
    yield from _places(text)
    yield from _too_soon(draft)
    yield from _valid(draft)
    yield from _offices(draft)
    yield from _unit_words(text)
    yield from (Slip(BROKEN, *each.span()) for each in opened(*_broken(draft.lexicon), text))
    yield from _cut_off(draft)
    yield from (Slip(LEADS, *each.span()) for each in _leads(draft.lexicon).finditer(text))
    yield from _outdated(draft)


# ---------------------------------------------------------------- numbers


def _shares(sentence: re.Match[str]) -> Iterator[Slip]:
    """Yield the sentence in which three shares or more come near a whole and are none."""
    found = list(_SHARE.finditer(sentence[0]))
    total = sum((Decimal(each[1]) for each in found), Decimal(0))
    if len(found) > 2 and total != _WHOLE and abs(total - _WHOLE) <= _NEAR:
        start = sentence.start()
        note = message("extract.adds-up-to", sum=f"{total}{found[0][0][-1]}")
        yield Slip(SUM, start + found[0].start(), start + found[-1].end(), note)


def _grades(text: str) -> Iterator[Slip]:
    """Yield grades of points between which some points have no grade, or two."""
    for line in _STATEMENTS.holding(text, _POINTS):
        found = sorted((int(each[1]), int(each[2]), each.span()) for each in _GRADE.finditer(line[0]))
        for one, other in pairwise(found):
            low, high, _ = one
            begins, ends, place = other
            if low < high < ends and begins not in (high, high + 1):
                yield Slip(GRADES, line.start() + place[0], line.start() + place[1])


def _amounts(text: str) -> Iterator[Slip]:
    for match in _AMOUNT.finditer(text) if _SUM in text else ():
        if numeral_value(match["words"].translate(_CAPITALS)) != Decimal(match["figure"]):
            yield Slip(AMOUNT, *match.span())


def _unit_words(text: str) -> Iterator[Slip]:
    """Yield 我县 and 全县, each once: whether they are of this place is known with it."""
    told: set[str] = set()
    for match in _UNIT.finditer(text):
        if match[0] not in told:
            told.add(match[0])
            yield Slip(UNIT_WORD, *match.span())


def _kinds(text: str) -> Iterator[Slip]:
    """Yield what is called by its number («四送») and names another number: 送知识、送检测、送服务."""
    for match in _KINDS.finditer(text):
        parts = [part for part in re.split("[、,]", match["rest"]) if part.lstrip("即").startswith(match["sign"])]
        said = numeral_value(match["n"])
        if len(parts) > 1 and len(parts) != said and abs(len(parts) - said) < said:
            yield Slip(
                COUNT, match.start(), match.end(), message("extract.lists-so-many", said=said, listed=len(parts))
            )


def _places(text: str) -> Iterator[Slip]:
    for match in SENTENCES.matches(_PLACES, text, _IN_ALL):
        total = int(match["one"]) + int(match["two"])
        if total != int(match["all"]):
            yield Slip(SUM, *match.span(), message("extract.adds-up-to", sum=total))


# ---------------------------------------------------------------- dates


def _too_soon(draft: Draft) -> Iterator[Slip]:
    """Yield what was decided or sent out on a day after the date of the document that tells of it."""
    date = draft.about.value("date_issued")
    for match in _done(draft.lexicon).finditer(draft.text) if date else ():
        if _iso(match)[: len(date)] > date[: len(_iso(match))]:
            yield Slip(AFTER, *match.span())


@compiled
def _done(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(rf"{_DAY}(?:第\d{{1,3}}次|[^。;\n\d]){{0,24}}?{word_of('was-decided', lexicon)}")


def _valid(draft: Draft) -> Iterator[Slip]:
    """Yield a validity that is over before the document is written."""
    date = draft.about.value("date_issued")
    for match in _validity(draft.lexicon).finditer(draft.text) if date else ():
        if _iso(match)[: len(date)] <= date[: len(_iso(match))]:
            yield Slip(VALIDITY, *match.span())


@compiled
def _validity(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(rf"{word_of('valid', lexicon)}[至到]{_DAY}")


def _iso(match: re.Match[str]) -> str:
    return "-".join(f"{int(part):02d}" for part in match.group("y", "m", "d") if part)


# ---------------------------------------------------------------- words


def _offices(draft: Draft) -> Iterator[Slip]:
    """Yield the second body in which the office of one body is said to sit."""
    seats: dict[str, str] = {}
    text, steers = draft.text, word_pattern("steers", draft.lexicon)
    for match in word_pattern("office-sits", draft.lexicon).finditer(text):
        where, before = _WHERE.match(text, match.end()), text[max(match.start() - _FAR, 0) : match.start()]
        said = _WHOSE.search(before) or next(reversed(list(steers.finditer(before))), None)
        if where and said:
            first = seats.setdefault(said[0][-4:], where[0])
            if first != where[0] and not _one_body(first, where[0]):
                yield Slip(OFFICE, match.start() - len(before) + said.start(), where.end())


def _one_body(name: str, other: str) -> bool:
    """Tell whether the letters of one name stand in the other in their order: 市卫健委, 市卫生健康委员会."""
    long, short = (name, other) if len(name) >= len(other) else (other, name)
    letters = iter(long)
    return all(letter in letters for letter in short)


@compiled
def _broken(lexicon: Lexicon) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Match a verb that stands alone behind a comma, and a word that joins to nothing; before it, these with a stop."""
    joins, verbs = word_of("joins-on", lexicon), word_of("needs-object", lexicon)
    either_one = either(form for rule in ("joins-on", "needs-object") for form in lexicon.grammar.rule_words[rule])
    return (
        re.compile(f"(?:{either_one})[。;]"),
        re.compile(rf"(?<=[,。;]){verbs}[。;]|(?<=[\u4e00-\u9fff]){joins}[。;](?!\))"),
    )


def _cut_off(draft: Draft) -> Iterator[Slip]:
    """Yield the last sentence of a paragraph of several that ends in a verb without object, and in no mark."""
    for match in _open_end(draft.lexicon).finditer(draft.text):
        line = draft.text[draft.text.rfind("\n", 0, match.start()) + 1 : match.end()]
        last = _ENDED.split(line)[-1]
        if len(last) < len(line) and len(last) >= _SENTENCE and not _ASIDE.search(last):
            yield Slip(BROKEN, match.end() - len(last), match.end())


@compiled
def _open_end(lexicon: Lexicon) -> re.Pattern[str]:
    """Match a verb or a word that joins at the end of a paragraph, or before the bracket of who leads."""
    rules = ("needs-object", "joins-on", "takes-in")
    verbs = either(form for rule in rules for form in lexicon.grammar.rule_words[rule])
    bracket = rf"\([^()\n]{{2,60}}{word_of('leads', lexicon)}"
    return re.compile(rf"(?:{verbs})(?=[ \t]*\n|{bracket})")


@compiled
def _leads(lexicon: Lexicon) -> re.Pattern[str]:
    leads = word_of("leads", lexicon)
    bracket = rf"\([^()\n]*{leads}[^()\n]*\)"
    apart = rf"\([^()\n]{{2,24}}{leads}[,;][^()\n]{{2,24}}?{leads}(?=[,;)])"  # (甲局牵头,乙局牵头,丙局配合)
    return re.compile(rf"{bracket}[。;]?[ ]*{bracket}|{apart}")


def _outdated(draft: Draft) -> Iterator[Slip]:
    """Yield terms of policies, names of diseases and of bodies that had another name when the document was written.

    A body in a clause of duties is told by its kind, one that once issued a document (市卫计委《…》) had that name.
    """
    date, terms = draft.about.value("date_issued"), draft.lexicon.time.outdated_terms
    told: set[str] = set()
    for match in _terms(draft.lexicon).finditer(draft.text) if date else ():
        until, _, now = terms[match[0]].partition("/")
        if date[:7] > until and match[0] not in told and not (_BODY.search(match[0]) and _is_meant(match, draft)):
            told.add(match[0])
            yield Slip(OUTDATED, *match.span(), message("extract.called-now", name=now))


def _is_meant(match: re.Match[str], draft: Draft) -> bool:
    """Tell whether the old name of a body is no local one, in a clause of duties, or that of who issued a document."""
    place, before = draft.outline.text.offsets[match.start()], draft.text[max(match.start() - 3, 0) : match.start()]
    in_clause = any(clause.start <= place < clause.end for clause in draft.clauses)
    once = _ONCE in before or before[-1:] not in _LOCAL
    return in_clause or once or "《" in draft.text[match.end() : match.end() + _NAMES]


@compiled
def _terms(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(either(lexicon.time.outdated_terms))
