"""Words of the language stand in tables: no string of the pure half of the code holds one."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import policygraph

ROOT = Path(policygraph.__file__).parent
PURE = ("read", "normalise", "segment", "extract", "resolve", "facts", "cascade", "graph")
WORD = re.compile(r"[\u4e00-\u9fff]{2,}")
CLASS = re.compile(r"\[[^\]\n]*\]")  # [和及与]: letters, of which a pattern takes one, make no word
REMARK = re.compile(r"(?m)(?<=\s)# .*$")  # what a line of a verbose pattern says about itself
SIGNS = frozenset("零一二三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥")
ANNEX = {"附件"}  # how an annex is labelled is part of the numbers of sections, and so of identifiers

ALLOWED = {  # module -> words that may stand in it
    # 第一部分, 第一阶段 and 行动一 are numbers of sections, as 第一章 is
    "segment/numbering.py": {"部分", "阶段", "专项行动", "行动", "任务", "工程", "举措"},
    "extract/proofs/references.py": {"部分"},
    "segment/runs.py": {"部分"} | ANNEX,
    "normalise/flat_tables.py": ANNEX,
    "read/pdf_lines.py": ANNEX,
    "segment/annexes.py": ANNEX,
    "extract/structure.py": ANNEX,
    "segment/lines.py": ANNEX,
    "segment/contents.py": {"目录"},  # as an annex is labelled
}
MODULES = sorted(
    path.relative_to(ROOT).as_posix()
    for room in PURE
    for path in ((ROOT / room).rglob("*.py") if (ROOT / room).is_dir() else (ROOT / f"{room}.py",))
)


def strings(source: str) -> Iterator[str]:
    """Yield the strings of a module without its docstrings."""
    nodes = list(ast.walk(ast.parse(source)))
    said = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
            yield node.value


def words(source: str) -> set[str]:
    """Return the words of two or more characters that the strings of a module hold."""
    texts = (CLASS.sub(" ", REMARK.sub("", text)) for text in strings(source))
    return {word for text in texts for word in WORD.findall(text) if not set(word) <= SIGNS}


@pytest.mark.parametrize("module", MODULES)
def test_no_word_of_the_language_stands_in_code(module: str) -> None:
    found = words((ROOT / module).read_text(encoding="utf-8"))
    assert found == ALLOWED.get(module, set())


SOURCES = {
    'X = "力争"': {"力争"},
    'X = rf"(?:确保|{each})到"': {"确保"},
    'def f():\n    """力争"""\n    return "到"': set(),
    'X = "[和及与]达"': set(),
    'X = "一二三"': set(),
    'X = r"""\n  (?P<verb>{changes})  # 提高\n"""': set(),
}


@pytest.mark.parametrize("source", SOURCES)
def test_words_are_noticed(source: str) -> None:
    assert words(source) == SOURCES[source]
