"""Find the study that a command runs in: the one named by --study, else the one that the working folder lies in."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

import click

from policygraph.errors import PolicyGraphError, UsageError
from policygraph.study import SHIPPED, Study, find_study, open_study

_KEPT = "policygraph.study"  # where a command line keeps it


def named(context: click.Context, _: click.Parameter, folder: str | None) -> None:
    """Keep the study that --study names. Raises UsageError where there is none."""
    if folder is not None and not context.resilient_parsing:
        context.meta[_KEPT] = open_study(folder)


def choose(folder: str) -> None:
    """Let the command that runs work in the study of a folder. Raises UsageError where there is none."""
    click.get_current_context().meta[_KEPT] = open_study(folder)


def current() -> Study:
    """Return the study of the command that runs, what ships outside of one. Raises DataError for a bad study.toml."""
    context = click.get_current_context(silent=True)
    kept = context.meta if context else {}
    if _KEPT not in kept:
        kept[_KEPT] = find_study() or SHIPPED
    found: Study = kept[_KEPT]
    return found


def language_of(arguments: Sequence[str]) -> str:
    """Return the language that the study of a command line asks for, "" where there is none.

    It is asked before a line is parsed; what is wrong with the study is said when the command needs it.
    """
    asked = [after for before, after in pairwise(arguments) if before == "--study"]
    asked += [word.removeprefix("--study=") for word in arguments if word.startswith("--study=")]
    with suppress(PolicyGraphError):
        found = open_study(asked[-1]) if asked else find_study()
        return found.language if found else ""
    return ""


def shown(path: Path) -> str:
    """Return a place in a study as a person would write it from where he works."""
    here = Path.cwd()
    return os.path.relpath(path, here) if path.is_relative_to(here) else str(path)


def require_study() -> Study:
    """Return the study of the command that runs. Raises UsageError outside of one."""
    found = current()
    if found.folder is None:
        raise UsageError("cli.no-study-here")
    return found
