"""Find the scripts that NiceGUI's wheel brings, for pages that are only read: charts, grids, the editor."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

# What is served below /assets/, and where the wheel has it. No promised interface: a test looks for each.
ASSETS = {name: ("elements", name, "dist") for name in ("echart", "aggrid", "codemirror")}


@cache
def folder_of(name: str) -> Path | None:
    """Return the folder of an asset, None where the extra ``desk`` is not installed."""
    found = find_spec("nicegui")
    if found is None or not found.submodule_search_locations:
        return None
    place = Path(found.submodule_search_locations[0]).joinpath(*ASSETS[name])
    return place if place.is_dir() else None
