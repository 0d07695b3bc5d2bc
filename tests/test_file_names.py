"""Files whose names are no UTF-8, as archives of Chinese Windows leave them: read, named legibly, no batch stops."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from policygraph import assets, facts
from policygraph.cli import main

pytestmark = pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="this system names files in UTF-8 alone")

PLAN = assets.path("data", "examples", "short-plan.txt").read_bytes()
OTHER = assets.path("data", "examples", "sample-plan.txt").read_bytes()
Run = Callable[..., int]


def gbk(name: str) -> Path:
    """A name in the bytes of Chinese Windows."""
    return Path(os.fsdecode(name.encode("gbk")))


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command beside a folder with two plans, one named in GBK, and a file that is named in no encoding."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / gbk("方案.txt")).write_bytes(PLAN)
    (tmp_path / "in" / os.fsdecode(b"\xff\xfe\x80.txt")).write_bytes(b"no plan")
    (tmp_path / "in" / "zz.txt").write_bytes(OTHER)
    monkeypatch.chdir(tmp_path)
    return lambda *words: main([str(word) for word in words])


def test_a_folder_is_extracted_built_scored_and_validated(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("extract", "in", "-o", "out") == 1
    said = capsys.readouterr().err
    assert "没有认出方案的内容" in said and "程序内部错误" not in said
    assert sorted(path.name for path in Path("out").iterdir()) == ["zz", "方案"]
    assert facts.load(Path("out", "方案")).value("source_file") == "方案.txt"
    Path("out", "方案").rename(Path("out") / gbk("方案"))
    assert {row.doc for row in facts.load(Path("out") / gbk("方案")).metadata} == {"方案"}
    assert run("build", "out", "--store", "kg") == 0
    assert run("score", "out", "out") == 0
    capsys.readouterr()
    assert run("validate", "in", "-f", "csv") == 2  # one of three was not checked
    scores, said = capsys.readouterr()
    assert {line.split(",")[0] for line in scores.splitlines()[1:]} == {"muzezhengfa-2022-1", "muzezhengfa-2022-7"}
    assert "没有认出方案的内容" in said and "程序内部错误" not in said


NAMED = [
    (("extract", gbk("无.txt"), "-o", "out"), 1, "无.txt"),
    (("extract", "in/zz.txt", "-o", gbk("出")), 0, ""),
    (("build", gbk("无"), "--store", "kg"), 1, "无"),
    (("validate", gbk("无.txt")), 2, "无.txt"),
    (("build", assets.bundled_plans()[0], "--store", gbk("库")), 2, "库"),  # Oxigraph wants UTF-8
    (("ask", "documents", "--store", gbk("无.pg")), 2, "无.pg"),
]


@pytest.mark.parametrize(("words", "code", "said"), NAMED, ids=lambda value: ascii(value)[:40])
def test_a_name_on_the_command_line(
    run: Run, words: tuple[object, ...], code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*words) == code
    told = capsys.readouterr().err
    assert said in told and "程序内部错误" not in told
