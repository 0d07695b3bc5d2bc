"""Draw rankings, networks and the heat map of the cascade as PNG or SVG, with Chinese labels. Needs matplotlib."""

from __future__ import annotations

import io
from collections.abc import Mapping
from decimal import Decimal
from importlib import import_module
from typing import Any

import networkx as nx

from policygraph.errors import UsageError
from policygraph.export import layout
from policygraph.export.graphs import edges
from policygraph.export.workbook import headings
from policygraph.model import Rows

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
# Colours of verdicts: what keeps or raises a target in blues and greens, what lowers it in reds, what is absent grey.
VERDICTS: Mapping[str, tuple[str, str]] = {
    "equal": ("#9ecae1", "持平 equal"),
    "tighter": ("#2171b5", "更高 tighter"),
    "added": ("#74c476", "新增 added"),
    "changed-form": ("#fed976", "变形 changed form"),
    "looser": ("#d7301f", "更低 looser"),
    "later": ("#fc8d59", "推迟 later"),
    "dropped": ("#7a0177", "未承接 dropped"),
    "not-covered": ("#bdbdbd", "无此行动 not covered"),
    "no-data": ("#eeeeee", "文本不在手 no data"),
}
_WORST = ("looser", "dropped", "later", "changed-form", "tighter", "equal", "added", "not-covered", "no-data")
_MATRIX = ("document", "indicator", "label", "year", "verdict", "step")
_BARS, _LINES, _NAMED = 40, 60, 90  # what fits on a page: bars, indicators, labelled nodes
_FORMATS = ("png", "svg")
_BASE = {"axes.unicode_minus": False, "svg.hashsalt": "policygraph", "svg.fonttype": "path", "font.size": 9}


def picture(what: Any, form: str, title: str = "") -> bytes:
    """Return a picture of a network, of the cascade (rows of «cascade-matrix») or of a ranking (any other rows).

    A ranking shows the first number of each row that is no rank, under the first column of names. Raises
    UsageError where matplotlib or a font with Chinese characters is missing, or the rows have nothing to draw.
    """
    if form not in _FORMATS:
        raise UsageError(f"«{form}» is not a picture here; choose one of {', '.join(_FORMATS)}")
    plot = _matplotlib()
    with plot.rc_context(_BASE | {"font.family": [font()]}):
        if isinstance(what, Rows):
            known = all(name in what.columns for name in _MATRIX)
            figure = _heat_map(plot, what, title) if known else _ranking(plot, what, title)
        else:
            figure = _network(plot, what.graph, title)
        return _written(plot, figure, form)


def font() -> str:
    """Return the font to write Chinese with. Raises UsageError where the system has none."""
    manager = import_module("matplotlib.font_manager").fontManager
    known = {entry.name for entry in manager.ttflist}
    found = next((name for name in FONTS if name in known), None)
    if found is None:
        raise UsageError(
            "no font with Chinese characters was found; install Noto Sans CJK (Debian: fonts-noto-cjk), "
            "then remove matplotlib's font cache"
        )
    return found


def _ranking(plot: Any, rows: Rows, title: str) -> Any:
    number = next((place for place, name in enumerate(rows.columns) if name != "rank" and _numbers(rows, place)), None)
    names = [place for place, name in enumerate(rows.columns) if name in ("label", "name", "title", "action")]
    if number is None or not rows.rows:
        raise UsageError("the rows have no column of numbers to draw; ask a question that counts")
    name = names[0] if names else 0
    counted = [row for row in rows.rows if row[number]] or list(rows.rows)  # bars of no length say nothing
    shown = counted[:_BARS][::-1]
    figure, axes = plot.subplots(figsize=(7, 0.24 * len(shown) + 1.2))
    values = [float(row[number] or 0) for row in shown]  # type: ignore[arg-type]
    axes.barh(range(len(shown)), values, color="#0072B2", height=0.7)
    axes.set_yticks(range(len(shown)), [_short(row[name]) for row in shown])
    for place, value in enumerate(values):
        axes.text(value, place, f" {value:g}", va="center", fontsize=8)
    axes.set_xlabel(headings().get(rows.columns[number], rows.columns[number]))
    axes.set_title(title)
    axes.spines[["top", "right"]].set_visible(False)
    axes.margins(x=0.08, y=0.01)
    return figure


def _numbers(rows: Rows, place: int) -> bool:
    cells = [row[place] for row in rows.rows if row[place] is not None]
    return bool(cells) and all(isinstance(cell, int | float | Decimal) and not isinstance(cell, bool) for cell in cells)


