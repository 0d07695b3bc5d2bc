"""Say what a number is for that no fact was made of: one list of named rules, the first that holds decides.

A rule names the words that stand around the number (data/lexicon/number_words.tsv, by the rule of the words), where
they stand, and what its unit measures. Cases are in tests/cases/numbers.tsv. A new style is one rule and its cases.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from policygraph.extract.numbers.places import Place
from policygraph.extract.numbers.words import number_word, number_words
from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon
from policygraph.terms import NumberClass

Test = Callable[[Place], bool]
Looks = Callable[[re.Pattern[str], Place], bool]
_TOUCHING = 12  # characters in which a word that touches a number is looked for
_OPENING = r"(?<![^,。;:!?\s])"


@dataclass(frozen=True, slots=True)
class Rule:
    """One reason why a number is of a class; all that is given must hold.

    ``families`` are what the unit may measure; none named: all. Words are given by their name: ``unit`` has those in
    which the unit ends, ``left`` and ``right`` those that touch the number, ``verb`` those before it in its stretch
    with no 的 between, ``before`` those of its sentence up to it, ``then`` those of what comes of it (达到10家的,给予),
    ``sum`` those of what is paid then, ``named`` those in which the name ends that it opens (千万吨增产计划), ``near``
    those of its whole sentence, ``unless`` those that must not stand before it. ``spoken`` asks for a Chinese numeral,
    ``test`` for what no word says.
    """

    name: str
    kind: NumberClass
    families: tuple[str, ...] = ()
    unit: str = ""
    left: str = ""
    right: str = ""
    before: str = ""
    verb: str = ""
    then: str = ""
    sum: str = ""
    named: str = ""
    near: str = ""
    unless: str = ""
    spoken: bool | None = None
    test: Test | None = None


def _beside_latin(place: Place) -> bool:
    text, at = place.text, place.quantity
    sides = text[at.start - 1 : at.start] + text[at.end : at.end + 1]
    return any(char.isascii() and (char.isalpha() or char in "+_/@=&") for char in sides)


def _is_year(place: Place) -> bool:
    value = place.quantity.value
    return len(value) == 4 and value.isdecimal() and 1949 <= int(value) <= 2100


def _after_word(place: Place) -> bool:
    return "\u4e00" <= place.text[place.quantity.start - 1 : place.quantity.start] <= "\u9fff"


def _opens_cell(place: Place) -> bool:
    """Say whether a whole number is the first cell of a line: the number of a row."""
    text, at = place.text, place.quantity
    return text[at.end : at.end + 2].lstrip(" ")[:1] == "|" and not text[at.start - 1 : at.start].strip("\n ")


def _opens_line(place: Place) -> bool:
    """Say whether a small number without a mark opens a line: 1申请表."""
    text, at = place.text, place.quantity
    return at.end - at.start < 3 and text[at.start - 1 : at.start] in ("", "\n", ";", "。", ":")


def _is_congress(place: Place) -> bool:
    """Say whether a numeral names a party congress or an assembly: 二十大, 十四届."""
    unit, value = place.quantity.unit, place.quantity.value
    return place.quantity.spoken and (unit == "届" or (unit == "大" and value.isdecimal() and 11 < int(value) < 30))


def _is_long(place: Place) -> bool:
    return len(place.quantity.value) > 4


def _is_hotline(place: Place) -> bool:
    return len(place.quantity.value) == 5 and place.quantity.value.startswith("12")


def _is_second(place: Place) -> bool:
    return place.quantity.value in ("2", "3")


def _after_article(place: Place) -> bool:
    """Say whether a number of an article goes on in a list of them: 第二十八条、二十九条."""
    text, start = place.text, place.quantity.start
    return text[start - 1 : start] in ("、", "和", "至") and text[start - 2 : start - 1] in ("条", "款", "项")


def _one(place: Place) -> bool:
    return place.quantity.value == "1"


def _few(place: Place) -> bool:
    return place.quantity.value in "123456789"


def _round(place: Place) -> bool:
    return place.quantity.value[:1] == "1" and set(place.text[place.quantity.start : place.quantity.start + 1]) <= set(
        "百千万亿"
    )


def _says_who(place: Place) -> bool:
    """Say whether the stretch is a condition: 营业收入达到500万元以上的,."""
    return place.text[place.quantity.end : place.stretch.end].rstrip()[-1:] in _CONDITIONS


def _told(place: Place) -> bool:
    return place.told


def _quoted(place: Place) -> bool:
    return place.around("“", "”")


def _titled(place: Place) -> bool:
    return place.around("《", "》")


_CONDITIONS = ("的", "者", "时")
_C = NumberClass
_MONEY = ("money", "price")
_PAID = (*_MONEY, "share")
NAMES: tuple[Rule, ...] = (  # what is no amount at all, whatever is said of it
    Rule("contact", _C.REFERENCE, left="contact"),
    Rule("contact", _C.REFERENCE, ("none",), before="contact", test=_is_long),
    Rule("contact", _C.REFERENCE, ("none",), test=_is_hotline),
    Rule("page-count", _C.OTHER, left="page-count"),
    Rule("annex", _C.REFERENCE, ("none", "count"), left="annex"),
    Rule("annex", _C.REFERENCE, ("none",), left="chart"),
    Rule("standard", _C.REFERENCE, ("none",), left="standard"),
    Rule("title", _C.REFERENCE, test=_titled),
    Rule("year-of-name", _C.OTHER, ("none",), test=lambda place: _is_year(place) and _after_word(place)),
    Rule("bare-year", _C.DATE, ("none",), test=_is_year),
    Rule("code", _C.OTHER, ("none",), test=_beside_latin),
    Rule("version", _C.OTHER, ("none",), right="version"),
    Rule("row-number", _C.ORDINAL, ("none",), test=_opens_cell),
    Rule("bare-numbering", _C.ORDINAL, ("none",), test=_opens_line),
    Rule("address", _C.REFERENCE, ("none",), right="address"),
    Rule("article", _C.REFERENCE, unit="article-unit", test=_after_article),
    Rule("quoted-name", _C.OTHER, ("none", "count", "money", "time"), test=_quoted),
    Rule("ranking", _C.OTHER, ("none", "count"), right="ranking"),
    Rule("ranking", _C.OTHER, ("count",), left="first-of"),
    Rule("congress", _C.OTHER, test=_is_congress),
    Rule("grade", _C.ORDINAL, unit="grade-unit"),
    Rule("grade", _C.ORDINAL, right="grade"),
    Rule("second-home", _C.ORDINAL, unit="home-unit", right="home", test=_is_second),
    Rule("children", _C.RULE, unit="child-unit"),
    Rule("of-several", _C.OTHER, ("count",), left="of-several"),
    Rule("programme", _C.OTHER, ("time", "share"), right="programme"),
    Rule("programme", _C.OTHER, named="programme", spoken=True, test=_round),
    Rule("circle", _C.OTHER, ("time",), right="circle"),
    Rule("age", _C.AGE, ("age",)),
)
USES: tuple[Rule, ...] = (
    # ---- who is meant
    Rule("threshold", _C.RULE, ("money", "share", "count", "size"), left="reaching"),
    Rule("threshold-paid", _C.RULE, then="then"),
    Rule("threshold-paid", _C.RULE, sum="then-sum"),
    Rule("threshold-paid", _C.RULE, right="giving"),
    Rule("condition", _C.RULE, test=_says_who),
    Rule("bounded", _C.RULE, right="bounded-of"),
    Rule("bounded", _C.RULE, left="inclusive"),
    Rule("bounded-grant", _C.RULE, right="bounded", near="grant"),
    Rule("bounded-size", _C.RULE, left="project-size", right="bounded"),
    # ---- what has been
    Rule("told-opening", _C.PAST, before="told-opening"),
    Rule("told-verb", _C.PAST, verb="told-verb"),
    Rule("told-done", _C.PAST, verb="done"),
    # ---- sums and terms of payment
    Rule("price", _C.SUBSIDY, ("price",)),
    Rule("grant", _C.SUBSIDY, _PAID, near="grant"),
    Rule("term-of-grant", _C.RULE, ("time", "count", "size", "none"), near="grant", unless="commitment"),
    Rule("terms", _C.RULE, near="terms", unless="commitment"),
    Rule("told-report", _C.PAST, near="told-report"),
    Rule("told-year", _C.PAST, test=_told),
    Rule("from-to", _C.BASELINE, right="from-to"),
    Rule("allotted", _C.SUBSIDY, ("money",), before="allotted"),
    Rule("share-of", _C.RULE, ("share",), left="share-of"),
    # ---- rules of procedure
    Rule("deadline", _C.RULE, ("time",), right="deadline", unless="shortened"),
    Rule("span", _C.DATE, ("time",), left="span"),
    Rule("duration", _C.RULE, ("time",), before="duration", unless="shortened"),
    Rule("norm", _C.RULE, near="norm", unless="commitment"),
    Rule("attribute", _C.RULE, ("share", "money", "size", "time"), right="attribute"),
    # ---- one project
    Rule("project-sum", _C.PROJECT, ("money",), left="project-sum"),
    Rule("project-size", _C.PROJECT, ("size", "count"), left="project-size"),
    # ---- things that are counted in passing
    Rule("things", _C.OTHER, ("count", "none"), right="things"),
    Rule("kinds", _C.OTHER, ("count",), unit="kind-unit"),
    Rule("one", _C.OTHER, ("count",), spoken=True, test=_one),
    Rule("many", _C.OTHER, ("count", "none"), spoken=True, test=_round),
    Rule("few", _C.OTHER, ("count",), spoken=True, test=_few),
)
RULES = NAMES + USES
UNREAD = Rule("unread", _C.UNREAD)


def rule_of(place: Place, lexicon: Lexicon) -> Rule:
    """Return the first rule that holds at a place, ``unread`` where none does."""
    around = _around(lexicon)
    beside = tuple([looks(pattern, place) for pattern, looks in around])
    for rule, tests in _rules_for(place.family, place.quantity.spoken, place.quantity.unit, beside, lexicon):
        for test in tests:
            if not test(place):
                break
        else:
            return rule
    return UNREAD


@compiled
def _around(lexicon: Lexicon) -> tuple[tuple[re.Pattern[str], Looks], ...]:
    """Return what tells whether any rule's words touch a number or stand near it, for each part of a rule in turn."""
    known = {part: (form, looks) for part, form, looks in _PARTS}
    found = []
    for part in _BESIDE:
        form, looks = known[part]
        words = [getattr(rule, part) for rule in RULES if getattr(rule, part)]
        found.append((re.compile(form.format(number_words(tuple(sorted(set(words))), lexicon))), looks))
    return tuple(found)


