"""Review a document in its tables: grids with drop-downs; a double click or Enter opens a form to search concepts."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from policygraph import facts
from policygraph.desk import reviews
from policygraph.desk.interactive import Interactive
from policygraph.desk.rooms import grid_words, review, review_form, review_shown
from policygraph.desk.visit import Visit
from policygraph.facts import words
from policygraph.facts.acts import Act

_EDITABLE_NOT = frozenset({"doc", "start", "end", "confidence", "rule", "match"})
_FIRST = "targets"
_LEAST = 96  # pixels of a column: its heading beside the sign of its filter
_EVERY_COLUMN = {"resizable": True, "sortable": True, "filter": True, "filterParams": {"debounceMs": 60}}
_ON_ENTER = "(p)=>{if(p.event.key==='Enter') emitEvent('searched',{rowId:p.node.id,colId:p.column.colId})}"
# Tab leaves the table, in which arrows lead from cell to cell; it would stop at each of thousands.
_ON_TAB = "(p)=>p.editing ? p.nextCellPosition : false"


async def build(visit: Visit) -> None:
    """Make the page of the tables of one document."""
    await review.opened(visit, Grid)


class Grid(review.Page):
    """The tables of a document as grids, one at a time."""

    table = _FIRST
    grid: Any = None
    chosen: Any = None
    sent: Sequence[tuple[Any, dict[str, Any]]] = ()  # the rows that the browser shows: each with what it was told

    def make(self) -> None:
        """Make the elements."""
        from nicegui import ui

        with ui.element("div").classes("review-bar"):
            review_shown.bar(self, grid=True)
        with ui.element("main").classes("grid-page"):
            with ui.row().classes("items-center"):
                self.chosen = ui.select(
                    {each: review_form.sheet(self, each) for each in facts.ROWS},
                    value=self.table,
                    label=self.said("desk.which-table"),
                    on_change=lambda event: self.turn(event.value),
                ).props("dense outlined")
                ui.button(self.said("desk.accept-chosen"), on_click=partial(self.rule, "accept")).props(
                    "outline no-caps"
                )
                ui.button(self.said("desk.remove-chosen"), on_click=partial(self.rule, "remove")).props(
                    "outline no-caps"
                )
                ui.label(self.said("desk.grid-how")).classes("soft")
            self.holder = ui.element("div").style("width:100%")
        ui.on("searched", self.searched)
        self.watch()
        self.turn(self.table)

    def turn(self, table: str) -> None:
        """Show another table."""
        from nicegui import ui

        self.table, self.sent = table, []
        self.holder.clear()
        with self.holder:
            options = {
                "columnDefs": self._columns(),
                "rowSelection": {"mode": "multiRow"},
                "defaultColDef": _EVERY_COLUMN,
                "stopEditingWhenCellsLoseFocus": True,
                ":getRowId": "(p)=>String(p.data.at)",
                ":onCellKeyDown": _ON_ENTER,
                ":tabToNextCell": _ON_TAB,
                ":tabToNextHeader": "()=>false",
                "localeText": grid_words.words(self.visit),
            }
            self.grid = ui.aggrid(options).style("height: calc(100vh - 14rem)")
            self.grid.on("gridReady", self.fill, args=[])
            self.grid.on("cellValueChanged", self.changed, args=["rowId", "colId", "newValue", "oldValue"])
            self.grid.on("cellDoubleClicked", self.searched, args=["rowId", "colId"])

    def fill(self) -> None:
        """Give the grid its rows: what is in its options is watched by the page, cell by cell."""
        self.sent = []
        self.grid.run_grid_method("setGridOption", "rowData", self._rows())

    def show(self) -> None:
        """Show how far the work is."""
        review_shown.progress(self)

    def look(self) -> None:
        """There is no text on this page."""

    def write(self, anew: bool = False) -> None:
        """Show the rows as they are now; where none came or went, those alone that changed are sent."""
        before = [shown for _, shown in self.sent]
        rows = self._rows()
        if len(rows) == len(before):
            changed = [row for row, was in zip(rows, before, strict=True) if row != was]
            self.grid.run_grid_method("applyTransaction", {"update": changed})
        else:
            self.grid.run_grid_method("setGridOption", "rowData", rows)
        self.show()

    async def rule(self, kind: str) -> None:
        """Accept or take out the rows that were chosen."""
        rows = await self.grid.get_selected_rows()
        async with self.turns:
            await self.done(
                [Act(kind, self.table, int(each["at"])) for each in sorted(rows, key=lambda row: -row["at"])]
            )

    async def changed(self, event: Any) -> None:
        """Write a cell that was corrected; what cannot be stands again as it was."""
        found = event.args
        if found["newValue"] != found["oldValue"]:
            cells = {str(found["colId"]): str(found["newValue"] if found["newValue"] is not None else "")}
            async with self.turns:
                await self.done([Act("correct", self.table, int(found["rowId"]), cells)])

    def searched(self, event: Any) -> None:
        """Open the form of a row at a cell that holds a concept."""
        found, at = str(event.args["colId"]), int(event.args["rowId"])
        row = getattr(self.session.review.facts, self.table)[at]
        known = reviews.concepts_of(self.session.study, self.table, found, self.session.review.facts)
        if known is not None and self.may():
            review_form.edit(self, self.table, at, row)

    def _rows(self) -> list[dict[str, Any]]:
        """Return the cells of all rows; those of rows that are the same objects as before were made then."""
        rows, made = getattr(self.session.review.facts, self.table), {id(row): shown for row, shown in self.sent}
        self.sent = [(row, {**(made.get(id(row)) or self._cells(row)), "at": at}) for at, row in enumerate(rows)]
        return [shown for _, shown in self.sent]

    def _cells(self, row: Any) -> dict[str, Any]:
        """Return the cells of a row that say something: of thousands of rows every name counts."""
        language = self.visit.language
        cells = {name: cell for name, cell in facts.as_cells(row).items() if name != "doc" and cell not in (None, "")}
        return {name: reviews.worded(self.table, name, cell, row, language) for name, cell in cells.items()}

    def _columns(self) -> list[dict[str, Any]]:
        return [self._column(name) for name in facts.columns(self.table) if name != "doc"]

    def _column(self, name: str) -> dict[str, Any]:
        language = self.visit.language
        known = reviews.concepts_of(self.session.study, self.table, name, self.session.review.facts)
        listed = reviews.choices(self.table, name, language)
        found: dict[str, Any] = {
            "field": name,
            "headerName": reviews.heading(self.table, name, language),
            "width": _LEAST + 8 * min(words.column(self.table, name).width, 30),
            "minWidth": _LEAST,
            "editable": name not in _EDITABLE_NOT and known is None,
            "hide": words.column(self.table, name).shown == "hidden" and name not in ("status",) and known is None,
        }
        if listed:
            found |= {"cellEditor": "agSelectCellEditor", "cellEditorParams": {"values": list(listed.values())}}
        return found


PAGES = (Interactive("/review/{doc}/grid", build, title="desk.title-review", tab="desk.tab-review"),)
