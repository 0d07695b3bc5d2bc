"""Commands on SPARQL endpoints: push, serve."""

from __future__ import annotations

import argparse
import sys
from ipaddress import ip_address

from policygraph import web
from policygraph.cli import stores
from policygraph.cli.show import note
from policygraph.errors import UsageError
from policygraph.store import EndpointStore, Patience, Pushed, push
from policygraph.vocab import document_graph
from policygraph.web.workers import Bounds

_MESSAGES = {
    "pushed": (
        "{total} 个图已在 {url}:新写入 {written} 个,原已一致 {same} 个,共 {triples} 个三元组",
        "{total} graphs are at {url}: {written} written, {same} there already, {triples} triples",
    ),
    "written": ("已写入", "written"),
    "same": ("已一致", "there already"),
    "serving": ("{url}/sparql 与 {url}/queries 已就绪,Ctrl-C 停止", "{url}/sparql and {url}/queries; Ctrl-C stops"),
    "open": (
        "注意:{host} 不是本机回环地址,能连到这台机器的人都可以查询",
        "note: {host} is not loopback; everyone who reaches this machine can query",
    ),
}


def add_commands(verbs: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    """Add the commands to the parser."""
    stored = argparse.ArgumentParser(add_help=False, parents=[common])
    stores.add_store(stored)

    load = verbs.add_parser("push", parents=[stored], help="推送到 SPARQL 服务器 / load graphs into a SPARQL server")
    load.add_argument("--endpoint", required=True, metavar="URL", help="查询地址 / the address for queries")
    load.add_argument("--update", metavar="URL", help="更新地址 / the address for updates, where it cannot be guessed")
    load.add_argument("--graph-store", metavar="URL", help="整图读写地址 / the address of the Graph Store Protocol")
    load.add_argument("--document", action="append", default=[], metavar="SLUG", help="只推送这些文件 / only these")
    stores.add_timeout(load)
    load.set_defaults(run=_push)
    serve = verbs.add_parser("serve", parents=[stored], help="提供只读 SPARQL 服务 / serve the store, to read only")
    serve.add_argument("--host", default="127.0.0.1", help="默认只限本机 / default: this machine only")
    serve.add_argument("--port", type=int, default=8035)
    serve.add_argument("--workers", type=int, default=2, metavar="N", help="同时运行的查询数 / queries at once")
    serve.add_argument(
        "--timeout", type=stores.seconds, default=30.0, metavar="SECONDS", help="每次查询时限 / for one query"
    )
    serve.add_argument("--max-rows", type=int, default=100_000, metavar="N", help="回答行数上限 / rows of an answer")
    serve.add_argument("--public-url", default="", metavar="URL", help="对外地址 / the address behind a proxy")
    serve.set_defaults(run=_serve)


def _push(options: argparse.Namespace) -> int:
    patience = Patience(seconds=options.timeout)
    target = EndpointStore(options.endpoint, patience=patience, update=options.update, graph_store=options.graph_store)
    with stores.stored(options) as source, target:
        graphs = [document_graph(slug) for slug in options.document] or None
        if missing := sorted(set(graphs or ()) - set(source.graphs())):
            raise UsageError(f"the store has no graph {missing[0]}; `policygraph ask documents` lists the documents")

        def report(number: int, total: int, done: Pushed) -> None:
            note(f"{number}/{total} {_say(done.outcome, options)} {done.triples:>7} {done.graph}")

        done = push(source, target, graphs, report)
    written = sum(each.outcome == "written" for each in done)
    triples = sum(each.triples for each in done)
    url = options.endpoint.partition("?")[0]
    note(_say("pushed", options, total=len(done), url=url, written=written, same=len(done) - written, triples=triples))
    return 0


def _serve(options: argparse.Namespace) -> int:
    if options.workers < 1 or options.max_rows < 1:
        raise UsageError("--workers and --max-rows take numbers from 1")
    bounds = Bounds(seconds=options.timeout, rows=options.max_rows)
    settings = web.Settings(options.host, options.port, options.workers, bounds, public=options.public_url)
    with stores.folder(options) as folder, web.serve(folder, settings) as server:
        if not _is_loopback(options.host):
            note(_say("open", options, host=options.host))
        print(_say("serving", options, url=server.address))
        sys.stdout.flush()
        server.log = note
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            return 0
    return 0


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _say(key: str, options: argparse.Namespace, **values: object) -> str:
    return _MESSAGES[key][options.lang != "zh"].format(**values)
