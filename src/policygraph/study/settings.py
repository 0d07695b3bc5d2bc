"""Read study.toml: what a study says of itself."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from policygraph.errors import DataError, UsageError
from policygraph.messages import Foreign, Message, message
from policygraph.study.record import ALL, CITED, NONE, SETTINGS, Study

LANGUAGES = ("zh", "en")
_KEYS = ("title", "field", "language", "bundled")
_PLACE = re.compile(r" *\(at (?:line (\d+), column (\d+)|end of document)\)$")


def open_study(folder: str | Path) -> Study:
    """Return the study of a folder. Raises UsageError where it has no study.toml, DataError (file, line) for a bad one.

    Only the settings are read here; own tables, shapes and questions when they are first asked for.
    """
    place = Path(folder)
    path = place / SETTINGS
    if not path.is_file():
        raise UsageError("study.no-study", path=folder)
    text = _text(path)
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _malformed(path, text, str(error)) from error
    for key in found:
        if key not in _KEYS:
            raise DataError("study.no-such-key", place=_place(path, text, key), key=key, known=list(_KEYS))
    words = {key: _word(found, key, path, text) for key in ("title", "field", "language")}
    if words["language"] not in ("", *LANGUAGES):
        raise DataError("study.no-language", place=_place(path, text, "language"), known=list(LANGUAGES))
    return Study(place.resolve(), **words, bundled=_bundled(found.get("bundled", CITED), path, text))


def find_study(start: Path | None = None) -> Study | None:
    """Return the study that a folder (default: where one works) lies in, None where it lies in none.

    Raises DataError (file, line) for a bad study.toml.
    """
    here = (start or Path.cwd()).resolve()
    home = next((each for each in (here, *here.parents) if (each / SETTINGS).is_file()), None)
    return open_study(home) if home else None


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise DataError("tables.not-utf-8", path=path) from error
    except OSError as error:
        raise DataError("tables.not-read", path=path, reason=Foreign(error.strerror or str(error))) from error


def _malformed(path: Path, text: str, told: str) -> DataError:
    """Say what the parser says of a file that is no TOML, with the line that it means."""
    where = _PLACE.search(told)
    line = int(where[1]) if where and where[1] else text.count("\n") + 1
    return DataError(
        "study.no-toml", place=message("tables.place", path=path, line=line), why=Foreign(_PLACE.sub("", told))
    )


def _word(found: Mapping[str, Any], key: str, path: Path, text: str) -> str:
    value = found.get(key, "")
    if not isinstance(value, str):
        raise DataError("study.no-text", place=_place(path, text, key), key=key)
    return value.strip()


def _bundled(value: object, path: Path, text: str) -> tuple[str, ...]:
    """Return which bundled documents are taken in: one of three words, or a list of names."""
    if value in (CITED, ALL, NONE):
        return (str(value),)
    if isinstance(value, list) and all(isinstance(each, str) and each.strip() for each in value):
        return tuple(each.strip() for each in value)
    raise DataError("study.bad-bundled", place=_place(path, text, "bundled"), known=[CITED, ALL, NONE])


def _place(path: Path, text: str, key: str) -> Message:
    """Return file and line of a key."""
    lines = text.splitlines()
    own = re.compile(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=|\s*\[+\s*{re.escape(key)}\b")
    number = next((number for number, line in enumerate(lines, start=1) if own.match(line)), 1)
    return message("tables.place", path=path, line=number)
