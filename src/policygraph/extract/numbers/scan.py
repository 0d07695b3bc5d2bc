"""Find every quantity of a text in one pass: amounts with their units, dates, ordinals, numbers of documents.

What a number is for is decided elsewhere; here is said where it stands, what is printed there, and in which form.
"""

from __future__ import annotations

import re
from collections.abc import ItemsView, Iterator
from typing import NamedTuple

from policygraph.extract.grammar.numerals import arabic, value_of
from policygraph.extract.grammar.units import known_unit
from policygraph.extract.numbers.words import number_word
from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon
from policygraph.patterns import either, in_order, one_of, word_of
from policygraph.quantities import COUNTING

_TO = r"\s?(?:-|—{1,2}|–|~|至|到)\s?"
_DIGITS = r"\d{1,3}(?:,\d{3})++(?:\.\d++)?|\d{1,3}(?: \d{3})++(?= ?[%\u4e00-\u9fff])|\d++(?:\.\d++)?"  # 1 000 万
_SIGNS = "〇零一二三四五六七八九"
_YEAR = rf"(?:(?:19|20)\d\d|[一二][九〇零○][{_SIGNS}○]{{2}})"
_MONTH = rf"(?:\d{{1,2}}|[{COUNTING}]{{1,3}})\s?月"
_DAY = rf"(?:\d{{1,2}}|[{COUNTING}]{{1,3}})\s?日"
_ORDINAL = rf"第\s?(?:\d{{1,4}}|[{COUNTING}]{{1,6}})(?:\s?[-—至、]\s?第?\s?(?:\d{{1,4}}|[{COUNTING}]{{1,6}}))?"
_REFERENCE = (  # 〔2019〕13号, 〔202213号 where the page lost a bracket, 公告2023年第28号
    r"(?<=[〔\[(【])(?:\d{4}[〕\])】]\s{0,3}第?\s?\d{1,4}|20\d{2,6})\s{0,3}号"
    r"|(?:19|20)\d\d\s?年\s?第?\s?\d{1,4}\s?号"
)
_OPENS = r"(?<![^\s(|。;:])"  # a line, a bracket, a sentence
_LONGEST = 15  # digits of a number
_MARKS = ".、)"  # behind the number of a paragraph
_OF_FIGURES = ("reference", "code", "phone", "ratio", "digits")  # forms that open with a figure only
_OF_SIGNS = ("item", "article", "ordinal", "fraction", "parts", "counted")  # and those that never do
_FIGURES = "0123456789"
_CIRCLED = "".join(map(chr, (*range(0x2460, 0x249C), *range(0x3220, 0x322A))))  # ①-⑳⑴-⒇⒈-⒛㈠-㈩


class Quantity(NamedTuple):
    """A quantity of the outline's text: place, form (``amount``, ``date``, ``ordinal``, …), value in digits, unit.

    A range is one quantity (``3—5``). What is no amount has no unit, and for value what is printed. ``spoken`` says
    that the number stands there as a Chinese numeral.
    """

    start: int
    end: int
    form: str
    value: str
    unit: str = ""
    spoken: bool = False


def quantities(text: str, lexicon: Lexicon) -> Iterator[Quantity]:
    """Yield the quantities of a text in order; none overlaps another.

    >>> from policygraph import lexicon
    >>> found = quantities("一是2025年底前建成三所,占百分之八十", lexicon.bundled())
    >>> [(each.form, each.value, each.unit) for each in found]
    [('item', '一', ''), ('date', '2025年底前', ''), ('amount', '3', '所'), ('amount', '80', '%')]
    """
    for match in _matches(text, lexicon):
        form = match.lastgroup or ""
        if form in _AMOUNTS:
            value, unit = _AMOUNTS[form](match, lexicon)
            yield Quantity(match.start(), match.end(), "amount", value, unit, form != "digits")
        elif form != "word":
            yield Quantity(match.start(), match.end(), form, "".join(match[0].split()).rstrip(_MARKS))


def _matches(text: str, lexicon: Lexicon) -> Iterator[re.Match[str]]:
    """Yield the matches of the forms; they are tried at the signs only that open one."""
    opens, of_figures, of_signs = _patterns(lexicon)
    end = 0
    for opening in opens.finditer(text):
        at = opening.start()
        if at < end:
            continue
        match = (of_figures if text[at] in _FIGURES else of_signs).match(text, at)
        if match:
            end = match.end()
            yield match


