"""Scoring: what counts as right, what is missed and what is spurious."""

from __future__ import annotations

from pathlib import Path

import pytest

from policygraph.errors import TableError, UsageError
from policygraph.export.rows import as_tsv
from policygraph.score import Miss, Score, overlap, render_misses, rows, score

STRUCTURE = "doc section heading kind"
TARGETS = "doc section action indicator year op value unit baseline kind quote"
PLAN = "a|一|目标|part"


def table(folder: Path, name: str, header: str, *lines: str) -> None:
    """Write a table from lines whose cells stand between bars."""
    folder.mkdir(parents=True, exist_ok=True)
    text = "\n".join(["\t".join(header.split()), *("\t".join(line.split("|")) for line in lines)]) + "\n"
    (folder / f"{name}.tsv").write_text(text, encoding="utf-8")


def quantity(value: str = "22", indicator: str = "健康素养水平", year: str = "2022", op: str = ">=") -> str:
    return f"a|一|某行动|{indicator}|{year}|{op}|{value}|%||quantitative|水平不低于22%"


def quality(quote: str, year: str = "2022") -> str:
    return f"a|一|某行动|x|{year}|qual||||qualitative|{quote}"


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    return tmp_path / "gold", tmp_path / "found"


# Each case: what the annotation says, what was found, then (expected, found, right).
STRUCTURE_CASES = {
    "the same": ([PLAN], [PLAN], (1, 1, 1)),
    "another kind": ([PLAN], ["a|一|目标|group"], (1, 1, 0)),
    "nothing found": ([PLAN], [], (1, 0, 0)),
    "one too many": ([PLAN], [PLAN, "a|二|任务|part"], (1, 2, 1)),
    "a row twice counts once": ([PLAN], [PLAN, PLAN], (1, 2, 1)),
    "order of rows does not matter": ([PLAN, "a|二|任务|part"], ["a|二|任务|part", PLAN], (2, 2, 2)),
    "a document without annotation is ignored": ([PLAN], [PLAN, "b|一|目标|part"], (1, 1, 1)),
    "spaces at the ends of a cell do not matter": ([PLAN], ["a|一| 目标 |part"], (1, 1, 1)),
}


@pytest.mark.parametrize("name", STRUCTURE_CASES)
def test_rows_are_compared_by_key(pair: tuple[Path, Path], name: str) -> None:
    gold, found = pair
    expected, candidates, counts = STRUCTURE_CASES[name]
    table(gold, "structure", STRUCTURE, *expected)
    table(found, "structure", STRUCTURE, *candidates)
    got = score(gold, found).of("structure")
    assert (got.expected, got.found, got.right) == counts


QUANTITY_CASES = {
    "22.0 is 22": (quantity("22"), quantity("22.0"), 1),
    "1e1 is 10": (quantity("10"), quantity("1e1"), 1),
    "22.1 is not 22": (quantity("22"), quantity("22.1"), 0),
    "the indicator counts as printed": (quantity(), quantity(indicator="居民健康素养水平"), 0),
    "the year counts": (quantity(), quantity(year="2030"), 0),
    "the operator counts": (quantity(), quantity(op="="), 0),
}


@pytest.mark.parametrize("name", QUANTITY_CASES)
def test_quantitative_targets_compare_numbers_as_numbers(pair: tuple[Path, Path], name: str) -> None:
    gold, found = pair
    expected, candidate, right = QUANTITY_CASES[name]
    table(gold, "targets", TARGETS, expected)
    table(found, "targets", TARGETS, candidate)
    assert score(gold, found).of("quantitative").right == right


QUALITY_CASES = {
    "a shorter quote": (["成人肥胖增长率持续减缓"], ["肥胖增长率持续减缓"], 1),
    "a whole paragraph is not the clause": (["水质改善"], ["到2022年居民饮用水水质改善并持续改善,其他指标达到要求"], 0),
    "another sentence": (["水质改善"], ["发病率下降"], 0),
    "one found row serves one expected row": (["水质明显改善", "水质明显改善"], ["水质明显改善"], 1),
    "the better overlap wins": (["水质改善", "水质明显改善"], ["水质明显改善", "水质改善"], 2),
}


@pytest.mark.parametrize("name", QUALITY_CASES)
def test_qualitative_targets_match_by_overlap(pair: tuple[Path, Path], name: str) -> None:
    gold, found = pair
    expected, candidates, right = QUALITY_CASES[name]
    table(gold, "targets", TARGETS, *map(quality, expected))
    table(found, "targets", TARGETS, *map(quality, candidates))
    assert score(gold, found).of("qualitative").right == right


def test_qualitative_targets_of_different_years_do_not_match(pair: tuple[Path, Path]) -> None:
    gold, found = pair
    table(gold, "targets", TARGETS, quality("水质改善", "2022"))
    table(found, "targets", TARGETS, quality("水质改善", "2030"))
    assert score(gold, found).of("qualitative").right == 0


