"""One ruling at a time: it is written at once, is taken back whole, survives a kill, and nobody overwrites another."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from policygraph import assets, checklist, facts, pipeline
from policygraph.checklist import cases
from policygraph.errors import PolicyGraphError, UsageError
from policygraph.facts import decisions
from policygraph.facts.acts import Act
from policygraph.facts.laying import lay_over
from policygraph.model import Facts
from policygraph.pipeline import ChangedError, Hold, Review, Said, hold, holder, let_go, review, rule, undo
from policygraph.rulings import Ruling
from policygraph.score.agreement import agreements, kappa
from policygraph.study import Study, new_study, open_study
from policygraph.terms import LookKind, Status

WANG = Said("王芳", "2026-05-10")
LI = Said("李明", "2026-05-11")


@pytest.fixture(scope="module")
def plan() -> Facts:
    return pipeline.extract_document(assets.path("data", "examples", "short-plan.txt"), "plan")


@pytest.fixture
def study(plan: Facts, tmp_path: Path) -> Study:
    new_study(tmp_path / "own")
    made = open_study(tmp_path / "own")
    facts.save(plan, made.place("facts", "plan"), checklist.is_doubtful)
    return made


@pytest.fixture
def seen(study: Study) -> Review:
    return review(study.place("facts", "plan"), study)


def tables(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.tsv")) if path.name != decisions.FILE}


NAMED = "what its key has"  # to be named otherwise and back leaves a note of both names


def cells(found: Facts, names: bool = True, notes: bool = True) -> list[dict[str, object]]:
    """Return all rows as cells, without which concept they are where that is looked up afterwards."""
    rows = [facts.as_cells(row) for table in facts.ROWS for row in getattr(found, table)]
    left_out = {*(() if names else ("indicator_id", "match", "note")), *(() if notes else ("note",))}
    return [{name: cell for name, cell in row.items() if name not in left_out} for row in rows]


ADDED = {
    "section": "三(一)1",
    "action": "健康知识普及行动",
    "indicator": "健康讲座",
    "year": "2025",
    "op": ">=",
    "value": "4",
    "unit": "次",
    "kind": "quantitative",
    "quote": "每年举办健康讲座4次",
    "start": "340",
    "end": "350",
}
ACTS: list[tuple[str, list[Act]]] = [
    ("a row is accepted", [Act("accept", "targets", 0)]),
    (
        "a clause with its bodies",
        [Act("accept", "clauses", 0), *(Act("accept", "responsibilities", at) for at in range(6))],
    ),
    ("a number is corrected", [Act("correct", "targets", 3, {"value": "31.5", "unit": "%"})]),
    ("a role", [Act("correct", "responsibilities", 2, {"role": "牵头"})]),
    (NAMED, [Act("correct", "targets", 1, {"indicator": "吸烟率", "year": "2024"})]),
    ("a row is taken out", [Act("remove", "targets", 2)]),
    ("the first and the last", [Act("remove", "responsibilities", 0), Act("remove", "responsibilities", -1)]),
    ("a row is added", [Act("add", "targets", cells=ADDED)]),
    (
        "several at once",
        [Act("remove", "targets", 0), Act("correct", "targets", 1, {"year": "2023"}), Act("accept", "targets", 2)],
    ),
    ("what the document says of itself", [Act("correct", "metadata", 0, {"value": "沐泽市健康行动意见"})]),
    ("a number that is none", [Act("correct", "numbers", 0, {"class": "其他"})]),
    ("a heading", [Act("correct", "structure", 4, {"kind": "measure"})]),
]


@pytest.mark.parametrize(("what", "acts"), ACTS, ids=[what for what, _ in ACTS])
def test_an_act_is_written_and_taken_back_whole(
    seen: Review, study: Study, plan: Facts, what: str, acts: list[Act]
) -> None:
    before = tables(seen.folder)
    done = rule(seen, acts, WANG, study)
    assert cells(facts.load(seen.folder)) == cells(done.facts)
    assert tables(seen.folder) != before
    assert not facts.changed(seen.folder), "what was written is on the list"
    assert {each.who for each in done.facts.decisions} == {"王芳"}
    again, left = lay_over(plan, done.facts.decisions)
    assert not left
    assert cells(again, names=False) == cells(done.facts, names=False), "a fresh extraction keeps it"
    back = undo(done, WANG, study)
    assert cells(back.facts, notes=what != NAMED) == cells(seen.facts, notes=what != NAMED), (
        "as it was, in the same order"
    )
    assert (tables(seen.folder) == before) is (what != NAMED)
    assert back.facts.decisions[: len(done.facts.decisions)] == done.facts.decisions, "only added to"
    assert cells(lay_over(plan, back.facts.decisions)[0]) == cells(plan)
    with pytest.raises(UsageError, match="nothing to undo"):
        undo(back, WANG, study)


def test_acts_are_taken_back_one_by_one_and_each_his_own(seen: Review, study: Study) -> None:
    one = rule(seen, [Act("correct", "targets", 0, {"value": "5"})], WANG, study)
    two = rule(one, [Act("correct", "targets", 1, {"year": "2026"})], LI, study)
    three = rule(two, [Act("remove", "targets", 2)], WANG, study)
    assert undo(undo(three, WANG, study), WANG, study).facts.targets[:2] == (
        seen.facts.targets[0],
        two.facts.targets[1],
    )


def test_what_another_changed_since_is_not_taken_back(seen: Review, study: Study) -> None:
    one = rule(seen, [Act("correct", "targets", 0, {"value": "5"})], WANG, study)
    two = rule(one, [Act("correct", "targets", 0, {"value": "6"})], LI, study)
    with pytest.raises(UsageError, match="changed since"):
        undo(two, WANG, study)
    assert facts.load(seen.folder).targets[0].value == "6"


REFUSED = [
    (Act("correct", "targets", 0, {"year": "明年"}), "year"),
    (Act("correct", "responsibilities", 0, {"role": "boss"}), "role"),
    (Act("correct", "targets", 0, {"nothing": "1"}), "nothing"),
    (Act("add", "targets", cells=ADDED | {"op": "?"}), "op"),
]


@pytest.mark.parametrize(("act", "column"), REFUSED)
def test_what_cannot_be_is_refused_and_nothing_written(seen: Review, study: Study, act: Act, column: str) -> None:
    with pytest.raises(PolicyGraphError, match=column):
        rule(seen, [act], WANG, study)
    assert review(seen.folder, study).state == seen.state


def test_what_was_named_otherwise_has_the_identifier_of_its_name(seen: Review, study: Study) -> None:
    done = rule(seen, [Act("correct", "targets", 1, {"indicator": "居民健康素养水平"})], WANG, study)
    assert done.facts.targets[1].indicator_id == "health-literacy"
    chosen = rule(done, [Act("correct", "targets", 1, {"indicator_id": "smoking-rate"})], WANG, study)
    assert chosen.facts.targets[1].indicator_id == "smoking-rate"


# ---------------------------------------------------------------- kills, others


@pytest.mark.parametrize("acts", [acts for _, acts in ACTS], ids=[what for what, _ in ACTS])
def test_a_kill_behind_the_decisions_loses_nothing(
    seen: Review, study: Study, acts: list[Act], monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(facts, "rewrite", killed)
        rule(seen, acts, WANG, study)
    whole = review(seen.folder, study)
    monkeypatch.undo()
    assert tables(seen.folder) == tables_of(whole.facts, study)
    assert whole.facts.decisions
    assert review(seen.folder, study).state == whole.state, "to finish it twice changes nothing"
    undo(whole, WANG, study)


def tables_of(found: Facts, study: Study) -> dict[str, bytes]:
    place = study.place("out", "fresh")
    facts.save(found, place)
    return tables(place)


@pytest.mark.parametrize("placed", range(1, 20, 3))
def test_a_kill_among_the_tables_loses_nothing(seen: Review, study: Study, placed: int, tmp_path: Path) -> None:
    shutil.copytree(seen.folder, tmp_path / "before")
    acts = [Act("correct", "targets", 3, {"value": "31.5"}), Act("remove", "responsibilities", 3)]
    done = rule(seen, acts, WANG, study)
    after = tables(seen.folder)
    written = sorted(path for path in seen.folder.rglob("*.tsv") if path.name != decisions.FILE)
    for path in [*written[placed:], seen.folder / ".policygraph-folder"]:
        shutil.copyfile(tmp_path / "before" / path.relative_to(seen.folder), path)
    assert cells(review(seen.folder, study).facts) == cells(done.facts)
    assert tables(seen.folder) == after
    assert not facts.changed(seen.folder)


def test_two_who_rule_on_one_state_do_not_overwrite_each_other(seen: Review, study: Study) -> None:
    done = rule(seen, [Act("accept", "targets", 0)], WANG, study)
    with pytest.raises(ChangedError):
        rule(seen, [Act("remove", "targets", 0)], LI, study)
    assert cells(review(seen.folder, study).facts) == cells(done.facts)


def test_what_a_person_changed_in_a_file_is_taken_in_first(seen: Review, study: Study) -> None:
    table = seen.folder / "targets.tsv"
    mine = table.read_bytes().replace(b"\t33\t", b"\t34\t")
    table.write_bytes(mine)
    for look in (lambda: review(seen.folder, study), lambda: rule(seen, [Act("accept", "targets", 0)], WANG, study)):
        with pytest.raises(UsageError):
            look()
    assert table.read_bytes() == mine
    pipeline.accept(seen.folder, WANG, study)
    assert "34" in {row.value for row in review(seen.folder, study).facts.targets}


NOON = "2026-05-10T12:00:00"
HELD: list[tuple[str, str, str, str]] = [  # page, time; who holds it then
    ("a", "2026-05-10T12:05:00", "王芳", "renewed"),
    ("b", "2026-05-10T12:09:59", "王芳", "another came first"),
    ("b", "2026-05-10T12:10:01", "李明", "it lapsed"),
]


@pytest.mark.parametrize(("page", "time", "who", "why"), HELD)
def test_who_holds_a_document(seen: Review, study: Study, page: str, time: str, who: str, why: str) -> None:
    assert hold(seen.folder, study, Hold("王芳", "a", NOON, NOON)).who == "王芳"
    names = {"a": "王芳", "b": "李明"}
    assert hold(seen.folder, study, Hold(names[page], page, time, time)).who == who, why
    let_go(seen.folder, study, "c")
    assert holder(seen.folder, study, time) is not None, "only who holds it lets it go"
    let_go(seen.folder, study, "a" if who == "王芳" else "b")
    assert holder(seen.folder, study, time) is None


# ---------------------------------------------------------------- what is open, agreement


def test_what_is_in_doubt_comes_first_and_passages_together(plan: Facts) -> None:
    found = cases(plan)
    doubts = [each.doubt for each in found]
    assert doubts == sorted(doubts, key=lambda each: [*LookKind, None].index(each)), "the most at stake first"
    assert None in doubts and LookKind.ROSTER in doubts
    quotes = [tuple(getattr(plan, table)[at] for table, at in each.rows) for each in found]
    clause = next(rows for rows in quotes if getattr(rows[0], "quote", "").startswith("（市卫生健康委牵头，市委宣传部"))
    assert [getattr(row, "surface", "") for row in clause][1:3] == ["市卫生健康委", "市委宣传部"]
    assert sum(len(rows) for rows in quotes if type(rows[0]).__name__ == "TargetRow") == len(plan.targets)
    assert all(each.open for each in found)
    seen = replace(plan.targets[0], evidence=replace(plan.targets[0].evidence, status=Status.REVIEWED))
    assert sum(not each.open for each in cases(replace(plan, targets=(seen, *plan.targets[1:])))) == 1


def ruling(who: str, word: str, value: str, number: int = 1) -> Ruling:
    was, now, column = {
        "kept": ("extracted", "reviewed", "status"),
        "changed": ("1", "2", "value"),
        "out": ("{}", "", "row"),
    }[word]
    return Ruling("plan", "targets", f'{{"quote": "{value}"}}', column, was, now, who, source=f"desk {number}")


AGREED: list[tuple[str, list[Ruling], Any]] = [
    ("alike", [ruling(who, word, str(at)) for at, word in enumerate(["kept", "out"]) for who in "ab"], (2, 2, 1.0)),
    (
        "against",
        [
            *(ruling("a", w, q) for w, q in (("kept", "1"), ("out", "2"))),
            *(ruling("b", w, q) for w, q in (("out", "1"), ("kept", "2"))),
        ],
        (2, 0, -1.0),
    ),
    ("by chance", [ruling("a", "kept", "1"), ruling("b", "kept", "1")], (1, 1, None)),
    ("on different rows", [ruling("a", "kept", "1"), ruling("b", "kept", "2")], None),
    ("nobody signed", [ruling("", "kept", "1"), ruling("b", "kept", "1")], None),
    (
        "taken back",
        [
            ruling("a", "out", "1", 7),
            replace(ruling("a", "out", "1"), source="desk 7 undone"),
            ruling("b", "kept", "1"),
        ],
        None,
    ),
]


@pytest.mark.parametrize(("what", "rulings", "wanted"), AGREED, ids=[what for what, _, _ in AGREED])
def test_how_far_two_agree(what: str, rulings: list[Ruling], wanted: Any) -> None:
    found = agreements([rulings])
    assert [(each.rows, each.alike, each.kappa) for each in found] == ([wanted] if wanted else [])


def test_a_row_that_was_corrected_is_the_same_row(seen: Review, study: Study) -> None:
    one = rule(seen, [Act("correct", "targets", 1, {"year": "2026"})], WANG, study)
    two = rule(one, [Act("accept", "targets", 1), Act("accept", "targets", 0)], LI, study)
    three = rule(two, [Act("accept", "targets", 0)], WANG, study)
    (found,) = agreements([three.facts.decisions])
    assert (found.one, found.other, found.rows, found.alike) == ("李明", "王芳", 2, 1)


def test_kappa_of_a_textbook() -> None:
    """Cohen (1960), as worked in textbooks: 20 yes-yes, 5 and 10 apart, 15 no-no gives 0.4."""
    counts = {("y", "y"): 20, ("y", "n"): 5, ("n", "y"): 10, ("n", "n"): 15}
    assert kappa([pair for pair, count in counts.items() for _ in range(count)]) == pytest.approx(0.4)
