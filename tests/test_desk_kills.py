"""Who rules at a desk loses nothing to a kill, and two who rule on one study do not overwrite each other."""

from __future__ import annotations

import os
import signal
import time
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

import pytest
from desk_visits import begun

from policygraph import facts, outputs
from policygraph.errors import UsageError
from policygraph.facts.acts import Act
from policygraph.pipeline import ChangedError, Said, review, rule
from policygraph.study import Study

KILLS = 10
FIRST = 1_000  # the value that the first act writes; each act writes the next


@pytest.fixture
def study(tmp_path: Path) -> Study:
    return begun(tmp_path / "own", "plan", "other")


def written(folder: Path) -> list[int]:
    """Return what was ruled on values, in the order of the record."""
    found = facts.load(folder).decisions if (folder / "decisions.tsv").exists() else ()
    return [int(each.now) for each in found if each.column == "value"]


def rule_on(folder: Path, study: Study, line: int) -> None:
    """Correct one value after the other, and say each that is written, until killed."""
    seen = review(folder, study)
    for number in count(FIRST + len(written(folder))):
        act = Act("correct", "targets", number % len(seen.facts.targets), {"value": str(number)})
        seen = rule(seen, [act], Said("王芳", "2026-05-10"), study)
        os.write(line, b".")


def killed_after(folder: Path, study: Study, seconds: float) -> int:
    """Have somebody rule in a process of his own and kill it; return how many acts he was told are written."""
    reads, writes = os.pipe()
    child = os.fork()
    if not child:
        rule_on(folder, study, writes)
    os.close(writes)
    assert os.read(reads, 1) == b".", "one act at least"
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    said = 1
    while more := os.read(reads, 4_096):
        said += len(more)
    os.close(reads)
    return said


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills forks of one process")
def test_ten_kills_lose_nothing_and_write_nothing_twice(study: Study) -> None:
    folder, chance, told = study.place("facts", "plan"), Random(13), 0
    for _ in range(KILLS):
        before = len(written(folder))
        said = killed_after(folder, study, chance.uniform(0, 0.2))
        found = review(folder, study).facts  # what was on its way is finished
        told += said
        values = written(folder)
        assert values == list(range(FIRST, FIRST + len(values))), "each once, none missing"
        assert len(values) - before in (said, said + 1), "all that was told, and perhaps the one on its way"
        rows = {number % len(found.targets): str(number) for number in values}
        assert {at: found.targets[at].value for at in rows} == rows, "the tables say what was ruled"
        assert [each.value for each in facts.load(folder).targets] == [each.value for each in found.targets]
    assert told >= KILLS


def test_two_people_on_one_document_do_not_overwrite_each_other(study: Study) -> None:
    folder = study.place("facts", "plan")
    one, other = review(folder, study), review(folder, study)
    rule(one, [Act("correct", "targets", 0, {"value": "1000"})], Said("王芳", "2026-05-10"), study)
    with pytest.raises(ChangedError):
        rule(other, [Act("correct", "targets", 0, {"value": "2000"})], Said("李明", "2026-05-10"), study)
    other = review(folder, study)
    rule(other, [Act("correct", "targets", 1, {"value": "1001"})], Said("李明", "2026-05-10"), study)
    assert [each.value for each in facts.load(folder).targets[:2]] == ["1000", "1001"]
    assert list(dict.fromkeys(each.who for each in facts.load(folder).decisions)) == ["王芳", "李明"]


def test_two_people_on_two_documents_of_one_study_go_on_at_once(study: Study) -> None:
    seen = {name: review(study.place("facts", name), study) for name in ("plan", "other")}
    for number in range(3):
        for name, who in (("plan", "王芳"), ("other", "李明")):
            act = Act("correct", "targets", number, {"value": str(FIRST + number)})
            seen[name] = rule(seen[name], [act], Said(who, "2026-05-10"), study)
    for name, who in (("plan", "王芳"), ("other", "李明")):
        found = facts.load(study.place("facts", name))
        assert ({each.who for each in found.decisions}, len(written(study.place("facts", name)))) == ({who}, 3)


def test_a_ruling_writes_the_table_that_it_is_about_and_no_other(study: Study) -> None:
    folder = study.place("facts", "plan")

    def stamps() -> dict[str, int]:
        return {each.name: each.stat().st_ino for each in folder.glob("*.tsv")}

    seen = rule(review(folder, study), [Act("accept", "clauses", 0)], Said("王芳", "2026-05-10"), study)
    before = stamps()
    rule(seen, [Act("correct", "targets", 0, {"value": "1000"})], Said("王芳", "2026-05-10"), study)
    after = stamps()
    assert {name for name in after if after[name] != before[name]} == {"targets.tsv", "decisions.tsv"}
    assert facts.load(folder).targets[0].value == "1000"
    assert facts.load(folder).clauses[0].evidence.status == "reviewed"
    assert facts.changed(folder) == ()


def test_a_table_that_is_open_in_a_spreadsheet_is_named_and_nothing_is_written(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On Windows what Excel has open can neither be written to nor replaced."""
    folder = study.place("facts", "plan")
    seen, opened = review(folder, study), Path.open

    def locked(path: Path, mode: str = "r", *more: Any, **other: Any) -> Any:
        if path.name == "targets.tsv" and "+" in mode:
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path, mode, *more, **other)

    act = Act("correct", "targets", 0, {"value": "1000"})
    with monkeypatch.context() as excel:
        excel.setattr(outputs, "_HOLDS", True)
        excel.setattr(Path, "open", locked)
        with pytest.raises(UsageError) as told:
            rule(seen, [act], Said("王芳", "2026-05-10"), study)
    assert told.value.said("en") == f"{folder / 'targets.tsv'} is open in Excel, WPS or another program; " + CLOSE
    assert not (folder / "decisions.tsv").exists()
    assert rule(seen, [act], Said("王芳", "2026-05-10"), study).facts.targets[0].value == "1000"


CLOSE = "close it there and do that again (nothing was written)"


@pytest.mark.parametrize(("times", "fails"), [(2, False), (1_000, True)])
def test_a_file_that_is_open_for_a_moment_is_replaced_all_the_same(
    study: Study, monkeypatch: pytest.MonkeyPatch, times: int, fails: bool
) -> None:
    folder, replaced, left = study.place("facts", "plan"), Path.replace, [times]
    monkeypatch.setattr("time.sleep", lambda _: None)

    def held(path: Path, target: Path) -> Path:
        if Path(target).name == "targets.tsv" and left[0]:
            left[0] -= 1
            raise PermissionError(13, "Permission denied", str(path), None, str(target))
        return replaced(path, target)

    seen, said = review(folder, study), Said("王芳", "2026-05-10")
    with monkeypatch.context() as scanner:
        scanner.setattr(Path, "replace", held)
        if not fails:
            assert rule(seen, [Act("accept", "targets", 0)], said, study).facts.decisions
            return
        with pytest.raises(UsageError) as told:
            rule(seen, [Act("accept", "targets", 0)], said, study)
        assert "targets.tsv" in told.value.said("en")
    found = review(folder, study).facts  # what was decided is not lost
    assert [each.evidence.status for each in found.targets[:1]] == ["reviewed"]
    assert facts.load(folder).targets[0].evidence.status == "reviewed"
