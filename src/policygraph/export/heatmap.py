"""Draw how documents compare as a heat map: a document a column; an indicator, action or function a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from policygraph.errors import UsageError
from policygraph.export.drawing import folded
from policygraph.messages import say
from policygraph.rows import Rows
from policygraph.terms import UNSURE

# Colours of verdicts: what keeps or raises in blues and greens, what lowers it in reds, what is absent grey.
VERDICTS: Mapping[str, tuple[str, str]] = {
    "equal": ("#9ecae1", "export.label-equal"),
    "tighter": ("#2171b5", "export.label-tighter"),
    "added": ("#74c476", "export.label-added"),
    "changed-form": ("#fed976", "export.label-changed-form"),
    "not-compared": ("#e0d4ea", "export.label-not-compared"),
    "looser": ("#d7301f", "export.label-looser"),
    "later": ("#fc8d59", "export.label-later"),
    "dropped": ("#7a0177", "export.label-dropped"),
    "merged": ("#c994c7", "export.label-merged"),
    "not-covered": ("#bdbdbd", "export.label-not-covered"),
    "no-data": ("#eeeeee", "export.label-no-data"),
}
ACTIONS: Mapping[str, tuple[str, str]] = {
    "kept": ("#9ecae1", "export.label-kept"),
    "renamed": ("#2171b5", "export.label-renamed"),
    "merged": ("#fed976", "export.label-merged"),
    "split": ("#fc8d59", "export.label-split"),
    "added": ("#74c476", "export.label-added"),
    "missing": ("#7a0177", "export.label-missing"),
    "no-actions": ("#bdbdbd", "export.label-no-actions"),
    "no-data": ("#eeeeee", "export.label-no-data"),
}
LEADS: Mapping[str, tuple[str, str]] = {
    "unchanged": ("#9ecae1", "export.label-no-difference-found"),
    "widened": ("#2171b5", "export.label-widened"),
    "narrowed": ("#fc8d59", "export.label-narrowed"),
    "overlapping": ("#fed976", "export.label-overlapping"),
    "changed": ("#d7301f", "export.label-changed"),
    "no-lead": ("#7a0177", "export.label-no-lead"),
    "no-data": ("#eeeeee", "export.label-no-data"),
}
_WORST = (
    *("looser", "dropped", "later", "changed-form", "not-compared", "tighter", "equal", "added", "not-covered"),
    *("missing", "split", "merged", "renamed", "kept", "no-actions"),
    *("changed", "no-lead", "narrowed", "overlapping", "widened", "unchanged", "no-data"),
)
_DARK = frozenset({"tighter", "looser", "dropped", "renamed", "missing", "changed", "widened", "no-lead"})
_LINES = 60  # what fits on a page
_ACROSS = 22  # characters of a name in one line
_LOW, _HIGH = 0.2, 0.26  # inches of a line whose names take one line, or two
_SPACING = 1.4  # lines of Chinese touch at less


@dataclass(frozen=True, slots=True)
class _Cell:
    """What one document says on one line: a verdict or a number, and what is written into the field."""

    colour: str
    text: str = ""
    dark: bool = False


_Map = dict[tuple[str, str], _Cell]  # line, document


def is_map(rows: Rows) -> bool:
    """Tell whether rows are about lines and documents: a verdict or a number of leads for each pair of them."""
    return {"document", "label"} <= set(rows.columns) and bool({"verdict", "leads"} & set(rows.columns))


def heat_map(plot: Any, rows: Rows, title: str, language: str = "zh") -> Any:
    """Return a figure of what documents do with indicators or actions, or of how often functions lead in each.

    A second line of the title says what is compared. Documents about which nothing can be said are left out, and
    counted below. Raises UsageError where none is left.
    """
    records = [dict(zip(rows.columns, row, strict=True)) for row in rows.rows]
    if "verdict" in rows.columns:
        legend = VERDICTS if "indicator" in rows.columns else LEADS if "leads" in rows.columns else ACTIONS
        cells, silent = _judged(records, legend)
        lines = _most_telling(cells, legend) if legend is VERDICTS else _in_order(line for line, _ in cells)
    else:
        legend = {}
        cells, silent = _counted(records), 0
        lines = _in_order(line for line, _ in cells)
    if not cells:
        raise UsageError("export.no-verdicts")
    documents = _in_order(document for _, document in cells)
    figure = _drawn(plot, (cells, documents, lines[:_LINES]))
    axes = figure.axes[0]
    seen = {cell.colour for cell in cells.values()}
    _legend(plot, axes, {name: look for name, look in legend.items() if look[0] in seen}, language)
    notes = "\n".join(_notes(cells, silent, len(lines) - _LINES, language))
    axes.set_xlabel(notes, fontsize=7, color="#444444", linespacing=_SPACING)
    shown = figure.get_tightbbox()  # the title stands in the middle of all that is drawn, the names of lines too
    middle = (shown.x0 + shown.x1) / 2 / figure.get_figwidth()
    above = shown.y1 / figure.get_figheight()
    head, _, below = title.partition("\n")
    if below:
        figure.text(middle, above + _inch(figure, 0.1), below, ha="center", va="bottom", fontsize=8, color="#444444")
    up = above + _inch(figure, 0.3 if below else 0.12)
    figure.suptitle(head, x=middle, y=up, va="bottom", fontsize=12, fontweight="bold")
    return figure


def _inch(figure: Any, inches: float) -> float:
    return inches / float(figure.get_figheight())


def _in_order(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))


def _judged(records: list[dict[str, Any]], legend: Mapping[str, tuple[str, str]]) -> tuple[_Map, int]:
    """Return the worst verdict of each pair, and how many documents have none: those are left out."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for record in records:
        unknown = record["verdict"] == "no-data" and record.get("year", 0) is None and not record.get("status")
        if record["verdict"] not in legend or unknown:
            continue
        name = str(record["label"] or record.get("indicator") or record.get("action"))
        found.setdefault((name, str(record["document"])), record)
        if _rank(record) < _rank(found[name, str(record["document"])]):
            found[name, str(record["document"])] = record
    telling = {document for (_, document), record in found.items() if record["verdict"] != "no-data"}
    silent = {document for _, document in found} - telling
    kept = {key: _cell(record, legend) for key, record in found.items() if key[1] in telling}
    return kept, len(silent)


