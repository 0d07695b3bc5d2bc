"""Draw rankings, networks and the heat map of the cascade as PNG or SVG, with Chinese labels. Needs matplotlib."""

from __future__ import annotations

import io
from contextlib import suppress
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import Any

from policygraph.errors import UsageError
from policygraph.export import printed
from policygraph.export.drawing import folded
from policygraph.export.heatmap import heat_map, is_map
from policygraph.rows import Rows, headings

# Fonts with Chinese characters, the free ones first; one of them is on every common system.
FONTS = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "Noto Sans CJK JP",
    "WenQuanYi Zen Hei",
    "WenQuanYi Micro Hei",
    "PingFang SC",
    "Hiragino Sans GB",
    "Microsoft YaHei",
    "SimHei",
    "SimSun",
    "Heiti SC",
    "Noto Serif CJK SC",
    "Source Han Serif SC",
    "Arial Unicode MS",
)
_BARS = 40  # what fits on a page
_ACROSS = 28  # characters of a name in one line
_FORMATS = ("png", "svg")
_BASE = {"axes.unicode_minus": False, "svg.hashsalt": "policygraph", "svg.fonttype": "path", "font.size": 9}


def picture(what: Any, form: str, title: str = "", language: str = "zh") -> bytes:
    """Return a picture of a network, a heat map, or a ranking, with legend and caption in one language.

    Rows that say what documents do with something (a verdict or leads for each ``document`` and ``label``, as
    «cascade-matrix» has them) make a heat map. All others make a ranking: the first number of each row that is no
    rank, under the first column of names, with the region where there is one. Raises UsageError where matplotlib or
    a font with Chinese characters is missing, or the rows have nothing to draw.
    """
    if form not in _FORMATS:
        raise UsageError("export.no-picture", form=form, known=_FORMATS)
    plot = _matplotlib()
    with plot.rc_context(_BASE | {"font.family": [font()]}):
        if isinstance(what, Rows):
            figure = heat_map(plot, what, title, language) if is_map(what) else _ranking(plot, what, title, language)
        else:
            figure = printed.draw(plot, what, title, language)
        return _written(plot, figure, form)


def font() -> str:
    """Return the font to write Chinese with. Raises UsageError where the system, or matplotlib, is not there."""
    _matplotlib()
    fonts = import_module("matplotlib.font_manager")
    found = _known_font(fonts)
    if found is None:  # matplotlib keeps its list of fonts: one that was installed since is not on it
        listed = {entry.fname for entry in fonts.fontManager.ttflist}
        for path in sorted(set(fonts.findSystemFonts()) - listed):
            with suppress(RuntimeError, OSError):  # a file that is no font matplotlib can read
                fonts.fontManager.addfont(path)
        found = _known_font(fonts)
    if found is None:
        raise UsageError("export.no-font")
    return found


def _known_font(fonts: Any) -> str | None:
    known = {entry.name for entry in fonts.fontManager.ttflist if entry.name in FONTS and Path(entry.fname).exists()}
    return next((name for name in FONTS if name in known), None)


def _ranking(plot: Any, rows: Rows, title: str, language: str) -> Any:
    number = next((place for place, name in enumerate(rows.columns) if name != "rank" and _numbers(rows, place)), None)
    names = [place for place, name in enumerate(rows.columns) if name in ("label", "name", "title", "action")]
    if number is None or not rows.rows:
        raise UsageError("export.no-numbers")
    name = names[0] if names else 0
    region = rows.columns.index("region") if "region" in rows.columns else name  # bodies of one name in many places
    counted = [row for row in rows.rows if row[number]] or list(rows.rows)  # bars of no length say nothing
    shown = counted[:_BARS][::-1]
    figure, axes = plot.subplots(figsize=(7, 0.24 * len(shown) + 1.2))
    values = [float(row[number] or 0) for row in shown]  # type: ignore[arg-type]
    axes.barh(range(len(shown)), values, color="#0072B2", height=0.7)
    axes.set_yticks(range(len(shown)), [_named(row[region], row[name]) for row in shown])
    for place, value in enumerate(values):
        axes.text(value, place, f" {value:g}", va="center", fontsize=8)
    axes.set_xlabel(headings(language).get(rows.columns[number], rows.columns[number]))
    axes.set_title(title, fontsize=11, fontweight="bold")
    axes.spines[["top", "right"]].set_visible(False)
    axes.margins(x=0.08, y=0.01)
    return figure


def _named(region: object, name: object) -> str:
    return folded(str(name if region in (name, None) else f"{region} {name}"), _ACROSS)


def _numbers(rows: Rows, place: int) -> bool:
    cells = [row[place] for row in rows.rows if row[place] is not None]
    return bool(cells) and all(isinstance(cell, int | float | Decimal) and not isinstance(cell, bool) for cell in cells)


def _written(plot: Any, figure: Any, form: str) -> bytes:
    out = io.BytesIO()
    metadata = {"Date": None, "Creator": None} if form == "svg" else {"Software": None}
    figure.savefig(out, format=form, dpi=200, bbox_inches="tight", metadata=metadata)
    plot.close(figure)
    return out.getvalue()


def _matplotlib() -> Any:
    try:
        import_module("matplotlib").use("Agg")
        return import_module("matplotlib.pyplot")
    except ImportError as error:
        raise UsageError("export.no-matplotlib") from error
