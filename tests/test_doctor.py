"""The command doctor: what it looks at, and that it says what to do."""

from __future__ import annotations

import shutil
import webbrowser
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from policygraph.cli import main, soundness
from policygraph.cli.soundness import Finding, State, looked_at
from policygraph.errors import UsageError
from policygraph.export import pictures
from policygraph.messages import render

Patch = pytest.MonkeyPatch


def found(key: str, folder: Path) -> list[Finding]:
    return [each for each in looked_at(folder) if each.told.key == key]


def no_font() -> str:
    raise UsageError("export.no-font")


def no_browser(*_: object) -> None:
    raise webbrowser.Error("none")


def without(*names: str) -> Callable[[str], object]:
    return lambda name: None if name in names else SimpleNamespace()


def put(*given: object) -> Callable[[Patch], None]:
    return lambda patch: patch.setattr(*given)


LATIN = SimpleNamespace(encoding="cp1252")
FULL = SimpleNamespace(free=1 << 20)
ILL = [  # what is wrong with a machine, the key of what is said, how it stands, what to do
    (put(soundness.sys, "stdout", LATIN), "console-no-chinese", "wrong", "PYTHONUTF8=1"),
    (put(soundness, "find_spec", without("nicegui")), "no-extra", "optional", 'pip install "policygraph[desk]"'),
    (put(soundness, "find_spec", without("mcp")), "no-extra", "optional", 'pip install "policygraph[mcp]"'),
    (put(soundness, "find_spec", without("matplotlib")), "no-pictures", "optional", "matplotlib"),
    (put(soundness, "_PARTS", ("no-such-part",)), "no-part", "wrong", "pip install --upgrade policygraph"),
    (put(pictures, "font", no_font), "no-font", "wrong", "fonts-noto-cjk"),
    (put(shutil, "disk_usage", lambda _: FULL), "no-room", "wrong", "500 MB"),
    (put(webbrowser, "get", no_browser), "no-browser", "optional", "--no-browser"),
    (put(shutil, "which", lambda _: None), "not-on-path", "optional", "python -m policygraph.cli"),
]


@pytest.mark.parametrize(("make_ill", "key", "state", "todo"), ILL, ids=[f"{row[1]} {row[3][:30]}" for row in ILL])
def test_what_is_missing_is_said_with_what_to_do(
    tmp_path: Path, monkeypatch: Patch, make_ill: Callable[[Patch], None], key: str, state: str, todo: str
) -> None:
    make_ill(monkeypatch)
    told = [each for each in found(f"cli.{key}", tmp_path) if todo in render(each.told, "zh")]
    assert [each.state for each in told] == [State(state)]
    assert todo in render(told[0].told, "en")


def test_a_folder_that_cannot_be_written_to(tmp_path: Path) -> None:
    assert found("cli.folder-written", tmp_path)
    assert [each.state for each in found("cli.folder-not-written", tmp_path / "nowhere")] == [State.WRONG]
    assert list(tmp_path.iterdir()) == [], "nothing is left behind"


def test_the_command_ends_well_or_counts_what_to_mend(
    tmp_path: Path, monkeypatch: Patch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("policygraph.cli.installation.looked_at", lambda _: iter(()))
    assert main(["doctor"]) == 0
    assert "80 份文件" in capsys.readouterr().out
    ill = Finding(State.WRONG, soundness.message("cli.no-part", name="rdflib"))
    monkeypatch.setattr("policygraph.cli.installation.looked_at", lambda _: iter((ill,)))
    assert main(["--lang", "en", "doctor"]) == 1
    out = capsys.readouterr().out
    assert "[mend] rdflib is missing" in out
    assert "1 to mend" in out