def _rank(record: Mapping[str, Any]) -> int:
    return _WORST.index(record["verdict"])


def _cell(record: Mapping[str, Any], legend: Mapping[str, tuple[str, str]]) -> _Cell:
    step = f"{record['step']:+g}{_year(record)}" if record.get("step") else ""
    unsure = "?" if {record.get("status"), record.get("ancestor_status")} & UNSURE else ""
    written = step + (unsure if record["verdict"] != "no-data" else "")
    return _Cell(legend[record["verdict"]][0], written, record["verdict"] in _DARK)


def _year(record: Mapping[str, Any]) -> str:
    """Return the last two digits of the year of a goal: a line of the map has one cell for all its years."""
    return f"'{int(record['year']) % 100:02d}" if record.get("year") else ""


def _counted(records: list[dict[str, Any]]) -> _Map:
    """Return the number of leads of each pair, the more the darker; nothing where the function never leads."""
    numbers = {(str(r["label"]), str(r["document"])): r["leads"] for r in records if isinstance(r["leads"], int)}
    if not any(numbers.values()):
        return {}
    most = max(numbers.values())
    kept = {line for (line, _), number in numbers.items() if number}
    return {
        key: _Cell(_shade(number / most), str(number) if number else "", number / most > 0.5)
        for key, number in numbers.items()
        if key[0] in kept
    }


def _shade(part: float) -> str:
    """Return a blue, from nearly white to dark, by how much of the most there is."""
    light, dark = (0xEE, 0xF3, 0xF8), (0x08, 0x45, 0x94)
    mixed = (round(a + (b - a) * part**0.6) for a, b in zip(light, dark, strict=True))
    return "#" + "".join(f"{value:02x}" for value in mixed)


def _most_telling(cells: _Map, legend: Mapping[str, tuple[str, str]]) -> list[str]:
    """Return the indicators to show: those that were compared, in most documents first, as many as fit."""
    idle = {legend[name][0] for name in ("no-data", "not-covered", "not-compared", "added")}
    compared: dict[str, int] = {}
    for (name, _), cell in cells.items():
        compared[name] = compared.get(name, 0) + (cell.colour not in idle)
    shown = [name for name in compared if compared[name]] or list(compared)
    return sorted(shown, key=lambda name: (-compared[name], name))


def _drawn(plot: Any, table: tuple[_Map, list[str], list[str]]) -> Any:
    cells, documents, lines = table
    high = _HIGH if any("\n" in folded(name, _ACROSS) for name in lines) else _LOW
    figure, axes = plot.subplots(figsize=(2.6 + 0.62 * len(documents), 1.9 + high * len(lines)))
    for (name, document), cell in cells.items():
        if name in lines:
            _field(plot, axes, (documents.index(document), lines.index(name)), cell)
    _frame(axes, documents, lines)
    return figure


def _notes(cells: _Map, silent: int, more: int, language: str) -> Iterator[str]:
    if any("'" in cell.text for cell in cells.values()):
        yield say("export.note-steps", language)
    if any(cell.text.endswith("?") for cell in cells.values()):
        yield "? " + say("export.unsure-figures", language)
    if silent:
        yield say("export.silent-documents", language, count=silent)
    if more > 0:
        yield say("export.more-lines", language, count=more)


def _field(plot: Any, axes: Any, place: tuple[int, int], cell: _Cell) -> None:
    x, y = place
    axes.add_patch(plot.Rectangle((x, y), 1, 1, facecolor=cell.colour, edgecolor="white", linewidth=0.8))
    if cell.text:
        ink = "white" if cell.dark else "black"
        axes.text(x + 0.5, y + 0.5, cell.text, ha="center", va="center", fontsize=6, color=ink)


def _frame(axes: Any, documents: list[str], lines: list[str]) -> None:
    axes.set_xlim(0, len(documents))
    axes.set_ylim(len(lines), 0)
    axes.set_xticks(
        [place + 0.5 for place in range(len(documents))],
        [folded(name, 14) for name in documents],
        rotation=45,
        ha="right",
        fontsize=7,
    )
    axes.set_yticks(
        [place + 0.5 for place in range(len(lines))],
        [folded(name, _ACROSS) for name in lines],
        fontsize=6.5,
        ma="right",
        linespacing=_SPACING,
    )
    axes.tick_params(length=0)
    for side in axes.spines.values():
        side.set_visible(False)


def _legend(plot: Any, axes: Any, legend: Mapping[str, tuple[str, str]], language: str) -> None:
    if legend:
        marks = [plot.Rectangle((0, 0), 1, 1, facecolor=colour) for colour, _ in legend.values()]
        names = [say(key, language) for _, key in legend.values()]
        axes.legend(marks, names, loc="lower left", bbox_to_anchor=(0, 1), ncols=6, fontsize=7, frameon=False)