def _digits(match: re.Match[str], lexicon: Lexicon) -> tuple[str, str]:
    value = match["number"].replace(",", "").replace(" ", "")
    value = value if len(value) <= _LONGEST else ""  # of an account; the quote has it
    unit = f"{match['times'] or ''}{match['unit'] or ''}" or match["lower"] or ""
    return (f"{value}—{match['top'].replace(',', '')}" if match["top"] else value), unit


def _counted(match: re.Match[str], lexicon: Lexicon) -> tuple[str, str]:
    value = value_of(match["numeral"], lexicon)
    shown = value.rstrip("万亿")  # 三万人 is 3万人
    unit = f"{value[len(shown) :]}{match['counter'] or ''}"
    return (f"{shown}—{value_of(match['upper'], lexicon)}" if match["upper"] else shown), unit


def _fraction(match: re.Match[str], lexicon: Lexicon) -> tuple[str, str]:
    return value_of(match["part"], lexicon), lexicon.quantities.numerals[match["whole"]][1]


def _said(match: re.Match[str], lexicon: Lexicon) -> tuple[str, str]:
    """Return an amount that is said in words in the digits that it stands for: 翻一番 is 1倍, 三分之二 66.67%."""
    found = _SAID.search(arabic(match[0], lexicon))
    return (found[1], found[2]) if found else (match[0], "")


_SAID = re.compile(r"(\d+(?:\.\d+)?)(\D*)$")
_AMOUNTS = {"digits": _digits, "counted": _counted, "fraction": _fraction, "parts": _said, "said": _said}


