"""A lexicon folder of one's own really replaces the words: an emptied table silences its rule, and only its rule."""

from __future__ import annotations

import re
import shutil
from dataclasses import fields
from functools import cache
from pathlib import Path

import pytest

from policygraph import assets, lexicon, tables
from policygraph.extract import extract
from policygraph.extract.grammar.numerals import arabic
from policygraph.lexicon import Lexicon
from policygraph.model import Source
from policygraph.normalise import normalise
from policygraph.segment import segment

FOLDER = assets.path("data", "lexicon")
REGIONS = assets.path("data", "concepts", "regions.tsv")
OTHERS = {"pinyin"}  # readings for identifiers, which belong to no lexicon
TABLES = sorted(path.stem for path in FOLDER.glob("*.tsv") if path.stem not in OTHERS)
READ = [table for table in TABLES if table not in ("units_added", "verdict_words")]  # no rule of reading asks for these
ROWS = {table: tables.read_table(FOLDER / f"{table}.tsv") for table in TABLES}
FRAMES = (  # places where a word of a table may stand
    "{}\n1.花草\n",
    "1.花草\n(1)浇水。{}\n",
    "1.花草\n(1)浇水。到2025年,{}。\n",
    "1.花草\n(1)浇水。({}负责)\n",
    "1.花草\n(1)浇水。(市教育局、{}负责)\n",
    "1.花草\n(1)浇水。({}、统计局负责)\n",
    "1.花草\n(1)浇水。(责任单位:{})\n",
    "1.花草\n(1)浇水。\n{}\n健康素养水平 | % | 30\n",
    "1.花草\n(1)浇水。\n{}\n每天浇水 | 市教育局\n",
    "1.花草\n成立招商领导小组。\n组 长:张三  {}\n",
    "1.花草\n(1){}\n到2020年,入学率达到90%。\n(责任单位:市教育局)\n",
    "1.花草\n(1)浇水。\n{}\n示范市政府\n2023年5月4日\n",
)
EXAMPLES = [row["example"] for rows in ROWS.values() for row in rows[:1]]


def emptied(table: str, folder: Path) -> Lexicon:
    """Return the lexicon of a folder in which one table has nothing but its header."""
    shutil.copytree(FOLDER, folder, dirs_exist_ok=True)
    header = (FOLDER / f"{table}.tsv").read_text(encoding="utf-8").partition("\n")[0]
    (folder / f"{table}.tsv").write_text(f"{header}\n", encoding="utf-8", newline="\n")
    return lexicon.load(folder, REGIONS)


def reading(text: str, words: Lexicon) -> object:
    """Return all that is read from a text: its characters, its sections, what is found in them."""
    outline = segment(normalise(Source("plan", text), words), words)
    return outline.text.printed, outline.sections, extract("plan", outline, words)


@cache
def as_bundled(text: str) -> object:
    return reading(text, lexicon.bundled())


def framed(example: str) -> list[str]:
    return [frame.format(example) for frame in FRAMES]


def holds(text: str, table: str) -> bool:
    """Say whether a form of a table stands in a text; a form may have a gap (…), and spaces between its letters."""
    bare = re.sub(r"\s", "", text + arabic(text, lexicon.bundled()))  # 翻一番 is said with 增长
    parts = (part for row in ROWS[table] for part in re.sub(r"\s", "", row["form"]).split("…") if part)
    return any(part in bare for part in parts)


@pytest.mark.parametrize("table", READ)
def test_an_emptied_table_silences_its_rule_and_no_other(table: str, tmp_path: Path) -> None:
    words = emptied(table, tmp_path)
    own = [text for row in ROWS[table] for text in framed(row["example"])]
    assert any(reading(text, words) != as_bundled(text) for text in own), "the rule still speaks"
    others = [text for example in EXAMPLES for text in framed(example)[:2] if not holds(text, table)]
    assert others
    for text in others:
        assert reading(text, words) == as_bundled(text)


def test_every_table_was_emptied() -> None:
    assert len(READ) >= 53


def test_a_folder_without_words_finds_nothing(tmp_path: Path) -> None:
    """No pattern of an empty table matches everything."""
    for table in TABLES:
        header = (FOLDER / f"{table}.tsv").read_text(encoding="utf-8").partition("\n")[0]
        (tmp_path / f"{table}.tsv").write_text(f"{header}\n", encoding="utf-8", newline="\n")
    words = lexicon.load(tmp_path, REGIONS)
    for example in EXAMPLES:
        for text in framed(example):
            found = extract("plan", segment(normalise(Source("plan", text), words), words), words)
            assert (found.clauses, found.targets, found.bodies, found.schedule) == ((), (), (), ())


def test_an_own_word_is_read(tmp_path: Path) -> None:
    """One row more in a folder of one's own, and the text says more than with the bundled words."""
    shutil.copytree(FOLDER, tmp_path, dirs_exist_ok=True)
    roles = tmp_path / "roles.tsv"
    roles.write_text(
        roles.read_text(encoding="utf-8") + "掌舵单位\tlabel\tlead\t(掌舵单位:市教育局)\n", encoding="utf-8"
    )
    text = "1.花草\n(1)浇水。(掌舵单位:市教育局)\n"
    words = lexicon.load(tmp_path, REGIONS)
    outline = segment(normalise(Source("plan", text), words), words)
    (named,) = extract("plan", outline, words).responsibilities
    assert (named.agency, named.role) == ("市教育局", "lead")


def test_the_readme_tells_of_every_table() -> None:
    """Each table stands in the group that holds it, with its columns."""
    told = (FOLDER / "README.md").read_text(encoding="utf-8")
    groups = dict(zip(*[iter(re.split(r"^## (\w+):.*$", told, flags=re.MULTILINE)[1:])] * 2, strict=True))
    stated = {name: group for group, text in groups.items() for names in re.findall(r"^\| ([a-z_, ]+?) \|", text, re.M)
              for name in names.split(", ")}  # fmt: skip
    held = {table: group.name for group in fields(lexicon.Lexicon) for table in tables_of(group.name)}
    assert {name: group for name, group in stated.items() if name != "table"} == held


def tables_of(group: str) -> set[str]:
    """Return the tables that one group of the lexicon is read from."""
    if group == "made":
        return set()
    names = {each.name for each in fields(getattr(lexicon.bundled(), group))} - {"places"}
    roles = ("labels", "verbs", "joins", "ways", "grounds", "owns", "duties", "marks")
    return {"roles" if name in roles else name for name in names}
