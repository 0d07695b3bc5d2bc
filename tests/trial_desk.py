"""Run a desk that has one page to work in, for tests of what all such pages have in common: ``trial_desk.py STORE``."""

from __future__ import annotations

import sys
from pathlib import Path

from policygraph import desk, web
from policygraph.desk.interactive import Interactive
from policygraph.desk.visit import Visit


def build(visit: Visit) -> None:
    from nicegui import ui

    name = ui.label(visit.part("name"))
    ui.button("go", on_click=lambda: name.set_text("gone"))
    ui.codemirror("SELECT", language="SPARQL")


ROOMS = (Interactive("/trial/{name}", build, title="desk.title-told"),)


def main(store: Path) -> None:
    def make(server: web.Server) -> desk.Application:
        what = desk.Desk(server.run, store, stop=server.stop)
        return desk.application(what, server.application, server.names, rooms=ROOMS)

    with web.serve(store, web.Settings(port=0, websockets=True), make) as server:
        print(server.address, flush=True)
        server.serve_forever()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