@compiled
def _patterns(lexicon: Lexicon) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Compile the signs that open a form, and the forms, of which the first that matches at a place wins.

    Those that a figure may open stand apart from those that another sign may.
    """
    known = lexicon.quantities.numerals
    amounts, names = list(lexicon.quantities.amounts), lexicon.quantities.number_words["name"]
    forms = {
        "date": _dates(lexicon),
        "reference": _REFERENCE,
        "code": r"(?<=[A-Za-z])\d++(?:\.\d++)?(?:[-—](?:19|20)\d\d)?(?!\s?[%‰.\d个亿万元])",
        "phone": r"0\d{2,3}-\d{7,8}|1[3-9]\d{9}(?!\d)",
        "item": rf"(?<![^\s(|。;:,、“])[{COUNTING}]{{1,3}}(?={number_word('item', lexicon)})",
        "article": rf"(?<!\n)(?<!\n\s){_ORDINAL}\s?[条款项章节编]",
        "ordinal": _ORDINAL,
        "numbering": _numbering(),
        **_shares(lexicon),
        "word": rf"(?<=[进统唯同])一[步]?|{number_word('word', lexicon)}",
        "name": number_word("name", lexicon),
        "ratio": r"\d{1,2}/\d{1,2}(?![\d/万千百])|\d++(?:\.\d++)?:\d++(?:\.\d++)?(?::\d++)?",
        "digits": _digital(lexicon),
        "said": either(amounts),
        "counted": _countable(lexicon),
    }
    of_figures, of_signs = (
        re.compile("|".join(f"(?P<{name}>{form})" for name, form in forms.items() if name not in others))
        for others in (_OF_SIGNS, _OF_FIGURES)
    )
    return _opening([*known, *amounts, *names]), of_figures, of_signs


def _opening(words: list[str]) -> re.Pattern[str]:
    """Match the sign that opens a form; where only longer words begin with one, these must follow."""
    signs = [*_FIGURES, "第", *(word for word in words if len(word) == 1), *_CIRCLED]
    rests: dict[str, list[str]] = {}
    for word in words:
        if word[0] not in signs:
            rests.setdefault(word[0], []).append(word[1:])
    longer = (f"{re.escape(sign)}(?={either(found)})" for sign, found in sorted(rests.items()))
    return re.compile(in_order([*map(re.escape, dict.fromkeys(signs)), *longer]))


def _numbering() -> str:
    """Match what numbers a paragraph: 一、 (一) 1. ① 3.2.1, also where a year follows at once (2.2020年)."""
    mark = rf"[.、)](?:(?!\d)|(?={_YEAR}\s?年))"
    return rf"{_OPENS}(?:\d{{1,3}}|[{COUNTING}]{{1,4}}){mark}|[{_CIRCLED}]|\d{{1,3}}(?:\.\d{{1,3}}){{2,4}}"


def _shares(lexicon: Lexicon) -> dict[str, str]:
    """Match 百分之七十五点五 and 三分之一."""
    signs, wholes = _signs(lexicon), [form for form, (kind, _) in _numerals(lexicon) if kind == "fraction"]
    return {
        "fraction": rf"(?P<whole>{either(wholes)})(?P<part>{signs}{{1,6}}(?:点[{_SIGNS}]{{1,6}})?)",
        "parts": rf"{signs}{{1,6}}{word_of('parts', lexicon)}{signs}{{1,6}}",
    }


def _countable(lexicon: Lexicon) -> str:
    """Match a Chinese numeral with what it counts: 三所, 两个, 五大."""
    signs = _signs(lexicon)
    counter = rf"{number_word('measure', lexicon)}|{known_unit(lexicon)}|大(?![学中小型棚专本])"
    return rf"(?P<numeral>{signs}{{1,8}})(?:(?:至|到)(?P<upper>{signs}{{1,8}}))?(?P<counter>{counter})"


def _signs(lexicon: Lexicon) -> str:
    return one_of([form for form, (kind, _) in _numerals(lexicon) if kind != "fraction"])


def _numerals(lexicon: Lexicon) -> ItemsView[str, tuple[str, str]]:
    return lexicon.quantities.numerals.items()


def _dates(lexicon: Lexicon) -> str:
    """Match 2021年3月2日, 2023—2025年, 6月底, 第三季度, 9:00, 2021-03-02."""
    end = number_word("date-end", lexicon)
    day = rf"{_MONTH}(?:\s?{_DAY}|{end})?"
    years = rf"{_YEAR}(?:\s?年[度]?)?(?:{_TO}{_YEAR})(?:\s?年[度]?)?"
    quarter = rf"第?[一二三四1-4](?:[-—至、][二三四2-4])?{word_of('quarter', lexicon)}"
    of_year = (
        r"(?:19|20)\d\d-\d\d-\d\d\s?\d\d:\d\d(?::\d\d)?",
        rf"{years}(?![\d号-])",
        rf"{_YEAR}\s?年[度]?(?:\s?{day}(?:{_TO}(?:{day}|{_DAY}))?|{quarter}|{end})?(?!\s?第?\s?\d{{1,4}}\s?号)",
        r"(?:19|20)\d\d(?:(?:-\d{1,2}){2}|(?:\.\d{1,2}){2}|(?:/\d{1,2}){2})(?!\d)",
    )
    of_month = (
        rf"\d{{1,2}}\s?[-—~至]\s?\d{{1,2}}\s?月{end}?",
        rf"{day}(?:{_TO}(?:{day}|{_DAY}))?",
        rf"{_DAY}(?=[-前起至—])",
    )
    of_hour = (
        r"(?:[01]?\d|2[0-4])时(?![代间期限])",
        r"(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?(?!\d|:)(?<!1:\d\d)",
    )
    return "|".join(  # most numbers are none of these, which their begin shows, or the sign behind them
        (
            rf"(?={_YEAR})(?:{in_order(of_year)})",
            rf"(?=[\d{COUNTING}]{{1,3}}\s?[-—~至月日])(?:{in_order(of_month)})",
            quarter,
            rf"(?=\d{{1,2}}[时:])(?:{in_order(of_hour)})",
        )
    )


def _digital(lexicon: Lexicon) -> str:
    """Match a number in digits with its unit, or two with a dash between; 余 and 多 may stand before the unit."""
    unit = known_unit(lexicon)
    more = r"\s?(?P<times>[十百千万亿]{1,3}(?=[余多]))?[余多]?"
    return (
        rf"(?P<number>{_DIGITS})(?:\s?(?P<lower>{unit})?{_TO}(?P<top>{_DIGITS}))?{more}"
        rf"(?:\s?(?P<unit>{unit}|[百千万亿]{{1,2}}))?"
    )
