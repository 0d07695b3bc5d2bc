"""The command desk: everything in a browser, for who does not work on a command line."""

from __future__ import annotations

import threading
import webbrowser
from importlib.util import find_spec
from pathlib import Path

from policygraph import facts, pipeline
from policygraph.cli import options, stores, studies
from policygraph.cli.endpoints import Served, served
from policygraph.cli.framework import argument, command, option
from policygraph.cli.say import fault, language, said
from policygraph.cli.show import note, progress
from policygraph.errors import UsageError
from policygraph.store import build_store

_NEEDED = ("jinja2", "nicegui", "wsproto")
_SOON = 0.5  # seconds until the browser opens: the port is listened on already


@command(
    "cli.desk",
    ("policygraph desk", "cli.example-desk"),
    ("policygraph desk 碳达峰", "cli.example-desk-study"),
    ("policygraph desk --public --no-browser --public-url https://kg.example.org", "cli.example-desk-public"),
)
@argument("folder", required=False, metavar="[STUDY]", key="cli.argument-desk")
@option("--public", is_flag=True, key="cli.option-public")
@option("--no-browser", is_flag=True, key="cli.option-no-browser")
@served(8036)
@option("--store", key="cli.option-store", metavar="PATH", envvar=options.STORE)
def desk_command(folder: str | None, public: bool, no_browser: bool, served: Served, store: str | None) -> int:
    """Open the desk of a study, or of the bundled plans, in the browser, until it is left."""
    if missing := [name for name in _NEEDED if find_spec(name) is None]:
        raise UsageError("desk.not-installed", name=missing[0])
    if folder:
        studies.choose(folder)
    where = store or options.default_store()
    if not public:
        _build(where)
    with stores.folder(where) as place:
        return _serve(place, public, not no_browser, served)


def _serve(store: Path, public: bool, browser: bool, served: Served) -> int:
    from policygraph import desk, web  # take long to load: only for the desk

    def make(server: web.Server) -> desk.Application:
        what = desk.Desk(server.run, store, studies.current(), public, language(), server.stop)
        threading.Thread(target=desk.warm, args=(what,), daemon=True).start()
        return desk.application(what, server.application, server.names)

    with web.serve(store, served.settings(websockets=not public), make) as server:
        if not web.is_loopback(served.host):
            note(said("cli.open-host", host=served.host))
        print(said("cli.desk-open", url=server.address), flush=True)
        if browser:
            threading.Timer(_SOON, webbrowser.open, [server.address]).start()
        server.log = note
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            return 0
    return 0


def _build(store: str) -> None:
    """Bring the store of a study up to date; one without documents has an empty store until its first build."""
    study = studies.current()
    if not study.folder or Path(store).resolve() != study.store:
        return
    place = study.place("facts")
    if any(facts.is_folder(each) for each in (place.iterdir() if place.is_dir() else ())):
        note(said("cli.desk-builds", path=store))
        for error in pipeline.build([], study.store, progress, study).errors:
            note(fault(error, language()))
    elif not study.store.exists():
        note(said("cli.desk-empty", path=place))
        build_store(study.store, ())
