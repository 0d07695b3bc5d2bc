"""Recognise the numbers of Chinese official documents (GB/T 9704: 一、 then (一) then 1. then (1)), and their likes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise

from policygraph.quantities import COUNTING, numeral_value
from policygraph.records import record

_FORMAL = "壹贰叁肆伍陆柒捌玖拾"  # the signs of sums of money, which some plans number their parts with
_NAMED = "专项行动|行动|任务|工程|举措"  # what is counted by its name: 行动一, 行动1
_COUNTED = rf"(?:{_NAMED})(?:[{COUNTING}]{{1,3}}|\d{{1,2}})"
_NAME = r"\d{3,4}[\u4e00-\u9fff](?<![万亿千百吨元公米平])"  # that opens with a number: 11.121人才项目
_AGE = r"(?:[-—~至]\d{1,2})?周?岁(?:[至到—-]|及?以[上下])"  # 12.5岁以下儿童: the fifth year of age, of a twelfth line
_WHEN = r"\s?\([^()\n]{2,24}\)\s?[:、.]\s*"  # 第一阶段(2024年3月—4月):动员摸底
# style, rank (0 is highest), pattern; the label is group 1
_STYLES: tuple[tuple[str, int, str], ...] = (
    ("book", 0, rf"(第[{COUNTING}\d]{{1,5}}(?:[编篇]|部分(?![的内])))[\s、:.]*"),
    ("chapter", 1, rf"(第[{COUNTING}\d]{{1,5}}章)[\s、:.]*"),
    ("division", 2, rf"(第[{COUNTING}\d]{{1,5}}节)[\s、:.]*"),
    ("formal", 3, rf"([{_FORMAL}]{{1,3}})\s?[、.]\s*"),
    ("article", 5, rf"(第[{COUNTING}\d]{{1,5}}条)(?![规所第款、的,和至])[\s、:]*"),
    ("named", 6, rf"({_COUNTED})(?:\s?[:.]\s*|\s+)(?=[^\s、])|[【\[]({_COUNTED})[】\]][\s:]*(?=[^\s、:|])"),
    ("part", 4, rf"([{COUNTING}]{{1,4}})\s?[、.]\s*"),
    ("item", 7, rf"(\([{COUNTING}]{{1,4}}\)|[㈠-㈩])[\s、.]*"),
    ("stage", 8, rf"(第[{COUNTING}]{{1,3}}(?:阶段|步))(?:{_WHEN}|\s?[:、.]\s*|\s+(?=[^\s,、(]))"),
    (
        "padded",
        8,
        r"(0[1-9])(?!\s?[/-]\d)\s*[、.丨/|]?\s*(?=[^\d\s、.|%年月日时分])|(\d\d)(?:\s+|\s*[丨/|]\s*|(?=[\u4e00-\u9fff]))(?=[^\d\s|年月日时分个项条])",
    ),
    ("decimal", 10, rf"(\d{{1,2}}(?:\.\d{{1,2}}){{1,3}})(?![\d%‰])(?!{_AGE})(?:[\s、.]*(?=[^\d\s])|\s+(?=20\d\d年))"),
    (
        "number",
        9,
        r"([1-9]\d{0,2}|0[1-9]?)(?:\s?[.、]|。(?=\s?[\u4e00-\u9fff“]))"
        rf"(?:\s+|(?!\d)|(?=20\d\d年|{_NAME}|\d{{1,2}}{_AGE}))|([⒈-⒛])\s*",
    ),
    ("bracketed", 11, r"(\(\d{1,3}\)|[⑴-⒇])[\s、.]*"),
    ("half", 12, r"(\d{1,2}\))[\s、.]*"),
    ("circled", 13, r"([①-⑳])[\s、.]*"),
)
_IN_ARTICLE = 6  # the rank of 一、 there
_RANKS = {style: rank for style, rank, _ in _STYLES}
_LABEL = r"\d{1,2}[.、]\s?\[[^\[\]\n]{2,8}\]"  # 06. [发文字号]: a label in the head of a page
_ANY_STYLE = re.compile(rf"\s*(?!{_LABEL})(?:{'|'.join(f'(?P<{style}>{pattern})' for style, _, pattern in _STYLES)})")
_LABELS = {style: (at + 1, at + 2) for style, at in _ANY_STYLE.groupindex.items()}  # the groups of each one's label
_SPACED = re.compile(rf"\s*(\d{{1,2}}|[{COUNTING}]{{1,3}})\s{{1,4}}(?=[^\d\s|,。;:、.%][^\d|,。;:、.%]{{1,20}}$)")
_DECIMAL = re.compile(
    r"\s*([1-9]\d?(?:\.[1-9]\d?){1,3})(?![\d%‰.])(?!" + _AGE + r")[\s、]{0,4}(?=[\u4e00-\u9fff“A-Za-z])"
)
_CHILD = re.compile(r"\s*1\.1[\s、.]{0,3}[^\d\s]")
_AROUND = re.compile(rf"{_NAMED}|阶段|[()第编篇章节条部分步]")
_SIGNS = f"第(\\d{COUNTING}{_FORMAL}㈠-㈩⑴-⒛①-⑳"
_BEGINS = re.compile(rf"\s*(?:[{_SIGNS}]|[【\[]?(?:{_NAMED}))")  # of any style; most lines begin with something else
_MARKS = r"\s?[.、]\D|\)|(?<=\b0\d)(?![\d年月日时分])"  # what follows figures that number a line
NUMBERED = re.compile(
    rf"\s*(?:[{COUNTING}{_FORMAL}]{{1,4}}\s?[、.]|\([{COUNTING}]{{1,4}}\)|\d{{1,3}}(?:{_MARKS})|\(\d{{1,3}}\)"
    rf"|[㈠-㈩⑴-⒛①-⑳]|第[{COUNTING}\d]{{1,5}}(?:[编篇章节条]|部分|(?:阶段|步)[\s:]))"
)


_ROW_LABEL = re.compile(rf"[{COUNTING}]{{1,3}}\s?[、.]?|\([{COUNTING}]{{1,3}}\)")  # in a cell of its own
_ROW_NAME = re.compile(r"[^|。;:\d][^|。;:]{1,39}")
_ROW_REST = re.compile(r"[\s\d.%/—–-]*")  # a score, a weight, or nothing


@record
class Number:
    """A printed number at the start of a line; ``end`` is where the heading begins."""

    style: str
    rank: int
    label: str
    end: int


@record
class RowHeading:
    """A row of a table that names a group of rows: its number and its name."""

    number: Number
    name: str


def row_heading(line: str) -> RowHeading | None:
    """Return the group that a row of a table names, None where the row says more than its number, name and score.

    >>> row_heading("一、 | 组织领导 | 30 | |").name, row_heading("| (二)扬尘 | | |").number.label
    ('组织领导', '(二)')
    >>> row_heading("一、 | 组织领导 | 30 | 县林长办"), row_heading("1 | 组织领导 | 30 |")
    (None, None)
    """
    cells = [cell.strip() for cell in line.split("|")]
    first, *rest = cells if cells[0] else cells[1:]
    if _ROW_LABEL.fullmatch(first) and rest:
        first, rest = f"{first.rstrip('、.')}{'' if first[0] == '(' else '、'}{rest[0]}", rest[1:]
    number = number_at(first)
    name = first[number.end :] if number and number.style in ("part", "item") else ""
    named = _ROW_NAME.fullmatch(name) and all(_ROW_REST.fullmatch(cell) for cell in rest)
    return RowHeading(number, name) if number and named else None


def number_at(line: str) -> Number | None:
    """Return the number a line begins with, None where there is none.

    >>> number_at("(一)指导思想").label
    '(一)'
    >>> number_at("1. 实施控烟行动").label
    '1'
    >>> number_at("2.2023年底前完成改造。").label
    '2'
    >>> number_at("12.5岁以下儿童死亡率下降").label
    '12'
    >>> number_at("㈢强化监管").label, number_at("⑵强化监管").label, number_at("102.强化监管").label
    ('(三)', '(2)', '102')
    >>> number_at("行动一 健康知识普及行动").label, number_at("行动一致")
    ('行动一', None)
    >>> number_at("【行动十】老年健康促进行动").label, number_at("【行动】老年健康促进行动")
    ('行动十', None)
    >>> number_at("1.5万人") is None or number_at("1.5万人").style
    'decimal'
    """
    match = _ANY_STYLE.match(line) if _BEGINS.match(line) else None
    if not match or not match.lastgroup:
        return None
    style = match.lastgroup
    label = next(found for at in _LABELS[style] if (found := match[at]))
    return Number(style, _RANKS[style], _plain(label), _after_repetition(line, match))


def _plain(label: str) -> str:
    """Write a number that is one sign as those of its style are written: ㈠ is (一), ⒈ is 1, ⑴ is (1); ① stays."""
    return label if "①" <= label[0] <= "⑳" else unicodedata.normalize("NFKC", label).rstrip(".")


def _after_repetition(line: str, match: re.Match[str]) -> int:
    """Return where the heading begins: behind a number that is printed twice, «(三)(三)加强领导»."""
    again = match[0].strip()
    end = match.end()
    return end + len(again) if again.startswith("(") and line.startswith(again, end) else end


def value(number: Number) -> int:
    """Return how far a number counts, 0 where it is a decimal.

    >>> value(Number("item", 7, "(十二)", 0)), value(Number("number", 9, "3", 0)), value(Number("circled", 13, "②", 0))
    (12, 3, 2)
    """
    bare = unicodedata.normalize("NFKC", _AROUND.sub("", number.label))
    if bare.isdecimal():
        return int(bare)
    return int(numeral_value(bare)) if bare and set(bare) <= set(COUNTING) else 0


def path(labels: list[Number]) -> str:
    """Return the section number as printed from the top down: ``三(一)1``; decimals carry their parents.

    >>> path([Number("part", 3, "三", 0), Number("item", 5, "(一)", 0), Number("number", 6, "1", 0)])
    '三(一)1'
    >>> path([Number("number", 9, "1", 0), Number("decimal", 10, "1.2", 0), Number("bracketed", 11, "(1)", 0)])
    '1.2(1)'
    """
    last = max((at for at, label in enumerate(labels) if label.style == "decimal"), default=0)
    labels = [*(n for n in labels[:last] if n.style not in ("number", "decimal")), *labels[last:]]
    return "".join(number.label for number in labels)


def spaced_at(line: str) -> Number | None:
    """Return the number of a line that sets nothing but a blank behind it: «1 总则», «一 总则»."""
    match = _SPACED.match(line)
    if not match:
        return None
    style, rank = ("number", 9) if match[1].isdecimal() else ("part", 4)
    return Number(style, rank, match[1], match.end())


def spaced_series(lines: list[str]) -> frozenset[int]:
    """Return which lines are numbered with a blank: they count from one, and figures have 1.1 below them.

    >>> sorted(spaced_series(["1 总则", "1.1 目的", "2 体系", "3 附则"])), sorted(spaced_series(["1 张三", "2 李四"]))
    ([0, 2, 3], [])
    """
    series: dict[str, list[int]] = {"number": [], "part": []}
    for at, line in enumerate(lines):
        number = spaced_at(line)
        if number and value(number) == len(series[number.style]) + 1:
            series[number.style].append(at)
    if series["number"] and not any(_CHILD.match(line) for line in lines):
        series["number"] = []
    return frozenset(at for found in series.values() if len(found) > 1 for at in found)


def below_number(number: Number) -> Number:
    """Return an item with the rank that it has below a number."""
    return Number(number.style, _RANKS["decimal"], number.label, number.end)


def in_article(number: Number, above: list[Number]) -> Number:
    """Return a number with the rank that it has below those above it: 一、 counts inside an article, not over it.

    >>> part, article = Number("part", 4, "一", 2), Number("article", 5, "第三条", 4)
    >>> in_article(part, [article]).rank, in_article(part, [part, article]).rank
    (6, 4)
    """
    styles = [other.style for other in above if other.rank != _IN_ARTICLE]
    if number.style != "part" or "article" not in styles or "part" in styles:
        return number
    return Number(number.style, _IN_ARTICLE, number.label, number.end)


def decimal_series(lines: list[str], unit: re.Pattern[str]) -> frozenset[int]:
    """Return which lines begin with decimal numbers that go up, be the first of them left out or not.

    Where two or more of them stand, none may be a quantity: no ``unit`` follows it, and each counts on.

    >>> sorted(decimal_series(["1.4 规划目标", "(1)布局", "2.2.3 充电站"], re.compile("万|亿")))
    [0, 2]
    >>> sorted(decimal_series(["1.4 规划目标", "2.5万人"], re.compile("万|亿")))
    []
    """
    found = [(at, match) for at, line in enumerate(lines) if (match := _DECIMAL.match(line))]
    labels = [tuple(int(part) for part in match[1].split(".")) for _, match in found]
    sure = all(not unit.match(lines[at], match.end()) for at, match in found)
    rising = all(one < other for one, other in pairwise(labels))
    return frozenset(at for at, _ in found) if sure and rising and len(found) > 1 else frozenset()


def under_numbers(numbers: Sequence[Number | None]) -> frozenset[int]:
    """Return which items stand below numbers and not above them: 1. (一) (二) 2. (一).

    The number before the first of them is counted on behind them.

    >>> sorted(under_numbers([number_at(each) for each in ("1.甲", "(一)乙", "(二)丙", "2.丁", "(一)戊")]))
    [1, 2, 4]
    >>> sorted(under_numbers([number_at(each) for each in ("(一)甲", "1.乙", "(二)丙", "1.丁")]))
    []
    """
    found: set[int] = set()
    last, since, below = 0, 0, False  # the number that is open, the items since, and whether a series was below one
    run: list[int] = []
    for at, number in enumerate(numbers):
        if number and number.style == "number":
            counts_on = bool(run) and value(number) == last + 1 and since > 0
            below = below or counts_on
            found.update(run if counts_on else ())
            last, since, run = value(number), 1, []
        elif number and number.style == "item" and since and (run or value(number) == 1):
            run.append(at)
        elif number and number.rank < _RANKS["item"]:
            found.update(run if below else ())
            last, since, run, below = 0, 0, [], False
        elif number and number.style == "item":
            since = 0
    found.update(run if below else ())
    return frozenset(found)


def follows(number: Number, above: list[Number]) -> bool:
    """Say whether a number really continues those above it; ``1.5万人`` and ``12 万人`` at a line's start do not."""
    if number.style == "padded" and number.label[0] != "0":
        return any(n.style == "padded" and int(n.label) + 1 == int(number.label) for n in above)
    if number.style != "decimal":
        return True
    head, _, tail = number.label.rpartition(".")
    known = [n.label for n in above if n.style in ("number", "decimal")]
    return tail == "1" or head in known or any(label.rpartition(".")[0] == head for label in known)
