"""What to look at after an extraction: the most at stake first, counted, and no right rows."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

import policygraph as pg
from policygraph.checklist import COLUMNS, Look, look_at, sure
from policygraph.cli import main
from policygraph.model import BodyRow, ClauseRow, Evidence, MetadataRow, NumberRow, Tables, TargetRow
from policygraph.rulings import Ruling, written
from policygraph.terms import BodyRelation, LookKind, NumberClass, Op, Parsed, Status, TargetKind

PLAN = """示范市人民政府关于健康行动的实施意见
一、总体要求
(一)主要目标。步道上的30棵杨树很高。
(二)重点任务。步道上的40棵杨树很高。
社区食堂建设
新建食堂要有菜单。
步道 | 40公里
步道 | 50公里
(责任单位:)
"""


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "plan.txt"
    path.write_text(PLAN, encoding="utf-8")
    return path


def number(rule: str, start: int = 0, status: Status = Status.EXTRACTED) -> NumberRow:
    proof = Evidence(start, start + 1, status, Decimal("0.7"), rule)
    return NumberRow("plan", "二", 1, "30", "个", NumberClass.UNREAD, "", "建30个", proof)


def target(confidence: str, match: str = "1") -> TargetRow:
    proof = Evidence(5, 9, confidence=Decimal(confidence), rule="level", match=Decimal(match))
    row = TargetRow("plan", "二", "", "覆盖率", 2025, Op.AT_LEAST, "80", "%", "", TargetKind.QUANTITATIVE, "达到80%")
    return replace(row, evidence=proof)


def kinds(tables: Tables) -> list[str]:
    return [look.kind.value for look in look_at(tables)]


def test_what_is_most_at_stake_comes_first() -> None:
    clause = ClauseRow("plan", "二", "", 1, "no", Parsed.PART, "(甲牵头)", Evidence(1, 5, rule="bracket:part"))
    table = ClauseRow("plan", "二", "", 2, "no", Parsed.NO, "1 | 控烟", Evidence(6, 9, rule="table:no"))
    seat = BodyRow("plan", "四", "组", BodyRelation.MEMBER, "甲", "", 1, "甲", "", Evidence(confidence=Decimal("0.5")))
    tables = Tables(
        "plan",
        clauses=(clause, table),
        targets=(target("0.75"), replace(target("0.6"), section="三")),
        bodies=(seat,),
        numbers=(number("unread"), number("unread:goal", 9), number("unread:table", 3)),
    )
    ruled = Ruling("plan", "targets", written({"section": "二", "quote": "达到七成"}), "value", "70", "75")
    looks = look_at(tables, (Look("plan", LookKind.HEADING, "二", "食堂建设"),), (ruled,))
    shown = [look.kind for look in looks]
    assert shown == [*LookKind.__members__.values()][:3] + [LookKind.TABLE] * 2 + shown[5:]
    assert shown[5:] == [LookKind.ROSTER, LookKind.HEADING, LookKind.NUMBER, LookKind.ROW, LookKind.ROW]
    assert [look.evidence.confidence for look in looks[-2:]] == [Decimal("0.6"), Decimal("0.75")]


@pytest.mark.parametrize(
    "tables",
    [
        Tables("plan", targets=(target("0.9"),)),
        Tables("plan", targets=(target("0.9", match="0.1"),)),
        Tables("plan", numbers=(number("unread", status=Status.REVIEWED),)),
        Tables("plan", clauses=(ClauseRow("plan", "二", "", 1, "no", Parsed.YES, "(甲牵头)"),)),
    ],
    ids=["sure", "read right, of no known name", "reviewed", "clause read whole"],
)
def test_what_is_right_is_not_on_the_list(tables: Tables) -> None:
    assert look_at(tables) == ()


def test_a_place_that_was_guessed_is_looked_at() -> None:
    guessed = MetadataRow("plan", "region", "大连市", "210200", Evidence(match=Decimal("0.6")))
    (look,) = look_at(Tables("plan", metadata=(guessed,)))
    assert (look.kind, look.quote, sure(look)) == (LookKind.ROW, "region", Decimal("0.6"))


def test_the_numbers_of_one_table_are_one_place() -> None:
    (look,) = look_at(Tables("plan", numbers=(number("unread:table", 3), number("unread:table", 9))))
    assert (look.kind, look.count, look.evidence.start) == (LookKind.TABLE, 2, 3)


def test_what_one_quote_says_of_two_years_is_one_place() -> None:
    (look,) = look_at(Tables("plan", targets=(target("0.6"), target("0.7"))))
    assert (look.kind, look.count, look.evidence.confidence) == (LookKind.ROW, 2, Decimal("0.6"))


def test_a_line_among_the_seats_of_a_body_is_one_of_its_roster() -> None:
    seat = BodyRow(
        "plan", "二", "组", BodyRelation.MEMBER, "甲", "", 1, "甲  市教育局局长", "", Evidence(start=4, end=9)
    )
    lines = [
        Look("plan", LookKind.HEADING, "二", line, evidence=Evidence(at, at + 5))
        for at, line in ((4, "甲"), (12, "乙"))
    ]
    assert [(look.kind, look.quote) for look in look_at(Tables("plan", bodies=(seat,)), lines)] == [
        (LookKind.ROSTER, "乙")
    ]


def test_the_library_reads_a_file_or_takes_facts(plan: Path) -> None:
    looks = pg.look_at(plan)
    assert [look.kind.value for look in looks][:1] == ["goal"]
    assert {"clause", "table", "heading", "number"} <= {look.kind.value for look in looks}
    assert [look for look in looks if look.kind is not LookKind.HEADING] == list(pg.look_at(pg.extract_file(plan)))
    assert [look.quote for look in looks if look.kind is LookKind.HEADING] == ["社区食堂建设"]


@pytest.mark.parametrize(("language", "words"), [("zh", "没有读出的数"), ("en", "that were not read")])
def test_the_command_ends_with_what_to_look_at(
    plan: Path, tmp_path: Path, language: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--lang", language, "extract", str(plan), "-o", str(tmp_path / "out")]) == 0
    shown = capsys.readouterr()
    assert shown.out == ""
    assert words in shown.err and "步道上的30棵杨树很高" in shown.err and "社区食堂建设" in shown.err


def test_all_of_it_comes_in_a_format_that_was_asked_for(
    plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["extract", str(plan), "-o", str(tmp_path / "out"), "-f", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [tuple(row) for row in rows] == [COLUMNS] * len(pg.look_at(plan))


def test_of_many_documents_each_has_one_line_and_of_few_a_screenful(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    steps = "".join(f"步道上的{length}棵杨树很高。" for length in range(10, 70))
    folder = tmp_path / "plans"
    folder.mkdir()
    for name in range(50):
        (folder / f"plan-{name:02}.txt").write_text(f"{PLAN}{steps}", encoding="utf-8")
    assert main(["extract", str(folder / "plan-00.txt"), "-o", str(tmp_path / "one")]) == 0
    one = capsys.readouterr().err.splitlines()
    assert 10 < len(one) < 36 and "numbers.tsv" in one[-1]
    assert main(["extract", str(folder), "-o", str(tmp_path / "many")]) == 0
    many = capsys.readouterr().err.splitlines()
    assert len(many) == 2 + 40 + 1 and "10" in many[-1]
