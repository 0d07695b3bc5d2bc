"""Read units by composition: a magnitude before a unit (万吨), a denominator behind it (万吨/日)."""

from __future__ import annotations

import re

from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon
from policygraph.patterns import either, one_of, word_of
from policygraph.quantities import COUNTING, MAGNITUDE

_OTHER_WORD = (  # 方 is a unit in 5万方, none in 5方面; the same of the other short ones
    "(?!(?<=方)[面案向式法]|(?<=片)区|(?<=兆)[瓦帕字赫]|(?<=口)[岸径]|(?<=度)假|(?<=本)[科级]|(?<=组)织|(?<=面)积|(?<=列)入)"
)
_LETTER = f"(?![的和与及以多余比较每占至到并且由从级]|[{COUNTING}])[\u4e00-\u9fff/·]"
_ENDS = "[、,;。|()和及与至到并且~–—-]"


def known_unit(lexicon: Lexicon) -> str:
    """Return a pattern of the units that the table gives, alone or composed."""
    base = f"(?:{either(lexicon.quantities.units)}){_OTHER_WORD}"
    below = f"/[\\d十百千万亿]{{0,4}}(?:{base})(?:·[日天年])?|每(?:{word_of('per', lexicon)}|[百千万][人户床])"
    return f"(?:{MAGNITUDE})?{base}(?:{below}|\\(次\\))?(?!\\((?:次|{second_unit(lexicon)})\\))"


def second_unit(lexicon: Lexicon) -> str:
    """Return a pattern of the units that stand in brackets behind another as one with it: 100台(套), 15条(段)."""
    return one_of(sorted({form[-2] for form in lexicon.quantities.units if form.endswith(")")}))


def unit_after_number(lexicon: Lexicon, post: str, name_follows: bool) -> str:
    """Return a pattern of what may be the unit of a number, the surest reading first.

    A unit ends where a comparator, a mark or the stretch does; what else stands before a comparator is a unit of
    its own (50畦以上). Only then is a unit taken that other words follow (5个健康社区). ``name_follows``: a count,
    whose noun may hold a comparator of another number (1所二级以上医院).
    """
    known = known_unit(lexicon)
    end = f"(?=\\s?(?:{post}|{_ENDS}|$))"
    loose = f"(?!{post})(?:{MAGNITUDE})?(?:[A-Za-z]{{1,8}}(?:/[A-Za-z]{{1,3}})?|(?:{_LETTER}){{1,6}}?)(?={post})"
    if name_follows:
        people = f"{MAGNITUDE}(?={word_of('people', lexicon)})"  # 50万农村人口
        return f"(?:{known}){end}|(?!{known}){loose}|{known}|{people}"
    short = f"(?!{post}|{known})(?:{MAGNITUDE})?(?:[A-Za-z]{{1,8}}|(?:{_LETTER}){{1,2}})(?=[、和及]|$)"
    return f"(?:{known}){end}|{MAGNITUDE}{end}|{loose}|{known}|{short}|{MAGNITUDE}"


@compiled
def read_unit(form: str, lexicon: Lexicon) -> tuple[str, bool]:
    """Return the one spelling of a printed unit, and whether the table knows what it is made of.

    >>> from policygraph import lexicon
    >>> [read_unit(form, lexicon.bundled()) for form in ("万吨标煤", "万吨/日", "畦")]
    [('万吨标准煤', True), ('万吨/日', True), ('畦', False)]
    """
    if form and form not in lexicon.quantities.units and not _whole(lexicon).fullmatch(form):
        return form, False
    return lexicon.quantities.units.spelled(form), True


@compiled
def _whole(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(f"{known_unit(lexicon)}|{MAGNITUDE}|/[日天年月周]")
