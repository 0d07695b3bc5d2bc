"""Draw the page of a review: the bar, the case at hand, the list of cases."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from policygraph.desk import reviews
from policygraph.facts import words
from policygraph.messages import render
from policygraph.terms import LookKind

if TYPE_CHECKING:
    from policygraph.desk.rooms.review import Page

_SHOWN = 60  # characters of a passage in the list
_MOST = 80  # cases of the list at once
_DOUBTS = {
    LookKind.RULING: "desk.doubt-ruling",
    LookKind.GOAL: "desk.doubt-goal",
    LookKind.CLAUSE: "desk.doubt-clause",
    LookKind.TABLE: "desk.doubt-table",
    LookKind.ROSTER: "desk.doubt-roster",
    LookKind.HEADING: "desk.doubt-heading",
    LookKind.NUMBER: "desk.doubt-number",
    LookKind.ROW: "desk.doubt-row",
}


def bar(page: Page, grid: bool = False) -> None:
    """Draw what stands above: the document, who works, how far the work is, what can be done at any time."""
    from nicegui import ui

    found = page.session.review.facts
    ui.label(found.value("title") or found.doc).classes("text-weight-bold").props("role=heading aria-level=1")
    page.name = ui.input(page.said("desk.who"), on_change=lambda event: page.named(event.value or "")).props(
        "dense outlined"
    )
    page.bar = ui.label().props("role=status")
    if not grid:
        page.all = ui.checkbox(page.said("desk.show-all"), on_change=lambda: queue(page))
        button(page, "desk.act-add", "n", page.add)
    button(page, "desk.act-undo", "u", page.undo)
    ui.button(page.said("desk.act-graph"), on_click=page.make_graph).props("dense outline no-caps")
    name = found.doc
    other = (f"/review/{name}", "desk.act-text") if grid else (f"/review/{name}/grid", "desk.act-grid")
    ui.link(page.said(other[1]), page.visit.url(other[0]))
    ui.link(page.said("desk.act-list"), page.visit.url("/review"))


def button(page: Page, key: str, letter: str, act: Any) -> None:
    """Draw a button that says its key; the focus does not stay on it, so that keys go on working."""
    from nicegui import ui

    ui.button(f"{page.said(key)} ({letter})", on_click=act).props("dense outline no-caps").on(
        "click", js_handler="(e)=>e.currentTarget.blur()"
    )


def progress(page: Page) -> None:
    """Say how far the work is, and who else holds the document."""
    done, total = page.session.progress()
    text = page.said("desk.progress", done=done, total=total)
    if page.held:
        text += " · " + page.said("desk.held", who=page.held.who, since=page.held.since[11:16])
    page.bar.set_text(text)


def case(page: Page) -> None:
    """Draw the case at hand: its passage, why it is looked at, its rows, what can be done with it."""
    from nicegui import ui

    page.case.clear()
    here = page.session.cases.get(page.session.now)
    with page.case:
        if here is None:
            ui.label(page.said("desk.nothing-open"))
            return
        head = [here.section, page.said(_DOUBTS[here.doubt]) if here.doubt else page.said("desk.no-doubt")]
        ui.label(" · ".join(filter(None, head))).classes("soft")
        if here.start is not None and here.end is not None and page.session.text:
            with ui.element("blockquote"):
                ui.label(page.session.text[here.start : here.end])
        for number, (table, _, row) in enumerate(page.session.rows()):
            _row(page, number, table, row)
        with ui.row().classes("q-gutter-sm q-pt-sm"):
            button(page, "desk.act-accept", "a", partial(page.rule, "accept"))
            button(page, "desk.act-edit", "e", page.edit)
            button(page, "desk.act-remove", "x", partial(page.rule, "remove"))
            button(page, "desk.act-dispute", "d", page.dispute)
            button(page, "desk.act-back", "k", partial(page.step, -1))
            button(page, "desk.act-next", "j", partial(page.step, 1))


def _row(page: Page, number: int, table: str, row: Any) -> None:
    from nicegui import ui

    language = page.visit.language
    chosen = " chosen" if page.session.row == number else ""
    done = " done" if row.evidence.status in ("reviewed", "disputed") else ""
    with ui.element("div").classes(f"row-shown{chosen}{done}"):
        ui.button(str(number + 1), on_click=partial(page.choose, number)).props("dense flat").props(
            f'aria-label="{page.said("desk.act-choose", number=number + 1)}"'
        )
        ui.label(words.sheet(table) if language == "zh" else table).classes("soft")
        with ui.element("div").classes("cells"):
            for column, heading, text in reviews.cells_of(table, row, language):
                if text and column not in ("quote", "section", "action"):
                    ui.label(f"{heading}：{text}").style("display:inline-block;margin-right:.8rem")
            note = render(row.evidence.note, language)
            if note:
                ui.label(note).classes("soft")
        ui.label(f"{row.evidence.confidence}").classes("soft")


def queue(page: Page) -> None:
    """Draw the list of what is open, or of all."""
    from nicegui import ui

    page.queue.clear()
    found, session = page.session.cases, page.session
    names = [name for name in session.order if name in found and (page.all.value or found[name].open)]
    at = names.index(session.now) if session.now in names else 0
    begin = max(0, min(at - 10, len(names) - _MOST))
    with page.queue:
        ui.label(page.said("desk.queue-counts", count=len(names))).classes("soft")
        for name in names[begin : begin + _MOST]:
            each = found[name]
            now = " now" if name == session.now else ""
            with ui.element("button").classes(f"{reviews.look_of(each)}{now}").on("click", partial(page.go, name)):
                ui.label(_said(page, each)).style("overflow:hidden;text-overflow:ellipsis")


def _said(page: Page, each: Any) -> str:
    table, at = each.rows[0]
    row = getattr(page.session.review.facts, table)[at]
    if table == "metadata":
        text = f"{reviews.worded(table, 'field', row.field, row, page.visit.language)} {row.value}"
        return text[:_SHOWN]
    text = next((getattr(row, name) for name in ("quote", "heading", "surface", "value") if getattr(row, name, "")), "")
    named = words.sheet(table) if page.visit.language == "zh" else table
    return f"{each.section} {named}：{text[:_SHOWN]}"
