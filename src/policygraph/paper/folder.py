"""Put a pack in its place whole or not at all, and only over what is a pack itself."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from policygraph.errors import UsageError

_README = "README.md"
_LINE = re.compile(r"\| (\S+) \| ([0-9a-f]{64}) \|")


@contextmanager
def making(folder: Path) -> Iterator[Path]:
    """Give a new folder beside ``folder`` to write to, and put it in its place when all is written.

    Raises UsageError where the folder holds anything but an unchanged former pack, or cannot be written.
    """
    folder = Path(folder)
    _refuse_foreign(folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    except OSError as error:
        raise UsageError(f"{folder}: cannot be written ({error.strerror}); name another folder") from error
    try:
        yield fresh
        fresh.chmod(0o755)
        _swap(fresh, folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def sums(folder: Path) -> dict[str, str]:
    """Return the sha256 of every file below a folder but README.md, by name, sorted."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path != folder / _README)
    return {path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest() for path in files}


def _refuse_foreign(folder: Path) -> None:
    if folder.is_file():
        raise UsageError(f"{folder}: is a file; name a folder")
    if not folder.is_dir() or not any(folder.iterdir()):
        return
    listed = _listed(folder / _README)
    if not listed:
        raise UsageError(f"{folder}: holds other files and no paper pack; name an empty or new folder")
    held = sums(folder)
    if added := sorted(set(held) - set(listed)):
        raise UsageError(f"{folder / added[0]}: is not of the pack; move it, or name another folder")
    if changed := sorted(name for name in held if held[name] != listed[name]):
        raise UsageError(f"{folder / changed[0]}: was changed since the pack was made; move it, or name another folder")


def _listed(readme: Path) -> dict[str, str]:
    """Return the sha256 of each file that a former pack's README names, none where it is none."""
    try:
        return dict(_LINE.findall(readme.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError):
        return {}


def _swap(fresh: Path, folder: Path) -> None:
    """Rename into place; the former pack goes when the new one stands, and comes back where that fails."""
    try:
        if not folder.exists():
            fresh.rename(folder)
            return
        old = fresh.with_name(f"{fresh.name}.old")
        folder.rename(old)
        try:
            fresh.rename(folder)
        except OSError:
            old.rename(folder)
            raise
        shutil.rmtree(old, ignore_errors=True)
    except OSError as error:
        raise UsageError(f"{folder}: cannot be replaced ({error.strerror}); close what has it open") from error
