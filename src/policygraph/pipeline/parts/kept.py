"""Keep parts in a folder beside the store, each under a name made from its inputs.

A part is one file: a line with the SHA-256 of the rest, a line of JSON (its head), and its lines of N-Quads, deflated.
It is written under another name and renamed, so that it is whole or not there; one that is not what its first line says
(cut off, of another version) is taken for absent, and made anew. The folder bears a marker: one without it is a
person's. What in it has no name of ours is never touched. Who deletes the folder loses nothing but time.
"""

from __future__ import annotations

import json
import os
import re
import zlib
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import IO, Any, Protocol

from policygraph.errors import StoreError
from policygraph.messages import Foreign
from policygraph.outputs.locks import lock

_MARKER = ".policygraph-parts"
_MARK = b"policygraph keeps here what it need not work out again; this folder may be deleted\n"
_LOCK, _BUILT = "lock", "built"
_NAME = re.compile(r"[0-9a-f]{40}\.part|(?:[0-9a-f]{40}\.part|built)\.\d+\.new")
_KIND = b"policygraph part 1 "
_QUICK = 1  # level of zlib: the text shrinks to a twentieth, as good as at any other

Head = dict[str, Any]


class Shelf(Protocol):
    """Where parts are put, and found again by their names."""

    def head(self, key: str) -> Head | None:
        """Return the head of a part, None where it is not there whole."""

    def lines(self, key: str) -> list[str] | None:
        """Return the lines of a part, None where it is not there whole."""

    def put(self, key: str, head: Head, lines: Iterable[str] = ()) -> None:
        """Put a part there."""


class Memory:
    """A shelf for as long as it is asked."""

    def __init__(self) -> None:
        self._parts: dict[str, tuple[Head, list[str]]] = {}

    def head(self, key: str) -> Head | None:
        """Return the head of a part, None where it is not there."""
        return self._parts[key][0] if key in self._parts else None

    def lines(self, key: str) -> list[str] | None:
        """Return the lines of a part, None where it is not there."""
        return self._parts[key][1] if key in self._parts else None

    def put(self, key: str, head: Head, lines: Iterable[str] = ()) -> None:
        """Put a part there."""
        self._parts[key] = head, list(lines)


class Kept:
    """The parts in a folder; every process of a build has one of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def folder(self) -> Path:
        """Return where the parts are."""
        return self._folder

    def head(self, key: str) -> Head | None:
        """Return the head of a part, None where it is not there whole."""
        found = self._read(key)
        return json.loads(found[0]) if found else None

    def lines(self, key: str) -> list[str] | None:
        """Return the lines of a part, None where it is not there whole."""
        found = self.text(key)
        return None if found is None else [f"{line}\n" for line in found.decode("utf-8").split("\n")[:-1]]

    def text(self, key: str) -> bytes | None:
        """Return the lines of a part as one text, None where it is not there whole."""
        found = self._read(key)
        return zlib.decompress(found[1]) if found else None

    def put(self, key: str, head: Head, lines: Iterable[str] = ()) -> None:
        """Keep a part. Raises StoreError where it cannot be written."""
        told = json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
        rest = told + b"\n" + zlib.compress("".join(lines).encode("utf-8"), _QUICK)
        self._write(f"{key}.part", _KIND + sha256(rest).hexdigest().encode("ascii") + b"\n" + rest)

    def built(self) -> Head | None:
        """Return what was noted of the last build, None where nothing was."""
        with suppress(OSError, ValueError):
            first, told = (self._folder / _BUILT).read_bytes().split(b"\n", 1)
            if first == sha256(told).hexdigest().encode("ascii"):
                found: Head = json.loads(told)
                return found
        return None

    def note(self, built: Head) -> None:
        """Note what was built. Raises StoreError where it cannot be written."""
        told = json.dumps(built, ensure_ascii=False).encode("utf-8")
        self._write(_BUILT, sha256(told).hexdigest().encode("ascii") + b"\n" + told)

    def sweep(self, needed: Collection[str]) -> None:
        """Remove the parts that are needed no more, and what killed processes left half written."""
        stay = {f"{key}.part" for key in needed}
        for entry in list(self._folder.iterdir()):
            if _NAME.fullmatch(entry.name) and entry.name not in stay and entry.is_file():
                with suppress(OSError):  # one that cannot go now goes next time
                    entry.unlink()

    def _read(self, key: str) -> tuple[bytes, bytes] | None:
        with suppress(OSError, ValueError):
            first, rest = (self._folder / f"{key}.part").read_bytes().split(b"\n", 1)
            if first == _KIND + sha256(rest).hexdigest().encode("ascii"):
                told, body = rest.split(b"\n", 1)
                return told, body
        return None

    def _write(self, name: str, content: bytes) -> None:
        fresh = self._folder / f"{name}.{os.getpid()}.new"
        try:
            with fresh.open("wb") as file:
                file.write(content)
            fresh.replace(self._folder / name)
        except OSError as error:
            raise _not_written(self._folder, error) from error


def beside(store: Path) -> Path:
    """Return the folder of the parts of a store."""
    return store.with_name(f"{store.name}.parts")


@contextmanager
def opened(folder: Path) -> Iterator[Kept]:
    """Open the folder of parts for one build, and make it where it is missing.

    Raises StoreError where it is a person's, where another build has it open, or where it cannot be written.
    """
    require_ours(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        marker = folder / _MARKER
        if not marker.exists():
            marker.write_bytes(_MARK)
        file = (folder / _LOCK).open("a+b")
    except OSError as error:
        raise _not_written(folder, error) from error
    with file:
        _hold(file, folder)
        yield Kept(folder)


def require_ours(folder: Path) -> None:
    """Raise StoreError where something else stands in the place of a folder of parts."""
    if folder.exists() and not folder.is_dir():
        raise StoreError("outputs.is-a-file", path=folder)
    if folder.is_dir() and not (folder / _MARKER).is_file() and any(folder.iterdir()):
        raise StoreError("parts.other-files", path=folder)


def _hold(file: IO[bytes], folder: Path) -> None:
    try:
        lock(file)
    except OSError:
        raise StoreError("disk.another-build", path=folder) from None


def _not_written(folder: Path, error: OSError) -> StoreError:
    return StoreError("disk.not-written", path=folder, reason=Foreign(error.strerror or str(error)))
