"""Prove that policygraph wrote a file: a list beside it names the file with the SHA-256 of what was written.

``.policygraph-files`` names single files in the folder where it lies, ``.policygraph-folder`` all files of a folder
that was written whole. Both are as ``sha256sum`` writes them. A file whose bytes are no longer those of its line has
been changed by somebody, and is theirs. Without the list nothing is ours: who deletes it loses nothing.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from hashlib import file_digest, sha256
from pathlib import Path

from policygraph.errors import UsageError
from policygraph.messages import Message, message

FILES = ".policygraph-files"
FOLDER = ".policygraph-folder"
_HEAD = b"# policygraph wrote these files; one that is changed is yours and is never written over\n"


def file_objection(target: Path, shown: Path, listed: str = FILES) -> Message | None:
    """Return why a file is not ours, None where it is, or is empty; ``shown`` names it as the user did.

    ``listed`` is the list of its folder that is asked.
    """
    if target.is_file() and not target.is_symlink() and not target.stat().st_size:
        return None
    return _objection(target, target.name, _lines(target.parent / listed), shown)


def folder_objection(target: Path, shown: Path) -> Message | None:
    """Return why a folder holds what is not ours: the first file in its order; None where all is ours."""
    listed = _lines(target / FOLDER)
    for path in _files_below(target):
        name = path.relative_to(target).as_posix()
        if objected := _objection(path, name, listed, shown / name):
            return objected
    return None


def is_listed(target: Path) -> bool:
    """Tell whether a file was written with its folder, whatever became of it."""
    return _names(target.name, _lines(target.parent / FOLDER))


def record(target: Path, content: bytes) -> None:
    """Add a file that is about to be written to the list of its folder. Raises UsageError where that is not ours."""
    path = target.parent / FILES
    line = _line(sha256(content).hexdigest(), target.name)
    before = path.read_bytes() if path.is_file() else b""
    if before and not before.startswith(_HEAD):
        raise UsageError("outputs.not-our-list", path=path)
    if line not in before.splitlines(keepends=True):
        with path.open("ab") as file:  # one write: two programs at once add two lines
            file.write((b"" if before.endswith(b"\n") else b"\n" if before else _HEAD) + line)


def sign(folder: Path) -> None:
    """List all files of a folder that was written whole."""
    lines = (_line(_digest(path), path.relative_to(folder).as_posix()) for path in _files_below(folder))
    (folder / FOLDER).write_bytes(_HEAD + b"".join(lines))


def add(folder: Path, names: Iterable[str]) -> None:
    """List files of a folder, by their names in it, as they are now; what is listed of others stays."""
    fresh = {_line("", name): _line(_digest(folder / name), name) for name in names}
    others = {line[64:]: line for line in _lines(folder / FOLDER) if line != _HEAD}
    (folder / FOLDER).write_bytes(_HEAD + b"".join(line for _, line in sorted({**others, **fresh}.items())))


def _objection(path: Path, name: str, listed: frozenset[bytes], shown: Path) -> Message | None:
    regular = path.is_file() and not path.is_symlink()
    if regular and _line(_digest(path), name) in listed:
        return None
    return message("outputs.changed" if _names(name, listed) and regular else "outputs.not-ours", path=shown)


def _names(name: str, listed: frozenset[bytes]) -> bool:
    return any(line[66:] == _line("", name)[2:] for line in listed)


def _lines(path: Path) -> frozenset[bytes]:
    try:
        content = path.read_bytes()
    except OSError:
        return frozenset()
    return frozenset(content.splitlines(keepends=True)) if content.startswith(_HEAD) else frozenset()


def _line(digest: str, name: str) -> bytes:
    written = os.fsencode(name).replace(b"\\", b"\\\\").replace(b"\n", b"\\n").replace(b"\r", b"\\r")
    return digest.encode("ascii") + b"  " + written + b"\n"


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _files_below(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path != folder / FOLDER and (path.is_symlink() or not path.is_dir()) and not _is_list(path):
            yield path


def _is_list(path: Path) -> bool:
    """Tell a list of single files, which is ours and says nothing without them."""
    return path.name == FILES and bool(_lines(path))
