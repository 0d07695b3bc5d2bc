"""Recognise the numbers of Chinese official documents (GB/T 9704: 一、 then (一) then 1. then (1))."""

from __future__ import annotations

import re
from dataclasses import dataclass

from policygraph.quantities import COUNTING

# style, rank (1 is highest), pattern; the label is group 1
_STYLES: tuple[tuple[str, int, str], ...] = (
    ("book", 0, rf"(第[{COUNTING}\d]{{1,5}}[编篇])[\s、]*"),
    ("chapter", 1, rf"(第[{COUNTING}\d]{{1,5}}章)[\s、]*"),
    ("division", 2, rf"(第[{COUNTING}\d]{{1,5}}节)[\s、]*"),
    ("article", 4, rf"(第[{COUNTING}]{{1,5}}条)(?![规所第款、的,和至])[\s、]*"),
    ("part", 3, rf"([{COUNTING}]{{1,4}})、\s*"),
    ("item", 5, rf"(\([{COUNTING}]{{1,4}}\))[\s、.]*"),
    ("decimal", 7, r"(\d{1,2}(?:\.\d{1,2}){1,3})(?![\d%‰])[\s、.]*(?=[^\d\s])"),
    ("number", 6, r"(\d{1,2})[.、](?:\s+|(?!\d)|(?=20\d\d年))"),
    ("bracketed", 8, r"(\(\d{1,2}\))[\s、.]*"),
    ("circled", 9, r"([①-⑳])\s*"),
)
_COMPILED = tuple((style, rank, re.compile(rf"\s*{pattern}")) for style, rank, pattern in _STYLES)
_BEGINS = re.compile(rf"\s*[第(\d{COUNTING}①-⑳]")  # of any style; most lines begin with something else
NUMBERED = re.compile(
    rf"\s*(?:[{COUNTING}]{{1,4}}、|\([{COUNTING}]{{1,4}}\)|\d{{1,2}}[.、]\D|\(\d{{1,2}}\)|[①-⑳]|第[{COUNTING}\d]{{1,5}}[编篇章节条])"
)


@dataclass(frozen=True, slots=True)
class Number:
    """A printed number at the start of a line; ``end`` is where the heading begins."""

    style: str
    rank: int
    label: str
    end: int


def number_at(line: str) -> Number | None:
    """Return the number a line begins with, None where there is none.

    >>> number_at("(一)指导思想").label
    '(一)'
    >>> number_at("1. 实施控烟行动").label
    '1'
    >>> number_at("2.2023年底前完成改造。").label
    '2'
    >>> number_at("1.5万人") is None or number_at("1.5万人").style
    'decimal'
    """
    if not _BEGINS.match(line):
        return None
    for style, rank, pattern in _COMPILED:
        match = pattern.match(line)
        if match:
            return Number(style, rank, match[1], match.end())
    return None


def path(labels: list[Number]) -> str:
    """Return the section number as printed from the top down: ``三(一)1``; decimals carry their parents.

    >>> path([Number("part", 3, "三", 0), Number("item", 5, "(一)", 0), Number("number", 6, "1", 0)])
    '三(一)1'
    """
    if labels and labels[-1].style == "decimal":
        labels = [*(n for n in labels if n.style not in ("number", "decimal")), labels[-1]]
    return "".join(number.label for number in labels)


def follows(number: Number, above: list[Number]) -> bool:
    """Say whether a decimal really continues the numbers above it; ``1.5万人`` at a line's start does not."""
    if number.style != "decimal":
        return True
    head, _, tail = number.label.rpartition(".")
    known = [n.label for n in above if n.style in ("number", "decimal")]
    return tail == "1" or head in known or any(label.rpartition(".")[0] == head for label in known)