def _heat_map(plot: Any, rows: Rows, title: str) -> Any:
    document, indicator, label, year, verdict, step = (rows.columns.index(name) for name in _MATRIX)
    cells: dict[tuple[str, str], list[tuple[str, object, object]]] = {}
    for row in rows.rows:
        if row[year] is not None or row[verdict] != "no-data":
            name = str(row[label] or row[indicator])
            cells.setdefault((name, str(row[document])), []).append((str(row[verdict]), row[step], row[year]))
    if not cells:
        raise UsageError("there is no verdict to draw; ask «cascade-matrix» about another level or scope")
    worst = {key: min(found, key=lambda cell: _WORST.index(cell[0])) for key, found in cells.items()}
    documents = list(
        dict.fromkeys(str(row[document]) for row in rows.rows if any(str(row[document]) == d for _, d in worst))
    )
    lines = _most_telling(worst)
    figure, axes = plot.subplots(figsize=(2.6 + 0.62 * len(documents), 1.9 + 0.2 * len(lines)))
    for (name, of), (found, by, _) in worst.items():
        if name not in lines:
            continue
        x, y = documents.index(of), lines.index(name)
        axes.add_patch(plot.Rectangle((x, y), 1, 1, facecolor=VERDICTS[found][0], edgecolor="white", linewidth=0.8))
        if by:
            dark = found in ("tighter", "looser", "dropped")
            axes.text(
                x + 0.5, y + 0.5, f"{by:+g}", ha="center", va="center", fontsize=6, color="white" if dark else "black"
            )
    _frame(plot, axes, documents, lines)
    axes.set_title(title, pad=34)
    return figure


def _most_telling(worst: Mapping[tuple[str, str], tuple[str, object, object]]) -> list[str]:
    """Return the indicators to show: those that were compared, in most documents first, as many as fit."""
    compared: dict[str, int] = {}
    for (name, _), (found, _, _) in worst.items():
        compared[name] = compared.get(name, 0) + (found not in ("no-data", "not-covered", "added"))
    shown = [name for name in compared if compared[name]] or list(compared)
    return sorted(shown, key=lambda name: (-compared[name], name))[:_LINES]


def _frame(plot: Any, axes: Any, documents: list[str], lines: list[str]) -> None:
    axes.set_xlim(0, len(documents))
    axes.set_ylim(len(lines), 0)
    axes.set_xticks([place + 0.5 for place in range(len(documents))], documents, rotation=45, ha="right", fontsize=7)
    axes.set_yticks([place + 0.5 for place in range(len(lines))], [_short(name) for name in lines], fontsize=7)
    axes.tick_params(length=0)
    for side in axes.spines.values():
        side.set_visible(False)
    marks = [plot.Rectangle((0, 0), 1, 1, facecolor=colour) for colour, _ in VERDICTS.values()]
    names = [name for _, name in VERDICTS.values()]
    axes.legend(marks, names, loc="lower left", bbox_to_anchor=(0, 1), ncols=3, fontsize=6, frameon=False)


def _network(plot: Any, graph: nx.Graph[str], title: str) -> Any:
    if not graph:
        raise UsageError("the network has no nodes to draw; ask about another document")
    places = layout.positions(graph)
    figure, axes = plot.subplots(figsize=(10, 10))
    lines = edges(graph)
    widest = max((data.get("weight", 1) for *_, data in lines), default=1)
    for a, b, _, data in lines:
        (ax, ay), (bx, by) = places[a], places[b]
        width = 0.3 + 2.5 * data.get("weight", 1) / widest if widest > 1 else 0.8
        axes.plot([ax, bx], [ay, by], color=layout.edge_colour(data), linewidth=width, alpha=0.25, zorder=1)
    names = sorted(graph, key=lambda name: (-graph.degree(name), name))
    sizes = [layout.node_size(graph, name) ** 1.5 for name in names]
    colours = [layout.node_colour(graph.nodes[name]) for name in names]
    spots = [places[name] for name in names]
    axes.scatter([x for x, _ in spots], [y for _, y in spots], s=sizes, c=colours, edgecolors="white", zorder=2)
    halo = [import_module("matplotlib.patheffects").withStroke(linewidth=2, foreground="white")]
    for name in names[:_NAMED]:
        x, y = places[name]
        axes.annotate(
            _short(graph.nodes[name].get("label", name)), (x, y), ha="center", va="center", fontsize=7, zorder=3,
            path_effects=halo,
        )  # fmt: skip
    axes.set_aspect("equal")
    axes.axis("off")
    axes.set_title(title)
    return figure


def _short(text: object) -> str:
    written = str(text)
    return written if len(written) <= 24 else written[:23] + "…"


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
        raise UsageError("matplotlib is not installed; install it with: pip install 'policygraph[figures]'") from error
