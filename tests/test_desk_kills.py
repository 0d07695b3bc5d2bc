"""Who rules at a desk loses nothing to a kill, and two who rule on one study do not overwrite each other."""

from __future__ import annotations

import os
import signal
import time
from itertools import count
from pathlib import Path
from random import Random

import pytest
from desk_visits import begun

from policygraph import facts
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