@compiled
def _rules_for(
    family: str, spoken: bool, unit: str, beside: tuple[bool, ...], lexicon: Lexicon
) -> tuple[tuple[Rule, tuple[Test, ...]], ...]:
    """Return the rules that may hold for a unit and what it measures, with what is left to look at; the cheap first.

    ``beside`` says whether words of any rule stand where each part of a rule has them.
    """
    fitting = (
        rule
        for rule in RULES
        if (not rule.families or family in rule.families)
        and rule.spoken in (None, spoken)
        and all(some or not getattr(rule, part) for part, some in zip(_BESIDE, beside, strict=True))
        and (not rule.unit or re.search(f"{number_word(rule.unit, lexicon)}$", unit))
    )
    return tuple((rule, _tests(rule, lexicon)) for rule in fitting)


@compiled
def _tests(rule: Rule, lexicon: Lexicon) -> tuple[Test, ...]:
    tests = [rule.test] if rule.test else []
    for part, form, looks in _PARTS:
        words = getattr(rule, part)
        if words:
            opens = _OPENING if words == "told-opening" else ""
            pattern = re.compile(form.format(f"{opens}{number_word(words, lexicon)}"))
            tests.append(partial(looks, pattern))
    return tuple(tests)


def _touches_left(pattern: re.Pattern[str], place: Place) -> bool:
    start = place.quantity.start
    return pattern.search(place.text, max(start - _TOUCHING, 0), start) is not None


