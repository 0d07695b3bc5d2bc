"""Draw a network for print: title, legend and caption in one language, every name readable, places apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from importlib import import_module
from typing import Any, Protocol

import networkx as nx

from policygraph import assets, tables
from policygraph.errors import UsageError
from policygraph.export import network_layout
from policygraph.export.drawing import Drawing, Word, folded, moved, together
from policygraph.export.labels import ROLES
from policygraph.export.level_columns import level_columns
from policygraph.export.ring import ring
from policygraph.export.two_sides import two_sides
from policygraph.messages import say

TITLED: Mapping[str, str] = {  # kinds of networks that have a title of their own -> its key
    "agency-action": "export.network-agency-action",
    "agency-action-agency": "export.network-agency-action-agency",
    "agency-action-action": "export.network-agency-action-action",
    "co-responsibility": "export.network-co-responsibility",
    "lead-support": "export.network-lead-support",
    "lead-implement": "export.network-lead-implement",
    "function": "export.network-function",
    "derivation": "export.network-derivation",
}
_PARTS = 9  # connected parts on one sheet; the largest are drawn
_NAMED = 8  # nodes without a tie whose names the caption has room for
_LONGEST = 26  # characters of a name
_SHAPES = {"agency": "o", "action": "s", "function": "o"}
_KINDS = {"agency": "export.kind-agency", "action": "export.kind-action", "function": "export.kind-function"}
_TITLE, _HEAD, _NOTE = 13.0, 10.0, 7.5  # points
_TOP, _BOTTOM, _SIDE = 0.55, 0.8, 0.25  # inches around what is drawn


class Kinded(Protocol):
    """A network and its kind."""

    @property
    def kind(self) -> str:
        """Return the kind."""

    @property
    def graph(self) -> nx.Graph[str]:
        """Return the graph."""


def laid_out(made: Kinded, language: str) -> Drawing:
    """Return how a network lies on paper, in inches.

    Documents stand in a column for each level; bodies and actions in two columns, and all others on a ring, both with
    a panel for each connected part, named by its places. Raises UsageError for a network without nodes.
    """
    graph = made.graph
    if not graph:
        raise UsageError("export.no-nodes")
    if _kinds(graph) == {"document"}:
        return level_columns(graph, _names(graph, ""), _levels(language))
    found = _parts(graph)
    parts = [part for part in found if len(part) > 1] or found[:1]  # nodes without a tie are named in the caption
    sheet = together([_panel(graph.subgraph(part), len(parts) > 1) for part in parts[:_PARTS]])
    return replace(sheet, left_out=sheet.left_out + sum(map(len, parts[_PARTS:])))


def draw(plot: Any, made: Kinded, title: str, language: str) -> Any:
    """Return a figure of a network. Raises UsageError for a network without nodes."""
    sheet = laid_out(made, language)
    width, height = max(sheet.width, 5.0) + 2 * _SIDE, sheet.height + _TOP + _BOTTOM
    figure = plot.figure(figsize=(width, height))
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, width)
    axes.set_ylim(0, height)
    axes.axis("off")
    _put(axes, moved(sheet, ((width - sheet.width) / 2, _BOTTOM)))
    named = title or _title(made.kind, language)
    axes.text(width / 2, height - _TOP / 2, named, ha="center", va="center", fontsize=_TITLE, fontweight="bold")
    _legend(axes, made.graph, language)
    across = int(width * 72 / _NOTE * (0.95 if language == "zh" else 1.6))
    note = folded(" ".join(_notes(made, sheet, language)), across, 4)
    axes.text(width / 2, 0.08, note, ha="center", va="bottom", fontsize=_NOTE, color="#444444", linespacing=1.3)
    return figure


def _title(kind: str, language: str) -> str:
    return say(TITLED[kind], language) if kind in TITLED else kind


def _kinds(graph: nx.Graph[str]) -> set[str]:
    return {str(data.get("kind", "")) for _, data in graph.nodes(data=True)}


def _parts(graph: nx.Graph[str]) -> list[list[str]]:
    found = nx.connected_components(graph.to_undirected(as_view=True))
    return sorted(map(sorted, found), key=lambda part: (-len(part), part))


def _panel(part: nx.Graph[str], named: bool) -> Drawing:
    """Return one connected part; where there are several, its head says where its bodies are."""
    place = _place(part)
    names = _names(part, place if named else "")
    is_mixed = len(_kinds(part)) > 1
    drawn = two_sides(part, names, "agency") if is_mixed else ring(part, names)
    if not (named and place):
        return drawn
    head = Word((drawn.width / 2, drawn.height + 0.1), place, _HEAD, 0, "center", True)
    return replace(drawn, height=drawn.height + 0.25, words=(*drawn.words, head))


def _place(part: nx.Graph[str]) -> str:
    """Return the place of most bodies of a part; "" where none has one."""
    held = Counter(str(data["region_label"]) for _, data in part.nodes(data=True) if data.get("region_label"))
    return min(held, key=lambda name: (-held[name], name)) if held else ""


def _names(graph: nx.Graph[str], place: str) -> dict[str, str]:
    """Return what stands beside each node; under the head of a place its name is not said again, its kind is.

    大连市教育局 under 大连市 is 市教育局.
    """
    found = {}
    for name, data in graph.nodes(data=True):
        label = str(data.get("label", name)).replace("\n", " ")
        short = label[len(place) - 1 :] if place and label.startswith(place) and len(label) > len(place) else label
        found[name] = short if len(short) <= _LONGEST or data.get("kind") == "document" else f"{short[: _LONGEST - 1]}…"
    return found


def _levels(language: str) -> Mapping[str, str]:
    found = tables.read_table(assets.path("data", "concepts", "levels.tsv"))
    held = {row["id"]: row[language] for row in sorted(found, key=lambda row: int(row["rank"]))}
    return {**held, "": say("export.level-unknown", language)}


# ---------------------------------------------------------------- on paper


def _put(axes: Any, sheet: Drawing) -> None:
    """Draw the shapes: ties below, then boxes and dots, then words."""
    patches, path = import_module("matplotlib.patches"), import_module("matplotlib.path").Path
    codes = {2: [path.MOVETO, path.LINETO], 3: [path.MOVETO, *[path.CURVE3] * 2], 4: [path.MOVETO, *[path.CURVE4] * 3]}
    for tie in sheet.ties:
        line = path(tie.points, codes[len(tie.points)])
        look = {"linewidth": tie.width, "color": tie.colour, "alpha": tie.dark, "zorder": 1, "fill": False}
        if tie.arrow:
            style = {"arrowstyle": "-|>,head_length=3,head_width=1.5", "shrinkA": 2, "shrinkB": 3}
            axes.add_patch(patches.FancyArrowPatch(path=line, **{**look, "fill": True}, **style))
        else:
            axes.add_patch(patches.PathPatch(line, **look))
    for box in sheet.boxes:
        look = {"facecolor": "white", "edgecolor": box.colour, "linewidth": 1.1, "zorder": 2}
        axes.add_patch(patches.Rectangle(box.place, box.width, box.height, **look))
    for dot in sheet.dots:
        shape = _SHAPES.get(dot.kind, "D")
        look = {"marker": shape, "markersize": dot.size * 72, "color": dot.colour, "markeredgecolor": "white"}
        axes.plot([dot.place[0]], [dot.place[1]], **look, markeredgewidth=0.5, linestyle="", zorder=3)
    for word in sheet.words:
        _write(axes, word)


def _write(axes: Any, word: Word) -> None:
    look = {"ha": word.side, "va": "center", "rotation": word.angle, "rotation_mode": "anchor", "zorder": 4}
    weight = "bold" if word.bold else "normal"
    axes.text(*word.place, word.text, fontsize=word.size, fontweight=weight, linespacing=1.25, **look)


def _legend(axes: Any, graph: nx.Graph[str], language: str) -> None:
    """Say which shape each kind has, where there are two, and which colour each role."""
    kinds = [kind for kind in _KINDS if kind in _kinds(graph)]
    for kind in kinds if len(kinds) > 1 else ():
        colour = network_layout.node_colour({"kind": kind})
        axes.plot([], [], _SHAPES[kind], color=colour, label=say(_KINDS[kind], language))
    held = {data.get("role") for _, _, data in graph.edges(data=True)}
    for role in (role for role in ROLES if role in held):
        axes.plot([], [], color=network_layout.ROLE_COLOURS[role], label=say(ROLES[role], language))
    marks = axes.get_legend_handles_labels()[0]
    if marks:
        axes.legend(loc="lower center", bbox_to_anchor=(0.5, 0), borderaxespad=3.2, ncols=len(marks), frameon=False)


def _notes(made: Kinded, sheet: Drawing, language: str) -> Iterator[str]:
    """Say what is drawn, what shapes mean, and what is left out."""
    graph = made.graph
    yield say("export.note-size", language, nodes=len(graph), edges=graph.number_of_edges())
    if _kinds(graph) == {"document"}:
        yield say("export.note-documents", language)
    elif len(_kinds(graph)) > 1:
        yield say("export.note-two-sides", language)
    else:
        yield say("export.note-arrows" if graph.is_directed() else "export.note-ring", language)
        if any("community" in data for _, data in graph.nodes(data=True)):
            yield say("export.note-communities", language)
    if alone := [str(graph.nodes[name].get("label", name)) for name in sorted(nx.isolates(graph))]:
        some = "export.note-alone" if len(alone) <= _NAMED else "export.note-many-alone"
        yield say(some, language, count=len(alone), names=alone[:_NAMED])
    if sheet.left_out:
        yield say("export.note-left-out", language, count=sheet.left_out)
