"""The command new: begin a study."""

from __future__ import annotations

from pathlib import Path

from policygraph.cli.framework import argument, command, option
from policygraph.cli.say import language, said
from policygraph.cli.show import emit, note
from policygraph.study import new_study


@command(
    "cli.new",
    ("policygraph new 碳达峰", "cli.example-new"),
    ("policygraph new peak-carbon --title '碳达峰目标的传导' --field 碳达峰", "cli.example-new-titled"),
)
@argument("folder", metavar="FOLDER", key="cli.argument-study")
@option("--title", default="", metavar="TEXT", key="cli.option-title")
@option("--field", default="", metavar="TEXT", key="cli.option-field")
def new_command(folder: str, title: str, field: str) -> int:
    """Make the folders of a study; what stands there already is left alone."""
    begun = new_study(Path(folder), title, field, language())
    for path in begun.left:
        note(said("cli.left-alone", path=path))
    emit("".join(f"{path}\n" for path in begun.made))
    note(said("cli.study-begun", folder=folder))
    return 0
