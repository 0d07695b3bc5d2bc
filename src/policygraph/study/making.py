"""Begin a study: its folders, each with a line on what goes there, and tables to fill in."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from policygraph import assets
from policygraph.errors import UsageError
from policygraph.outputs import create
from policygraph.study.record import SETTINGS

README = "README.md"
# Tables that a study of another field is likely to need: they are laid out with their headings.
_STARTED = {
    "concepts": ("indicators", "indicator_names", "actions", "action_names", "agency_names", "documents"),
    "lexicon": ("roles", "org_tails", "units"),
}


@dataclass(frozen=True, slots=True)
class Begun:
    """What came of beginning a study: the files made, and those that stood there and were left alone."""

    made: tuple[Path, ...]
    left: tuple[Path, ...]


def new_study(folder: Path, title: str = "", field: str = "", language: str = "zh") -> Begun:
    """Make the folders and files of a study in a folder; what stands there already is left as it is.

    The title is by default the name of the folder; ``language`` is that of the command line in it.
    Raises UsageError where a file has the name of the folder, and where it cannot be written.
    """
    if folder.exists() and not folder.is_dir():
        raise UsageError("study.is-a-file", path=folder)
    made, left = list[Path](), list[Path]()
    said = {"title": title or folder.resolve().name, "field": field, "language": language}
    for name, content in _contents(said):
        path = folder / name
        (made if create(content.encode(), path) else left).append(path)
    return Begun(tuple(made), tuple(left))


def _contents(said: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield each file of a new study, by its name below the folder."""
    skeleton = assets.path("data", "study")
    for path in sorted(skeleton.rglob("*")):
        if path.is_file():
            text = path.read_text(encoding="utf-8")
            yield path.relative_to(skeleton).as_posix(), _filled(text, said) if path.name == SETTINGS else text
    for folder, names in _STARTED.items():
        for name in names:
            with assets.path("data", folder, f"{name}.tsv").open(encoding="utf-8") as table:
                yield f"{folder}/{name}.tsv", table.readline()


def _filled(settings: str, said: Mapping[str, str]) -> str:
    """Write values into the settings; a string of JSON is one of TOML."""
    for key, value in said.items():
        settings = settings.replace(f'{key} = ""', f"{key} = {json.dumps(value, ensure_ascii=False)}")
    return settings
