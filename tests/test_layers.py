"""Tables of one's own laid over the shipped ones: what they add, and what is refused with file and line."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from policygraph import assets, concepts, lexicon
from policygraph.concepts import Concepts
from policygraph.errors import DataError
from policygraph.extract import parse_clause
from policygraph.lexicon import Lexicon
from policygraph.quantities import Quantity, difference

LEXICON = assets.path("data", "lexicon")
CONCEPTS = assets.path("data", "concepts")


def words_with(folder: Path, table: str, *rows: str) -> Lexicon:
    written(folder, LEXICON, table, rows)
    return lexicon.load(LEXICON, CONCEPTS / "regions.tsv", folder)


def concepts_with(folder: Path, table: str, *rows: str) -> Concepts:
    written(folder, CONCEPTS, table, rows)
    return concepts.load(CONCEPTS, folder)


def written(folder: Path, shipped: Path, table: str, rows: tuple[str, ...]) -> None:
    header = (shipped / f"{table}.tsv").read_text(encoding="utf-8").partition("\n")[0]
    lines = (row.replace("|", "\t") for row in rows)
    (folder / f"{table}.tsv").write_text("\n".join([header, *lines, ""]), encoding="utf-8")


# ---------------------------------------------------------------- what they add


def test_a_word_of_ones_own_is_read_beside_the_shipped_ones(tmp_path: Path) -> None:
    words = words_with(tmp_path, "roles", "掌总|label|lead|掌总：市发展改革委")
    found = parse_clause("(掌总:市发展改革委,配合单位:市统计局)", words)
    assert [(entry.role, entry.name) for entry in found.entries] == [("lead", "市发展改革委"), ("support", "市统计局")]


def test_a_unit_of_ones_own_compares_with_shipped_ones(tmp_path: Path) -> None:
    units = words_with(tmp_path, "units", "吨碳|吨碳|mass|1000000|减排五吨碳").quantities.units
    assert difference(Quantity(Decimal(2), units.read("吨碳")), Quantity(Decimal(1), units.read("吨"))) == Decimal(1)


def test_an_indicator_of_ones_own_has_its_names(tmp_path: Path) -> None:
    written(tmp_path, CONCEPTS, "indicators", ("non-fossil-share|非化石能源消费比重|share||up||A share|非化石能源",))
    known = concepts_with(tmp_path, "indicator_names", "非化石能源占比|non-fossil-share|strong|非化石能源占比")
    assert known.indicator_names["非化石能源占比"].target == "non-fossil-share"
    assert set(concepts.bundled().indicators) < set(known.indicators)


def test_a_place_of_ones_own_is_a_place_for_the_words_too(tmp_path: Path) -> None:
    written(tmp_path, CONCEPTS, "regions", ("990900|云泽市|云泽|prefecture|||云泽市",))
    words = lexicon.load(LEXICON, CONCEPTS / "regions.tsv", None, tmp_path / "regions.tsv")
    assert {"云泽市", "云泽"} <= words.names.places - lexicon.bundled().names.places


def test_a_row_that_says_the_same_is_no_contradiction(tmp_path: Path) -> None:
    shipped = (LEXICON / "roles.tsv").read_text(encoding="utf-8").splitlines()[1].split("\t")
    words = words_with(tmp_path, "roles", "|".join([*shipped[:-1], "another example"]))
    assert words.roles.labels == lexicon.bundled().roles.labels


# ---------------------------------------------------------------- what is refused

NO_FOSSIL = "non-fossil|非化石能源|share||{}||A share|非化石能源"
REFUSED = {
    "a word with another meaning": (
        "lexicon",
        "roles",
        ["牵头|verb|support|市教育局牵头"],
        ("roles.tsv:2", "roles.tsv:"),
    ),
    "a unit of another size": ("lexicon", "units", ["吨|吨|mass|7|七吨"], ("units.tsv:2", "units.tsv:")),
    "a unit without a size": ("lexicon", "units", ["筐|筐|baskets|many|七筐"], ("units.tsv:2", "many")),
    "a name of another thing": (
        "concepts",
        "indicator_names",
        ["婴儿死亡率|health-literacy|strong|婴儿死亡率"],
        ("indicator_names.tsv:2",),
    ),
    "a name of nothing": (
        "concepts",
        "indicator_names",
        ["碳强度|carbon|strong|碳强度"],
        (":2", "carbon", "indicators.tsv"),
    ),
    "a name twice in one table": (
        "concepts",
        "indicator_names",
        ["碳强度|health-literacy|weak|x", "碳强度|health-literacy|weak|x"],
        (":3", "碳强度"),
    ),
    "an unknown direction": ("concepts", "indicators", [NO_FOSSIL.format("上升")], (":2", "上升", "up")),
    "a function that is none": (
        "concepts",
        "agencies",
        ["carbon|碳办|C|carbon|government|碳办"],
        (":2", "functions.tsv"),
    ),
    "a rank in words": ("concepts", "levels", ["zone|园区|zone|fifth|园区"], (":2", "fifth")),
    "a row that is too short": ("lexicon", "roles", ["牵头"], ("roles.tsv:2",)),
    "a table that nothing reads": ("lexicon", "role", [], ("role.tsv", "roles")),
    "readings for identifiers": ("lexicon", "pinyin", [], ("pinyin.tsv",)),
}


@pytest.mark.parametrize(("kind", "table", "rows", "told"), REFUSED.values(), ids=REFUSED)
def test_it_is_refused_with_file_and_line(
    tmp_path: Path, kind: str, table: str, rows: list[str], told: tuple[str, ...]
) -> None:
    if not rows:
        (tmp_path / f"{table}.tsv").write_text("form\texample\n", encoding="utf-8")
        load = {"lexicon": lambda *_: lexicon.load(LEXICON, CONCEPTS / "regions.tsv", tmp_path)}[kind]
    else:
        load = {"lexicon": words_with, "concepts": concepts_with}[kind]
    with pytest.raises(DataError) as refused:
        load(tmp_path, table, *rows)
    assert [word for word in told if word not in str(refused.value)] == []


def test_a_table_that_a_spreadsheet_saved_in_another_form_is_named(tmp_path: Path) -> None:
    (tmp_path / "indicators.xlsx").write_bytes(b"PK")
    with pytest.raises(DataError, match=r"indicators\.xlsx.*indicators\.tsv"):
        concepts.load(CONCEPTS, tmp_path)


def test_contradictions_name_both_places(tmp_path: Path) -> None:
    with pytest.raises(DataError) as refused:
        words_with(tmp_path, "roles", "牵头|verb|support|市教育局牵头")
    assert str(tmp_path / "roles.tsv") + ":2" in str(refused.value)
    assert str(LEXICON / "roles.tsv") in str(refused.value)
