"""Look whether an installation can do all that the program offers, and say what to do where it cannot."""

from __future__ import annotations

import locale
import platform
import shutil
import sys
import sysconfig
import tempfile
import webbrowser
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from policygraph.errors import PolicyGraphError
from policygraph.messages import Message, message

_PARTS = ("rdflib", "pyshacl", "networkx", "owlrl", "SPARQLWrapper", "pyoxigraph", "OpenCC", "starlette", "uvicorn")
_EXTRAS = {  # extra -> what it needs, the key of what it is for
    "desk": (("nicegui", "jinja2", "wsproto"), "cli.extra-desk"),
    "figures": (("matplotlib",), "cli.extra-figures"),
    "tables": (("pyarrow",), "cli.extra-tables"),
    "frames": (("pandas", "polars"), "cli.extra-frames"),
    "fast": (("shifty",), "cli.extra-fast"),
    "scale": (("distributed",), "cli.extra-scale"),
    "mcp": (("mcp",), "cli.extra-mcp"),
}
_ROOM = 500 << 20  # bytes: a store of the bundled plans with what was made for it, several times over


class State(StrEnum):
    """How a thing stands: fine, an optional thing that is not there, or something that has to be mended."""

    FINE = "fine"
    OPTIONAL = "optional"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at: how it stands, and a sentence on it, with what to do where it does not stand well."""

    state: State
    told: Message


def looked_at(folder: Path) -> Iterator[Finding]:
    """Yield what was found of this machine; ``folder`` is where a person works."""
    system, release = platform.system(), platform.release()
    yield _fine(message("cli.on-python", version=platform.python_version(), system=f"{system} {release}"))
    yield _console(sys.stdout.encoding or "")
    yield from _parts()
    yield from _extras()
    yield _font()
    yield _writable("cli.folder-written", "cli.folder-not-written", folder)
    yield _writable("cli.temporary-written", "cli.temporary-not-written", Path(tempfile.gettempdir()))
    yield _room(folder)
    yield _browser()
    yield _on_path()


def _fine(told: Message) -> Finding:
    return Finding(State.FINE, told)


def _console(encoding: str) -> Finding:
    """Tell whether the console, and what programs read from files without a word, can be Chinese."""
    files = locale.getpreferredencoding(False)
    if encoding.lower().replace("-", "") == "utf8":
        return _fine(message("cli.console-fine", encoding=encoding, files=files))
    try:
        "政".encode(encoding)
        return _fine(message("cli.console-fine", encoding=encoding, files=files))
    except (LookupError, UnicodeEncodeError):
        return Finding(State.WRONG, message("cli.console-no-chinese", encoding=encoding or "?"))


def _parts() -> Iterator[Finding]:
    held = []
    for name in _PARTS:
        try:
            held.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            yield Finding(State.WRONG, message("cli.no-part", name=name))
    yield _fine(message("cli.parts", parts=held))


def _extras() -> Iterator[Finding]:
    for extra, (needed, purpose) in _EXTRAS.items():
        missing = [name for name in needed if find_spec(name) is None]
        values = {"extra": extra, "purpose": message(purpose)}
        if missing:
            yield Finding(State.OPTIONAL, message("cli.no-extra", **values, names=missing))
        else:
            yield _fine(message("cli.has-extra", **values))


def _font() -> Finding:
    """Tell whether pictures can have Chinese names."""
    if find_spec("matplotlib") is None:
        return Finding(State.OPTIONAL, message("cli.no-pictures"))
    from policygraph.export import pictures

    try:
        return _fine(message("cli.has-font", name=pictures.font()))
    except PolicyGraphError:
        return Finding(State.WRONG, message("cli.no-font"))


def _writable(fine: str, wrong: str, folder: Path) -> Finding:
    try:
        with tempfile.NamedTemporaryFile(dir=folder, prefix=".policygraph-"):
            return _fine(message(fine, path=folder))
    except OSError as error:
        return Finding(State.WRONG, message(wrong, path=folder, reason=error.strerror or str(error)))


def _room(folder: Path) -> Finding:
    try:
        free = shutil.disk_usage(folder).free
    except OSError:
        free = 0
    values = {"free": f"{free / (1 << 30):.1f}", "path": folder}
    if free < _ROOM:
        return Finding(State.WRONG, message("cli.no-room", **values, needed=_ROOM >> 20))
    return _fine(message("cli.has-room", **values))


def _browser() -> Finding:
    """Tell whether the desk can open a browser by itself; no browser of a certain maker is needed."""
    try:
        webbrowser.get()
        return _fine(message("cli.has-browser"))
    except webbrowser.Error:
        return Finding(State.OPTIONAL, message("cli.no-browser"))


def _on_path() -> Finding:
    """Tell whether a console finds the command by its name alone."""
    if shutil.which("policygraph"):
        return _fine(message("cli.on-path"))
    return Finding(State.OPTIONAL, message("cli.not-on-path", path=sysconfig.get_path("scripts")))
