"""Read the numbers of documents: 国发〔2019〕13号, 财政部令第12号 (GB/T 9704, 7.2.5)."""

from __future__ import annotations

import re

from policygraph.quantities import COUNTING, numeral_value

COUNT = rf"(?:\d{{1,4}}|[{COUNTING}]{{1,5}})"
YEARED = (
    rf"[〔\[(【„]\s{{0,2}}(?:\d{{4}}|[{COUNTING}]{{4}})\s{{0,2}}[〕\])】‟]\s{{0,3}}年?第?\s{{0,3}}{COUNT}\s{{0,3}}号"
)
REGISTERED = re.compile(r"[A-Z]{2,8}[-—]\d{4}[-—]\d{4,6}")  # 统一登记号: YYCR-2023-01004
NUMBER = re.compile(rf"(?!见)[\u4e00-\u9fff]{{1,12}}\s?{YEARED}|[\u4e00-\u9fff]{{2,20}}令\s?第?\s?{COUNT}\s?号")
_OPEN, _CLOSE = r"[〔\[(【]", r"[〕\])】]"
MISWRITTEN = re.compile(  # a year of two or five figures, one bracket of two, no 号; a count that is still open is none
    rf"[\u4e00-\u9fff]{{2,12}}\s?(?:{_OPEN}\s?(?:\d{{1,3}}|\d{{5}})\s?{_CLOSE}\s?第?\s?\d{{1,4}}\s?号"
    rf"|(?:{_OPEN}\s?20\d\d|20\d\d\s?{_CLOSE})\s?第?\s?\d{{1,4}}\s?号"
    rf"|{_OPEN}\s?20\d\d\s?{_CLOSE}\s?第?\s?\d{{1,4}})"
)
_YEAR = re.compile(rf"[〔\[(【„](\d{{4}}|[{COUNTING}]{{4}})[〕\])】‟]第?")
_IN_WORDS = re.compile(rf"(?<=[〕第])[{COUNTING}]{{1,5}}(?=号)")


def tidy_number(number: str) -> str:
    """Write a document number with its proper brackets, its year and its count in figures.

    >>> tidy_number("国发(2019)13号"), tidy_number("国发【2019】第十三号")
    ('国发〔2019〕13号', '国发〔2019〕13号')
    """
    bare = _YEAR.sub(lambda match: f"〔{_figures(match[1])}〕", re.sub(r"\s", "", number))
    return _IN_WORDS.sub(lambda match: _figures(match[0]), bare) if "〔" in bare else bare


def _figures(numeral: str) -> str:
    return numeral if numeral.isdecimal() else str(numeral_value(numeral))
