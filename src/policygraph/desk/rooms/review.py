"""Review a document beside its text: accept, correct, take out, add, undo, by keys and by buttons."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from json import dumps
from typing import Any

from policygraph import pipeline
from policygraph.desk import asking, passages, reviews
from policygraph.desk.asking import ToldError
from policygraph.desk.interactive import Interactive
from policygraph.desk.reviews import Session
from policygraph.desk.rooms import review_case, review_form, review_shown
from policygraph.desk.visit import Visit
from policygraph.errors import PolicyGraphError
from policygraph.facts.acts import Act
from policygraph.pipeline import Hold, Said
from policygraph.study import open_study
from policygraph.terms import NumberClass

_LEFT = "left"  # the session that was left last, among what the desk keeps
_READS_WITHIN = 120.0  # seconds for the text of a source
_CONNECTS_WITHIN = 60.0
_ANSWERS_WITHIN = 30.0  # seconds for a script in the browser: a busy machine takes more than the one that NiceGUI waits
_BUILDS_WITHIN = 900.0
_TO_CASE = (
    '(e)=>{const m=e.target.closest("mark");'
    ' if(m && window.getSelection().isCollapsed) emit(m.dataset.c.split(" ")[0])}'
)
# The focus does not stay on what was pressed, so that keys go on working.
_TO_LISTED = '(e)=>{const b=e.target.closest("button"); if(b) {b.blur(); emit(b.dataset.c)}}'
_TO_OTHER = '(e)=>{const d=e.target.closest("[data-c]"); if(d && window.getSelection().isCollapsed) emit(d.dataset.c)}'
_TO_ROW = '(e)=>{const b=e.target.closest("button"); if(b) {b.blur(); emit(b.dataset.row)}}'
_RENEWS = 60.0  # seconds between two signs of who holds the document
_RESTS = 20.0  # seconds without a ruling after which the graph is made anew


async def build(visit: Visit) -> None:
    """Make the page of one document."""
    await opened(visit, Page)


async def opened(visit: Visit, kind: type[Page]) -> None:
    """Open a document, and make a page of some kind for it; what cannot be opened is told."""
    from nicegui import run, ui

    ui.add_head_html('<link rel="stylesheet" href="/static/review.css"><script src="/static/review.js"></script>')
    folder = reviews.folders(visit.desk.study).get(visit.part("doc"))
    if folder is None:
        ui.label(visit.said("desk.no-such-review", name=visit.part("doc"))).classes("told")
        return
    opening = ui.label(visit.said("desk.opening")).classes("note").props("role=status")
    await ui.context.client.connected(_CONNECTS_WITHIN)  # the answer goes out here; what takes long comes behind it
    try:
        session: Session | None = await run.io_bound(_opened, visit, folder.name)
    except (PolicyGraphError, ToldError) as error:
        opening.set_text(error.said(visit.language))
        return
    if session is None:  # the desk ends
        return
    page = kind(visit, session)
    await page.greet()  # before there is a field for the name: what a person types there is not written over
    opening.delete()
    page.make()
    await page.renew()
    page.look()


def _opened(visit: Visit, name: str) -> Session:
    """Open a document with its text; the study is read anew, so that concepts added a moment ago are known."""
    assert visit.desk.study.folder
    study = open_study(visit.desk.study.folder)
    folder, left = reviews.folders(study)[name], visit.desk.kept.get(_LEFT)
    kept = left if isinstance(left, Session) and left.review.folder == folder and pipeline.stands(left.review) else None
    review = kept.review if kept else pipeline.review(folder, study)
    path = pipeline.source_of(review.facts, study)
    text: object = ""
    if path and pipeline.is_as_read(path, review.facts):
        text = (kept and kept.text) or asking.work(visit.desk, partial(pipeline.read_text, path), _READS_WITHIN)
    return Session(study, review, str(text))


class Page:
    """What a person sees and does on the page; all of it lives in a session."""

    def __init__(self, visit: Visit, session: Session) -> None:
        from nicegui import ui

        self.visit, self.session = visit, session
        self.client = ui.context.client
        self.held: Hold | None = None  # of another
        self.rests = 0.0
        self.turns = asyncio.Lock()  # keys come faster than tables are written: one act after the other
        self.dialog: Any = None
        self.bar: Any = None  # elements, made in review_shown
        self.all: Any = None
        self.acts: Any = None
        self.rest: Any = None
        self.others: Any = None
        self.looks: dict[str, str] = {}  # of the passages as the text in the browser shows them
        self.keys: dict[str, Callable[[], Any]] = {
            "j": partial(self.step, 1),
            "k": partial(self.step, -1),
            "a": partial(self.rule, "accept"),
            "x": partial(self.rule, "remove"),
            "d": self.dispute,
            "e": self.edit,
            "n": self.add,
            "s": self.accept_section,
            "u": self.undo,
        }

    # ---------------------------------------------------------------- making

    def make(self) -> None:
        """Make the elements."""
        from nicegui import ui

        with ui.element("div").classes("review-bar"):
            review_shown.bar(self)
        with ui.element("main").classes("review"):
            with (
                ui.element("section")
                .classes("review-text")
                .props(f'tabindex=0 aria-label="{self.said("desk.text-of-source")}"')
            ):
                self.text = ui.html("", sanitize=False, tag="div").classes("running")
                self.mark()
                self.text.on(
                    "click",
                    lambda event: self.go(str(event.args)),
                    js_handler=_TO_CASE,
                )
                if not self.session.text:
                    ui.label(self.said("desk.no-source-text")).classes("note")
            with ui.column().classes("review-side"):
                with ui.element("section").classes("case").props(f'aria-label="{self.said("desk.case-at-hand")}"'):
                    self.case = ui.html("", sanitize=False)
                    self.case.on("click", lambda event: self.choose(int(event.args)), js_handler=_TO_ROW)
                    review_case.acts(self)
                self.others = ui.html("", sanitize=False).classes("others")
                self.others.on("click", lambda event: self.go(str(event.args)), js_handler=_TO_OTHER)
                self.queue = ui.html("", sanitize=False, tag="nav").classes("queue")
                self.queue.props(f'aria-label="{self.said("desk.queue")}"')
                self.queue.on("click", lambda event: self.go(str(event.args)), js_handler=_TO_LISTED)
        ui.keyboard(on_key=self.pressed)
        self.watch()
        self.show()

    def watch(self) -> None:
        """Go on telling others who is here, and make the graph anew when nobody rules."""
        from nicegui import ui

        ui.timer(_RENEWS, self.renew)
        ui.timer(_RESTS / 2, self.rested)
        self.client.on_disconnect(self.leave)

    async def greet(self) -> None:
        """Ask the browser who works here, and which day it is."""
        who = await self.browser("deskReview.who()")
        day = await self.browser("deskReview.day()")
        self.session.said = Said(str(who), str(day))

    async def browser(self, code: str) -> Any:
        """Return what the browser answers to a script."""
        return await self.client.run_javascript(code, timeout=_ANSWERS_WITHIN)

    def said(self, key: str, /, **values: object) -> str:
        """Return a sentence in the language of the page."""
        return self.visit.said(key, **values)

    def show(self) -> None:
        """Show the case at hand, the list and how far the work is."""
        review_case.case(self)
        review_shown.queue(self)
        review_shown.progress(self)

    def look(self) -> None:
        """Have the text show which case is at hand."""
        self.client.run_javascript(f"deskReview.show({dumps(self.session.now)})")

    def mark(self) -> None:
        """Draw the text with its passages."""
        self.text.set_content(reviews.running(self.session))
        self.looks = {name: reviews.look_of(case) for name, case in self.session.cases.items()}

    def write(self, anew: bool = False) -> None:
        """Show everything as it is now, in the text too; ``anew`` where passages may have come back.

        A page of some hundred passages is told only which of them look otherwise.
        """
        now = {name: reviews.look_of(case) for name, case in self.session.cases.items()}
        if anew or not self.looks.keys() >= now.keys():
            self.mark()
        changed = {name: now.get(name, "gone") for name, look in self.looks.items() if now.get(name, "gone") != look}
        self.looks |= changed
        self.client.run_javascript(f"deskReview.look({dumps(changed)})")
        self.show()
        self.look()

    # ---------------------------------------------------------------- doing

    def pressed(self, event: Any) -> Any:
        """Do what a key says; digits choose one row of the case."""
        if not event.action.keydown or event.modifiers.ctrl or event.modifiers.alt or event.modifiers.meta:
            return None
        if self.dialog is not None:
            return None
        key = (
            str(event.key.code).removeprefix("Key").lower() if str(event.key.code).startswith("Key") else str(event.key)
        )
        if key.isdigit():
            return self.choose(int(key) - 1)
        act = self.keys.get(key)
        return act() if act else None

    def step(self, by: int) -> None:
        """Go to another case."""
        self.session.step(by, every=self.all.value)
        self.show()
        self.look()

    def go(self, name: str) -> None:
        """Go to the case of a passage."""
        self.session.now, self.session.row = name, None
        self.show()
        self.look()

    def choose(self, row: int) -> None:
        """Choose one row of the case, or all again."""
        rows = self.session.rows()
        self.session.row = row if row in range(len(rows)) and row != self.session.row else None
        review_case.case(self)

    async def rule(self, kind: str) -> None:
        """Accept or take out the case, or the row of it that was chosen; go on to the next.

        To accept an unread number says that it is no fact of these tables.
        """
        async with self.turns:
            found = self.session.chosen()
            told = {"class": str(NumberClass.OTHER)} if kind == "accept" and passages.is_unread(found) else {}
            await self.done([Act("correct" if told else kind, table, at, told) for table, at, _ in found])

    async def accept_section(self) -> None:
        """Accept with the case at hand what is shown beside it: the rest of its section that is not in doubt."""
        async with self.turns:
            names = [self.session.now, *beside] if (beside := self.session.beside()) else []
            await self.done([Act("accept", table, at) for name in names for table, at, _ in self.session.rows_of(name)])

    async def dispute(self) -> None:
        """Say that sources disagree, or that the source is ambiguous."""
        async with self.turns:
            disputed = {"status": "disputed"}
            await self.done([Act("correct", table, at, disputed) for table, at, _ in self.session.chosen()])

    async def done(self, acts: list[Act]) -> bool:
        """Write some acts; tell what cannot be."""
        from nicegui import run

        if not acts or not self.may():
            return False
        ok = await self.tried(partial(run.io_bound, self.session.rule, acts))
        if ok and not self.session.cases.get(self.session.now, _DONE).open:
            self.session.step(1 if self.session.now in self.session.cases else 0)
        self.write()
        return ok

    async def undo(self) -> None:
        """Take the last act back, and go to where it was."""
        from nicegui import run

        async with self.turns:
            if self.may():
                await self.tried(partial(run.io_bound, self.session.undo))
                self.write(anew=True)

    async def tried(self, work: Callable[[], Any]) -> bool:
        """Do something that may be refused, and say why where it is."""
        from nicegui import ui

        self.rests = 0.0
        try:
            await work()
        except (PolicyGraphError, ToldError) as error:
            ui.notify(error.said(self.visit.language), type="warning", timeout=8_000, close_button="×")
            return False
        return True

    def may(self) -> bool:
        """Tell whether this person may write; say why not."""
        from nicegui import ui

        if self.held:
            ui.notify(self.said("desk.held", who=self.held.who, since=self.held.since[11:16]), type="warning")
        elif not self.session.said.who:
            ui.notify(self.said("desk.who-first"), type="warning")
        return not self.held and bool(self.session.said.who)

    def edit(self) -> None:
        """Correct the first row that was chosen."""
        found = self.session.chosen()
        if found and self.may():
            table, at, row = found[0] if self.session.row is not None else _worth_editing(found)
            review_form.edit(self, table, at, row)

    async def add(self) -> None:
        """Add what was missed where a person marked it in the text, or says its words."""
        if not self.may():
            return
        found = await self.browser("deskReview.marked()")
        if found:
            review_form.add(self, int(found[0]), int(found[1]))
        elif number := passages.number_at_hand(self.session):
            review_form.add_to(self, "targets", *number)
        else:
            review_form.ask_words(self)

    # ---------------------------------------------------------------- others, the graph

    async def renew(self) -> None:
        """Say that this person still holds the document, or who else does; who gives no name holds nothing."""
        from nicegui import run

        time, who = str(await self.browser("deskReview.time()")), self.session.said.who
        place = (self.session.review.folder, self.session.study)
        mine = Hold(who or "", self.client.id, time, time)
        asked = partial(pipeline.hold, *place, mine) if who else partial(pipeline.holder, *place, time)
        got = await run.io_bound(asked)
        self.held = None if got is None or got.page == mine.page else got
        review_shown.progress(self)

    def leave(self) -> None:
        """Let the document go; who opens it next, as tables or beside its text, finds it read."""
        self.visit.desk.kept[_LEFT] = self.session
        pipeline.let_go(self.session.review.folder, self.session.study, self.client.id)

    async def rested(self) -> None:
        """Make the graph anew once nobody has ruled for a while: of what changed, only that."""
        self.rests += _RESTS / 2
        if self.session.acts and self.rests >= _RESTS:
            await self.make_graph()

    async def make_graph(self) -> None:
        """Make the graph anew."""
        from nicegui import run, ui

        acts, self.session.acts = self.session.acts, 0
        work = partial(pipeline.rebuilt, self.session.study, self.visit.desk.store)
        made = await run.io_bound(_made, partial(asking.work, self.visit.desk, work, _BUILDS_WITHIN))
        with self.client:
            if isinstance(made, ToldError):
                self.session.acts += acts
                ui.notify(made.said(self.visit.language), type="warning")
            elif isinstance(made, tuple) and made:
                ui.notify(self.said("desk.graph-made", count=len(made)), type="positive")

    async def named(self, name: str) -> None:
        """Take the name of the person, and remember it in the browser."""
        self.session.said = Said(name.strip(), self.session.said.when)
        await self.browser(f"deskReview.who({dumps(name.strip())})")
        await self.renew()


class _Done:
    open = False


_DONE: Any = _Done()


def _made(work: Callable[[], object]) -> object:
    try:
        return work()
    except ToldError as error:
        return error


def _worth_editing(found: list[tuple[str, int, Any]]) -> tuple[str, int, Any]:
    """Return the row to correct where none was chosen: the one that is least sure."""
    return min(found, key=lambda each: (each[0] == "clauses", each[2].evidence.confidence))


PAGES = (Interactive("/review/{doc}", build, title="desk.title-review", tab="desk.tab-review"),)