def test_a_qualitative_target_where_the_annotation_has_only_numbers_is_spurious(pair: tuple[Path, Path]) -> None:
    gold, found = pair
    table(gold, "targets", TARGETS, quantity())
    table(found, "targets", TARGETS, quantity(), quality("水质改善"))
    assert score(gold, found).of("qualitative") == Score("qualitative", "", 0, 1, 0)


METADATA_CASES = {
    "equal": ("a|number|国发〔2019〕13号", ["a|number|国发〔2019〕13号"], 1),
    "a field nobody asked for": ("a|title|意见", ["a|title|意见", "a|source_sha256|00"], 1),
    "empty and not there": ("a|number|", ["a|title|意见"], 1),
    "empty, but a value was found": ("a|number|", ["a|number|国发〔2019〕13号"], 0),
    "a value, but none was found": ("a|number|国发〔2019〕13号", ["a|number|"], 0),
}


@pytest.mark.parametrize("name", METADATA_CASES)
def test_metadata_is_scored_over_the_fields_of_the_annotation(pair: tuple[Path, Path], name: str) -> None:
    gold, found = pair
    expected, candidates, right = METADATA_CASES[name]
    table(gold, "metadata", "doc field value", expected)
    table(found, "metadata", "doc field value", *candidates)
    assert score(gold, found).of("metadata") == Score("metadata", "", 1, 1, right)


def test_found_may_be_a_folder_of_document_folders(pair: tuple[Path, Path]) -> None:
    gold, found = pair
    table(gold, "structure", STRUCTURE, PLAN, "b|一|目标|part")
    table(found / "a", "structure", STRUCTURE, PLAN)
    table(found / "b", "structure", STRUCTURE)
    scores = score(gold, found)
    assert scores.of("structure", "a").f1 == 1
    assert scores.of("structure", "b").f1 == 0
    assert scores.of("structure") == Score("structure", "", 2, 1, 1)


def test_a_miss_names_the_nearest_wrong_row(pair: tuple[Path, Path]) -> None:
    gold, found = pair
    table(gold, "structure", STRUCTURE, "a|三(一)1|控烟行动|action")
    table(found, "structure", STRUCTURE, "a|四|组织实施|part", "a|三(一)1|实施控烟行动|action")
    missed, *spurious = score(gold, found).misses
    wrong = ("a", "三(一)1", "实施控烟行动", "action")
    assert missed == Miss("structure", "a", "missed", ("a", "三(一)1", "控烟行动", "action"), nearest=wrong)
    assert [miss.kind for miss in spurious] == ["spurious", "spurious"]


def test_the_table_shows_every_share_cut_not_rounded(pair: tuple[Path, Path]) -> None:
    gold, found = pair
    table(gold, "structure", STRUCTURE, PLAN, "a|二|任务|part", "a|三|保障|part")
    table(found, "structure", STRUCTURE, PLAN, "a|二|任务|part")
    scores = score(gold, found)
    assert as_tsv(rows(scores)).splitlines() == [
        "table\tdocument\texpected\tfound\tright\tprecision\trecall\tf1",
        "structure\tall\t3\t2\t2\t1.0000\t0.6666\t0.8000",
        "structure\ta\t3\t2\t2\t1.0000\t0.6666\t0.8000",
    ]
    assert render_misses(scores).splitlines()[1] == "structure\ta\tmissed\ta | 三 | 保障 | part\t"


def test_precision_recall_and_f1_of_nothing_are_zero() -> None:
    nothing = Score("structure", "", 0, 0, 0)
    assert (nothing.precision, nothing.recall, nothing.f1) == (0, 0, 0)


@pytest.mark.parametrize(("one", "other", "least", "most"), [("", "", 0, 0), ("a", "a", 1, 1), ("ab", "cd", 0, 0)])
def test_overlap_runs_from_nothing_to_one(one: str, other: str, least: float, most: float) -> None:
    assert least <= overlap(one, other) <= most


def test_a_folder_without_tables_is_an_error(pair: tuple[Path, Path]) -> None:
    gold, found = pair
    table(gold, "structure", STRUCTURE, PLAN)
    with pytest.raises(UsageError, match="no fact tables"):
        score(gold, found)


def test_a_missing_column_is_an_error(pair: tuple[Path, Path]) -> None:
    gold, found = pair
    table(gold, "structure", "doc section heading", "a|一|目标")
    table(found, "structure", STRUCTURE, PLAN)
    with pytest.raises(TableError, match="kind"):
        score(gold, found)


def test_an_unknown_table_is_an_error(pair: tuple[Path, Path]) -> None:
    gold, found = pair
    table(gold, "structure", STRUCTURE, PLAN)
    table(found, "structure", STRUCTURE, PLAN)
    with pytest.raises(UsageError, match="citations"):
        score(gold, found).of("citations")


def test_the_annotation_scored_against_itself_is_perfect(shared: Path) -> None:
    scores = score(shared / "gold", shared / "gold")
    assert {item.f1 for item in scores.scores} == {1.0}
    assert not scores.misses