def _leads_to(pattern: re.Pattern[str], place: Place) -> bool:
    return pattern.search(place.text, place.stretch.start, place.quantity.start) is not None


def _touches_right(pattern: re.Pattern[str], place: Place) -> bool:
    return pattern.match(place.text, place.quantity.end) is not None


def _stands_before(pattern: re.Pattern[str], place: Place) -> bool:
    return pattern.search(place.text, place.sentence.start, place.quantity.start) is not None


def _stands_near(pattern: re.Pattern[str], place: Place) -> bool:
    return pattern.search(place.text, place.sentence.start, place.sentence.end) is not None


def _stands_not(pattern: re.Pattern[str], place: Place) -> bool:
    return pattern.search(place.text, place.stretch.start, place.quantity.start) is None


_PARTS: tuple[tuple[str, str, Looks], ...] = (
    # part of a rule, what is looked for with its words, where; the cheap ones first
    ("right", r"\s?{}", _touches_right),
    ("left", r"{}[为达约近超共计至的:\s]{{0,3}}$", _touches_left),
    ("then", r"[^,。;\d\n]{{0,24}}[的,]\s?{}", _touches_right),
    ("sum", r"[^,。;\d\n]{{0,24}}[的,]\s?{}(?=[\d每最])", _touches_right),
    ("named", r"[^\d,。;、\n]{{2,16}}?{}", _touches_right),
    ("verb", "{}(?!婚)[^的,]{{0,16}}$", _leads_to),
    ("before", "{}", _stands_before),
    ("unless", "{}", _stands_not),
    ("near", "{}", _stands_near),
)
_BESIDE = ("right", "left", "near")  # parts whose words are looked for at once, of all rules
