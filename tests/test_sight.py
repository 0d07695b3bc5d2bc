"""First sight: what an annotation asks and a run finds, each case as two small tables; and the annotations."""

from __future__ import annotations

from pathlib import Path

import pytest

from policygraph import tables
from policygraph.score import sight

SIGHTS = Path(__file__).parent / "gold" / "sight"
COLUMNS = {
    "metadata": ("doc", "field", "value", "doubt"),
    "structure": ("doc", "section", "heading", "doubt"),
    "responsibilities": ("doc", "role", "agency", "surface", "doubt", "section", "clause"),
    "targets": ("doc", "year", "op", "value", "unit", "table", "doubt", "rule", "kind", "quote"),
    "citations": ("doc", "title", "number", "relation", "doubt"),
    "numbers": ("doc", "value", "class"),
    "clauses": ("doc", "parsed", "quote", "section", "clause"),
}
# gold row | found row -> expected found right silent; cells joined by a bar, the document's left out
CASES = (
    ("targets", "2025|>=|80|%", "2025|>=|80.0|%", "1 1 1 0"),
    ("targets", "2025|>=|80|%", "2025|=|80|%", "1 1 0 0"),  # wrong, but not silent
    ("targets", "2025|>=|80|%", "", "1 0 0 1"),
    ("targets", "2025|>=|80|%||yes", "", "0 0 0 0"),  # doubtful: asked of nobody
    ("targets", "2025|>=|80|%||yes", "|=|80|%", "0 0 0 0"),  # nor is the find held against the run
    ("targets", "2025|>=|80|%|yes", "2025|>=|80|%|||table-cell", "0 0 0 0"),  # stands in a table
    ("responsibilities", "lead|市教育局|教育局", "lead|市教育局|教育局", "1 1 1 0"),
    ("responsibilities", "lead|市教育局|教育局", "support|市教育局|教育局", "1 1 0 0"),
    ("responsibilities", "lead|市教育局|教育局", "", "1 0 0 1"),
    ("citations", "《甲》|国发〔2019〕13号|basis", "甲|国发(2019)13号|basis", "1 1 1 0"),
    ("citations", "甲||basis", "甲||mentions", "1 1 0 0"),
    ("structure", "一|总体要求", "一|总体要求", "1 1 1 0"),
    ("structure", "一|总体要求", "二|总体要求", "1 1 0 1"),
)


def written(folder: Path, table: str, *rows: str) -> None:
    folder.mkdir(exist_ok=True)
    cells = [dict(zip(COLUMNS[table], ("d", *row.split("|")), strict=False)) for row in rows if row]
    tables.write_table(folder / f"{table}.tsv", COLUMNS[table], ({"kind": "quantitative"} | row for row in cells))


def counts(folder: Path, table: str) -> str:
    name = "targets in prose" if table == "targets" else table
    line = next(row for row in sight(folder / "gold", folder / "found").to_dicts() if row["table"] == name)
    return " ".join(str(line[column]) for column in ("expected", "found", "right", "silent"))


@pytest.fixture
def pair(tmp_path: Path) -> Path:
    for side in ("gold", "found"):
        written(tmp_path / side, "metadata", "title|甲")
    return tmp_path


@pytest.mark.parametrize(("table", "gold", "found", "want"), CASES)
def test_a_row_is_right_missed_or_lost_in_silence(pair: Path, table: str, gold: str, found: str, want: str) -> None:
    written(pair / "gold", table, gold)
    written(pair / "found", table, found)
    assert counts(pair, table) == want


def test_a_range_is_right_as_its_two_bounds(pair: Path) -> None:
    written(pair / "gold", "targets", "2025|=|5-8|个")
    written(pair / "found", "targets", "2025|>=|5|个", "2025|<=|8|个")
    assert counts(pair, "targets") == "2 2 2 0"


def test_a_missed_number_that_is_shown_as_unread_is_not_silent(pair: Path) -> None:
    written(pair / "gold", "targets", "2025|>=|80|%")
    written(pair / "found", "targets", "")
    written(pair / "found", "numbers", "80|unread")
    assert counts(pair, "targets") == "1 0 0 0"


def test_a_missed_body_in_a_clause_read_in_part_is_not_silent(pair: Path) -> None:
    written(pair / "gold", "responsibilities", "lead|市教育局|教育局")
    written(pair / "found", "responsibilities", "")
    written(pair / "found", "clauses", "part|(教育局、甲港)")
    assert counts(pair, "responsibilities") == "1 0 0 0"


def test_a_body_that_is_sure_in_one_clause_is_not_paired_with_a_doubtful_one(pair: Path) -> None:
    written(pair / "gold", "responsibilities", "lead|市港务处|港务处|yes", "lead|市港务处|市港务处")
    written(pair / "found", "responsibilities", "lead|市港务处|港务处", "lead|市港务处|市港务处")
    assert counts(pair, "responsibilities") == "1 1 1 0"


@pytest.mark.parametrize("folder", sorted(SIGHTS.iterdir()), ids=lambda path: path.name)
def test_an_annotation_scored_against_itself_is_perfect(folder: Path) -> None:
    lines = sight(folder, folder).to_dicts()
    assert sum(int(str(line["expected"])) for line in lines) >= 100
    assert all(line["found"] == line["right"] == line["expected"] and not line["silent"] for line in lines)


@pytest.mark.parametrize("folder", sorted(SIGHTS.iterdir()), ids=lambda path: path.name)
def test_quotes_of_an_annotation_are_short(folder: Path) -> None:
    rows = [row for path in folder.glob("*.tsv") for row in tables.read_table(path) if "quote" in row]
    assert rows
    assert max(len(row["quote"]) for row in rows) <= 62
