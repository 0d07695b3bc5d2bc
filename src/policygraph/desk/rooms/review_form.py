"""Correct a row, add one that was missed, and add the concept that it needs: forms over the page of a review."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from policygraph import facts
from policygraph.desk import passages, reviews
from policygraph.errors import PolicyGraphError
from policygraph.facts import words
from policygraph.facts.acts import Act
from policygraph.study import AGENCY, INDICATOR, add_concept

if TYPE_CHECKING:
    from policygraph.desk.rooms.review import Page

_KINDS = {"indicator_id": INDICATOR, "agency_id": AGENCY}
_LEFT_OUT = frozenset({"doc", "start", "end", "status", "confidence", "rule", "match", "seen_in"})
_NEW = {INDICATOR: "desk.new-indicator", AGENCY: "desk.new-agency"}
_DIRECTIONS = {"up": "desk.direction-up", "down": "desk.direction-down", "none": "desk.direction-none"}


def edit(page: Page, table: str, at: int, row: Any) -> None:
    """Show the cells of a row to be corrected."""
    cells = {name: "" if cell is None else str(cell) for name, cell in facts.as_cells(row).items()}

    async def save(given: Mapping[str, str]) -> bool:
        changed = {name: cell for name, cell in given.items() if cell != cells[name]}
        async with page.turns:
            return await page.done([Act("correct", table, at, changed) if changed else Act("accept", table, at)])

    _form(page, page.said("desk.title-edit", table=sheet(page, table)), table, cells, save)


def ask_words(page: Page) -> None:
    """Ask for the words that were missed, where no mouse marked them; look for them from the case at hand on."""
    from nicegui import ui

    def given() -> None:
        found = reviews.place_of(page.session, words.value or "")
        if found is None:
            ui.notify(page.said("desk.words-not-there", words=words.value or ""), type="warning")
            return
        dialog.close()
        add(page, *found)

    with ui.dialog() as dialog, ui.card().style("min-width:34rem"):
        words = ui.input(page.said("desk.words-missed")).props("dense outlined autofocus").style("width:100%")
        words.on("keydown.enter", given)
        ui.button(page.said("desk.act-next"), on_click=given).props("no-caps color=primary")
    _opened(page, dialog)


def add(page: Page, start: int, end: int) -> None:
    """Ask into which table what was marked goes, and show its cells to be filled in."""
    from nicegui import ui

    def chosen(table: str) -> None:
        dialog.close()
        add_to(page, table, start, end)

    with ui.dialog() as dialog, ui.card():
        ui.label(page.said("desk.add-to")).props("role=heading aria-level=2")
        ui.label(page.session.text[start:end][:200]).classes("soft")
        with ui.row():
            for table in reviews.tables_to_add():
                ui.button(sheet(page, table), on_click=partial(chosen, table)).props("outline no-caps")
    _opened(page, dialog)


def add_to(page: Page, table: str, start: int, end: int) -> None:
    """Show the cells of a row that is added to a table, as far as its words tell them, to be filled in."""
    session = page.session
    cells = reviews.added(session, table, start, end)
    number: list[Act] = []
    if table == "targets":
        cells |= passages.told(session.review.facts, session.study.lexicon, session.text, start, end)
        number = passages.answered(session.review.facts, start, end)

    async def save(given: Mapping[str, str]) -> bool:
        async with page.turns:
            return await page.done([*number, Act("add", table, cells={**cells, **given})])

    _form(page, page.said("desk.title-add", table=sheet(page, table)), table, cells, save)


Save = Callable[[Mapping[str, str]], Awaitable[bool]]


def _form(page: Page, title: str, table: str, cells: Mapping[str, str], save: Save) -> None:
    """Show a form with a field for each cell that a person needs; Enter saves, Escape leaves."""
    from nicegui import ui

    fields: dict[str, Any] = {}
    with (
        ui.dialog().props("position=right").classes("beside-text") as dialog,
        ui.card().style("min-width:34rem;max-width:60rem"),
    ):
        ui.label(title).props("role=heading aria-level=2")
        with ui.element("div").style("display:grid;grid-template-columns:1fr 1fr;gap:.3rem 1rem;width:100%"):
            for column in _columns(table):
                fields[column] = _field(page, table, column, cells.get(column, ""))

        async def saved() -> None:
            given = {name: str(each.value if each.value is not None else "") for name, each in fields.items()}
            dialog.close()
            if not await save(given):
                dialog.open()
                page.dialog = dialog

        with ui.row():
            ui.button(page.said("desk.act-save"), on_click=saved).props("no-caps color=primary")
            ui.button(page.said("desk.act-cancel"), on_click=dialog.close).props("flat no-caps")
            for column in fields:
                if column in _KINDS:
                    begin = partial(_new_concept, page, column, fields)
                    ui.button(page.said(_NEW[_KINDS[column]]), on_click=begin).props("flat no-caps")
        dialog.on("keydown.enter", saved)
    _opened(page, dialog)


def _columns(table: str) -> list[str]:
    shown = (name for name in facts.columns(table) if name not in _LEFT_OUT)
    return [
        name
        for name in shown
        if words.column(table, name).shown != "hidden" or name.endswith("_id") or name == "action_type"
    ]


def _field(page: Page, table: str, column: str, cell: str) -> Any:
    """Draw the field of a cell: a list where it is one of few words or a concept, which is searched by typing."""
    from nicegui import ui

    label = reviews.heading(table, column, page.visit.language)
    known = reviews.concepts_of(page.session.study, table, column, page.session.review.facts)
    if known is not None:
        options = {"": "", **known, **({cell: cell} if cell and cell not in known else {})}
        return ui.select(options, value=cell, label=label, with_input=True).props("dense outlined")
    if listed := reviews.choices(table, column, page.visit.language):
        return ui.select({**listed, **({} if cell in listed else {cell: cell})}, value=cell, label=label).props(
            "dense outlined"
        )
    return ui.input(label, value=cell).props("dense outlined" + (" autogrow" if column == "quote" else ""))


def _new_concept(page: Page, column: str, fields: Mapping[str, Any]) -> None:
    """Ask what a new indicator or body is, and add it to the concepts of the study."""
    from nicegui import ui

    kind = _KINDS[column]
    named = fields.get(kind)
    with ui.dialog() as dialog, ui.card():
        ui.label(page.said(_NEW[kind])).props("role=heading aria-level=2")
        name = ui.input(page.said("desk.concept-name"), value=named.value if named else "").props("dense outlined")
        one, two = _about(page, kind, fields)

        def made() -> None:
            cells = {"zh": name.value or ""}
            cells |= (
                {"unit": one.value or "", "direction": two.value}
                if two
                else {"functions": one.value or "", "kind": "government"}
            )
            try:
                identifier = add_concept(page.session.study, kind, cells)
            except PolicyGraphError as error:
                ui.notify(error.said(page.visit.language), type="warning", timeout=8_000)
                return
            page.session.study = page.session.study.again()
            place = page.session.review.facts.resolved("region")
            value = identifier if kind == INDICATOR else f"{place}/{identifier}"
            fields[column].set_options({**fields[column].options, value: cells["zh"]}, value=value)
            dialog.close()

        ui.button(page.said("desk.act-save"), on_click=made).props("no-caps color=primary")
    dialog.open()


def _about(page: Page, kind: str, fields: Mapping[str, Any]) -> tuple[Any, Any]:
    """Draw what is asked of an indicator (unit, direction) or of a body (its function)."""
    from nicegui import ui

    one: Any
    two: Any
    if kind == INDICATOR:
        unit = fields["unit"].value if "unit" in fields else ""
        one = ui.input(page.said("desk.concept-unit"), value=unit).props("dense outlined")
        ways = {each: page.said(key) for each, key in _DIRECTIONS.items()}
        two = ui.select(ways, value="up", label=page.said("desk.concept-direction")).props("dense outlined")
    else:
        known = {each.id: each.zh for each in page.session.study.concepts.functions.values()}
        one = ui.select(known, label=page.said("desk.concept-function"), with_input=True).props("dense outlined")
        two = None
    return one, two


def _opened(page: Page, dialog: Any) -> None:
    """Open a dialog; keys belong to it until it is closed."""
    page.dialog = dialog

    def closed(event: Any) -> None:
        if not event.value and page.dialog is dialog:
            page.dialog = None

    dialog.on_value_change(closed)
    dialog.open()


def sheet(page: Page, table: str) -> str:
    """Return what a table is called."""
    return words.sheet(table) if page.visit.language == "zh" else table
