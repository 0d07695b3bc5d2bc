"""Draw rankings, networks and the heat map of the cascade as PNG or SVG, with Chinese labels. Needs matplotlib."""

from __future__ import annotations

import io
from contextlib import suppress
from decimal import Decimal
from importlib import import_module
from math import sqrt
from typing import Any

import networkx as nx

from policygraph.errors import UsageError
from policygraph.export import network_layout
from policygraph.export.graphs import edges
from policygraph.export.heatmap import heat_map, is_map, short
from policygraph.export.labels import ROLES, both
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
_BARS, _LABELS = 40, 200  # what fits on a page: bars, labelled nodes
_INSIDE = 4  # characters of a name that is written over its node
_FORMATS = ("png", "svg")
_BASE = {"axes.unicode_minus": False, "svg.hashsalt": "policygraph", "svg.fonttype": "path", "font.size": 9}


def picture(what: Any, form: str, title: str = "") -> bytes:
    """Return a picture of a network, a heat map, or a ranking.

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
            figure = heat_map(plot, what, title) if is_map(what) else _ranking(plot, what, title)
        else:
            figure = _network(plot, what.graph, title)
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
    known = {entry.name for entry in fonts.fontManager.ttflist}
    return next((name for name in FONTS if name in known), None)


def _ranking(plot: Any, rows: Rows, title: str) -> Any:
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
    axes.set_xlabel(headings().get(rows.columns[number], rows.columns[number]))
    axes.set_title(title)
    axes.spines[["top", "right"]].set_visible(False)
    axes.margins(x=0.08, y=0.01)
    return figure


def _named(region: object, name: object) -> str:
    return short(name if region in (name, None) else f"{region} {name}")


def _numbers(rows: Rows, place: int) -> bool:
    cells = [row[place] for row in rows.rows if row[place] is not None]
    return bool(cells) and all(isinstance(cell, int | float | Decimal) and not isinstance(cell, bool) for cell in cells)


def _network(plot: Any, graph: nx.Graph[str], title: str) -> Any:
    if not graph:
        raise UsageError("export.no-nodes")
    places = network_layout.positions(graph)
    figure, axes = plot.subplots(figsize=(10, 10))
    lines = edges(graph)
    widest = max((data.get("weight", 1) for *_, data in lines), default=1)
    for a, b, _, data in lines:
        width = 0.3 + 2.5 * data.get("weight", 1) / widest if widest > 1 else 0.8
        style = {"arrowstyle": "-|>" if graph.is_directed() else "-", "alpha": 0.25, "linewidth": width}
        style |= {"color": network_layout.edge_colour(data), "shrinkA": 4, "shrinkB": 6}
        axes.annotate("", places[b], places[a], arrowprops=style, zorder=1)
    names = sorted(graph, key=lambda name: (-graph.degree(name), name))
    sizes = [network_layout.node_size(graph, name) ** 1.5 for name in names]
    colours = [network_layout.node_colour(graph.nodes[name]) for name in names]
    spots = [places[name] for name in names]
    axes.scatter([x for x, _ in spots], [y for _, y in spots], s=sizes, c=colours, edgecolors="white", zorder=2)
    _legend(axes, {data.get("role") for *_, data in lines})
    axes.set_aspect("equal")
    labels = [short(graph.nodes[name].get("label", name)) for name in names]
    _label(axes, list(zip(spots, sizes, labels, strict=True))[:_LABELS])
    axes.axis("off")
    axes.set_title(title)
    return figure


def _legend(axes: Any, held: set[object]) -> None:
    """Say which colour each role has that a network's ties have."""
    roles = [role for role in ROLES if role in held]
    for role in roles:
        axes.plot([], [], color=network_layout.ROLE_COLOURS[role], label=both(ROLES[role]))
    if roles:
        axes.legend(loc="upper center", bbox_to_anchor=(0.5, 0), ncols=len(roles), frameon=False)


def _label(axes: Any, nodes: list[tuple[tuple[float, float], float, str]]) -> None:
    """Write labels, those of the most connected nodes first; one that would lie over another is left out."""
    halo = [import_module("matplotlib.patheffects").withStroke(linewidth=2, foreground="white")]
    axes.figure.draw_without_rendering()  # settles where places lie on the paper
    renderer = axes.figure.canvas.get_renderer()
    taken: list[Any] = []
    for place, size, label in nodes:
        low = len(label) > _INSIDE  # a long name would hide its node
        text = axes.annotate(
            label, place, xytext=(0, -sqrt(size) / 2 - 1 if low else 0), textcoords="offset points",
            ha="center", va="top" if low else "center", fontsize=6 if low else 7, zorder=3, path_effects=halo,
        )  # fmt: skip
        box = text.get_window_extent(renderer)
        if any(box.overlaps(other) for other in taken):
            text.remove()
        else:
            taken.append(box)


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
