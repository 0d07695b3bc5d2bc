"""The commands on SPARQL endpoints: push, serve."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from policygraph import query
from policygraph.cli import options, stores
from policygraph.cli.framework import Decorator, command, gathered, option
from policygraph.cli.kinds import Whole
from policygraph.cli.say import said
from policygraph.cli.show import note
from policygraph.errors import UsageError
from policygraph.store import EndpointStore, Patience, Pushed, push
from policygraph.vocab import document_graph, identifier_of

if TYPE_CHECKING:
    from policygraph.web import Settings

# What became of a graph -> how it is said.
_OUTCOMES = {"written": "cli.graph-written", "same": "cli.graph-same"}


@dataclass(frozen=True, slots=True)
class Served:
    """Where the service listens, and what one query may take."""

    host: str
    port: int
    workers: int
    timeout: float
    max_rows: int
    public_url: str
    allow_host: tuple[str, ...]
    cors: tuple[str, ...]

    def settings(self, websockets: bool = False) -> Settings:
        """Return the settings of the server."""
        from policygraph import web  # takes long to load: only to serve

        return web.Settings(
            self.host,
            self.port,
            self.workers,
            web.Bounds(seconds=self.timeout, rows=self.max_rows),
            public=self.public_url,
            names=self.allow_host,
            origins=self.cors,
            websockets=websockets,
        )


def served(port: int) -> Decorator:
    """Return the options of what serves, as one record ``served``."""
    return gathered(
        Served,
        "served",
        option("--host", default="127.0.0.1", key="cli.option-host"),
        option("--port", type=Whole(), default=port, metavar="N", key="cli.option-port"),
        option("--workers", type=Whole(1), default=2, metavar="N", key="cli.option-workers"),
        options.timeout(30.0, "cli.option-timeout-query"),
        option("--max-rows", type=Whole(1), default=100_000, metavar="N", key="cli.option-max-rows"),
        option("--public-url", default="", metavar="URL", key="cli.option-public-url"),
        option("--allow-host", multiple=True, metavar="NAME", key="cli.option-allow-host"),
        option("--cors", multiple=True, metavar="ORIGIN", key="cli.option-cors"),
    )


@command(
    "cli.push",
    ("policygraph push --endpoint http://localhost:7878/query", "cli.example-push"),
    ("policygraph push --endpoint http://localhost:7878/query --document dalian-2021", "cli.example-push-document"),
)
@option("--endpoint", required=True, metavar="URL", key="cli.option-endpoint-to")
@option("--update", metavar="URL", key="cli.option-update")
@option("--graph-store", metavar="URL", key="cli.option-graph-store")
@option("--document", multiple=True, metavar="DOC", key="cli.option-document-push")
@options.timeout()
@options.store
def push_command(
    endpoint: str, update: str | None, graph_store: str | None, document: tuple[str, ...], timeout: float, store: str
) -> int:
    """Load the graphs of a store into a server."""
    target = EndpointStore(endpoint, patience=Patience(seconds=timeout), update=update, graph_store=graph_store)
    with stores.stored(store) as source, target:
        named = [query.identify(source, "document", name) for name in document]
        graphs = [document_graph(identifier_of("document", str(each))) for each in named] or None
        if missing := sorted(set(graphs or ()) - set(source.graphs())):
            raise UsageError("cli.no-graph", graph=missing[0])

        def report(number: int, total: int, done: Pushed) -> None:
            note(f"{number}/{total} {said(_OUTCOMES[done.outcome])} {done.triples:>7} {done.graph}")

        done = push(source, target, graphs, report)
    written = sum(each.outcome == "written" for each in done)
    triples = sum(each.triples for each in done)
    url = endpoint.partition("?")[0]
    note(said("cli.pushed", total=len(done), url=url, written=written, same=len(done) - written, triples=triples))
    return 0


@command(
    "cli.serve",
    ("policygraph serve", "cli.example-serve"),
    ("policygraph serve --store out/mine.pg --port 9000 --workers 4", "cli.example-serve-own"),
)
@served(8035)
@options.store
def serve_command(served: Served, store: str) -> int:
    """Serve a store, to read only."""
    from policygraph import web  # takes long to load: only to serve

    with stores.folder(store) as folder, web.serve(folder, served.settings()) as server:
        if not web.is_loopback(served.host):
            note(said("cli.open-host", host=served.host))
        print(said("cli.serving", url=server.address), flush=True)
        server.log = note
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            return 0
    return 0
