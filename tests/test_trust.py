"""Confidence that was measured: what the table says of a rule, what counts as right, and how the table is written."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policygraph import assets, concepts, facts, lexicon, trust
from policygraph.cli import main
from policygraph.errors import TableError
from policygraph.extract import extract
from policygraph.model import Evidence, Facts, MetadataRow, Source, StructureRow
from policygraph.normalise import normalise
from policygraph.resolve import resolve
from policygraph.score import calibration, measured
from policygraph.segment import segment
from policygraph.terms import SectionKind
from policygraph.trust import Trust

KNOWN = Trust(
    {
        ("targets", "level"): (90, 90),
        ("targets", "level:title-year"): (10, 20),
        ("targets", "count"): (3, 3),
        ("citations", ""): (20, 20),
    }
)
# table, rule: at least, at most
READINGS = {
    "often right": ("targets", "level", "0.90", "0.92"),
    "a circumstance of its own": ("targets", "level:title-year", "0.60", "0.65"),
    "a circumstance that nobody measured is less sure than its rule": ("targets", "level:far", "0.79", "0.8"),
    "right three times of three says little": ("targets", "count", "0.91", "0.94"),
    "a rule that nobody measured is as its table": ("targets", "new", "0.85", "0.90"),
    "a table of which only the whole was measured": ("citations", "mark", "0.9", "0.9"),
    "a circumstance in a table that nobody measured": ("bodies", "chair:no-post", "0.7", "0.7"),
    "a table that nobody measured": ("bodies", "chair", "0.8", "0.8"),
    "one of several readings, however often its rule is right": ("targets", "level:guess", "0.4", "0.4"),
    "a number that was paired with a year by guess": ("targets", "level:years-and-values", "0.4", "0.4"),
    "a target of a year before the document": ("targets", "level:past-year", "0.4", "0.4"),
    "a name that no table knows": ("citations", "mark:unknown-name", "0.7", "0.7"),
}


@pytest.mark.parametrize("name", READINGS)
def test_a_rule_is_as_sure_as_it_was_right(name: str) -> None:
    table, rule, least, most = READINGS[name]
    assert Decimal(least) <= KNOWN.reading(table, rule) <= Decimal(most)


COUNTS = st.tuples(st.integers(0, 300), st.integers(0, 300)).map(sorted)


@given(COUNTS, COUNTS)
def test_one_more_that_is_right_never_makes_a_rule_less_sure(one: list[int], other: list[int]) -> None:
    counts = {("targets", "one"): (one[0], one[1]), ("targets", "other"): (other[0], other[1])}
    before = Trust(counts).reading("targets", "one")
    after = Trust(counts | {("targets", "one"): (one[0] + 1, one[1] + 1)}).reading("targets", "one")
    assert 0 <= before <= after < 1


@given(st.integers(1, 300))
def test_who_was_never_wrong_is_surer_the_more_there_were(of: int) -> None:
    counts = {("targets", "few"): (of, of), ("targets", "many"): (of * 2, of * 2), ("targets", "wrong"): (0, of)}
    known = Trust(counts)
    assert known.reading("targets", "wrong") < known.reading("targets", "few") <= known.reading("targets", "many")


def test_rows_of_a_rule_have_its_confidence_and_others_keep_theirs() -> None:
    rows = [StructureRow("d", "一", "目标", SectionKind.PART, evidence=Evidence(rule=rule)) for rule in ("marked", "")]
    rated = trust.rated(Facts("d", structure=tuple(rows)), Trust({("structure", "marked"): (4, 10)}))
    assert [row.evidence.confidence for row in rated.structure] == [Decimal("0.45"), Decimal(1)]


def test_the_bundled_table_is_read_and_sorted() -> None:
    path = assets.path("data", "trust.tsv")
    assert trust.render(trust.read(path)) == path.read_text(encoding="utf-8")
    assert all(row.table in facts.ROWS and row.of for row in trust.read(path))


BAD = {"more right than there were": "3\t2", "no number": "x\t2", "below nothing": "-1\t2", "nothing": "\t"}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_count_is_named(name: str, tmp_path: Path) -> None:
    path = tmp_path / "trust.tsv"
    path.write_text("source\ttable\trule\tright\tof\nspring\ttargets\tlevel\t" + BAD[name] + "\n", encoding="utf-8")
    with pytest.raises(TableError, match=r"trust\.tsv:2: right is «"):
        trust.load(path)


# ---------------------------------------------------------------- reading and identity

PLAN = """节水方案
为贯彻落实《示范省节水建设若干意见》,制定本方案。
一、任务
(一)节水。到2030年,灌区乙类率达到90%。(市水务局、市甲乙丙处负责)
大连市人民政府
2022年3月1日
"""
# table: which row, the lowest and the highest match
MATCHES = {
    "a body by its name": ("responsibilities", 0, "0.95", "1"),
    "a body of no known type": ("responsibilities", 1, "0", "0.5"),
    "an indicator that is in no table": ("targets", 0, "0", "0.5"),
    "a document known by its title alone": ("citations", 0, "0", "0.5"),
}


@pytest.mark.parametrize("name", MATCHES)
def test_who_it_is_does_not_change_how_it_was_read(name: str) -> None:
    table, place, least, most = MATCHES[name]
    words = lexicon.bundled()
    findings = extract("plan", segment(normalise(Source("plan", PLAN), words), words), words)
    read, known = getattr(findings, table)[place], getattr(resolve(findings, concepts.bundled()), table)[place]
    assert known.evidence.confidence == read.evidence.confidence
    assert Decimal(least) <= known.evidence.match <= Decimal(most)
    assert bool(known.evidence.note) == (known.evidence.match < Decimal("0.9"))
    assert trust.least(known.evidence) == min(read.evidence.confidence, known.evidence.match)


def test_what_has_no_concept_has_no_match() -> None:
    assert Evidence().match is None and trust.least(Evidence(confidence=Decimal("0.8"))) == Decimal("0.8")


# ---------------------------------------------------------------- what counts as right

HEADS = {
    "targets": "doc section action indicator year op value unit baseline kind quote rule",
    "responsibilities": "doc section action clause order role agency surface rule",
    "clauses": "doc section action clause open parsed quote rule",
    "citations": "doc title number relation quote rule",
    "metadata": "doc field value rule",
    "structure": "doc section heading kind rule",
}
TARGET = "a|一|行动|识字率|2030|>=|99|%||quantitative|不低于99%|level"
WORDS = "a|一|行动|识字|2030|qual||||qualitative|识字水平明显提高|words"
BODY = "a|一|行动|1|1|lead|市教育局|市教育局|bracket"
CITED = "a|关于扫盲的意见|示发〔2020〕1号|basis|根据|mark"
HEADING = "a|三(一)1|扫盲行动|action|numbered"
TITLE = "a|title|扫盲方案|head"
# table: annotated rows, found rows, how many of the found are (right, judged)
RIGHT = {
    "the indicator need not be worded so": ("targets", [TARGET], [TARGET.replace("识字率", "成人识字率")], (1, 1)),
    "the value must be that": ("targets", [TARGET], [TARGET.replace("99|", "98|")], (0, 1)),
    "a number may be written otherwise": ("targets", [TARGET], [TARGET.replace("|99|%|", "|99.0|％|")], (1, 1)),
    "a target may stand under another heading": ("targets", [TARGET], [TARGET.replace("|一|", "|二|")], (1, 1)),
    "a heading must have its number": ("structure", [HEADING], [HEADING.replace("三(一)1", "三(一)2")], (0, 1)),
    "a row twice is right once": ("targets", [TARGET], [TARGET, TARGET], (1, 2)),
    "words are not judged where only numbers are annotated": ("targets", [TARGET], [TARGET, WORDS], (1, 1)),
    "words are judged where words are annotated": ("targets", [TARGET, WORDS], [WORDS, WORDS], (1, 2)),
    "a body may stand elsewhere in its list": ("responsibilities", [BODY], [BODY.replace("|1|1|", "|2|7|")], (1, 1)),
    "the role must be that": ("responsibilities", [BODY], [BODY.replace("lead", "support")], (0, 1)),
    "a title in its marks": ("citations", [CITED], [CITED.replace("关于扫盲的意见", "《关于扫盲的意见》")], (1, 1)),
    "the relation must be that": ("citations", [CITED], [CITED.replace("basis", "mentions")], (0, 1)),
    "brackets are of any width": ("structure", [HEADING], [HEADING.replace("三(一)1", "三（一）1")], (1, 1)),
    "the kind of a heading does not count": ("structure", [HEADING], [HEADING.replace("action", "measure")], (1, 1)),
    "a field that nobody annotated": ("metadata", [TITLE], [TITLE, "a|status|有效|tail"], (1, 1)),
    "a field without a value is no fact": ("metadata", [TITLE], ["a|title||head"], (0, 0)),
    "another document": ("structure", [HEADING], [HEADING, HEADING.replace("a|", "b|", 1)], (1, 1)),
}  # fmt: skip


DOUBTS = {
    "what is found as doubtful rows have it": ([TARGET + "|yes"], [TARGET], (0, 0)),
    "what is found about the same": ([TARGET + "|yes"], [TARGET.replace("2030", "2025")], (0, 0)),
    "a sure row comes first": ([TARGET + "|yes", TARGET + "|"], [TARGET], (1, 1)),
    "what is found beside it": ([TARGET + "|yes"], [TARGET, TARGET.replace("99", "90")], (0, 1)),
}


@pytest.mark.parametrize("name", DOUBTS)
def test_what_is_doubtful_is_not_judged(name: str, tmp_path: Path) -> None:
    annotated, found, counts = DOUBTS[name]
    key, out = tmp_path / "key", written(tmp_path / "out", "targets", found)
    written(key, "targets", annotated, " doubt")
    rows = measured(key, out, "spring")
    assert (sum(row.right for row in rows), sum(row.of for row in rows)) == counts


def written(folder: Path, table: str, lines: list[str], more: str = "") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    text = "\n".join(["\t".join((HEADS[table] + more).split()), *(line.replace("|", "\t") for line in lines)])
    (folder / f"{table}.tsv").write_text(text + "\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize("name", RIGHT)
def test_what_is_right_a_reader_would_call_right(name: str, tmp_path: Path) -> None:
    table, annotated, found, counts = RIGHT[name]
    key, out = written(tmp_path / "key", table, annotated), written(tmp_path / "out", table, found)
    rows = [row for row in measured(key, out, "spring") if row.table == table]
    assert (sum(row.right for row in rows), sum(row.of for row in rows)) == counts


def test_a_table_without_rows_in_the_folder_of_a_document_says_that_there_is_nothing(tmp_path: Path) -> None:
    key, out = written(tmp_path / "key" / "a", "targets", []), written(tmp_path / "out" / "a", "targets", [TARGET])
    assert [(row.rule, row.right, row.of) for row in measured(key.parent, out.parent, "spring")] == [("level", 0, 1)]


def test_a_document_of_which_a_table_has_no_row_is_judged_too(tmp_path: Path) -> None:
    key, out = written(tmp_path / "key", "structure", [HEADING]), written(tmp_path / "out", "targets", [TARGET])
    written(key, "targets", [])
    assert [(row.table, row.right, row.of) for row in measured(key, out, "spring")] == [("targets", 0, 1)]


def test_what_stands_behind_the_end_of_the_annotation_is_not_judged(tmp_path: Path) -> None:
    key, out = written(tmp_path / "key", "structure", [HEADING]), tmp_path / "out"
    (key / "cut.tsv").write_text("doc\tend\na\t50\n", encoding="utf-8")
    written(out, "structure", [HEADING + "|49", HEADING.replace("三", "四") + "|50"], " start")
    assert [(row.right, row.of) for row in measured(key, out, "spring")] == [(1, 1)]


CLAUSE = "a|一|行动|1|no|yes|(市教育局牵头)|bracket"
CLAUSES = {
    "all bodies": ([BODY], 1),
    "one too many": ([BODY, BODY.replace("市教育局", "市财政局")], 0),
    "none": ([], 0),
}


@pytest.mark.parametrize("name", CLAUSES)
def test_a_clause_is_right_with_all_its_bodies_and_no_other(name: str, tmp_path: Path) -> None:
    found, right = CLAUSES[name]
    key, out = written(tmp_path / "key", "responsibilities", [BODY]), written(tmp_path / "out", "clauses", [CLAUSE])
    written(out, "responsibilities", found)
    assert [(row.right, row.of) for row in measured(key, out, "spring") if row.table == "clauses"] == [(right, 1)]


def test_bands_count_what_the_rules_count(tmp_path: Path) -> None:
    key, out = tmp_path / "key", tmp_path / "out"
    written(key, "structure", [HEADING])
    rows = [StructureRow("a", number, "扫盲行动", SectionKind.ACTION, evidence=Evidence(confidence=Decimal(sure)))
            for number, sure in (("三(一)1", "0.97"), ("三(一)2", "0.5"))]  # fmt: skip
    facts.save(Facts("a", metadata=(MetadataRow("a", "title", ""),), structure=tuple(rows)), out)
    shown = [row[:4] for row in calibration(key, out).rows if row[0] == "structure"]
    assert shown == [("structure", "> 0.95", 1, 1), ("structure", "> 0", 1, 0)]


# ---------------------------------------------------------------- the table is written


def test_only_the_rows_of_the_source_are_replaced(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    key, out = written(tmp_path / "key", "structure", [HEADING]), written(tmp_path / "out", "structure", [HEADING])
    path = tmp_path / "trust.tsv"
    head = "source\ttable\trule\tright\tof\n"
    path.write_text(head + "winter\ttargets\tlevel\t5\t6\nspring\tcitations\tmark\t1\t9\n", encoding="utf-8")
    call = ["score", str(key), str(out), "--calibration", "--source", "spring", "-o", str(path)]
    assert main(call) == 0
    assert (
        path.read_text(encoding="utf-8") == head + "spring\tstructure\tnumbered\t1\t1\nwinter\ttargets\tlevel\t5\t6\n"
    )
    again = path.read_bytes()
    assert (main(call), path.read_bytes()) == (0, again)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["key", "out", "trust.tsv"]
    assert str(path) in capsys.readouterr().err


def test_a_source_needs_a_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = written(tmp_path / "key", "structure", [HEADING])
    assert main(["score", str(folder), str(folder), "--source", "spring", "--lang", "en"]) == 2
    assert "-o data/trust.tsv" in capsys.readouterr().err
